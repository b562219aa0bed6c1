"""Killed at any moment, a batch loses nothing and doubles nothing.

Real processes, really killed: a child is ended by SIGKILL before the first call that touches the disk, then another
before the second, and so on through the whole of a run. After each, one more run must leave the very bytes that an
undisturbed run leaves.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import run, task, write_rows
from toolkit.batch import lines_sink
from toolkit.batch.ledger import Ledger
from toolkit.batch.model import Task
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


def _outputs(out: Path) -> dict[str, bytes]:
    """Everything that a person sees of a batch."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".dragoman" not in path.parts
    }


def _killed(moment: int, work: Callable[[], Any]) -> bool:
    """Do the work in a child that is killed before its `moment`-th call that touches the disk; whether it was."""
    child = os.fork()
    if child == 0:
        _arm(moment)
        work()
        os._exit(0)
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


def _survives(start: Callable[[Path], None], archive: Path, folder: Path, told: Task) -> int:
    """Kill at every moment of a run that begins with what `start` leaves; returns how many moments there were."""
    undisturbed = folder / "undisturbed"
    whole = run(archive, undisturbed, told)
    expected = _outputs(undisturbed)
    moment = 0
    while True:
        moment += 1
        out = folder / f"out-{moment}"
        start(out)
        died = _killed(moment, lambda out=out: run(archive, out, told))  # type: ignore[misc]  # mypy gives defaults no type
        counts = run(archive, out, told)
        assert _outputs(out) == expected, f"killed at {moment}"
        assert (counts.items, counts.failed) == (whole.items, whole.failed)
        shutil.rmtree(out)
        if not died:
            return moment


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every chunk is made safe by itself, so that there are moments between them."""
    monkeypatch.setattr(lines_sink, "SAFE_EVERY", 0)


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(("every", "moments"), [(0, 10), (3600, 5)], ids=["each chunk", "all at the end"])
def test_a_first_run(every: int, moments: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From nothing to the end, however seldom the output is made safe."""
    monkeypatch.setattr(lines_sink, "SAFE_EVERY", every)
    archive = write_rows(tmp_path / "news.jsonl", ROWS)
    assert _survives(lambda out: None, archive, tmp_path, task()) > moments


@pytest.mark.usefixtures("bare")
def test_a_run_that_redoes_what_changed(tmp_path: Path) -> None:
    """The finished output stays until the new one is complete, and what still holds is not made again."""
    before = write_rows(tmp_path / "before.jsonl", ROWS)
    first = tmp_path / "first"
    archive = tmp_path / "news.jsonl"
    shutil.copy(before, archive)
    run(archive, first, task())
    write_rows(archive, CHANGED)

    def finished(out: Path) -> None:
        shutil.copytree(first, out)

    assert _survives(finished, archive, tmp_path, task()) > 12


@pytest.mark.usefixtures("bare")
def test_a_run_with_another_policy(tmp_path: Path) -> None:
    """Half a run by one policy, then one by another that is killed: nothing of the first is left in the output."""
    archive = write_rows(tmp_path / "news.jsonl", ROWS)

    def half(out: Path) -> None:
        assert _killed(6, lambda: run(archive, out, task("first")))

    assert _survives(half, archive, tmp_path, task("second")) > 10


@pytest.mark.usefixtures("bare")
def test_a_folder(tmp_path: Path) -> None:
    """Every file is there whole or not at all."""
    folder = tmp_path / "articles"
    (folder / "politics").mkdir(parents=True)
    for number in range(3):
        (folder / "politics" / f"{number}.md").write_text(f"# Дорога {number}\n", encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"no archive")
    real = Task("lint", "ru")
    assert _survives(lambda out: None, folder, tmp_path, real) > 8


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
        assert process.wait() == 0
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
        assert process.wait() == 0
    assert _outputs(out) == _outputs(undisturbed)


def _until(happened: Callable[[], bool]) -> None:
    """Wait, a minute at most, for something that another process does."""
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def _children(process: int) -> list[int]:
    text = "".join(path.read_text("utf-8") for path in Path(f"/proc/{process}/task").glob("*/children"))
    return [int(number) for number in text.split()]
