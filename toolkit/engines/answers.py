"""What goes to servers and comes from them: groups of texts, and text that is safe to show and to work on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LONGEST, _ROOM = 4, 200
"""An answer of more than so many characters for each of its source, and besides, is no translation."""
_BREAK = re.compile(r"[ \t]*[\n\u2028\u2029]\s*")
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    """An answer without control characters, which no text of ours has and a terminal might obey, and without halves of
    surrogate pairs, which JSON can smuggle in and no file can hold."""
    return _UNWANTED.sub("", text).strip()


def usable(answer: str, source: str) -> str | None:
    """An answer, cleaned, if it can be a translation of its source: neither empty nor many times as long.

    Lines are broken only where the source has lines, and none is blank: a cell of a table must stay one.
    """
    if len(answer) > _ROOM + _LONGEST * len(source):
        return None
    return _BREAK.sub("\n" if "\n" in source else " ", clean(answer)) or None


def batches(texts: Sequence[str], most: int, characters: int) -> Iterator[list[int]]:
    """Indexes of texts, in order, in groups that a server takes; blank texts are left out."""
    group: list[int] = []
    length = 0
    for index, text in enumerate(texts):
        if not text.strip():
            continue
        if group and (len(group) == most or length + len(text) > characters):
            yield group
            group, length = [], 0
        group.append(index)
        length += len(text)
    if group:
        yield group
