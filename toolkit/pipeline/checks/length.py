"""A translation far shorter or longer than translations of such a text are."""

from __future__ import annotations

from toolkit.pipeline.checks.pair import Pair, Remarks

_SHORTEST = 20
"""Code points of a source below which its length tells nothing."""
_LEAST, _MOST = 0.42, 2.3
_ROOM = 12


def check_length(pair: Pair, remarks: Remarks) -> None:
    """T014 where the proportion of the lengths is outside what two languages can do; T015 for an empty translation."""
    source, target = len(pair.source.text.strip()), len(pair.target.text.strip())
    if source and not target:
        remarks.add("T015", None)
    elif source >= _SHORTEST and not _LEAST * source - _ROOM / 2 <= target <= _MOST * source + _ROOM:
        remarks.add("T014", None, None, ratio=f"{target / source:.0%}")
