"""A process that works through a batch again and again, in children that are killed one step later each time.

It has no threads, unlike the tests' own process, where servers of other tests may run: a child that is forked beside
threads waits without end for the locks that one of them held (SQLite has such locks).
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from toolkit.batch import lines_sink
from toolkit.batch.ledger import Ledger
from toolkit.batch.model import Counts, Task
from toolkit.batch.run import Job, RunnerName, run_batch
from toolkit.batch.wire import read_task, task_line

ROOT = Path(__file__).resolve().parents[2]
_LIMIT = 300
"""Seconds that all runs together may take."""


def survived(archive: Path, told: Task, *, safe_every: int = 0, begun: Path | None = None) -> int:
    """Kill at every moment of a run of `archive`, and end it by another run; returns how many moments there were.

    Each run begins with nothing, with a copy of the output `begun`, or, where that is a file, with what the task in it
    has done up to its sixth moment. Output is made safe after `safe_every` seconds.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.batch.killing", archive, str(safe_every), begun or ""],
        input=task_line(told), cwd=ROOT, stdout=subprocess.PIPE, timeout=_LIMIT, check=True,
    )  # fmt: skip
    return int(done.stdout)


def outputs(out: Path) -> dict[str, bytes]:
    """Everything that a person sees of a batch."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".dragoman" not in path.parts
    }


def _survive(archive: Path, told: Task, begun: Path | None) -> int:
    folder = archive.parent
    whole = _run(archive, folder / "undisturbed", told)
    expected = outputs(folder / "undisturbed")
    moment, died = 0, True
    while died:
        moment += 1
        out = folder / f"out-{moment}"
        _begin(archive, out, begun)
        died = _killed(moment, archive, out, told)
        counts = _run(archive, out, told)
        assert outputs(out) == expected, f"killed at {moment}"
        assert (counts.items, counts.failed) == (whole.items, whole.failed)
        shutil.rmtree(out)
    return moment


def _begin(archive: Path, out: Path, begun: Path | None) -> None:
    if begun is not None and begun.is_dir():
        shutil.copytree(begun, out)
    elif begun is not None:
        assert _killed(6, archive, out, read_task(begun.read_bytes()))


def _run(archive: Path, out: Path, told: Task) -> Counts:
    return run_batch(Job(archive, out, told, RunnerName.INLINE), lambda counts, gone, total: None)


def _killed(moment: int, archive: Path, out: Path, told: Task) -> bool:
    """Run in a child that is killed before its `moment`-th call that touches the disk; whether it was."""
    child = os.fork()
    if child == 0:
        try:
            _arm(moment)
            _run(archive, out, told)
            os._exit(0)
        finally:  # an error ends the child, too
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def _arm(moment: int) -> None:
    calls = 0

    def armed(called: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == moment:
                os.kill(os.getpid(), signal.SIGKILL)
            return called(*args, **kwargs)

        return call

    for holder, names in (
        (os, ("fsync", "truncate")),
        (Path, ("replace", "unlink")),
        (Ledger, ("add_files", "add_lines", "begin_generation", "drop", "set_state")),
    ):
        for name in names:
            setattr(holder, name, armed(getattr(holder, name)))


def main(archive: str, safe_every: str, begun: str) -> None:
    """Read the task from standard input, write the number of moments."""
    lines_sink.SAFE_EVERY = int(safe_every)
    told = read_task(sys.stdin.buffer.read())
    sys.stdout.write(str(_survive(Path(archive), told, Path(begun) if begun else None)))


if __name__ == "__main__":
    main(*sys.argv[1:])
