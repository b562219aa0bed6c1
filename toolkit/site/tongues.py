"""Marks words of another script in an English text, so that a screen reader and a font know their language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.translit.key import guess_language

if TYPE_CHECKING:
    from markupsafe import Markup

# Words of Armenian or Cyrillic letters, with what stands between them.
_FOREIGN = re.compile(
    r"[\u0531-\u058f]+(?:[\s\-’]+[\u0531-\u058f]+)*|[\u0400-\u052f\u0301]+(?:[\s\-’]+[\u0400-\u052f\u0301]+)*"
)


def with_languages(text: str) -> Markup:
    """The text as HTML, escaped; each run of Armenian or Cyrillic words stands in an element with its language."""
    from markupsafe import Markup, escape

    made = Markup("")
    position = 0
    for found in _FOREIGN.finditer(text):
        language = guess_language(found.group()).value
        made += escape(text[position : found.start()])
        made += Markup('<span lang="{}">{}</span>').format(language, found.group())
        position = found.end()
    return made + escape(text[position:])
