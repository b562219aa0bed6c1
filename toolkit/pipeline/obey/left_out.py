"""Passages of a source that a draft leaves out: no word of it is aligned with them, and it is short."""

from __future__ import annotations

from toolkit.engines.coverage import LOST_WORDS, lost_stretch
from toolkit.engines.protocol import Draft
from toolkit.languages import Language
from toolkit.pipeline.checks.length import is_short
from toolkit.pipeline.checks.pair import Remark, Side

_LONG = 400
"""Code points of a source."""
_MANY = 12
"""Words in a row."""
_SHOWN = 60
"""Code points of a passage in a message."""


def left_out(source: Side, draft: Draft, target: Language) -> tuple[Remark, ...]:
    """T017 for the longest such passage.

    An alignment alone proves little, since attention strays; nor does length, which differs: together they do. In a
    long run-on sentence, whose length hides what is missing, a longer passage is told by the alignment alone.
    """
    short = is_short(source.text, source.language, draft.text, target)
    if not draft.alignment or not (short or len(source.text) > _LONG):
        return ()
    lost = lost_stretch(source.text, draft.alignment, LOST_WORDS if short else _MANY)
    return (Remark("T017", lost, {"surface": lost.of(source.text)[:_SHOWN]}),) if lost is not None else ()
