"""Cuts a segment that is longer than a model takes at the best borders it has; nothing is dropped.

Preferred, from the middle outward: the end of a sentence, a semicolon or colon or dash, a comma, a conjunction, a
space, and where there is none, between two characters. A span to be kept whole (a name) is never cut.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from toolkit.text.spans import Span

CONJUNCTION = r"\s+(?=(?:and|but|while|və|amma|lakin|и|а|но|և|ու|բայց|իսկ)\s)"
"""White space before a word that often begins a clause."""
_BORDERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"[.!?…։][\"'»”’)\]]*\s+",
        r"(?:[;:՝]|(?<=\s)[—–-])[\"'»”’)\]]*\s+",
        r"[,՛][\"'»”’)\]]*\s+",
        CONJUNCTION,
        r"\s+",
    )
)
_FEWEST = 0.2
"""The smaller part is at least this share of the whole, or the next kind of border is tried."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a segment; `glue` stands between its draft and the next one's."""

    span: Span
    glue: str = ""


def split(text: str, fits: Callable[[str], bool], keep: Sequence[Span] = ()) -> list[Part]:
    """The parts of `text` that fit, in order; a part that can be cut no further is returned as it is."""
    done: list[Part] = []
    waiting = [Part(Span(0, len(text)))]
    while waiting:
        part = waiting.pop()
        halves = None if fits(part.span.of(text)) else halve(text, part, keep)
        if halves is None:
            done.append(part)
        else:
            waiting.extend(reversed(halves))
    return done


def halve(text: str, part: Part, keep: Sequence[Span] = ()) -> tuple[Part, Part] | None:
    """Two parts of one, cut at the best border; None where there is no border."""
    span = part.span
    middle = (span.start + span.end) / 2
    margin = len(span) * _FEWEST

    def usable(border: int, least: float) -> bool:
        inside = span.start + least <= border <= span.end - least and span.start < border < span.end
        return inside and not any(kept.start < border < kept.end for kept in keep)

    for number, pattern in enumerate(_BORDERS):
        least = margin if number < len(_BORDERS) - 1 else 1
        cuts = [match for match in pattern.finditer(text, span.start, span.end) if usable(match.end(), least)]
        if cuts:
            best = min(cuts, key=lambda match: abs(match.end() - middle))
            first = text[span.start : best.end()].rstrip()
            return (
                Part(Span(span.start, span.start + len(first)), " "),
                Part(Span(best.end(), span.end), part.glue),
            )
    borders = [b for b in range(span.start + 1, span.end) if usable(b, 1) and not unicodedata.combining(text[b])]
    if not borders:
        return None
    border = min(borders, key=lambda place: abs(place - middle))
    return Part(Span(span.start, border)), Part(Span(border, span.end), part.glue)
