"""Items in chunks: enough at once that handing them over costs little, and few enough that little is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.batch.model import Chunk, Entry

CHARACTERS = 32_000
"""Of the items that wait, about a sixth of a second of restyling. An item that is longer is a chunk of its own."""
WAITING, ENTRIES = 64, 1_000


def chunked(entries: Iterable[Entry]) -> Iterator[Chunk]:
    """Chunks by characters, not by items: an archive has briefs and long reads."""
    chunk: list[Entry] = []
    size = waiting = 0
    for entry in entries:
        more = entry.item.size if entry.waits else 0
        if chunk and (size + more > CHARACTERS or waiting >= WAITING or len(chunk) >= ENTRIES):
            yield Chunk(tuple(chunk))
            chunk, size, waiting = [], 0, 0
        chunk.append(entry)
        size += more
        waiting += entry.waits
    if chunk:
        yield Chunk(tuple(chunk))
