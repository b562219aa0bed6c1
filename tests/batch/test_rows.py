"""Rows come out in order, with their own ids, from JSON and from Parquet; the watch hears of all of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from tests.batch.conftest import read_errors, read_rows, run, write_rows
from toolkit.batch.model import Counts, Fields, Task
from toolkit.errors import BadInput, BadOption

pytestmark = pytest.mark.usefixtures("bare")


def test_fields_have_the_archives_names(tmp_path: Path) -> None:
    """Ids of any kind come back as they are; an archive's own `text` that is not the text is not read."""
    row = {"nr": 0, "body": "a", "text": 5}
    archive = write_rows(tmp_path / "news.jsonl", [row, {**row, "nr": "x"}, {"body": "b"}])
    run(archive, tmp_path / "out", fields=Fields({"id": "nr", "text": "body"}))
    assert [(row["id"], row["text"]) for row in read_rows(tmp_path / "out" / "news.jsonl")] == [
        (0, "a"), ("x", "a"), (None, "b"),
    ]  # fmt: skip


def test_the_watch_hears_of_all(tmp_path: Path) -> None:
    """Progress ends at the whole of the archive."""
    heard: list[tuple[int, int, int]] = []

    def watch(counts: Counts, gone: int, total: int) -> None:
        heard.append((counts.items, gone, total))

    archive = write_rows(tmp_path / "news.jsonl", [{"id": n, "text": "a " * 9000} for n in range(4)])
    run(archive, tmp_path / "out", watch=watch)
    size = archive.stat().st_size
    assert heard[-1] == (4, size, size)
    assert len(heard) > 1


def _parquet(path: Path, columns: dict[str, Any]) -> Path:
    pyarrow.parquet.write_table(pyarrow.table(columns), path)
    return path


def test_parquet_comes_out_as_parquet(tmp_path: Path) -> None:
    """A row for each text, ids of their own type, findings as a list, the whole Result in JSON; a null is reported."""
    archive = _parquet(tmp_path / "news.parquet", {"nr": [7, 8, 9], "body": ["Тихо.", None, "Тихо."]})
    fields = Fields({"id": "nr", "text": "body"})
    counts = run(archive, tmp_path / "out", Task("restyle", "ru"), fields=fields)
    table = pyarrow.parquet.read_table(tmp_path / "out" / "news.parquet")
    assert table.column("id").to_pylist() == [7, 9]
    assert table.column("text").to_pylist() == ["Тихо.", "Тихо."]
    assert json.loads(table.column("result")[0].as_py())["segments"][0]["source"] == "Тихо."
    assert table.column("findings").to_pylist() == [[], []]
    assert [(e["id"], e["place"]) for e in read_errors(tmp_path / "out")] == [(8, "news.parquet:2")]
    assert counts.failed == 1
    (tmp_path / "out" / "news.parquet").unlink()
    again = run(archive, tmp_path / "out", Task("restyle", "ru"), fields=fields)
    assert (again.kept, again.done) == (3, 0)
    assert pyarrow.parquet.read_table(tmp_path / "out" / "news.parquet").equals(table)


def test_a_language_is_a_row_of_its_own(tmp_path: Path) -> None:
    """Into two languages, a text is two rows."""
    archive = _parquet(tmp_path / "news.parquet", {"id": ["a"], "text": ["Quiet."]})
    run(archive, tmp_path / "out", Task("translate", "en", ("hy", "ru"), engine="memory"))
    table = pyarrow.parquet.read_table(tmp_path / "out" / "news.parquet")
    assert [(row["id"], row["lang"]) for row in table.to_pylist()] == [("a", "hy"), ("a", "ru")]


def test_parquet_that_is_none_is_said(tmp_path: Path) -> None:
    """A broken file, and one without the column, stop before anything is written."""
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 no parquet PAR1")
    with pytest.raises(BadInput, match="no Parquet file"):
        run(tmp_path / "broken.parquet", tmp_path / "out")
    archive = _parquet(tmp_path / "news.parquet", {"id": ["a"], "body": ["Quiet."]})
    with pytest.raises(BadOption, match="no column 'text'"):
        run(archive, tmp_path / "out")
