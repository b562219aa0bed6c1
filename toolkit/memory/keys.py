"""Keys: a text as it is looked up, without names, numbers and days and without what these decide beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.languages import Language
from toolkit.memory.slots import NUMBER, Slot
from toolkit.morphology.ru_dictionary import parses
from toolkit.text.folding import fold_key
from toolkit.text.spans import Span

_QUOTES = re.compile("[«»“”„‹›]")
_RUSSIAN_PREPOSITION = re.compile(r"(?<!\w)(в|с|к)о $|(?<!\w)(о)бо? $")
_COUNTED = re.compile(r"\s+([а-яё]+)")
_ENDING = re.compile(r"[-\u2010\u2011]\w{1,6}\b")
_HARMONY = str.maketrans("ıuüə\u2010\u2011", "iiia--")
_SHORT_PREPOSITIONS = {"во": "в", "со": "с", "ко": "к", "об": "о", "обо": "о"}
_ENGLISH_ARTICLE = re.compile(r"(?<!\w)the $")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a template's text; `named` if it belongs to a name that is no slot (an adjective, an inhabitant)."""

    folded: str
    surface: str
    named: bool
    slot: int | None = None


def normal(text: str, language: Language) -> str:
    """Folded, with one kind of quotation mark, dash, dots and space."""
    folded = _QUOTES.sub('"', fold_key(text, language))
    return re.sub(r"\s+", " ", folded.replace("—", "–").replace("…", "..."))


def make_key(text: str, slots: Sequence[Slot], language: Language) -> str:
    """The folded text with a placeholder for each slot, and what the name decides beside it taken back."""
    parts: list[str] = []
    position = 0
    for slot in slots:
        before = normal(text[position : slot.span.start], language)
        if language is Language.RU:
            before = _RUSSIAN_PREPOSITION.sub(lambda match: f"{match.group(1) or match.group(2)} ", before)
        elif language is Language.EN and slot.lexeme.article:
            before = _ENGLISH_ARTICLE.sub("", before)
        parts += (before, "{", slot.cls, "}")
        position = slot.span.end
        follows, position = _after_number(text, position, language) if slot.cls == NUMBER else ("", position)
        parts.append(follows)
    parts.append(normal(text[position:], language))
    return re.sub(r" {2,}", " ", "".join(parts)).strip()


def split_words(text: str, slots: Sequence[Slot], named: Sequence[Span], language: Language) -> Iterable[Word]:
    """Words, marks and slots in order, for telling in which words two texts differ."""
    inside = {slot.span.start: index for index, slot in enumerate(slots)}
    position = 0
    for match in re.finditer(r"[\w'’-]*\w|[^\w\s]", text):
        span = Span(*match.span())
        if span.end <= position:
            continue
        index = next((inside[place] for place in range(span.start, span.end) if place in inside), None)
        if index is not None:
            slot = slots[index]
            yield Word(f"{{{slot.cls}}}", slot.surface, named=False, slot=index)
            position = slot.span.end
            rest = text[position : span.end]
            if rest:
                yield Word(normal(rest, language), rest, named=False)
        else:
            known = any(span.overlaps(other) for other in named)
            folded = normal(match.group(), language)
            if language is Language.RU:
                folded = _SHORT_PREPOSITIONS.get(folded, folded)
            yield Word(folded, match.group(), named=known)


def _after_number(text: str, position: int, language: Language) -> tuple[str, int]:
    """What the value of a number decides right after it, in one shape; and where the text goes on.

    ru: the counted noun in its base form (17 человек, 3 человека); az: the ending without harmony (2020-ci, 2023-cü).
    """
    if language is Language.RU and (counted := _COUNTED.match(text, position)):
        return f" {_counted_noun(counted.group(1))}", counted.end()
    if language is Language.AZ and (ending := _ENDING.match(text, position)):
        return ending.group().lower().translate(_HARMONY), ending.end()
    return "", position


def _counted_noun(word: str) -> str:
    folded = fold_key(word, Language.RU)
    for parse in parses(folded):
        if "NOUN" in parse.tag and (parse.tag.case == "gent" or parse.tag.number == "sing"):
            if parse.tag.case in ("gent", "nomn", "accs"):
                return str(parse.normal_form)
            break
    return folded
