"""What the files of the cases do not show: both sides of an XLIFF file, XML by its root, articles, paths."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CASES
from toolkit.documents.formats import MEDIA_TYPES, format_names, reader_of
from toolkit.documents.json_paths import parse_path
from toolkit.documents.model import Document
from toolkit.documents.options import ReadOptions, Use
from toolkit.errors import BadInput
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.memory.store import Memory
from toolkit.pipeline.check import check
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.translate import translate

_PAIRS = (CASES / "both-sides.xlf").read_text(encoding="utf-8")


def _texts(document: Document) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks]


def test_both_sides_of_an_xliff_file_are_compared(glossary: Glossary, policies: Path) -> None:
    """Each target is compared with the source of its own unit; findings have their places in the one file."""
    source, target = (reader_of("xliff", ReadOptions(use=use))(_PAIRS) for use in (Use.SOURCES, Use.TARGETS))
    assert _texts(source) == ["The road to Goris is quiet.", "Two people returned to Barda."]
    policy = load_policy("follow-source", policies)
    result = check(source, target, Language.EN, Language.RU, policy, glossary)
    found = {finding.code: finding for finding in result.findings}
    assert set(found) == {"N013", "T003"}
    wrong, number = found["N013"], found["T003"]
    assert _PAIRS[wrong.start : wrong.end] == "Goris"
    assert _PAIRS[wrong.target_start : wrong.target_end] == "Бердзор"
    assert _PAIRS[slice(number.target_start, number.target_end)] in ("3", "В Барду вернулись 3 человека.")
    assert result.text == _PAIRS


def test_a_verb_of_one_language_takes_its_side(glossary: Glossary, policies: Path) -> None:
    """restyle changes the targets of a file where they are in its language, else the sources, and nothing else."""
    policy = load_policy("azerbaijani", policies)
    russian = reader_of("xliff", ReadOptions(language="ru"))(_PAIRS)
    assert restyle(russian, Language.RU, policy, glossary).text == _PAIRS.replace("Бердзор", "Лачин")
    english = reader_of("xliff", ReadOptions(language="en"))(_PAIRS)
    assert restyle(english, Language.EN, policy, glossary).text == _PAIRS.replace("Goris", "Gorus")


def test_a_file_for_another_language_is_refused(glossary: Glossary, memory: Memory, policies: Path) -> None:
    """Targets of one language are not put beside those of another."""
    policy = load_policy("follow-source", policies)
    with pytest.raises(BadInput, match="for translations into 'ru', not 'az'"):
        translate(reader_of("xliff")(_PAIRS), Language.EN, Language.AZ, policy, glossary, memory)


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("<rss><channel><title>Goris &amp; Barda</title><link>x y</link></channel></rss>", ["Goris & Barda"]),
        ("<xliff version='2.1'><file><segment><source>Goris</source></segment></file></xliff>", ["Goris"]),
        ("<doc><p>Goris</p><p>Barda</p></doc>", ["Goris", "Barda"]),
    ],
)  # fmt: skip
def test_xml_is_read_by_its_root(text: str, texts: list[str]) -> None:
    """A file that is called .xml is XLIFF, a feed or any other elements."""
    assert _texts(reader_of("xml")(text)) == texts


def test_an_article_is_read_as_markdown(glossary: Glossary, memory: Memory, policies: Path) -> None:
    """Of a saved page the title and running text come out, with links, without the menus."""
    page = (CASES / "article.html").read_text(encoding="utf-8")
    document = reader_of("article")(page)
    policy = load_policy("follow-source", policies)
    result = translate(document, Language.EN, Language.RU, policy, glossary, memory)
    assert "Обстрел Гориса продолжался всю ночь." in result.text
    assert "[Barda](https://example.org/barda)" in document.file
    for elsewhere in ("Subscribe", "Most read", "All rights reserved"):
        assert elsewhere in page
        assert elsewhere not in document.text


@pytest.mark.parametrize(
    ("path", "places", "leads"),
    [
        ("$.items[*].title", ["items", 0, "title"], True),
        ("$.items[*].title", ["items", 0, "title", "x"], False),
        ("$.items[1].title", ["items", 0, "title"], False),
        ("$['items'][\"0\"]", ["items", 0], False),
        ("$..title", ["a", 3, "b", "title"], True),
        ("$..title", ["title"], True),
        ("$..[*].x", ["a", "b", "x"], True),
        ("$.a..b.c", ["a", "b", "b", "c"], True),
        ("$.a..b.c", ["a", "c", "b"], False),
        ("$.*", ["a"], True),
        ("$", [], True),
        ("$.заголовок", ["заголовок"], True),
    ],
)
def test_paths_lead_where_the_standard_says(path: str, places: list[Any], leads: bool) -> None:
    """Names, numbers, all of them, and any depth."""
    assert parse_path(path).leads_to(places) is leads


@pytest.mark.parametrize(
    ("key", "value", "read"),
    [
        ("title", "Stepanakert", True),
        ("title", "Горис", True),
        ("body", "Snow fell.", True),
        ("id", "Stepanakert", False),
        ("published_at", "Monday noon", False),
        ("x", "2024-05-01T10:00:00Z", False),
        ("x", "Wed, 01 May 2024 10:00:00 GMT", False),
        ("x", "https://example.org/a b", True),
        ("x", "https://example.org/a", False),
        ("x", "images/goris.jpg", False),
        ("x", "someone@example.org", False),
        ("x", "war-in-2020", False),
        ("x", "USD", False),
        ("x", "en-GB", False),
        ("x", "camelCase", False),
        ("x", "#ff0000", False),
        ("x", "3f2a9c", False),
        ("x", "42", False),
    ],
)
def test_what_is_language_without_being_named(key: str, value: str, read: bool) -> None:
    """Without paths, prose and names are read; addresses, dates, slugs and codes are not."""
    assert bool(reader_of("json")(json.dumps({key: value})).blocks) is read


@pytest.mark.parametrize("name", sorted(path.name for path in (CASES / "documents").iterdir() if path.is_dir()))
def test_a_mark_of_the_byte_order_is_kept(name: str, glossary: Glossary, policies: Path) -> None:
    """A file that begins with U+FEFF is read as without it, and keeps it."""
    file = min((CASES / "documents" / name).glob("*.*"), key=lambda path: (path.suffix == ".yaml", path.name))
    text = file.read_bytes().decode()
    plain, marked = reader_of(name)(text), reader_of(name)("\ufeff" + text)
    assert _texts(plain) == _texts(marked)
    policy = load_policy("follow-source", policies)
    assert restyle(marked, Language.EN, policy, glossary).text == "\ufeff" + text


def test_media_types_name_known_formats() -> None:
    """Each media type leads to a reader."""
    assert set(MEDIA_TYPES.values()) <= set(format_names())
