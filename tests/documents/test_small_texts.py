"""Files of many small texts, by the readers that others wrote: csv, feedparser, json, lxml, translate-toolkit."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage import xliff as toolkit_xliff

from tests.conftest import CASES
from tests.documents.offsets import offsets_hold
from toolkit.documents.formats import READERS, reader_of
from toolkit.documents.options import read_options
from toolkit.engines.protocol import Draft, ScriptedEngine
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.memory.store import Memory
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.result import Result
from toolkit.pipeline.translate import translate

_FOR_ANY_FILE = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
_XML_SAFE = st.characters(exclude_categories=["Cs", "Cc", "Cn"])
_TEXT = st.lists(
    st.one_of(
        st.sampled_from(
            ["Stepanakert", "Goris.", "Shelling of Goris continued all night.", " ", "\n", "\n\n", "\r\n", '"', ",",
             ";", "\t", "&", "<b>", "</b>", "<", ">", "]]>", "\\", "&amp;", "{", "- ", "=", "'", "\u2028", "é",
             "\U0001f600", "x-y", "https://example.org/Goris"]
        ),
        st.text(_XML_SAFE, max_size=4),
    ),
    max_size=6,
).map("".join)  # fmt: skip
_TEXTS = st.lists(_TEXT, min_size=1, max_size=5)


def _in_a_line(text: str) -> str:
    return " ".join(text.replace("-->", " ").split())


def srt(texts: list[str]) -> str:
    times = "00:00:01,000 --> 00:00:02,000"
    return "".join(f"{n}\n{times}\n{_lines(text)}\n\n" for n, text in enumerate(texts, 1))


def vtt(texts: list[str]) -> str:
    return "WEBVTT\n\n" + "".join(f"00:01.000 --> 00:02.000\n{escape(_lines(text))}\n\n" for text in texts)


def _lines(text: str) -> str:
    return "\n".join(line for line in map(_in_a_line, text.split("\n")) if line)


def csv_file(texts: list[str]) -> str:
    stream = io.StringIO()
    rows = csv.writer(
        stream, delimiter=";" if len(texts) % 2 else ",", lineterminator="\r\n" if len(texts) > 2 else "\n"
    )
    rows.writerow(["id", "body"])
    rows.writerows([n, text] for n, text in enumerate(texts))
    return stream.getvalue()


def json_file(texts: list[str]) -> str:
    data = {"items": [{"id": f"x{n}", "body": text, "n": [1.0, None, True, [text]]} for n, text in enumerate(texts)]}
    return json.dumps(data, ensure_ascii=bool(len(texts) % 2), indent=len(texts) % 3 or None)


def rss(texts: list[str]) -> str:
    items = "".join(
        f"<item><title>{escape(text)}</title><guid>{n}</guid><description>{escape(f'<p>{escape(text)}</p>')}</description>"
        f"<category>{escape(text)}</category></item>"
        for n, text in enumerate(texts)
    )
    return f"<rss version='2.0'><channel><title>x</title><language>en</language>{items}</channel></rss>"


def xlf(texts: list[str]) -> str:
    units = "".join(
        f"<trans-unit id='{n}'><source>{escape(text)} <g id='1'>Goris</g></source>"
        f"<note>{escape(text)}</note></trans-unit>\n"
        for n, text in enumerate(texts)
    )
    head = "<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'>"
    name = quoteattr(texts[0].replace("\n", " "))
    file = f"<file original={name} source-language='en' datatype='html'><body>{units}</body></file>"
    return f"{head}{file}</xliff>"


FILES: dict[str, Callable[[list[str]], str]] = {
    "csv": csv_file, "feed": rss, "json": json_file, "srt": srt, "vtt": vtt, "xliff": xlf,
}  # fmt: skip
_FORMATS = sorted(FILES)


def _restyled(text: str, name: str, policy: str, glossary: Glossary, policies: Path) -> Result:
    return restyle(reader_of(name)(text), Language.EN, load_policy(policy, policies), glossary)


@pytest.mark.parametrize("name", _FORMATS)
@given(texts=_TEXTS)
@_FOR_ANY_FILE
def test_in_its_own_style_it_comes_back(name: str, texts: list[str], glossary: Glossary, policies: Path) -> None:
    """Whatever stands in a file, by the usage of the source it comes back byte for byte."""
    text = FILES[name](texts)
    result = _restyled(text, name, "follow-source", glossary, policies)
    assert result.text == text
    offsets_hold(result, text)


@pytest.mark.parametrize("name", _FORMATS)
@given(texts=_TEXTS)
@_FOR_ANY_FILE
def test_restyled_it_has_the_same_shape(name: str, texts: list[str], glossary: Glossary, policies: Path) -> None:
    """Another usage changes names inside the texts and nothing else, as another reader of the format sees it."""
    text = FILES[name](texts)
    result = _restyled(text, name, "azerbaijani", glossary, policies)
    offsets_hold(result, text)
    assert _shape(name, result.text) == _shape(name, text)


@pytest.mark.parametrize("name", _FORMATS)
@given(texts=_TEXTS, odd=st.sampled_from(['a; "b", <c> & d\\', "]]> x", "=1+1", "Горис,\tда", "x" * 60 + " y"]))
@_FOR_ANY_FILE
def test_any_draft_can_be_written(
    name: str, texts: list[str], odd: str, glossary: Glossary, memory: Memory, policies: Path
) -> None:
    """What an engine says cannot break a file: another reader of the format finds as many texts as before."""
    text = FILES[name](texts)
    engine = _Says(odd)
    policy = load_policy("follow-source", policies)
    document = reader_of(name)(text)
    result = translate(document, Language.EN, Language.RU, policy, glossary, memory, engines=[engine])
    offsets_hold(result, text)
    assert len(_shape(name, result.text)) == len(_shape(name, text))
    if name == "xliff":
        old, new = (_units(file) for file in (text, result.text))
        assert [str(unit.source) for unit in old] == [str(unit.source) for unit in new]


class _Says(ScriptedEngine):
    """An engine that says the same of everything."""

    def __init__(self, text: str) -> None:
        super().__init__({})
        self._text = text

    def translate(self, segments: Any, source: Language, target: Language, *, n_best: int = 1) -> list[Draft | None]:
        return [Draft(self._text) for _ in segments]


def _shape(name: str, text: str) -> list[Any]:
    """A file as another reader has it, names and line breaks alike whatever they are."""
    return [_unnamed(piece) for piece in _SHAPES[name](text)]


def _unnamed(text: object) -> object:
    return (
        re.sub(r"\s+", " ", re.sub("Stepanakert|Khankendi|Goris|Gorus", "X", text)) if isinstance(text, str) else text
    )


def _csv_shape(text: str) -> list[Any]:
    delimiter = text[2]
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in (*row, None)]


def _json_shape(text: str) -> list[Any]:
    return [
        part for item in json.loads(text)["items"] for part in (item["id"], item["body"], *item["n"][:3], *item["n"][3])
    ]


def _feed_shape(text: str) -> list[Any]:
    root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    return [part for element in root.iter() for part in (element.tag, element.text)]


def _cue_shape(text: str) -> list[Any]:
    return re.split(r"\n\n", text)


_SHAPES: dict[str, Callable[[str], list[Any]]] = {
    "csv": _csv_shape, "feed": _feed_shape, "json": _json_shape, "srt": _cue_shape, "vtt": _cue_shape,
    "xliff": lambda text: [str(unit.source) for unit in _units(text)],
}  # fmt: skip


def test_a_feed_as_a_reader_of_feeds_has_it(glossary: Glossary, memory: Memory, policies: Path) -> None:
    """feedparser finds the translated texts, the new language, and the old links, identifiers and dates."""
    text = (CASES / "documents" / "feed" / "rss.rss").read_text(encoding="utf-8")
    policy = load_policy("follow-source", policies)
    result = translate(reader_of("feed")(text), Language.EN, Language.RU, policy, glossary, memory)
    old, new = (feedparser.parse(file.encode()) for file in (text, result.text))
    assert (old.feed.language, new.feed.language) == ("en-us", "ru")
    assert new.entries[0].title == "Обстрел Гориса продолжался всю ночь"
    assert new.entries[0].summary == "<p>Обстрел <b>Гориса</b> продолжался всю ночь.</p>"
    for key in ("id", "published", "tags"):
        assert new.entries[0][key] == old.entries[0][key]


@pytest.mark.parametrize("name", ["one-two.xlf", "two-one.xliff"])
def test_a_translated_xliff_file_as_others_read_it(
    name: str, glossary: Glossary, memory: Memory, policies: Path
) -> None:
    """lxml finds the sources as they were, and each new target beside its own; a second run changes nothing."""
    text = (CASES / "documents" / "xliff" / name).read_text(encoding="utf-8")
    policy = load_policy("follow-source", policies)

    def run(file: str) -> str:
        return translate(reader_of("xliff")(file), Language.EN, Language.RU, policy, glossary, memory).text

    once = run(text)
    old, new = (etree.fromstring(file.encode()) for file in (text, once))
    assert _sources(old) == _sources(new)
    assert once != text
    assert run(once) == once


def test_the_state_of_a_target_is_that_of_translate_toolkit(glossary: Glossary, memory: Memory, policies: Path) -> None:
    """translate-toolkit takes what the memory gave for a translation that is still to be reviewed."""
    policy = load_policy("follow-source", policies)
    document = reader_of("xliff")(xlf(["Shelling of Goris continued all night."]).replace(" <g id='1'>Goris</g>", ""))
    result = translate(document, Language.EN, Language.RU, policy, glossary, memory)
    unit = _units(result.text)[0]
    assert str(unit.target) == "Обстрел Гориса продолжался всю ночь."
    assert unit.isfuzzy()
    assert not unit.istranslated()
    assert unit.xmlelement.find("{*}target").get("state-qualifier") == "leveraged-tm"


def test_options_are_lists() -> None:
    """Commas separate columns and paths; one inside brackets belongs to a name."""
    options = read_options("title, body:html", "$['a,b'].c,$.d")
    assert options.columns == ("title", "body:html")
    assert options.paths == ("$['a,b'].c", "$.d")


def test_every_format_has_a_case_or_a_test_of_its_own() -> None:
    """A format without a file in the cases is one that has a test of its own."""
    folders = {path.name for path in (CASES / "documents").iterdir() if path.is_dir()}
    assert set(READERS) - folders == {"article", "html", "markdown", "text", "xml"}


def _units(text: str) -> list[Any]:
    """The units of an XLIFF file as translate-toolkit has them."""
    return list(toolkit_xliff.xlifffile.parsestring(text.encode()).units)  # type: ignore[no-untyped-call]


def _sources(root: Any) -> list[bytes]:
    return [etree.tostring(element, with_tail=False) for element in root.iter("{*}source")]
