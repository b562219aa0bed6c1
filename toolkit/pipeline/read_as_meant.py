"""A translated stretch of a file whose signs mean something by what is beside them (Markdown), read again.

What would not be read as it is meant is written with care: text with every sign escaped, emphasis by HTML's tags.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from toolkit.documents.original import Original, Rereading, Side, Tag
from toolkit.documents.writing import Change, raw_of
from toolkit.pipeline.outcome import Outcome

_BESIDE = "x"
"""A word that stands beside a stretch in place of those that a tag of it has outside."""


def read_as_meant(original: Original, change: Change, outcome: Outcome) -> Change:
    """The change with its writing. Formats in which a sign always means the same need none."""
    rereading = original.rereading
    if rereading is None:
        return change
    raw = raw_of(change, original.escape_at(change.original.start))
    halves = _halves(outcome.tags)
    if _reads(raw.text, change, outcome, original, halves):
        return replace(change, raw=raw)
    spelled = tuple(
        (offset, tag.written(original.text) if tag in halves else rereading.spell(tag, original.text))
        for offset, tag in outcome.tags
    )
    return replace(change, raw=raw_of(replace(change, inserts=spelled), rereading.escape))


def _reads(raw: str, change: Change, outcome: Outcome, original: Original, halves: list[Tag]) -> bool:
    """Whether a stretch as it is written reads as the text that was to be written, with as many tags of each name.

    A tag whose counterpart stands outside is read with one beside the stretch.
    """
    rereading = original.rereading
    if rereading is None or rereading.begins_block(raw):
        return False
    ends = [_counterpart(tag, original, rereading) for tag in halves if tag.side is Side.CLOSE]
    begins = [_counterpart(tag, original, rereading) for tag in halves if tag.side is Side.OPEN]
    before = "".join(reversed(ends)) + f"{_BESIDE} " if ends else ""
    after = f" {_BESIDE}" + "".join(reversed(begins)) if begins else ""
    read = rereading.read(before + raw + after)
    if read.original is None:
        return False
    tags = sorted(tag.name for there in read.original.tags.values() for tag in there)
    wanted = sorted([*(tag.name for _, tag in outcome.tags), *(tag.name for tag in halves)])
    words = [*([_BESIDE] if ends else []), *change.text.split(), *([_BESIDE] if begins else [])]
    return read.text.split() == words and tags == wanted


def _counterpart(tag: Tag, original: Original, rereading: Rereading) -> str:
    return rereading.counterpart(tag, original.text)


def _halves(tags: Iterable[tuple[int, Tag]]) -> list[Tag]:
    """The tags that begin or end something whose other end is outside, in order."""
    waiting: list[Tag] = []
    ends: list[Tag] = []
    for _, tag in tags:
        if tag.side is Side.OPEN:
            waiting.append(tag)
        elif tag.side is Side.CLOSE:
            if waiting and waiting[-1].name == tag.name:
                waiting.pop()
            else:
                ends.append(tag)
    return [*ends, *waiting]
