"""Markdown: names and sentences are read as they are shown, and nothing of the markup is lost on the way."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.conftest import CASES
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
from toolkit.pipeline.result import Result
from toolkit.pipeline.translate import translate
from toolkit.text.spans import Span

RESTYLED: list[dict[str, Any]] = yaml.safe_load((CASES / "markdown.yaml").read_text(encoding="utf-8"))
TRANSLATED: list[dict[str, Any]] = yaml.safe_load((CASES / "markdown-translate.yaml").read_text(encoding="utf-8"))
_WORD = re.compile(r"\w+|\ufffc")


@pytest.fixture(scope="session")
def memory(glossary: Glossary) -> Memory:
    return Memory.load([CASES / "memory"], glossary)


def _holds(result: Result, text: str, *, ended: bool = True) -> None:
    """Offsets cut what they say from both files, and where nothing was `ended` anew the files differ in the segments
    alone."""
    rebuilt, position = "", 0
    for segment in result.segments:
        assert text[segment.start : segment.end] == segment.source
        rebuilt += text[position : segment.start] + segment.target
        position = segment.end
    if ended:
        assert rebuilt + text[position:] == result.text
    for mention in result.mentions:
        assert text[mention.start : mention.end] == mention.surface
        if mention.target_start is not None:
            assert result.text[mention.target_start : mention.target_end] == mention.rendering


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
    _holds(result, source, ended="[Stepanakert]:" not in source)


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
    _holds(result, row["source"], ended=not re.search(r"lang:|\]:", row["source"]))
