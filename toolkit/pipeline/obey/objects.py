"""Objects in a text that an engine is to leave alone, and where words stand after a draft was put right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from toolkit.documents.original import OBJECT
from toolkit.engines.protocol import Draft, Request
from toolkit.text.spans import Span

_LETTERS = "XQZWJ"
"""Single capital letters come through every engine as they are, which rarer signs do not."""

Link = tuple[Span, Span]


def with_letters(request: Request) -> tuple[Request, str]:
    """The request with a letter for each object (offsets stay), and the letters; more objects than letters stay."""
    letters, text = "", request.text
    for letter in _LETTERS:
        if OBJECT not in text:
            break
        if not re.search(rf"\b{letter}\b", request.text):
            text = text.replace(OBJECT, letter, 1)
            letters += letter
    return (replace(request, text=text), letters) if letters else (request, "")


def without_letters(draft: Draft, letters: str) -> Draft:
    """The draft with objects for these letters; offsets stay."""
    pattern = re.compile(rf"\b[{letters}]\b")
    return replace(
        draft,
        text=pattern.sub(OBJECT, draft.text),
        alternatives=tuple(pattern.sub(OBJECT, text) for text in draft.alternatives),
    )


def moved_links(links: Sequence[Link], before: str, after: str) -> tuple[Link, ...]:
    """Links into a text as links into the same text after a few of its words were put right."""
    if before == after or not links:
        return tuple(links)
    from rapidfuzz.distance import Levenshtein

    starts: dict[int, int] = {}
    for code in Levenshtein.opcodes(before, after):
        for offset in range(code.src_start, code.src_end):
            inside = offset - code.src_start
            starts[offset] = min(code.dest_start + inside, code.dest_end)
        starts[code.src_end] = code.dest_end
    return tuple(
        (ours, Span(starts[theirs.start], starts[theirs.end]))
        for ours, theirs in links
        if starts[theirs.start] < starts[theirs.end]
    )
