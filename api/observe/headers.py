"""Headers of every answer: what a browser may do with it, and its request id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from uuid import uuid4

REQUEST_ID = "x-request-id"
_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}", re.ASCII)

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY: Mapping[str, str] = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
UNLESS_SET: Mapping[str, str] = {"cache-control": "no-store", "content-security-policy": _POLICY}
"""A route may say otherwise: of what is no client's text, and of a client's file, which gets a sandbox."""


def request_id(given: str | None) -> str:
    """The id that a client or proxy gave, where it is one that can be logged; else a new one."""
    return given if given is not None and _SANE.fullmatch(given) else uuid4().hex
