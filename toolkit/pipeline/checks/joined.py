"""Names that stand side by side: “Armenia and Azerbaijan”, «Армении, Грузии и Ирана»."""

from __future__ import annotations

import re

from toolkit.text.spans import Span

_JOINED = re.compile(r"\s*(?:,|-|–|—|/|-?de-?|and|or|with|və ya|ya da|və|ilə|ya|и|или|с|և|ու|կամ)\s*(?:the\s)?")


def joined(one: Span, other: Span, text: str) -> bool:
    """Whether nothing but a comma or a word that joins stands between two places of a text."""
    first, second = sorted((one, other))
    return _JOINED.fullmatch(text[first.end : second.start]) is not None
