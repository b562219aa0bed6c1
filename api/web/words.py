"""The words of the page in the four languages, and which language a browser asks for.

Each language has one JSON file of the same keys. The server reads them for the first answer, the page itself when the
language is switched, so that nothing that was pasted is lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from toolkit.languages import Language

STATIC = Path(__file__).with_name("static")
_MOST_RANGES = 20
"""Of an Accept-Language; browsers send a handful."""


@cache
def words(language: Language) -> Mapping[str, str]:
    """Key → text in a language."""
    found: dict[str, str] = json.loads((STATIC / "strings" / f"{language}.json").read_text(encoding="utf-8"))
    return found


def language_for(wanted: str | None, accepted: str) -> Language:
    """The language that the address names, else the likeliest of an Accept-Language, else English.

    What is no language of ours is passed over: an address may be mistyped, and headers come from anybody.
    """
    if wanted in set(Language):
        return Language(wanted)
    ranked = sorted(_ranges(accepted), key=lambda pair: -pair[1])
    return next((Language(code) for code, weight in ranked if weight > 0 and code in set(Language)), Language.EN)


def _ranges(accepted: str) -> list[tuple[str, float]]:
    """Primary language and weight of each range of an Accept-Language (RFC 9110, 12.5.4), in its order."""
    found = []
    for part in accepted.split(",")[:_MOST_RANGES]:
        tag, _, parameter = part.strip().partition(";")
        weight = parameter.strip().removeprefix("q=")
        try:
            found.append((tag.strip().partition("-")[0].lower(), float(weight) if weight else 1.0))
        except ValueError:
            continue
    return found
