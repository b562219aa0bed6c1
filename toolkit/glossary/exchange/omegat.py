"""OmegaT's glossary: source, target and comment with tabs between, in UTF-8; lines with # are for people."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.glossary.exchange.cells import safe_cell
from toolkit.glossary.exchange.concepts import Concept
from toolkit.glossary.exchange.files import Proposal, Written, decoded
from toolkit.glossary.exchange.pairs import pairs_of, proposal, trouble
from toolkit.glossary.exchange.selection import Selection
from toolkit.glossary.exchange.tables import tsv_rows, tsv_text

_HEAD = "# Glossary in tab-separated format -*- coding: utf-8 -*-\n"
"""The line with which OmegaT begins a glossary of its own."""


def write(concepts: Sequence[Concept], selection: Selection) -> Written:
    """OmegaT shows all targets of a source text beside each other, so homonyms stay."""
    pairs, unfit = pairs_of(concepts, selection)
    rows = [(pair.source, pair.target, safe_cell(pair.label)) for pair in pairs]
    return Written({"": _HEAD.encode() + tsv_text(rows)}, len(rows), tuple(unfit))


def read(content: bytes, selection: Selection) -> list[Proposal]:
    found = []
    for line, cells in tsv_rows(decoded(content)):
        if cells[0].startswith("#"):
            continue
        if len(cells) not in (2, 3) or not cells[0].strip() or not cells[1].strip():
            found.append(trouble(f"line {line}", "is no source, target and comment with tabs between"))
            continue
        label = cells[2] if len(cells) == 3 else ""
        found.append(proposal(cells[0], cells[1], selection.pair, f"line {line}", label=label))
    return found
