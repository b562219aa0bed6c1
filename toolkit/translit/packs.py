"""Our schemes as language packs of the `transliterate` library.

    from toolkit.translit.packs import register
    register()
    transliterate.translit("Շուշի", "hy-en-press")

The library knows one pack a code, so each scheme is a pack of its own, named by its id. A pack maps from the source
writing; the way back is many-to-one and is not offered.
"""

from __future__ import annotations

from typing import Any

from toolkit.translit.schemes import load, scheme_ids
from toolkit.translit.writer import writer

# Blocks of Unicode 15 that each source language writes in.
_RANGES = {
    "az": ((0x0041, 0x024F),),
    "az-Cyrl": ((0x0400, 0x04FF),),
    "en": ((0x0041, 0x024F),),
    "hy": ((0x0530, 0x058F), (0xFB13, 0xFB17)),
    "hyw": ((0x0530, 0x058F), (0xFB13, 0xFB17)),
    "ru": ((0x0400, 0x04FF),),
}


def pack(scheme_id: str) -> Any:
    """A subclass of TranslitLanguagePack that writes by a scheme; raises BadOption where there is none."""
    from transliterate.base import TranslitLanguagePack

    scheme = load(scheme_id)

    class SchemePack(TranslitLanguagePack):  # type: ignore[misc]  # the library is untyped
        language_code = scheme_id
        language_name = scheme.title
        character_ranges = _RANGES[scheme.source]
        # The library demands a mapping of single letters; `translit` below does not use it.
        mapping = ("a", "a")

        def translit(
            self,
            value: str,
            reversed: bool = False,  # noqa: A002  the library's own word
            strict: bool = False,
            fail_silently: bool = True,
        ) -> str:
            """Write `value` by the scheme; the way back is left to the caller, as the letters do not tell it."""
            return value if reversed else writer(scheme_id).text(value)

    SchemePack.__name__ = SchemePack.__qualname__ = "".join(part.title() for part in scheme_id.split("-")) + "Pack"
    return SchemePack


def register() -> tuple[str, ...]:
    """Register a pack for every scheme with the library, once; returns their codes."""
    from transliterate.base import registry

    registered = []
    for scheme_id in scheme_ids():
        if load(scheme_id).source in _RANGES:
            registry.register(pack(scheme_id))
            registered.append(scheme_id)
    return tuple(registered)
