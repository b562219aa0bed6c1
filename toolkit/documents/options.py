"""What a reader may be told besides the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_COMMA = re.compile(r",(?![^\[\]]*\])")


class Use(StrEnum):
    """What a bilingual file (XLIFF) is read for."""

    SOURCES = "sources"
    """The sources that have a translation, to compare the two."""
    TARGETS = "targets"
    """Their translations."""
    TRANSLATE = "translate"
    """The sources whose translation is still to be written."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """`columns` of a table, `paths` into JSON; what a bilingual file is read for."""

    columns: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    use: Use = Use.TRANSLATE
    language: str | None = None
    """The one language of a verb that stays within it: of a bilingual file, the side in that language is read."""


DEFAULT = ReadOptions()


def read_options(columns: str | None = None, paths: str | None = None, language: str | None = None) -> ReadOptions:
    """Options from lists with commas between, as on a command line; a comma inside brackets separates nothing."""
    return ReadOptions(_listed(columns), _listed(paths), language=language)


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(name for part in _COMMA.split(text or "") if (name := part.strip()))
