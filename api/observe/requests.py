"""The outermost layer: every request gets an id, safe headers, a log line and metrics."""

from __future__ import annotations

from time import perf_counter

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.auth.scopes import PROBES
from api.observe.headers import REQUEST_ID, SECURITY, UNLESS_SET, request_id
from api.observe.logs import event
from api.observe.metrics import Metrics

_GONE = 499
"""The status in logs and metrics where the client has left before it was answered."""


class Observer:
    """Sees requests come and answers go; probes are not counted."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        identity = request_id(Headers(scope=scope).get(REQUEST_ID))
        scope.setdefault("state", {})["request_id"] = identity
        status = _GONE

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID] = identity
                headers.update(SECURITY)
                for name, value in UNLESS_SET.items():
                    headers.setdefault(name, value)
            await send(message)

        start = perf_counter()
        try:
            await self._app(scope, receive, watched)
        finally:
            if scope["path"] not in PROBES:
                self._report(scope, status, perf_counter() - start)

    def _report(self, scope: Scope, status: int, seconds: float) -> None:
        route, state = route_of(scope), scope["state"]
        self._metrics.answered(route, scope["method"], status, seconds)
        meter, principal = state.get("meter"), state.get("principal")
        event(
            "request",
            request_id=state["request_id"],
            route=route,
            method=scope["method"],
            status=status,
            seconds=round(seconds, 4),
            characters=meter.characters if meter else 0,
            principal=principal.id if principal else None,
        )


def route_of(scope: Scope) -> str | None:
    """The template of the path (`/v1/names/{id}`), never the path itself: that may hold anything."""
    path = getattr(scope.get("route"), "path", None)
    return path if isinstance(path, str) else None
