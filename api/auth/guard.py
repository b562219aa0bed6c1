"""Lets a request in, or not, and says who it is from."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from api.auth.peers import require_local
from api.auth.principal import ANONYMOUS, Principal
from api.auth.ring import KeyRing
from api.auth.scopes import PROBES, is_open, scope_for
from api.auth.tokens import token_in_body, token_in_header
from api.dialects import Dialect, dialect_of
from api.limits.body import read_body, replayed
from api.refusals import Reason, Refused
from api.settings import ApiSettings

NOBODY = Principal("nobody", frozenset())
"""Who asks an open route of a server with keys."""


class Guard:
    """Sets the principal of a request, and its quota. Raises Refused.

    While no key was ever made, the machine's own requests are ANONYMOUS and no others are answered.
    """

    def __init__(self, app: ASGIApp, keys: KeyRing, settings: ApiSettings) -> None:
        self._app = app
        self._keys = keys
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in PROBES:
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["quota"] = None
        if not self._keys.asked:
            require_local(scope, self._settings.proxies, self._settings.cors_origins)
            state["principal"] = ANONYMOUS
        elif is_open(scope["method"], scope["path"]):
            state["principal"] = NOBODY
        else:
            receive = await self._authenticate(scope, receive)
        await self._app(scope, receive, send)

    async def _authenticate(self, scope: Scope, receive: Receive) -> Receive:
        """Sets the principal; the receive that is left still has the body. Raises Refused."""
        token = token_in_header(scope)
        if token is None and dialect_of(scope["path"]) is Dialect.LIBRETRANSLATE:
            body = await read_body(receive, self._settings.deadline)
            token = await token_in_body(scope, replayed(body, receive))
            receive = replayed(body, receive)
        if token is None:
            raise Refused(Reason.NO_KEY, "a key is wanted: in the header Authorization, or LibreTranslate's api_key")
        key = self._keys.find(token)
        if key is None:
            raise Refused(Reason.BAD_KEY, "the key is unknown, expired or revoked")
        wanted = scope_for(scope["method"], scope["path"])
        if wanted not in key.scopes:
            raise Refused(Reason.NOT_IN_SCOPE, f"the key is not for this: it lacks the scope {wanted!r}")
        scope["state"]["principal"] = Principal(key.id, key.scopes)
        scope["state"]["quota"] = key.quota
        return receive
