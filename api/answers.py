"""Turns whatever is raised inside into an answer of the dialect; nothing gets out to the server's own log."""

from __future__ import annotations

import logging

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.auth.scopes import PROBES
from api.dialects import Dialect, dialect_of
from api.errors import answer
from api.lifecycle import Lifecycle
from api.observe.logs import event, fault_fields
from api.refusals import Reason, Refused

_FAULT = "a fault in the server; its log has the request's id"
_CLOSING = (Reason.NOT_READY, Reason.BODY_TOO_SLOW)
"""After these the connection is of no use."""


class Answers:
    """Lets requests in while the server is ready, probes always."""

    def __init__(self, app: ASGIApp, lifecycle: Lifecycle) -> None:
        self._app = app
        self._lifecycle = lifecycle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            if scope["path"] in PROBES:
                await self._app(scope, receive, watched)
            else:
                async with self._lifecycle.request():
                    await self._app(scope, receive, watched)
        except ClientDisconnect:
            return
        except Exception as error:
            response = response_to(error, scope)
            if not started:
                await response(scope, receive, send)


def response_to(error: Exception, scope: Scope) -> Response:
    """A refusal or an error of HTTP says what it has to say; anything else is a fault, logged without its message."""
    request = Request(scope)
    if isinstance(error, Refused):
        return _refusal(request, error)
    if isinstance(error, HTTPException):
        return answer(request, error.status_code, "E120", str(error.detail), error.headers)
    event("fault", level=logging.ERROR, request_id=scope["state"]["request_id"], **fault_fields(error))
    return answer(request, 500, "E900", _FAULT)


def _refusal(request: Request, refused: Refused) -> Response:
    dialect = dialect_of(request.url.path)
    statuses = refused.reason.value
    status = statuses.of(dialect)
    slow_down = dialect is Dialect.LIBRETRANSLATE and refused.reason is Reason.TOO_FAST
    headers = {}
    if refused.retry_after is not None:
        headers["retry-after"] = str(max(1, -int(-refused.retry_after // 1)))
    if status == 401:
        headers["www-authenticate"] = 'Bearer realm="dragoman"'
    if refused.reason in _CLOSING:
        headers["connection"] = "close"
    return answer(request, status, statuses.code, f"{'Slowdown: ' * slow_down}{refused.detail}", headers)
