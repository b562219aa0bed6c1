"""Templates: the key holds no name, no number, no case."""

from __future__ import annotations

import pytest

from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.template import Template, make_template
from toolkit.mentions.resolve import analyse


def _template(text: str, language: Language, glossary: Glossary) -> Template:
    return make_template(text, language, glossary, analyse(text, language, glossary).mentions)


@pytest.mark.parametrize(
    ("language", "text", "key"),
    [
        ("en", "On Tuesday 17 people left Baku.", "on {weekday} {#} people left {place}"),
        ("en", "“Goris” — said TASS…", '"{place}" – said {organisation}...'),
        ("ru", "Во вторник из Баку уехали 3 человека.", "в {weekday} из {place} уехали {#} человек"),
        ("ru", "В среду из Баку уехали 17 человек", "в {weekday} из {place} уехали {#} человек"),
        ("hy", "Բաքվում եղել է 2 պայթյուն։", "{place} եղել է {#} պայթյուն"),
        ("az", "Bakıda 2023-cü ildə", "{place} {#}-ci ildə"),
        ("az", "Bakıda 2020-ci ildə", "{place} {#}-ci ildə"),
        ("en", "Armenian forces left.", "armenian forces left"),
    ],
)
def test_keys(glossary: Glossary, language: str, text: str, key: str) -> None:
    """Names, numbers and days are slots; adjectives are words; what a value decides beside it is levelled."""
    assert _template(text, Language(language), glossary).key == key


def test_slots_have_their_places(glossary: Glossary) -> None:
    """Each slot's span cuts its surface from the text."""
    text = "On Tuesday 1,017 people left Baku."
    template = _template(text, Language.EN, glossary)
    assert [slot.span.of(text) for slot in template.slots] == [slot.surface for slot in template.slots]
    assert [slot.value for slot in template.slots] == ["2", "1017", "baku"]
    assert template.stop is not None
    assert template.stop.of(text) == "."
