"""Markdown: names and sentences are read as they are shown, and nothing of the markup is lost on the way."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.conftest import CASES
from tests.documents.offsets import offsets_hold, only_segments_differ
from toolkit.documents.formats import reader_of
from toolkit.documents.markdown import read_markdown
from toolkit.documents.options import ReadOptions
from toolkit.engines.protocol import Ability, Draft, Request, ScriptedEngine
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.memory.store import Memory
from toolkit.pipeline.lint import lint
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.translate import translate
from toolkit.text.spans import Span

RESTYLED: list[dict[str, Any]] = yaml.safe_load((CASES / "markdown.yaml").read_text(encoding="utf-8"))
TRANSLATED: list[dict[str, Any]] = yaml.safe_load((CASES / "markdown-translate.yaml").read_text(encoding="utf-8"))
_WORD = re.compile(r"\w+|\ufffc")


def _shown(text: str) -> Counter[tuple[str, str]]:
    """Every link's target, image, code and emphasis that a reader of a file meets, by a parser of its own."""
    found: Counter[tuple[str, str]] = Counter()
    names = {"em": "em", "strong": "strong", "del": "s", "s": "s"}
    body = re.sub(r"\A---\n.*?^---\n", "", text, flags=re.DOTALL | re.MULTILINE)
    for block in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body):
        for token in [block, *(block.children or ())]:
            tag = re.match(r"<(\w+)", token.content) if token.type == "html_inline" else None
            if token.type in ("link_open", "image"):
                found[token.type, str(token.attrs.get("href", token.attrs.get("src")))] += 1
            elif token.type in ("code_block", "code_inline", "fence", "html_block"):
                found[token.type, token.content] += 1
            elif token.type in ("em_open", "strong_open", "s_open"):
                found["look", token.tag] += 1
            elif tag:
                found["look" if tag[1] in names else "html", names.get(tag[1], token.content)] += 1
    return found


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("row", RESTYLED, ids=lambda row: row["what"])
def test_restyled(row: dict[str, Any], ends: str, glossary: Glossary, policies: Path) -> None:
    """Each row comes out as it says, whatever ends its lines."""
    source, target = (row[side].replace("\n", ends) for side in ("source", "target"))
    result = restyle(read_markdown(source), Language(row["lang"]), load_policy(row["policy"], policies), glossary)
    assert result.text == target
    assert [finding.code for finding in result.findings] == row.get("codes", [])
    holds = offsets_hold if "[Stepanakert]:" in source else only_segments_differ  # definitions are written anew
    holds(result, source)


@pytest.mark.parametrize("row", TRANSLATED, ids=lambda row: row["what"])
def test_translated(row: dict[str, Any], glossary: Glossary, memory: Memory, policies: Path) -> None:
    """Each row comes out as it says."""
    engine = ScriptedEngine(row.get("drafts", {}))
    policy = load_policy("follow-source", policies)
    document = read_markdown(row["source"])
    result = translate(document, Language.EN, Language.RU, policy, glossary, memory, engines=[engine])
    assert result.text == row["target"]
    assert sorted(finding.code for finding in result.findings) == row.get("codes", [])
    assert _shown(result.text) == _shown(row["source"])
    holds = offsets_hold if re.search(r"lang:|\]:", row["source"]) else only_segments_differ  # these are written anew
    holds(result, row["source"])


