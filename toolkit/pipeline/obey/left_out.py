"""Passages of a source that a draft leaves out: no word of it is aligned with them, and it is short."""

from __future__ import annotations

from toolkit.engines.coverage import lost_stretch
from toolkit.engines.protocol import Draft
from toolkit.languages import Language
from toolkit.pipeline.checks.length import is_short
from toolkit.pipeline.checks.pair import Remark, Side

_SHOWN = 60
"""Code points of a passage in a message."""


def left_out(source: Side, draft: Draft, target: Language) -> tuple[Remark, ...]:
    """T017 for the longest such passage.

    An alignment alone proves nothing, since attention strays; nor does length, which differs: together they do.
    """
    if not draft.alignment or not is_short(source.text, source.language, draft.text, target):
        return ()
    lost = lost_stretch(source.text, draft.alignment)
    return (Remark("T017", lost, {"surface": lost.of(source.text)[:_SHOWN]}),) if lost is not None else ()
