"""Which dialect a path belongs to: it decides the shape of an error and where a key may stand."""

from __future__ import annotations

from enum import StrEnum

_LIBRETRANSLATE = frozenset(
    {"/translate", "/translate_file", "/languages", "/detect", "/health", "/frontend/settings", "/spec", "/suggest"}
)
_LIBRETRANSLATE_BELOW = ("/download_file/",)
_DEEPL_BELOW = ("/v2/", "/v3/")


class Dialect(StrEnum):
    DEEPL = "deepl"
    LIBRETRANSLATE = "libretranslate"
    NATIVE = "native"


def dialect_of(path: str) -> Dialect:
    if path in _LIBRETRANSLATE or path.startswith(_LIBRETRANSLATE_BELOW):
        return Dialect.LIBRETRANSLATE
    return Dialect.DEEPL if path.startswith(_DEEPL_BELOW) else Dialect.NATIVE
