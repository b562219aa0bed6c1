"""The answering function that a task asks for."""

from __future__ import annotations

from importlib import import_module

from toolkit.batch.model import Task
from toolkit.batch.runners.protocol import Answerer


def answerer_of(task: Task) -> Answerer:
    """Load what the task needs; the glossary, the memory and, when an item asks for them, the engines."""
    module, _, name = task.maker.partition(":")
    answerer: Answerer = getattr(import_module(module), name)(task)
    return answerer
