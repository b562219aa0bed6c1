"""The lines of subtitles: after a change, broken again near the middle, between words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.documents.finishing import Draft, Finished, FormatRemark, edited
from toolkit.text.spans import Edit, Span

LONGEST_LINE = 42
"""Characters that fit in a line, by the custom of broadcasters for Latin, Cyrillic and Armenian letters."""
FEWEST_LINES = 2
"""Lines that a subtitle may always have."""

_TAG = r"<[^<>]*>|\{[^{}\r\n]*\}"
_REFERENCE = re.compile(r"&(?:#\w{1,8}|\w{1,8});")
_PIECE = re.compile(rf"(?P<tag>{_TAG})|(?P<space>[ \t\r\n]+)|(?P<word>&(?:#\w{{1,8}}|\w{{1,8}});|[^ \t\r\n])")


@dataclass(frozen=True, slots=True)
class Lines:
    """The place of one speaker's words in a subtitle (in the file), and how many lines they may have."""

    span: Span
    most: int


def lay_out(draft: Draft, subtitles: Sequence[Lines]) -> Finished:
    """Break the lines of those subtitles anew that were changed and have too long a line. Times stay as they are."""
    newline = "\r\n" if "\r\n" in draft.old else "\n"
    edits: list[Edit] = []
    remarks: list[tuple[Span, Span, int]] = []
    for lines in subtitles:
        place = draft.moved(lines.span)
        text = place.of(draft.text)
        if text == lines.span.of(draft.old):
            continue
        words = list(_words(text))
        if longest_line(words) <= LONGEST_LINE:
            continue
        breaks = set(_breaks([word.width for word in words], lines.most))
        for index, word in enumerate(words[:-1]):
            wanted = newline if index in breaks else " "
            if word.after.of(text) != wanted and (index in breaks or "\n" in word.after.of(text)):
                edits.append(Edit(word.after.shift(place.start), wanted))
        longest = longest_line(words, breaks)
        if longest > LONGEST_LINE:
            remarks.append((lines.span, place, longest))
    finished = edited(draft, edits)
    said = [
        FormatRemark("D001", old, finished.moved(new), {"length": length, "limit": LONGEST_LINE})
        for old, new, length in remarks
    ]
    return Finished(finished.text, finished.moved, said)


@dataclass(frozen=True, slots=True)
class _Word:
    """The width of a word, the space after it, and whether a line ends there."""

    width: int
    after: Span
    ends: bool


def _words(text: str) -> Iterator[_Word]:
    width = 0
    for match in _PIECE.finditer(text):
        if match["word"]:
            width += 1
        elif match["space"] and width:
            yield _Word(width, Span(*match.span()), "\n" in match.group())
            width = 0
    if width:
        yield _Word(width, Span(len(text), len(text)), False)


def longest_line(words: Sequence[_Word], breaks: set[int] | None = None) -> int:
    """The widest line, with the line ends that are there or with others."""
    longest = width = 0
    for index, word in enumerate(words):
        width += word.width + (1 if width else 0)
        longest = max(longest, width)
        if word.ends if breaks is None else index in breaks:
            width = 0
    return longest


def _breaks(widths: Sequence[int], most: int) -> list[int]:
    """After which words to break, so that the widest line is as narrow as it can be in as few lines as will do."""
    total = sum(widths) + len(widths) - 1
    for count in range(2, most + 1):
        low, high = max(widths), total
        while low < high:
            middle = (low + high) // 2
            if len(_filled(widths, middle)) < count:
                high = middle
            else:
                low = middle + 1
        if low <= LONGEST_LINE or count == most:
            return _filled(widths, low)
    return []


def _filled(widths: Sequence[int], width: int) -> list[int]:
    """The breaks where each line takes as many words as fit."""
    found = []
    used = 0
    for index, word in enumerate(widths):
        if used and used + 1 + word > width:
            found.append(index - 1)
            used = 0
        used += word + (1 if used else 0)
    return found
