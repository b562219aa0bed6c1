"""Every name of the project's glossary in every case, and back from each form to its entity and grammar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import pytest

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.names import CompiledName
from toolkit.languages import Language
from toolkit.mentions.find import Finder
from toolkit.morphology.base import Features, Form, Lexeme, Number, Part
from toolkit.morphology.grammars import grammar_of

CASES = {
    Language.AZ: {"nom", "gen", "dat", "acc", "loc", "abl"},
    Language.EN: {"nom", "poss"},
    Language.HY: {"nom", "gen", "dat", "abl", "ins", "loc"},
    Language.RU: {"nom", "gen", "dat", "acc", "ins", "prep"},
}
FURTHER = 60
"""Of the forms that are no plain case of the name (tails, plurals, adjectives), one in so many is looked for."""


@cache
def forms_of(language: Language, lexeme: Lexeme) -> Sequence[Form]:
    return grammar_of(language).forms(lexeme)


def names(glossary: Glossary, language: Language) -> Iterator[CompiledName]:
    return (name for name in glossary.table(language).names if name.role.is_name)


def is_plain(features: Features) -> bool:
    """A case of the name in the singular, with nothing added but the article."""
    return features.part is Part.NAME and features.number is Number.SINGULAR and not features.possessor + features.tail


@pytest.mark.parametrize("language", list(Language))
def test_every_name_has_every_case(glossary: Glossary, language: Language) -> None:
    """A name's forms begin with the name itself and have each case of the language in a form to write."""
    wrong = []
    for name in names(glossary, language):
        forms = forms_of(language, name.lexeme)
        written = {str(form.features.case) for form in forms if form.preferred and is_plain(form.features)}
        if forms[0] != Form(name.lexeme.text, Features()) or not CASES[language] <= written:
            wrong.append(f"{name.entity}: {name.lexeme.text}, without {sorted(CASES[language] - written)}")
    assert not wrong


@pytest.mark.parametrize("language", list(Language))
def test_every_form_is_found_again(glossary: Glossary, language: Language) -> None:
    """What the grammar writes, the finder reads as the same entity in the same grammar."""
    text = ""
    sought: list[tuple[int, int, str, Features]] = []
    for index, (entity, form) in enumerate(chosen(glossary, language)):
        sought.append((len(text), len(text) + len(form.text), entity, form.features))
        text += form.text + (" | " if index % 2 else " — ")
    found = {
        (hit.span.start, hit.span.end, reading.entity, reading.features)
        for hit in Finder(glossary.table(language)).find(text)
        for reading in hit.readings
    }
    missing = [item for item in sought if item not in found]
    assert not [(text[start:end], entity, str(features)) for start, end, entity, features in missing]


def chosen(glossary: Glossary, language: Language) -> Iterator[tuple[str, Form]]:
    """All plain cases of all names, and a fixed part of their other forms."""
    further = 0
    for name in names(glossary, language):
        for form in forms_of(language, name.lexeme):
            if form.preferred and not is_plain(form.features):
                further += 1
            if form.preferred and (is_plain(form.features) or further % FURTHER == 0):
                yield name.entity, form


def test_a_possessive_is_written_only_where_it_is_asked_for(glossary: Glossary) -> None:
    """Armenian Գորիս is rather the town Goris than "my Gori", yet "my Shushi" can be written: Շուշիս."""
    table = glossary.table(Language.HY)
    mine = Features(possessor="1sg")
    name = next(name for name in names(glossary, Language.HY) if name.lexeme.text == "Շուշի")
    assert [form.text for form in table.forms(name, mine) if form.preferred] == ["Շուշիս"]
    assert not any(form.preferred for form in forms_of(Language.HY, name.lexeme) if form.features.possessor)
