"""Split a block of text into sentences by rules and abbreviation lists, one list a language.

Rules of each language: Armenian closes a sentence with ։ (typed also as a colon before a capital); its full
stop is no sentence end. A stop after an initial (İ. Əliyev), an abbreviation or a figure with a small letter
after it ends nothing. A sentence never ends inside a span that is to be kept whole (a mention).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from toolkit.languages import Language
from toolkit.text.casing import lower
from toolkit.text.spans import Span, SpanSet

_CLOSERS = "\"'»”’“)\\]"
_END = re.compile(rf"(?:[.!?…]+|[։:])[{_CLOSERS}]*(?=\s|$)|(?:[.!?…]+|[։:])(?=[«“„])|\n[ \t\r]*\n")
_NEXT_WORD = re.compile(rf"[\s{_CLOSERS}«“„(\[—–\-*_#>]*(\w*)")
_INITIAL = re.compile(r"(?:^|[\s(«“\".])[^\W\d_](?:h|sh|ch|dz|ts)?$")
_NUMBER = re.compile(r"(?:^|\s)[\d\s.,]*\d(?:-\w{1,3})?\s*$")
_SPACE = re.compile(r"\s+")
_LONGEST = 2000
"""Code points of the longest sentence; what reads sentences may take time by the square of their length."""
_REACH = 200
"""How far back (code points) what a stop belongs to is looked for."""
_FEWEST_WORDS = 3
_LONGEST_PREPOSITION = 2


@dataclass(frozen=True, slots=True)
class Abbreviations:
    before_name: frozenset[str]
    after_number: frozenset[str]
    maybe_last: frozenset[str]
    first_words: frozenset[str]


@cache
def abbreviations(language: Language) -> Abbreviations:
    """The abbreviation lists of a language, from data/abbreviations.yaml."""
    text = files("toolkit.text").joinpath("data/abbreviations.yaml").read_text(encoding="utf-8")
    lists = yaml.safe_load(text)[language.value]
    return Abbreviations(**{key: frozenset(str(word) for word in words) for key, words in lists.items()})


def split_sentences(text: str, language: Language, keep: Iterable[Span] = ()) -> list[Span]:
    """The sentences of a block, in order, without the white space around them.

    `keep` are spans that no sentence border may cut. The spans returned cover every character that is not
    white space.
    """
    whole = SpanSet(keep)
    ends = (match.end() for match in _END.finditer(text) if _ends_sentence(text, match, language))
    borders = [border for border in ends if not whole.cut_by(border)]
    pieces = zip([0, *borders], [*borders, len(text)], strict=True)
    sentences = (_trimmed(text, *piece) for start, end in pieces for piece in _bounded(text, start, end, whole))
    return [sentence for sentence in sentences if sentence.start < sentence.end]


def _bounded(text: str, start: int, end: int, whole: SpanSet) -> Iterator[tuple[int, int]]:
    """A sentence, cut at spaces where it is longer than any that a person wrote (a list, a table without lines)."""
    while end - start > _LONGEST:
        spaces = (match.end() for match in _SPACE.finditer(text, start + _LONGEST // 2, end))
        border = next((space for space in spaces if not whole.cut_by(space)), end)
        yield start, border
        start = border
    yield start, end


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _ends_sentence(text: str, match: re.Match[str], language: Language) -> bool:
    mark = match.group()[0]
    if mark == "\n":
        return True
    following = _NEXT_WORD.match(text, match.end())
    next_word = following.group(1) if following else ""
    rises = not next_word or not next_word[0].islower()
    if mark == "։":
        return True
    if mark == ":":
        return language is Language.HY and rises and bool(next_word) and "\u0531" <= next_word[0] <= "\u0556"
    if mark in "!?…" or match.group().startswith(("..", ".!", ".?")):
        return rises
    if language is Language.HY and text[max(0, match.start() - _REACH) : match.start()].rstrip()[-1:] >= "\u0531":
        return not text[match.end() :].strip() or _breaks_line(text, match.end())
    return rises and not _is_abbreviated(text[max(0, match.start() - _REACH) : match.start()], next_word, language)


def _breaks_line(text: str, position: int) -> bool:
    return bool(re.match(r"[ \t\r]*\n", text[position : position + 8]))


def _is_abbreviated(before: str, next_word: str, language: Language) -> bool:
    """Whether the stop after `before` belongs to an abbreviation or initial that goes on into `next_word`."""
    if not next_word:
        return False
    lists = abbreviations(language)
    tokens = lower(before[-60:], language).split()
    word = tokens[-1].lstrip('(«“„"') if tokens else ""
    phrase = f"{tokens[-2]} {word}" if len(tokens) > 1 else word
    opens = lower(next_word, language) in lists.first_words
    if _INITIAL.search(before) and before[-1:].isupper():
        return not opens
    if not {word, phrase}.isdisjoint(lists.maybe_last):
        return bool(lists.first_words) and not opens
    if not {word, phrase}.isdisjoint(lists.after_number) and _NUMBER.search(before[: before.rfind(before.split()[-1])]):
        return not next_word[0].isupper() or _barely_begun(before)
    return not {word, phrase}.isdisjoint(lists.before_name)


def _barely_begun(before: str) -> bool:
    """Whether so little stands before a stop (a preposition and a year: "В 2020 г.") that it can be no sentence."""
    sentence = re.split(r"[.!?…]\s+(?=[^\W\d_a-zа-яёա-ֆ])", before)[-1]
    words = sentence.split()
    return len(words) <= _FEWEST_WORDS and len(words[0]) <= _LONGEST_PREPOSITION
