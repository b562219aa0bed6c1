"""The body of a request: a cap on it, announced or in chunks; reading it as a whole; how much text is in it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.refusals import Reason, Refused

_MAY_BE_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


class BodyLimit:
    """Ends the reading of a body with 413 as soon as it is, or says it will be, longer than `limit` bytes.

    The error is raised where the route reads, so that it is answered in the shape of the route's dialect.
    """

    def __init__(self, app: ASGIApp, limit: int, uploads: Mapping[str, int] | None = None) -> None:
        """`uploads` are paths with limits of their own."""
        self._app = app
        self._limit = limit
        self._uploads = uploads or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._uploads.get(scope["path"], self._limit)
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        too_large = announced.isdigit() and int(announced) > limit
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message: Message = {} if too_large else await receive()
            taken += len(message.get("body", b""))
            if too_large or taken > limit:
                raise HTTPException(413, f"the request has more than {limit:,} bytes (send it in parts)")
            return message

        await self._app(scope, counted, send)


async def read_body(receive: Receive, seconds: float) -> bytes:
    """The whole body of a request, so that no worker waits for a slow client.

    Raises Refused where it takes longer than `seconds`, ClientDisconnect where the client has gone.
    """
    pieces: list[bytes] = []
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientDisconnect
                pieces.append(message.get("body", b""))
                if not message.get("more_body", False):
                    return b"".join(pieces)
    except TimeoutError:
        raise Refused(Reason.BODY_TOO_SLOW, f"the body took longer than {seconds:.0f} seconds") from None


def check_whole(body: bytes, kind: str) -> None:
    """Raises HTTPException where a text in a JSON body has half a surrogate pair, which no answer could repeat."""
    if not kind.endswith("json") or not _MAY_BE_HALF.search(body):
        return
    try:
        json.dumps(json.loads(body), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise HTTPException(400, "the request has half a surrogate pair, which is no character") from None
    except (RecursionError, ValueError):  # broken JSON is told by who reads it
        return


def replayed(body: bytes, receive: Receive) -> Receive:
    """A receive that gives a body that was read before, and then what comes after it."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def characters_in(body: bytes, kind: str) -> int:
    """Code points of all texts in a JSON or form body; of any other, or where it is broken, its bytes."""
    try:
        if kind == "application/json":
            return _characters(json.loads(body))
        if kind == "application/x-www-form-urlencoded":
            return sum(len(value) for _, value in parse_qsl(body.decode(), keep_blank_values=True))
    except (RecursionError, ValueError):
        pass
    return len(body)


def _characters(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(_characters, value.values()))
    return sum(map(_characters, value)) if isinstance(value, list) else 0
