"""What cannot begin says so before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.batch.conftest import run, task, write_rows
from toolkit.batch.ledger import Ledger
from toolkit.batch.model import Task
from toolkit.batch.run import Job, run_batch
from toolkit.errors import BadInput, BadOption, NotFound

pytestmark = pytest.mark.usefixtures("bare")


def test_one_batch_at_a_time(tmp_path: Path) -> None:
    """Two batches into one folder would undo each other: the second is refused."""
    archive = write_rows(tmp_path / "news.jsonl", [{"text": "a"}])
    run(archive, tmp_path / "out")
    ledger = Ledger(tmp_path / "out", "news.jsonl")
    with pytest.raises(BadOption, match="another batch writes here"):
        run(archive, tmp_path / "out")
    ledger.close()
    assert run(archive, tmp_path / "out").kept == 1


def test_a_folder_is_one_archives(tmp_path: Path) -> None:
    """Another archive's output is not mixed in."""
    run(write_rows(tmp_path / "a.jsonl", [{"text": "a"}]), tmp_path / "out")
    with pytest.raises(BadOption, match=r"it holds a batch of a\.jsonl"):
        run(write_rows(tmp_path / "b.jsonl", [{"text": "b"}]), tmp_path / "out")


def test_a_damaged_ledger_is_said(tmp_path: Path) -> None:
    """The error names the file and what to remove."""
    archive = write_rows(tmp_path / "news.jsonl", [{"text": "a"}])
    run(archive, tmp_path / "out")
    (tmp_path / "out" / ".dragoman" / "ledger.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(BadInput, match="the ledger is damaged"):
        run(archive, tmp_path / "out")


def test_what_is_asked_wrongly_is_refused(tmp_path: Path) -> None:
    """Before anything is written."""
    (tmp_path / "in").mkdir()
    archive = write_rows(tmp_path / "in" / "news.jsonl", [])
    out = tmp_path / "out"
    cases: list[tuple[Job, type[Exception], str]] = [
        (Job(archive, archive.parent, task()), BadOption, "among what is read"),
        (Job(archive.parent, archive.parent / "out", task()), BadOption, "among what is read"),
        (Job(tmp_path / "none", out, task()), NotFound, "no such file"),
        (Job(Path(__file__), out, task()), BadOption, "no archive"),
        (Job(archive.parent, out, Task("lint")), BadOption, "--lang"),
        (Job(archive.parent, out, Task("translate", "en")), BadOption, "--to is missing"),
        (Job(archive, out, Task("check", "en", ("hy", "ru"))), BadOption, "one language"),
        (Job(archive, out, Task("translate", "en", ("en",))), BadOption, "the same"),
    ]
    for job, error, words in cases:
        with pytest.raises(error, match=words):
            run_batch(job, lambda counts, gone, total: None)
        assert not out.exists()
