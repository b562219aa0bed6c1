"""What goes to servers and comes from them: groups of texts, and text that is safe to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def clean(text: str) -> str:
    """An answer without control characters, which no text of ours has and a terminal might obey."""
    return "".join(c for c in text if (c >= " " and c != "\x7f" and not "\x80" <= c <= "\x9f") or c in "\n\t").strip()


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
