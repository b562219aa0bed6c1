"""Lines of results as a Parquet file: a row for each text and language (extra [parquet])."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from toolkit.batch.sources import parquet_module

_ROWS = 500
"""Rows of a row group: a few megabytes."""


def publish_parquet(lines: Path, final: Path, *, identity: Any, brief: bool) -> None:
    """Write the file whole or not at all. `identity` is the Arrow type of the ids, as in the archive.

    `result` is the Result in JSON, with its segments and mentions; it is null where the batch is `brief`.
    """
    parquet = parquet_module()
    schema = _schema(identity)
    beside = lines.with_suffix(".parquet")
    with lines.open("rb") as stream, parquet.ParquetWriter(beside, schema, compression="zstd") as writer:
        rows = _rows(stream, brief=brief)
        while some := list(islice(rows, _ROWS)):
            writer.write_table(_table(some, schema))
    with beside.open("rb+") as written:
        os.fsync(written.fileno())
    beside.replace(final)


def _schema(identity: Any) -> Any:
    import pyarrow

    finding = pyarrow.struct(
        [
            ("code", pyarrow.string()),
            ("severity", pyarrow.string()),
            ("start", pyarrow.int64()),
            ("end", pyarrow.int64()),
            ("message", pyarrow.string()),
            ("remedy", pyarrow.string()),
        ]
    )
    return pyarrow.schema(
        [
            ("id", identity),
            ("source_lang", pyarrow.string()),
            ("lang", pyarrow.string()),
            ("text", pyarrow.string()),
            ("findings", pyarrow.list_(finding)),
            ("signature", pyarrow.string()),
            ("result", pyarrow.string()),
        ]
    )


def _rows(lines: Any, *, brief: bool) -> Iterator[dict[str, Any]]:
    for line in lines:
        whole = json.loads(line)
        for result in whole.get("results", [whole]):
            shown = {key: result.get(key) for key in ("source_lang", "lang", "text", "findings", "signature")}
            told = None if brief else json.dumps({k: v for k, v in result.items() if k != "id"}, ensure_ascii=False)
            yield {"id": whole["id"], **shown, "result": told}


def _table(rows: list[dict[str, Any]], schema: Any) -> Any:
    import pyarrow

    return pyarrow.Table.from_pylist(rows, schema=schema)
