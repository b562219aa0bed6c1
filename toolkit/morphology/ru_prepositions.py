"""The second shape of Russian prepositions: во, со, об, ко before the sounds that ask for it."""

from __future__ import annotations

import re

from toolkit.languages import Language
from toolkit.text.casing import apply_shape, shape_of
from toolkit.text.spans import Edit, Span

_CONSONANT = "[бвгджзйклмнпрстфхцчшщ]"
# preposition: (plain shape, longer shape, beginnings of the next word that ask for the longer one)
_SHAPES = {
    "в": ("в", "во", re.compile(rf"[вф]{_CONSONANT}|льв|мцен|ржев")),
    "с": ("с", "со", re.compile(rf"[сзшж]{_CONSONANT}|щ|мцен|вс")),
    "о": ("о", "об", re.compile(r"[аоуэи]")),
    "к": ("к", "ко", re.compile(r"льв|мцен|вс")),
}
_KEYS = {shape: key for key, (short, long, _) in _SHAPES.items() for shape in (short, long)} | {"обо": "о"}
_BEFORE = re.compile(r"(?<!\w)(\w+)\s+[«\"„“]?$")


def preposition_edit(sentence: str, start: int, old: str, new: str) -> Edit | None:
    """The edit of the preposition directly before `start`, where the new name asks for another shape than the old."""
    match = _BEFORE.search(sentence[:start])
    key = _KEYS.get(match.group(1).lower()) if match else None
    if match is None or key is None or new[:1] == "":
        return None
    wanted = _shape_before(key, new)
    present = match.group(1)
    if wanted == present.lower() or wanted == _shape_before(key, old):
        return None
    text = wanted.upper() if _is_upper(present, new) else apply_shape(wanted, shape_of(present), Language.RU)
    return Edit(Span(*match.span(1)), text)


def _shape_before(key: str, name: str) -> str:
    short, long, asks = _SHAPES[key]
    return long if asks.match(name.lower()) else short


def _is_upper(present: str, name: str) -> bool:
    """Whether the sentence is in capitals; a single raised letter does not tell, the name does."""
    return present.isupper() and (len(present) > 1 or name.isupper()) and name.isupper()
