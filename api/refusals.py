"""Why a request is turned away before its route sees it, with the status that each dialect has for that."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from api.dialects import Dialect


class Statuses(NamedTuple):
    """Statuses by dialect; `code` is the error's code in problem details."""

    code: str
    native: int
    deepl: int
    libretranslate: int

    def of(self, dialect: Dialect) -> int:
        return {Dialect.DEEPL: self.deepl, Dialect.LIBRETRANSLATE: self.libretranslate}.get(dialect, self.native)


class Reason(Enum):
    """DeepL says 403 of any key, and 456 where a quota is used up; LibreTranslate 400 of a missing key."""

    NOT_LOCAL = Statuses("E130", 403, 403, 403)
    NO_KEY = Statuses("E131", 401, 403, 400)
    BAD_KEY = Statuses("E132", 401, 403, 403)
    NOT_IN_SCOPE = Statuses("E133", 403, 403, 403)
    TOO_FAST = Statuses("E134", 429, 429, 429)
    QUOTA = Statuses("E135", 429, 456, 403)
    BUSY = Statuses("E136", 503, 503, 503)
    TOO_SLOW = Statuses("E137", 503, 503, 503)
    NOT_READY = Statuses("E138", 503, 503, 503)
    BODY_TOO_SLOW = Statuses("E139", 408, 408, 408)


class Refused(Exception):
    """Turns a request away. `detail` is one line for the client; it holds nothing that the client sent."""

    def __init__(self, reason: Reason, detail: str, *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.retry_after = retry_after
        """Seconds after which it may be tried again."""
