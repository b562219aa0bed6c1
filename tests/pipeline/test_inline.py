"""Inline tags follow their words into the translation."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CASES
from toolkit.documents.original import Side, Tag
from toolkit.pipeline.inline import Element, elements_of, place_tags
from toolkit.text.spans import Span

ROWS: list[dict[str, Any]] = yaml.safe_load((CASES / "inline.yaml").read_text(encoding="utf-8"))
_TAG = re.compile(r"<(/?)(\w)(/?)>")
_WORDS = re.compile(r"\w+")


def _read(marked: str) -> tuple[str, list[tuple[int, Tag]]]:
    """A text without its tags, and the tags by their offset in it."""
    text, tags, position = "", [], 0
    for match in _TAG.finditer(marked):
        text += marked[position : match.start()]
        position = match.end()
        side = Side.ALONE if match[3] else Side.CLOSE if match[1] else Side.OPEN
        tags.append((len(text), Tag(Span(*match.span()), match[2], side)))
    return text + marked[position:], tags


def _written(text: str, tags: list[tuple[int, Tag]], marked: str) -> str:
    parts, position = [], 0
    for offset, tag in tags:
        parts += [text[position:offset], tag.span.of(marked)]
        position = offset
    return "".join(parts) + text[position:]


def _names(elements: tuple[Element, ...]) -> list[str]:
    return [tag.name for element in elements if (tag := element.before or element.after)]


@pytest.mark.parametrize("row", ROWS, ids=[row["what"] for row in ROWS])
def test_tags_follow_their_words(row: dict[str, Any]) -> None:
    """Each row: where the tags of a sentence stand in its translation, and which of them are doubtful."""
    source, tags = _read(row["source"])
    target, _ = _read(row["target"])
    words = [[Span(*match.span()) for match in _WORDS.finditer(text)] for text in (source, target)]
    links = [(words[0][ours], words[1][theirs]) for ours, theirs in row.get("links", ())]
    found = place_tags(elements_of(tags, len(source)), source, target, links)
    assert _written(target, list(found.tags), row["source"]) == row["target"]
    assert _names(found.doubtful) == row.get("doubtful", [])


_marked = st.lists(st.sampled_from(["one", "two ", " ", ".", "<a>", "</a>", "<b>", "</b>", "<c/>"]), max_size=14).map(
    "".join
)


@given(_marked, st.text("ab .", max_size=20), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=8))
def test_no_tag_is_lost_and_none_leaves_its_parent(marked: str, target: str, pairs: list[tuple[int, int]]) -> None:
    """Whatever the tags and the alignment: the same tags come out, each once, within the text and in a sound order."""
    source, tags = _read(marked)
    words = [[Span(*match.span()) for match in _WORDS.finditer(text)] for text in (source, target)]
    links = [(words[0][i], words[1][j]) for i, j in pairs if i < len(words[0]) and j < len(words[1])]
    elements = elements_of(tags, len(source))
    found = place_tags(elements, source, target, links).tags
    assert sorted(tag.span for _, tag in found) == sorted(tag.span for _, tag in tags)
    offsets = [offset for offset, _ in found]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(target) for offset in offsets)
    places = {tag.span: index for index, (_, tag) in enumerate(found)}
    for element in _all(elements):
        if element.before is not None and element.after is not None:
            assert places[element.before.span] < places[element.after.span]


@given(st.lists(st.sampled_from(["one", "two", "six"]), min_size=1, max_size=6), st.data())
def test_a_sentence_aligned_with_itself_keeps_its_tags(words: list[str], data: st.DataObject) -> None:
    """Around whole words, with every word aligned to itself, the tags come back where they were, certain."""
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start, len(words) - 1))
    marked = [*words]
    marked[start] = "<a>" + marked[start]
    marked[end] += "</a>"
    source, tags = _read(" ".join(marked))
    places = [Span(*match.span()) for match in _WORDS.finditer(source)]
    found = place_tags(elements_of(tags, len(source)), source, source, [(place, place) for place in places])
    assert (list(found.tags), found.doubtful) == (tags, ())


def _all(elements: list[Element]) -> list[Element]:
    return [found for element in elements for found in (element, *_all(element.children))]
