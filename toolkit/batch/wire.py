"""Tasks, items and answers as lines of JSON, for workers that are other processes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from toolkit.batch.model import Answer, Failure, Item, Task


def task_line(task: Task) -> bytes:
    return _line(asdict(task))


def read_task(line: bytes) -> Task:
    fields = json.loads(line)
    return Task(**{**fields, "targets": tuple(fields["targets"])})


def items_line(items: Sequence[Item]) -> bytes:
    return _line([_sparse(item) for item in items])


def read_items(line: bytes) -> list[Item]:
    return [Item(**fields) for fields in json.loads(line)]


def answers_line(answers: Sequence[Answer]) -> bytes:
    return _line([_sparse(answer) for answer in answers])


def read_answers(line: bytes) -> list[Answer]:
    return [_answer(fields) for fields in json.loads(line)]


def _answer(fields: dict[str, Any]) -> Answer:
    failure = fields.pop("failure", None)
    files = tuple((name, data) for name, data in fields.pop("files", ()))
    return Answer(**fields, files=files, failure=Failure(**failure) if failure else None)


def _sparse(value: Item | Answer) -> dict[str, Any]:
    """The fields that say something; 0 is an id as good as any."""
    return {key: told for key, told in asdict(value).items() if told is not None and told != () and told is not False}


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
