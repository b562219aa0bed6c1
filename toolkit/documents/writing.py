"""Write changes of a reading view into the file behind it, and say where everything then stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.documents.finishing import Draft, Passage, untouched
from toolkit.documents.original import OBJECT, Escape, Original
from toolkit.documents.shift import Shift
from toolkit.text.spans import Chunk, Edit, OffsetMap, Span, apply_edits


@dataclass(frozen=True, slots=True)
class Raw:
    """A text as a file writes it, and the chunks by which what is read differs from it."""

    text: str
    chunks: Sequence[Chunk] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the view, what it is in the file (with the tags that move), and the text that takes its place.

    `inserts` are tags by the offset in the new text before which they stand, in order; `objects` what is written for
    each sign of an object in it, in order.
    """

    span: Span
    original: Span
    text: str
    inserts: tuple[tuple[int, str], ...] = ()
    objects: tuple[str, ...] = ()
    raw: Raw | None = None
    """The new text as the file writes it, where that is known."""


class Written:
    """The file after the changes. Offsets of the old file, and of the view after the changes, lead into it.

    `language` is the code of the new language where there is one, `passages` what its segments come from.
    """

    def __init__(
        self,
        original: Original,
        changes: Iterable[Change],
        others: Iterable[Edit] = (),
        *,
        language: str | None = None,
        passages: Sequence[Passage] = (),
    ) -> None:
        ordered = sorted(changes, key=lambda change: change.span)
        raws = [change.raw or raw_of(change, original.escape_at(change.original.start)) for change in ordered]
        edits = [Edit(change.original, raw.text) for change, raw in zip(ordered, raws, strict=True)]
        edits = sorted([*edits, *others], key=lambda edit: edit.span)
        self._file = Shift(edits)
        draft = Draft(original.text, apply_edits(original.text, edits), self._drafted, language, passages)
        self._finished = (original.finish or untouched)(draft)
        self.text = self._finished.text
        self.remarks = self._finished.remarks
        self._view = Shift([Edit(change.span, change.text) for change in ordered])
        self._old = original
        self._offsets = OffsetMap(self._chunks(ordered, [raw.chunks for raw in raws]))

    def moved(self, span: Span) -> Span:
        """Where a stretch of the old file stands now, with all that was changed in it."""
        return self._finished.moved(self._drafted(span))

    def _drafted(self, span: Span) -> Span:
        return Span(self._file.start(span.start), self._file.end(span.end))

    def span(self, span: Span) -> Span:
        """A span of the view after the changes, in the new file."""
        return self._finished.moved(self._offsets.span(span))

    def _chunks(self, changes: Sequence[Change], inner: Sequence[Sequence[Chunk]]) -> list[Chunk]:
        """The chunks by which the new view differs from the new file: the old ones outside the changes, and theirs."""
        found: list[Chunk] = []
        areas = [change.original for change in changes]
        starts = [area.start for area in areas]
        for chunk in self._old.chunks:
            index = bisect_right(starts, chunk.original.start) - 1
            if index >= 0 and chunk.original.end <= areas[index].end and len(chunk.original):
                continue
            found.append(Chunk(self._view.between(chunk.derived), self._file.between(chunk.original)))
        for change, chunks in zip(changes, inner, strict=True):
            view, file = self._view.start(change.span.start), self._file.start(change.original.start)
            found.append(Chunk(Span(view, view), Span(file, file)))
            found.extend(Chunk(chunk.derived.shift(view), chunk.original.shift(file)) for chunk in chunks)
        return sorted(found, key=lambda chunk: (chunk.original.start, chunk.original.end, chunk.derived.start))


def raw_of(change: Change, escape: Escape) -> Raw:
    """The new text of a change as it is written in the file."""
    parts: list[str] = []
    chunks: list[Chunk] = []
    length = 0
    inserts, objects = list(change.inserts), list(change.objects)

    def add(derived: Span, raw: str, *, same: bool) -> None:
        nonlocal length
        if not same:
            chunks.append(Chunk(derived, Span(length, length + len(raw))))
        parts.append(raw)
        length += len(raw)

    written = escape(change.text)
    for offset in range(len(change.text) + 1):
        while inserts and inserts[0][0] == offset:
            add(Span(offset, offset), inserts.pop(0)[1], same=False)
        char = change.text[offset : offset + 1]
        raw = objects.pop(0) if char == OBJECT and objects else written[offset] if char else ""
        add(Span(offset, offset + 1), raw, same=raw == char)
    return Raw("".join(parts), chunks)
