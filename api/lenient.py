"""Requests that mean a route but do not say it to the letter: a slash too many, HEAD for GET.

Clients put an address of the settings and a path together, so that `http://host/` becomes `http://host//translate`. A
redirect would send texts again to an address that is made of the Host header: behind a proxy, to the wrong one.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class OneSlash:
    """Leaves one slash at the beginning of a path and none at its end. Outermost, so that all see one path."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (path := "/" + scope["path"].strip("/")) != scope["path"]:
            scope = {**scope, "path": path}
        await self._app(scope, receive, send)


class HeadAsGet:
    """Answers HEAD as GET, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def headers_alone(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        inner = {**scope, "method": "GET"}
        try:
            await self._app(inner, receive, headers_alone)
        finally:
            scope["route"] = inner.get("route")  # for the log
