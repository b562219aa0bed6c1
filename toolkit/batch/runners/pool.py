"""Workers that are processes of this machine, spoken to in lines of JSON through their standard input and output.

Each is a fresh interpreter (no fork: engines hold threads, and threads do not survive one). It lives as long as its
input is open, so that none outlives this process, however this process ends.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import toolkit
from toolkit.batch.model import Answer, Item, Task
from toolkit.batch.runners.protocol import RunnerUnusable, WorkerDied, cannot_load
from toolkit.batch.runners.workers import WHEN_NEEDED, Start, Workers
from toolkit.batch.wire import items_line, read_answers, task_line

_START = "import sys; sys.path.insert(0, {root!r}); from toolkit.batch.runners.process import serve; serve()"


def pool(task: Task, count: int, start: Start = WHEN_NEEDED) -> Workers:
    """A runner of `count` processes, each started when there is work for it, or before."""
    return Workers(lambda: PoolWorker(task), count, start)


class PoolWorker:
    """One process. Raises BadOption or ModelUnusable where it says that it cannot load, RunnerUnusable where it cannot
    start."""

    def __init__(self, task: Task) -> None:
        root = str(Path(toolkit.__file__).resolve().parent.parent)
        try:
            self._process = subprocess.Popen(  # noqa: S603  our own interpreter and code
                [sys.executable, "-c", _START.format(root=root)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        except OSError as error:
            raise RunnerUnusable(f"no process can be started: {error.strerror}", remedy="--runner inline") from None
        try:
            hello = self._exchange(task_line(task))
        except WorkerDied as death:
            self.end()
            raise RunnerUnusable(f"a worker ended as it started ({death})", remedy="try --runner inline") from None
        said = json.loads(hello)
        if said["error"] is not None:
            self.end()
            raise cannot_load(said["error"], said["exit_code"])

    def ask(self, items: Sequence[Item]) -> Sequence[Answer]:
        return read_answers(self._exchange(items_line(items)))

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._close()

    def _exchange(self, line: bytes) -> bytes:
        """A line there, a line back. Raises WorkerDied with how it ended."""
        if self._process.stdin is None or self._process.stdout is None:
            raise WorkerDied("it has no pipes")
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except (OSError, ValueError):
            answer = b""
        if answer.endswith(b"\n"):
            return answer
        self._process.kill()
        code = self._process.wait()
        self._close()
        raise WorkerDied(f"signal {-code}" if code < 0 else f"exit code {code}")

    def _close(self) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what was not sent goes with it
                    continue
