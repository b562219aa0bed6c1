"""Workers for tests: they write an item's text back, and do what a text tells them to: fall, hang, ask for a policy."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable

from toolkit.batch.model import Answer, Failure, Item, Task


def make(task: Task) -> Callable[[Item], Answer]:
    """An answering function that loads nothing. `crash` and `kill` end its process as a broken library and the
    kernel's out-of-memory killer do; `fault` is an answer that says so; `fatal` stops the batch."""

    def answer(item: Item) -> Answer:
        text = str((item.row or {}).get("text"))
        if text == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        if text == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if text.startswith("slow"):
            time.sleep(0.05)
        if text in ("fault", "fatal"):
            return Answer(failure=Failure("E200", text), fatal=text == "fatal")
        return Answer(line=json.dumps({"id": item.identity, "text": f"{task.policy or ''}{text}", "pid": 0}))

    return answer


def process_number(task: Task) -> Callable[[Item], Answer]:
    """An answering function that says in which process it works."""
    return lambda item: Answer(line=str(os.getpid()))


MAKER = f"{make.__module__}:make"
NUMBERS = f"{process_number.__module__}:process_number"
