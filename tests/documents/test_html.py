"""HTML: names change in what people read, and nothing else does."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import CASES
from tests.documents.offsets import only_segments_differ
from toolkit.documents.formats import format_of, reader_of
from toolkit.documents.html_attributes import read_attributes
from toolkit.documents.html_tokens import TokenKind, html_tokens
from toolkit.documents.xml import read_xml
from toolkit.engines.protocol import ScriptedEngine
from toolkit.errors import BadInput
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.memory.store import Memory
from toolkit.pipeline.check import check
from toolkit.pipeline.lint import lint
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.translate import translate

ROWS: list[dict[str, Any]] = yaml.safe_load((CASES / "html.yaml").read_text(encoding="utf-8"))
TRANSLATED: list[dict[str, Any]] = yaml.safe_load((CASES / "html-translate.yaml").read_text(encoding="utf-8"))


def _markup(text: str) -> Counter[str]:
    """Everything in a page that is no text; of the page's own tag, which names its language, and of a tag with a text
    in it the name."""
    tokens = [token for token in html_tokens(text) if token.kind is not TokenKind.TEXT]
    return Counter(
        token.name if token.name == "html" or read_attributes(text, token) else token.span.of(text) for token in tokens
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["what"])
def test_restyled_pages(row: dict[str, Any], glossary: Glossary, policies: Path) -> None:
    """Each row comes out as it says."""
    policy = load_policy(row["policy"], policies)
    result = restyle(reader_of("html")(row["source"]), Language(row["lang"]), policy, glossary)
    assert result.text == row["target"]
    assert [finding.code for finding in result.findings] == row.get("codes", [])
    only_segments_differ(result, row["source"])


@pytest.mark.parametrize("row", TRANSLATED, ids=lambda row: row["what"])
def test_translated_pages(row: dict[str, Any], glossary: Glossary, memory: Memory, policies: Path) -> None:
    """Each row comes out as it says; tags around a name are around it in the translation too."""
    policy = load_policy("follow-source", policies)
    document = reader_of("html")(row["source"])
    result = translate(document, Language.EN, Language.RU, policy, glossary, memory)
    assert result.text == row["target"]
    assert [finding.code for finding in result.findings] == row.get("codes", [])
    assert _markup(result.text) == _markup(row["source"])
    if "<html" not in row["source"]:
        only_segments_differ(result, row["source"])


_PIECES = st.one_of(
    st.sampled_from(
        [
            "Shelling of Goris continued all night.",
            "Stepanakert",
            "<b>Stepan",
            "akert</b>",
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "<a href='x'>",
            "</a>",
            "<p>",
            "</p>",
            "<br>",
            "<li>",
            "&amp;",
            "&nbsp;",
            "&lt;b&gt;",
            "&#x41;",
            "&notit;",
            "<!-- Goris -->",
            "<script>Goris</script>",
            "<span translate=no>",
            "</span>",
            "<code>",
            "</code>",
            "<svg>",
            "</svg>",
            "<",
            "\ufffc",
            " ",
            "\n\n",
            "  ",
            ". ",
            "<title>",
            "</title>",
            "<h1>",
            "the ",
            "Shusha",
            "<wbr>",
            "<img alt='Goris'>",
            '<p title="Shelling of Goris continued all night.">',
            '<a title="Stepanakert">',
            "<sup>",
            "&NotEqualTilde;",
            "TASS",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
)
_PAGES = st.lists(_PIECES, max_size=14).map("".join)
_FOR_ANY_PAGE = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(page=_PAGES)
@_FOR_ANY_PAGE
def test_a_page_in_its_own_style_comes_back(glossary: Glossary, policies: Path, page: str) -> None:
    """Restyled by the usage it has, any page comes back byte for byte, and so does a linted one."""
    policy = load_policy("follow-source", policies)
    for verb in (restyle, lint):
        result = verb(reader_of("html")(page), Language.EN, policy, glossary)
        assert result.text == page
        only_segments_differ(result, page)


@given(page=_PAGES, policy=st.sampled_from(["armenian", "azerbaijani", "dual"]))
@_FOR_ANY_PAGE
def test_a_restyled_page_keeps_its_markup(glossary: Glossary, policies: Path, page: str, policy: str) -> None:
    """No tag, comment or script is lost, made or changed, and offsets hold in both files."""
    result = restyle(reader_of("html")(page), Language.EN, load_policy(policy, policies), glossary)
    assert _markup(result.text) == _markup(page)
    only_segments_differ(result, page)


@given(page=_PAGES, target=st.sampled_from(["az", "hy", "ru"]))
@_FOR_ANY_PAGE
def test_a_translated_page_keeps_its_markup(
    glossary: Glossary, memory: Memory, policies: Path, page: str, target: str
) -> None:
    """No tag, comment or script is lost, made or changed, and offsets hold in both files."""
    policy = load_policy("follow-source", policies)
    result = translate(reader_of("html")(page), Language.EN, Language(target), policy, glossary, memory)
    assert _markup(result.text) == _markup(page)
    only_segments_differ(result, page)


def test_the_view_is_what_people_read() -> None:
    """References are decoded, white space is one space, what is not to be read is one sign, blocks are apart."""
    document = reader_of("html")("<ul>\n <li>A <b> b</b>&amp;\n\n c<li translate=yes>d <kbd>e</kbd></ul>")
    assert document.text == "A b& c\n\nd \ufffc"
    assert [block.span.of(document.text) for block in document.blocks] == ["A b& c", "d \ufffc"]


def test_deep_nesting_is_no_danger() -> None:
    """Any depth of tags is read; a depth of protected ones that no page has is an error in one line."""
    assert reader_of("html")("<b>" * 50_000 + "x").text == "x"
    with pytest.raises(BadInput, match="one in another"):
        reader_of("html")("<code>" * 50_000 + "x")


def test_the_ending_tells_the_format() -> None:
    """.html and .htm are read as HTML, in any letters."""
    assert {format_of(name) for name in ("a.html", "b.HTM")} == {"html"}


def test_text_that_looks_like_a_tag_stays_text(glossary: Glossary, policies: Path) -> None:
    """Decoded signs of markup are written as references again wherever the text around them changes."""
    page = "&lt;img src=x onerror=alert(1)&gt; Stepanakert &amp;lt; Stepanakert"
    result = restyle(reader_of("html")(page), Language.EN, load_policy("azerbaijani", policies), glossary)
    assert result.text == page.replace("Stepanakert", "Khankendi")
    assert not re.search("<", result.text)


def test_xml_is_read_by_its_own_shape(glossary: Glossary, policies: Path) -> None:
    """Elements beside text are part of the sentence, elements among elements end one, ignored ones stay."""
    page = (
        "<doc><t a='Stepanakert'>In <x>Stepana</x>kert, <Keep>Stepanakert</Keep>.</t>"
        "<t>Stepanakert &amp; <![CDATA[Stepanakert]]></t><e/></doc>"
    )
    document = read_xml(page, ["Keep"])
    assert [block.span.of(document.text) for block in document.blocks] == ["In Stepanakert, \ufffc.", "Stepanakert &"]
    result = restyle(document, Language.EN, load_policy("azerbaijani", policies), glossary)
    assert result.text == (
        "<doc><t a='Stepanakert'>In <x>Khankendi</x>, <Keep>Stepanakert</Keep>.</t>"
        "<t>Khankendi &amp; <![CDATA[Stepanakert]]></t><e/></doc>"
    )
    only_segments_differ(result, page)


def test_xml_by_the_callers_list() -> None:
    """Without an outline only the listed tags end a sentence; listed ones never do."""
    page = "<p>One</p><p>two</p>"
    assert len(read_xml(page).blocks) == 2
    assert len(read_xml(page, outline=False).blocks) == 1
    assert len(read_xml(page, outline=False, splitting=["p"]).blocks) == 2
    assert len(read_xml(page, inside=["p"]).blocks) == 1


@given(page=_PAGES)
@_FOR_ANY_PAGE
def test_xml_in_its_own_style_comes_back(glossary: Glossary, policies: Path, page: str) -> None:
    """Any text comes back byte for byte."""
    result = restyle(read_xml(page, ["b"]), Language.EN, load_policy("follow-source", policies), glossary)
    assert result.text == page
    only_segments_differ(result, page)


def test_a_translated_page_is_checked_in_place(glossary: Glossary, policies: Path) -> None:
    """`check --fix` puts names right inside the translation's own markup; offsets are those of the two files."""
    page = "<p>The road to <b>Goris</b> &amp; Barda is quiet.</p>"
    draft = "<p><i>Дорога</i> в <b>Горисе</b> &amp; Барду &lt;тихая&gt;.</p>"
    policy = load_policy("follow-source", policies)
    read = reader_of("html")
    for fix in (False, True):
        result = check(read(page), read(draft), Language.EN, Language.RU, policy, glossary, fix=fix)
        assert _markup(result.text) == _markup(draft)
        assert result.text.endswith("</b> &amp; Барду &lt;тихая&gt;.</p>")
        for mention in result.mentions:
            assert page[mention.start : mention.end] == mention.surface
            if mention.target_start is not None:
                assert result.text[mention.target_start : mention.target_end] == mention.rendering


