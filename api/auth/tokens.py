"""Where a key stands in a request: in a header, or in LibreTranslate's body. Never in an address, which gets logged."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Receive, Scope

from api.fields import read_fields
from toolkit.errors import BadInput
from toolkit.keys.model import LONGEST_TOKEN

_SCHEMES = ("bearer", "deepl-auth-key")


def token_in_header(scope: Scope) -> str | None:
    """`Authorization: Bearer KEY` or `Authorization: DeepL-Auth-Key KEY`, in every dialect."""
    scheme, _, token = Headers(scope=scope).get("authorization", "").strip().partition(" ")
    token = token.strip()
    return token if scheme.lower() in _SCHEMES and 0 < len(token) <= LONGEST_TOKEN else None


async def token_in_body(scope: Scope, receive: Receive) -> str | None:
    """LibreTranslate's field `api_key`; None where the body is not what its type says: the route will tell."""
    request = Request(scope, receive)
    try:
        token = (await read_fields(request)).get("api_key")
    except (BadInput, HTTPException):
        return None
    finally:
        await request.close()
    return token if isinstance(token, str) and 0 < len(token) <= LONGEST_TOKEN else None
