"""A cap on the body of a request, whether its length is announced or it comes in chunks."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


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
