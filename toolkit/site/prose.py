"""The notes of entries and policies as HTML: code between backticks, and words of another script with their language.

A screen reader and a font need to know the language of an Armenian word in an English sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.translit.key import guess_language

if TYPE_CHECKING:
    from markupsafe import Markup

# Code, or words of Armenian or Cyrillic letters with what stands between them.
_MARKED = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|[\u0531-\u058f]+(?:[\s\-’]+[\u0531-\u058f]+)*"
    r"|[\u0400-\u052f\u0301]+(?:[\s\-’]+[\u0400-\u052f\u0301]+)*"
)


def prose(text: str) -> Markup:
    """A note as HTML, escaped; raises nothing, whatever stands in it."""
    from markupsafe import Markup, escape

    made = Markup("")
    position = 0
    for found in _MARKED.finditer(text):
        made += escape(text[position : found.start()])
        if found["code"]:
            made += Markup("<code>{}</code>").format(found["code"])
        else:
            language = guess_language(found.group()).value
            made += Markup('<span lang="{}">{}</span>').format(language, found.group())
        position = found.end()
    return made + escape(text[position:])
