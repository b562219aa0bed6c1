"""A cap on the body of a request, whether its length is announced or it comes in chunks."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Ends the reading of a body with 413 as soon as it is, or says it will be, longer than `limit` bytes.

    The error is raised where the route reads, so that it is answered in the shape of the route's dialect.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        too_large = announced.isdigit() and int(announced) > self._limit
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message: Message = {} if too_large else await receive()
            taken += len(message.get("body", b""))
            if too_large or taken > self._limit:
                raise HTTPException(413, f"the request has more than {self._limit:,} bytes (send it in parts)")
            return message

        await self._app(scope, counted, send)
