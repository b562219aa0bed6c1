"""What a key must be for, by path. What no rule names asks for `read` or, where it takes a body, `translate`."""

from __future__ import annotations

PROBES = frozenset({"/livez", "/readyz"})
"""Answered to everybody, whatever the state of the server: they say nothing but that."""

_OPEN = frozenset({"/", "/favicon.ico", "/frontend/settings", "/health", "/languages", "/openapi.json", "/spec"})
_OPEN_BELOW = ("/static/",)
"""Answered without a key: what a page or a plugin asks before it has one. Nothing of a newsroom's is in it."""

_RULES = (
    ("/v1/documents", "jobs"),
    ("/v1/jobs", "jobs"),
    ("/v2/document", "jobs"),
    ("/v2/glossaries", "glossaries"),
    ("/v2/languages", "read"),
    ("/v2/usage", "read"),
    ("/v3/glossaries", "glossaries"),
)
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def is_open(method: str, path: str) -> bool:
    return method in _READING and (path in _OPEN or path.startswith(_OPEN_BELOW))


def scope_for(method: str, path: str) -> str:
    """The scope that a key must have for a request."""
    for start, scope in _RULES:
        if path == start or path.startswith(f"{start}/"):
            return scope
    return "read" if method in _READING else "translate"


def is_work(method: str, path: str) -> bool:
    """Whether a request waits for a worker: all that compute, but not jobs, which have workers of their own."""
    if path.startswith(("/v1/names", "/v1/transliterate")):
        return True
    return method not in _READING and scope_for(method, path) in ("glossaries", "translate")
