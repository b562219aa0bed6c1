"""A key, and the token that proves it.

A token is `dragoman_` + the id of its key + `_` + 256 random bits. So much chance needs no slow hash: SHA-256 of the
token is kept, the token itself nowhere. The prefix lets scanners of leaked secrets know it, the id lets people speak
of a key without showing it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

SCOPES = ("glossaries", "jobs", "read", "translate")
"""What a key may be for, in alphabetical order."""

_PREFIX = "dragoman"
_ID_BYTES, _SECRET_BYTES = 5, 32
LONGEST_TOKEN = 128
"""Characters; what is longer is no token of ours."""


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key. Times are in UTC; `quota` is characters in a calendar month."""

    id: str
    name: str
    scopes: frozenset[str]
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None
    quota: int | None = None

    def usable(self, now: datetime) -> bool:
        return self.revoked is None and (self.expires is None or now < self.expires)

    def state(self, now: datetime) -> str:
        """`active`, `expired` or `revoked`."""
        if self.revoked is not None:
            return "revoked"
        return "active" if self.usable(now) else "expired"


def new_token() -> tuple[str, str]:
    """The id of a new key and its token."""
    identity = secrets.token_hex(_ID_BYTES)
    return identity, f"{_PREFIX}_{identity}_{secrets.token_urlsafe(_SECRET_BYTES)}"


def id_in(token: str) -> str | None:
    """The id that a token claims, or None where it is no token of ours."""
    prefix, _, rest = token.partition("_")
    identity, _, secret = rest.partition("_")
    if prefix != _PREFIX or len(identity) != 2 * _ID_BYTES or not secret or len(token) > LONGEST_TOKEN:
        return None
    return identity


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def proves(token: str, kept: str) -> bool:
    """Whether `kept` is the digest of the token, in a time that does not depend on where they differ."""
    return hmac.compare_digest(digest(token), kept)
