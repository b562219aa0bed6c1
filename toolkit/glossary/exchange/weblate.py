"""Weblate's CSV: columns by the names in its first row; the context tells entries of one source text apart."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.errors import BadInput
from toolkit.glossary.exchange.cells import safe_cell
from toolkit.glossary.exchange.concepts import Concept
from toolkit.glossary.exchange.files import Proposal, Written, decoded
from toolkit.glossary.exchange.pairs import pairs_of, proposal, trouble
from toolkit.glossary.exchange.selection import Selection
from toolkit.glossary.exchange.tables import csv_rows, csv_text

_COLUMNS = ("source", "target", "context", "developer_comments")


def write(concepts: Sequence[Concept], selection: Selection) -> Written:
    pairs, unfit = pairs_of(concepts, selection)
    rows = [(pair.source, pair.target, safe_cell(pair.label), safe_cell(pair.concept.note)) for pair in pairs]
    return Written({"": csv_text([_COLUMNS, *rows], quote_all=True)}, len(rows), tuple(unfit))


def read(content: bytes, selection: Selection) -> list[Proposal]:
    """The rows; columns that are not known are passed over."""
    rows = csv_rows(decoded(content))
    header = [cell.strip().lower() for cell in next(rows, (0, []))[1]]
    if "source" not in header or "target" not in header:
        raise BadInput("the first row names no `source` and `target`", remedy="give Weblate's CSV with its first row")
    found = []
    for line, cells in rows:
        row = dict(zip(header, cells, strict=False))
        if len(cells) != len(header) or not row["source"].strip() or not row["target"].strip():
            why = "has an empty text" if len(cells) == len(header) else f"has {len(cells)} columns, not {len(header)}"
            found.append(trouble(f"line {line}", why))
            continue
        note = row.get("developer_comments", "")
        label = row.get("context", "")
        found.append(
            proposal(row["source"], row["target"], selection.pair, f"line {line}", label=label, note=note.strip())
        )
    return found
