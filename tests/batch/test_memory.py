"""An archive of any size goes through the same memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

_RUN = """
import resource, sys
from pathlib import Path
sys.path[:0] = {path!r}
from tests.batch.hostile import MAKER
from toolkit.batch.model import Task
from toolkit.batch.run import Job, RunnerName, run_batch
runner = RunnerName({runner!r})
job = Job(Path({archive!r}), Path({out!r}), Task("restyle", "ru", maker=MAKER), runner, 2)
assert run_batch(job, lambda counts, gone, total: None).done == {rows}
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
_ALLOWED = 24
"""Megabytes that may be lost to the allocator between a small archive and one twenty times its size."""


@pytest.mark.parametrize("runner", ["inline", "pool"])
@pytest.mark.usefixtures("bare")
def test_memory_does_not_grow_with_the_archive(runner: str, tmp_path: Path) -> None:
    """Thirty megabytes of JSONL need hardly more than one (as the process itself counts, at its highest)."""
    peaks = []
    for number, rows in enumerate((100, 2000)):
        archive = tmp_path / f"{number}.jsonl"
        with archive.open("w", encoding="utf-8") as stream:
            for row in range(rows):
                told = {"id": row, "text": f"Тихо {row}. " * 700}
                stream.write(json.dumps(told, ensure_ascii=False) + "\n")
        code = _RUN.format(
            path=sys.path, archive=str(archive), out=str(tmp_path / f"out-{number}"), runner=runner, rows=rows
        )
        found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        peaks.append(int(found.stdout))
    assert peaks[1] - peaks[0] < _ALLOWED
