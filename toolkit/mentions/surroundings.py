"""A hit in its sentence: whether the words beside it tell a place or an everyday word, and how near its cues stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from toolkit.glossary.entities import Entity
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.mentions.cues import cues_of
from toolkit.mentions.model import Hit
from toolkit.morphology.base import Case
from toolkit.text.folding import fold_key
from toolkit.text.spans import Span
from toolkit.translit.elements import tables

_REACH = 60
"""How far from a surface (code points) a cue may stand."""

_WORDS_BEFORE = 200
"""How many code points of the words before a surface are looked at."""

_OPENING, _CLOSING = tuple('«“„"'), tuple('»”“"')
_INSIDE: dict[Language, tuple[str, ...]] = {
    Language.AZ: (),
    Language.EN: ("in",),
    Language.HY: (),
    Language.RU: ("в", "во"),
}
_OF = re.compile(r"\s(?:of|of the)\s$")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A hit in its sentence, and what the words beside it tell of it."""

    hit: Hit
    text: str
    sentence: Span
    glossary: Glossary
    language: Language
    others: tuple[Hit, ...] = ()

    @property
    def before(self) -> str:
        """The words before in the sentence, as far back as any rule looks."""
        return self.text[max(self.sentence.start, self.hit.span.start - _WORDS_BEFORE) : self.hit.span.start]

    def stands_as_place(self) -> bool:
        """Whether a preposition of place, or a locative ending, tells that no person is meant."""
        if any(reading.features.case is Case.LOC for reading in self.hit.readings):
            return True
        before = fold_key(self.before, self.language).split()
        return bool(before) and cues_of(self.language).locative.fullmatch(before[-1]) is not None

    def stands_inside(self) -> bool:
        """Whether something is said to be in the place, and not on it, as on a mountain."""
        if self.language is Language.HY:
            return any(reading.features.case is Case.LOC for reading in self.hit.readings)
        words = fold_key(self.before, self.language).split()
        if self.language is Language.RU and not any(r.features.case is Case.PREP for r in self.hit.readings):
            return False
        return bool(words) and words[-1] in _INSIDE[self.language]

    def stands_in_quotes(self) -> bool:
        """Whether quotation marks hold the surface and nothing else, as they do the name of a newspaper."""
        before = self.text[self.hit.span.start - 1 : self.hit.span.start]
        surface = self.hit.span.of(self.text)
        return before in _OPENING and (
            self.text[self.hit.span.end : self.hit.span.end + 1] in _CLOSING or any(mark in surface for mark in "»”")
        )

    def beside_place_noun(self) -> bool:
        """Whether "village", քաղաք, kəndi or «селе» stands directly beside a name: nothing but a place is meant."""
        place = cues_of(self.language).place
        after = re.match(r"[ \u00a0](\w+)", self.text[self.hit.span.end : self.hit.span.end + 30])
        if after and self.language is not Language.RU and place.match(fold_key(after.group(1), self.language)):
            return self.language is Language.EN or any(
                reading.features.case is Case.NOM and not reading.features.definite for reading in self.hit.readings
            )
        if self.language not in (Language.EN, Language.RU):
            return False
        before = _OF.sub(" ", self.before).split()
        return bool(before) and place.match(fold_key(before[-1], self.language)) is not None

    def has_telling_capital(self) -> bool:
        """Whether a capital inside the sentence tells a name from the everyday word with the same letters."""
        surface = self.hit.span.of(self.text)
        previous = re.search(r"(\w)[\w,’'-]* $", self.before)
        return (
            self.language is not Language.EN
            and previous is not None
            and previous.group(1).islower()
            and surface[0].isupper()
            and not surface.isupper()
        )

    def cue_distance(self, entity: Entity) -> int | None:
        """How near the nearest cue of the entity stands that no rival stands nearer to; None where there is none."""
        cues = [fold_key(cue, self.language) for cue in entity.cues_in(self.language)]
        if not cues:
            return None
        span, sentence = self.hit.span, self.sentence
        mine = {reading.entity for reading in self.hit.readings}
        rivals = [
            other.span
            for other in self.others
            if other.span != span and mine.intersection(reading.entity for reading in other.readings)
        ]
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(cue) for cue in cues)})")
        window = Span(max(sentence.start, span.start - _REACH), min(sentence.end, span.end + _REACH))
        places = [
            window.start + match.start() for match in pattern.finditer(fold_key(window.of(self.text), self.language))
        ]
        return min(
            (
                _distance(span, place)
                for place in places
                if not span.start <= place < span.end
                and all(_distance(rival, place) >= _distance(span, place) for rival in rivals)
            ),
            default=None,
        )


@cache
def given_names(language: Language) -> frozenset[str]:
    """The given names that the tables of transliteration know in a language, folded."""
    return frozenset(
        fold_key(form, language)
        for table in tables()
        if "given names" in table.title and language in table.columns
        for row in table.rows
        for form in table.forms(row, language)
    )


def _distance(span: Span, place: int) -> int:
    return span.start - place if place < span.start else max(0, place - span.end)
