"""Workers that are actors of a Ray cluster (extra [ray]): each loads its glossary and models once and stays warm.

Rows travel through Ray; files, glossaries and models are read by the actors themselves, from where this process's
settings (DRAGOMAN_…) say, so that all machines must have the same ones at the same paths. Ray joins the cluster that
the address in RAY_ADDRESS names, and starts one on this machine where there is none.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from typing import Any

from toolkit.batch.maker import answerer_of
from toolkit.batch.model import Answer, Item, Task
from toolkit.batch.runners.process import hello
from toolkit.batch.runners.protocol import Answerer, RunnerUnusable, WorkerDied, cannot_load
from toolkit.batch.runners.workers import WHEN_NEEDED, Start, Workers
from toolkit.batch.wire import answers_line, items_line, read_answers, read_items, read_task, task_line
from toolkit.errors import DragomanError
from toolkit.settings import given_settings


def cluster(task: Task, count: int, start: Start = WHEN_NEEDED) -> Workers:
    """A runner of `count` actors. Raises RunnerUnusable where Ray is not installed or cannot be joined."""
    try:
        import ray
    except ImportError:
        raise RunnerUnusable("Ray is not installed", remedy="pip install 'dragoman[ray]', or --runner pool") from None
    if not ray.is_initialized():
        try:
            ray.init(include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR, configure_logging=True)
        except Exception as error:  # Ray raises of many kinds
            raise RunnerUnusable(f"no cluster can be joined: {error}", remedy="check RAY_ADDRESS") from None
    return Workers(lambda: ClusterWorker(task), count, start)


class Station:
    """The inside of an actor."""

    def __init__(self, task: bytes) -> None:
        self._task = read_task(task)
        self._answerer: Answerer | None = None

    def load(self) -> bytes:
        """Load what the task needs, and say whether it could be."""
        try:
            self._answerer = answerer_of(self._task)
        except DragomanError as error:
            return hello(error)
        return hello(None)

    def answer(self, items: bytes) -> bytes:
        answerer = self._answerer or answerer_of(self._task)
        return answers_line([answerer(item) for item in read_items(items)])


class ClusterWorker:
    """One actor. Raises BadOption or ModelUnusable where it says that it cannot load."""

    def __init__(self, task: Task) -> None:
        import ray

        self._ray: Any = ray
        options = {"num_cpus": 1, "max_restarts": 0, "runtime_env": {"env_vars": given_settings()}}
        self._actor: Any = self._ray.remote(Station).options(**options).remote(task_line(task))
        try:
            said = json.loads(self._ray.get(self._actor.load.remote()))
        except ray.exceptions.RayError as error:
            self.end()
            raise RunnerUnusable(f"an actor ended as it started ({type(error).__name__})") from None
        if said["error"] is not None:
            self.end()
            raise cannot_load(said["error"], said["exit_code"])

    def ask(self, items: Sequence[Item]) -> Sequence[Answer]:
        try:
            return read_answers(self._ray.get(self._actor.answer.remote(items_line(items))))
        except self._ray.exceptions.RayActorError as error:
            raise WorkerDied(type(error).__name__) from None

    def end(self) -> None:
        self._ray.kill(self._actor)
