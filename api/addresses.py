"""The address under which a client reaches the server, for links in answers: a proxy in front may have another one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.datastructures import URL, Headers
from starlette.types import Scope

from api.auth.peers import is_proxy
from api.settings import Network

_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?")
_SCHEMES = ("http", "https")


def public_address(asked: URL, scope: Scope, public: str, proxies: Sequence[Network]) -> str:
    """An address of this server, as the client may ask for it.

    `asked` is the address as the server sees it; `public`, from the settings, stands in place of its beginning. Where
    that is empty, X-Forwarded-Proto and X-Forwarded-Host are believed of a proxy that the settings name, and of it
    alone: of several values the last, which that proxy has written itself.
    """
    if public:
        return f"{public}{asked.path}"
    if not is_proxy(scope, proxies):
        return str(asked)
    headers = Headers(scope=scope)
    scheme, host = (_last(headers, f"x-forwarded-{name}") for name in ("proto", "host"))
    if scheme.lower() in _SCHEMES:
        asked = asked.replace(scheme=scheme.lower())
    return str(asked.replace(netloc=host) if _HOST.fullmatch(host) else asked)


def _last(headers: Headers, name: str) -> str:
    values = ",".join(headers.getlist(name))
    return values.rpartition(",")[2].strip()
