"""Answers as JSON, written piece by piece.

Python can do nothing else while its encoder writes an object as a whole, and a Result on a large document is written
for tenths of a second: even in a thread of its own that would keep everybody else waiting. Between two pieces others
have their turn.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter
from starlette.responses import Response

from api.models import Result, Results, TextError

_AT_ONCE = 200
"""Parts of a list that are written in one piece: in less than a millisecond."""


def json_answer(value: object) -> Response:
    """An answer for a route. To be made in the thread that made the value, so that the event loop has no part in it."""
    return Response(b"".join(json_pieces(value)), media_type="application/json")


def json_pieces(value: object) -> Iterator[bytes]:
    """The JSON of Results, without fields that have no value, or of mappings, lists and plain values; in pieces."""
    if isinstance(value, Results):
        yield b'{"results":'
        yield from json_pieces(value.results)
        yield b"}"
    elif isinstance(value, Result):
        yield from _result(value)
    elif isinstance(value, TextError):
        yield _whole(value)
    elif isinstance(value, dict) and any(isinstance(one, list) for one in value.values()):
        yield from _joined(b"{", (_field(name, one) for name, one in value.items()), b"}")
    elif isinstance(value, list) and value and isinstance(value[0], BaseModel | dict | list):
        yield from _list(value)
    else:
        yield _plain(value)


def _result(result: Result) -> Iterator[bytes]:
    lists: dict[str, tuple[BaseModel, ...]] = {
        name: one for name in Result.model_fields if isinstance(one := getattr(result, name), tuple)
    }
    if sum(map(len, lists.values())) <= _AT_ONCE:
        yield _whole(result)
        return
    yield result.model_dump_json(exclude_none=True, exclude=set(lists)).encode()[:-1]
    for name, models in lists.items():
        chunks = (models[start : start + _AT_ONCE] for start in range(0, len(models), _AT_ONCE))
        yield f',"{name}":'.encode()
        yield from _joined(b"[", ([_models(chunk)] for chunk in chunks), b"]")
    yield b"}"


def _list(values: list[Any]) -> Iterator[bytes]:
    """A long list of mappings or lists in pieces of many, else each of its things in pieces."""
    if len(values) > _AT_ONCE and not isinstance(values[0], BaseModel):
        chunks = (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
        yield from _joined(b"[", ([_plain(chunk)[1:-1]] for chunk in chunks), b"]")
    else:
        yield from _joined(b"[", map(json_pieces, values), b"]")


def _field(name: str, value: object) -> Iterator[bytes]:
    yield _plain(name) + b":"
    yield from json_pieces(value)


def _joined(start: bytes, parts: Iterator[Iterator[bytes]] | Iterator[Sequence[bytes]], end: bytes) -> Iterator[bytes]:
    between = start
    for part in parts:
        yield between
        yield from part
        between = b","
    yield (start if between is start else b"") + end


def _plain(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _whole(model: BaseModel) -> bytes:
    return model.model_dump_json(exclude_none=True).encode()


def _models(models: Sequence[BaseModel]) -> bytes:
    """The models, all of one kind, with commas between them."""
    return _writer(type(models[0])).dump_json(list(models), exclude_none=True)[1:-1]


@cache
def _writer(kind: type[BaseModel]) -> TypeAdapter[list[BaseModel]]:
    return TypeAdapter(list[kind])  # type: ignore[valid-type]  # kind is known when it is asked for