_PIECES = st.one_of(
    st.sampled_from(
        [
            "Shelling of Goris continued all night.", "Stepanakert", "**Stepan", "akert**", "*", "**", "_", "***", "~~",
            "`a`", "``", "`", "[", "](https://example.org/a)", "[Goris](https://example.org/b 'Goris')", "][ref]", "[]",
            "]", "![Goris](c.jpg)", "[![a](d.png)](e)", "[^1]", "<https://example.org/f>", "https://example.org/g_h_i",
            "www.example.org", "<b>", "</b>", "<br>", "<span translate=no>", "</span>", "<!-- Goris -->", "<", ">", "&",
            "&amp;", "&nbsp;", "&lt;b&gt;", "\\*", "\\[", "\\", "\n", "\n\n", "  \n", "\\\n", "\r\n", " ", "  ", "\t",
            "\n> ", "\n- ", "\n1. ", "\n# ", "\n    ", "\n```\n", "\n| a | b |\n|---|---|\n| c | ", " | ", "\n---\n",
            "\n[ref]: https://example.org/j\n", "\n[^1]: Goris\n", "\n[Goris]: k\n", "[Goris]", ". ", "!", "the ",
            "\ufffc", "\0", "\r", "{{< x >}}", "- [ ] ", "> [!NOTE]\n> ", "\n===\n", "|", "#", "TASS", "<p>",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
)  # fmt: skip
_FILES = st.lists(_PIECES, max_size=16).map("".join)
_FOR_ANY_FILE = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(text=_FILES)
@_FOR_ANY_FILE
def test_a_file_in_its_own_style_comes_back(glossary: Glossary, policies: Path, text: str) -> None:
    """Restyled by the usage it has, any file comes back byte for byte, and so does a linted one."""
    policy = load_policy("follow-source", policies)
    for verb in (restyle, lint):
        result = verb(read_markdown(text), Language.EN, policy, glossary)
        assert result.text == text
        only_segments_differ(result, text)


@given(text=_FILES, policy=st.sampled_from(["armenian", "azerbaijani", "dual"]))
@_FOR_ANY_FILE
def test_offsets_hold_in_any_restyled_file(glossary: Glossary, policies: Path, text: str, policy: str) -> None:
    """Whatever the markup: offsets cut what they say from both files."""
    result = restyle(read_markdown(text), Language.EN, load_policy(policy, policies), glossary)
    offsets_hold(result, text)


@given(text=_FILES, target=st.sampled_from(["hy", "ru"]))
@_FOR_ANY_FILE
def test_offsets_hold_in_any_translated_file(
    glossary: Glossary, memory: Memory, policies: Path, text: str, target: str
) -> None:
    """Whatever the markup: offsets cut what they say from both files."""
    policy = load_policy("follow-source", policies)
    result = translate(read_markdown(text), Language.EN, Language(target), policy, glossary, memory)
    offsets_hold(result, text)


@dataclass
class _Unruly:
    """An engine that turns, drops and adds words and signs as it is told, and says which words it took for which."""

    order: Sequence[int]
    signs: Sequence[str]
    id: str = "unruly"
    abilities: Ability = Ability.ALIGNMENT

    def can(self, source: Language, target: Language) -> bool:
        return source is not target

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        return [self._draft(segment.text) for segment in segments]

    def _draft(self, text: str) -> Draft:
        words = [Span(*match.span()) for match in _WORD.finditer(text)]
        parts, links, length = [], [], 0
        for number, place in enumerate(self.order):
            sign = self.signs[number % len(self.signs)]
            if place >= len(words):
                continue
            word = words[place].of(text) if len(words[place]) == 1 else "слово"
            links.append((words[place], Span(length, length + len(word))))
            parts.append(word + sign)
            length += len(parts[-1])
        return Draft("".join(parts).strip() or "слово", alignment=tuple(links))


_WORDS = st.sampled_from(["one", "two", "red", "sea", "old", "road"])


def _marked(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        words.map("**{}**".format),
        words.map("*{}*".format),
        words.map("~~{}~~".format),
        words.map("<b>{}</b>".format),
        words.map("[{}][ref]".format),
        words.map("[{}](https://example.org/%28a%29 'b')".format),
        words.map("[{}](<c d>)".format),
        words.map("[*{}* and more](e)".format),
        words.map("**“{}”**".format),
    )


_PHRASES = st.lists(_WORDS, min_size=1, max_size=3).map(" ".join)
_PARTS = st.one_of(_PHRASES, _marked(_PHRASES), st.sampled_from(["`a | b`", "``c ` d``", "<https://example.org/f>"]))
_SENTENCES = st.lists(_PARTS, min_size=1, max_size=6).map(" ".join)
_FRAMES = [
    "{}", "# {}", "> {}", "- {}", "| {} |\n|---|", "1. {}\n   more", "**Sea. Red {} sea** old.", "*Sea. {}* road",
    "[Sea {}. Red](g) two", "<b>Sea {}. Old</b> sea",
]  # fmt: skip
_SIGNS = st.sampled_from(
    [" ", ", ", "-", "! ", " [", "] ", " *", "* ", "_", " <", "> ", "& ", "&amp;", " `", "(", ")", "~"]
)


@given(
    sentences=st.lists(_SENTENCES, min_size=1, max_size=3),
    frame=st.sampled_from(_FRAMES),
    order=st.lists(st.integers(0, 8), max_size=9, unique=True),
    signs=st.lists(_SIGNS, min_size=1, max_size=6),
)
@_FOR_ANY_FILE
def test_nothing_is_lost_in_any_translation(
    glossary: Glossary, policies: Path, sentences: list[str], frame: str, order: list[int], signs: list[str]
) -> None:
    """Whatever an engine does to words: every link leads where it led, every code span says what it said, every
    emphasis is there, each as often as before; a draft's own signs mean nothing."""
    blocks = [frame.format(sentence.replace(" | ", " \\| ") if "|" in frame else sentence) for sentence in sentences]
    text = "\n\n".join([*blocks, "[ref]: https://example.org/ref"]) + "\n"
    policy = load_policy("follow-source", policies)
    engine = _Unruly(order, signs)
    result = translate(read_markdown(text), Language.EN, Language.RU, policy, glossary, engines=[engine])
    assert _shown(result.text) == _shown(text)
    only_segments_differ(result, text)


def test_the_view_is_what_people_read() -> None:
    """Markup is not in it, white space is one space, escapes and references are read, code is one sign."""
    document = read_markdown("> A *b*\n> [c](d) `e`  \n> f \\* &amp; [g][h]\n\n[h]: i\n")
    assert [block.span.of(document.text) for block in document.blocks] == ["A b c \ufffc", "f * & g"]
    assert document.file.startswith("> A")


def test_markdown_in_json_keeps_its_markup_too(glossary: Glossary, policies: Path) -> None:
    """A string that is Markdown is read so, and what is written is escaped by both formats."""
    text = json.dumps({"body": 'In "[Goris]" it\nrained **17** `"`.\n\n[Goris]: a'})
    options = ReadOptions(paths=("$.body:markdown",))
    engine = ScriptedEngine({'In "Goris" it rained 17 X.': '"Горис" *17* "дождь" X.'})
    policy = load_policy("follow-source", policies)
    document = reader_of("json", options)(text)
    result = translate(document, Language.EN, Language.RU, policy, glossary, engines=[engine])
    body = json.loads(result.text)["body"]
    assert body == '"[Горис][Goris]" \\***17**\\* "дождь" `"`.\n\n[Goris]: a'
    document = reader_of("json", options)(text.replace('Goris]\\"', 'Goris] town\\"').replace("Goris", "Shusha"))
    result = restyle(document, Language.EN, load_policy("armenian", policies), glossary)
    assert json.loads(result.text)["body"].startswith('In "[Shushi][Shusha] town"')


def test_what_means_nothing_where_it_stands_is_no_danger(glossary: Glossary, policies: Path) -> None:
    """Text that looks like markup is escaped wherever the words around it change, so that none is made."""
    text = "\\[Stepanakert\\](javascript:alert) \\<b> \\*Stepanakert\\* &lt;i&gt;\n"
    result = restyle(read_markdown(text), Language.EN, load_policy("azerbaijani", policies), glossary)
    assert result.text == text.replace("Stepanakert", "Khankendi")
    engine = ScriptedEngine({"It rained.": "[Дождь](javascript:alert) <img src=x> ![a](b) <https://example.org>"})
    policy = load_policy("follow-source", policies)
    result = translate(read_markdown("It rained.\n"), Language.EN, Language.RU, policy, glossary, engines=[engine])
    assert not _shown(result.text)


@pytest.mark.parametrize(
    "text",
    ["[" * 5_000, "*a **b " * 2_000, "![" * 3_000, "> " * 3_000 + "x", "{{" * 20_000, "<a " * 10_000, "[^1]" * 5_000],
    ids=["brackets", "stars", "images", "quotations", "templates", "tags", "notes"],
)
def test_hostile_markup_is_read(text: str, glossary: Glossary, policies: Path) -> None:
    """Any depth and number of signs is read, and comes back."""
    result = restyle(read_markdown(text + "\n"), Language.EN, load_policy("armenian", policies), glossary)
    assert result.text == text + "\n"
