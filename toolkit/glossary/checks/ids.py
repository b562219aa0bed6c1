"""The id that an entry should have: no side's name first, the alphabet decides."""

from __future__ import annotations

import re
import unicodedata

from toolkit.glossary.model import Entry
from toolkit.glossary.usages import INTERNATIONAL, OF_NO_SIDE

_LETTERS = str.maketrans({"ə": "a", "ı": "i", "ø": "o", "ß": "ss", "æ": "ae", "đ": "d", "ł": "l"})


def slug(text: str) -> str:
    """A text as an id is written: small Latin letters and digits, words joined by hyphens."""
    bare = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    bare = "".join(char for char in bare if unicodedata.category(char) not in {"Cf", "Mn"})
    bare = re.sub("['’ʼ‘ʻ`´.]", "", bare)
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")


def expected_ids(entry: Entry) -> list[str]:
    """Ids that would be right, the plainest first; empty where no English name tells, or one has no Latin letter.

    An entity with one name may be told from a namesake by more words in its id (`sevan-town`).
    """
    texts = {name.usage: name.en.text for name in entry.names if name.en is not None}
    sides = {usage: text for usage, text in texts.items() if usage not in OF_NO_SIDE}
    if not sides:
        sides = {INTERNATIONAL: texts[INTERNATIONAL]} if INTERNATIONAL in texts else texts
    slugs = sorted({slug(text) for text in sides.values()})
    if not slugs or not all(slugs):
        return []
    joined = "-".join(slugs)
    return [joined, entry.id] if len(slugs) == 1 or entry.id.startswith(f"{joined}-") else [joined]