def test_tags_follow_names_into_a_draft(glossary: Glossary, policies: Path) -> None:
    """An engine never sees a tag; where its draft has the name, the tags are around it, and signs are escaped. No tag
    is lost where the draft lost the name, and what has no certain place is told."""
    engine = ScriptedEngine({"Snow fell on Goris.": "В <Горисе> выпал снег & лёд.", "Rain fell on Goris.": "Дождь."})
    page = "<p>Snow fell on <b>Goris</b>.</p><p>Rain fell on <b>Goris</b>.</p><p>Snow <i>fell</i> on Goris.</p>"
    policy = load_policy("follow-source", policies)
    result = translate(reader_of("html")(page), Language.EN, Language.RU, policy, glossary, engines=[engine])
    first, second, third, _ = result.text.split("</p>")
    assert first == "<p>В &lt;<b>Горисе</b>&gt; выпал снег &amp; лёд."
    assert second == "<p><b>Дождь</b>."
    assert third.count("<i>") == third.count("</i>") == 1
    assert [finding.code for finding in result.findings].count("T016") == 2
    only_segments_differ(result, page)


def test_objects_are_letters_to_an_engine_and_come_back(glossary: Glossary, policies: Path) -> None:
    """What is not to be translated stands in the draft as it was; where the draft lost it, near by, and told."""
    engine = ScriptedEngine({"Run X in Goris now.": "Запусти X в Горисе.", "Just run X.": "Запусти."})
    page = "<p>Run <code>a &lt; b</code> in Goris now.</p><p>Just run <code>x</code>.</p>"
    policy = load_policy("follow-source", policies)
    result = translate(reader_of("html")(page), Language.EN, Language.RU, policy, glossary, engines=[engine])
    assert result.text == "<p>Запусти <code>a &lt; b</code> в Горисе.</p><p>Запусти <code>x</code>.</p>"
    assert "T016" in [finding.code for finding in result.findings]
    only_segments_differ(result, page)
