"""Killed at any moment, a batch loses nothing and doubles nothing.

Real processes, really killed: a child is ended by SIGKILL before the first call that touches the disk, then another
before the second, and so on through the whole of a run. After each, one more run must leave the very bytes that an
undisturbed run leaves.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import run, task, write_rows
from tests.batch.killing import outputs, survived
from toolkit.batch.model import Task
from toolkit.batch.wire import task_line
from toolkit.settings import share_folder

ROWS: list[dict[str, Any] | str] = [
    *({"id": n, "text": f"{n} " * 9000} for n in range(4)),
    "{bad",
    {"id": 9, "text": "fault"},
]
CHANGED: list[dict[str, Any] | str] = [
    ROWS[0],
    {"id": 1, "text": "new"},
    ROWS[3],
    ROWS[2],
    *ROWS[4:],
    {"id": 7, "text": "last"},
]


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(("every", "moments"), [(0, 10), (3600, 5)], ids=["each chunk", "all at the end"])
def test_a_first_run(every: int, moments: int, tmp_path: Path) -> None:
    """From nothing to the end, however seldom the output is made safe."""
    archive = write_rows(tmp_path / "news.jsonl", ROWS)
    assert survived(archive, task(), safe_every=every) > moments


@pytest.mark.usefixtures("bare")
def test_a_run_that_redoes_what_changed(tmp_path: Path) -> None:
    """The finished output stays until the new one is complete, and what still holds is not made again."""
    archive = write_rows(tmp_path / "news.jsonl", ROWS)
    run(archive, tmp_path / "first", task())
    write_rows(archive, CHANGED)
    assert survived(archive, task(), begun=tmp_path / "first") > 12


@pytest.mark.usefixtures("bare")
def test_a_run_with_another_policy(tmp_path: Path) -> None:
    """Half a run by one policy, then one by another that is killed: nothing of the first is left in the output."""
    archive = write_rows(tmp_path / "news.jsonl", ROWS)
    (tmp_path / "first").write_bytes(task_line(task("first")))
    assert survived(archive, task("second"), begun=tmp_path / "first") > 10


@pytest.mark.usefixtures("bare")
def test_a_folder(tmp_path: Path) -> None:
    """Every file is there whole or not at all."""
    folder = tmp_path / "articles"
    (folder / "politics").mkdir(parents=True)
    for number in range(3):
        (folder / "politics" / f"{number}.md").write_text(f"# Дорога {number}\n", encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"no archive")
    assert survived(folder, Task("lint", "ru")) > 8


def test_the_command_with_its_workers(tmp_path: Path, cache: Path) -> None:
    """`dragoman batch` by two workers: one is killed, then the whole process; the third run ends what is left."""
    article = (share_folder() / "seeds" / "articles" / "shelling-of-stepanakert.ru.md").read_text("utf-8")
    archive = write_rows(tmp_path / "news.jsonl", [{"id": n, "text": f"{article}\n{n}"} for n in range(40)])
    told = ["--verb", "restyle", "--lang", "ru", "--policy", "azerbaijani", "--brief"]
    environment = {**os.environ, "DRAGOMAN_CACHE": str(cache), "PYTHONPATH": os.pathsep.join(sys.path)}

    def start(out: Path, *more: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "toolkit", "batch", str(archive), "--out", str(out), *told, *more]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)

    def lines(out: Path) -> int:
        return sum(path.read_bytes().count(b"\n") for path in (out / ".dragoman").glob("lines-*.jsonl"))

    undisturbed, out = tmp_path / "undisturbed", tmp_path / "out"
    with start(undisturbed, "--runner", "inline") as process:
        assert process.wait(300) == 0
    with start(out, "--workers", "2") as process:
        _until(lambda: lines(out) > 5)
        workers = _children(process.pid)
        assert workers
        os.kill(workers[0], signal.SIGKILL)
        seen = lines(out)
        _until(lambda: lines(out) > seen or process.poll() is not None)
        process.kill()
    _until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    with start(out, "--workers", "2") as process:
        assert process.wait(300) == 0
    assert outputs(out) == outputs(undisturbed)


def _until(happened: Callable[[], bool]) -> None:
    """Wait, a minute at most, for something that another process does."""
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def _children(process: int) -> list[int]:
    text = "".join(path.read_text("utf-8") for path in Path(f"/proc/{process}/task").glob("*/children"))
    return [int(number) for number in text.split()]
