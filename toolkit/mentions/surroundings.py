"""A hit in its sentence: whether the words beside it tell a place, a person or an everyday word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from toolkit.glossary.entities import Entity
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.mentions.cues import cues_of
from toolkit.mentions.model import Hit, Reading
from toolkit.morphology.base import Case, Part
from toolkit.text.folding import fold_key
from toolkit.text.spans import Span
from toolkit.translit.elements import tables

_REACH = 60
"""How far from a surface (code points) a cue may stand."""

_WORDS_BEFORE = 200
"""How many code points of the words before a surface are looked at."""

_SURNAME = {
    Language.AZ: re.compile(
        r"\s[A-ZÇƏĞİÖŞÜ][\w'’-]*(?:ov|ova|yev|yeva|zadə|yan|bəyli|oğlu)(?:[ıiuü]n|[aəıiuü]|d[aə]n?|l[aə]|y[aə]|n[ıiuü]n?)?(?!\w)"
    ),
    Language.EN: re.compile(r"\s[A-Z][\w'’-]*(?:ov|ova|ev|eva|yan|ian|zade|bayli|ants|oghlu)(?!\w)"),
    Language.HY: re.compile(r"\s[Ա-Ֆ][\w-]*(?:(?<!ութ)յան|ով|ովա|ևա|և|ենկո)(?:[ինըից]{1,2}|ին|ից|ով)?(?!\w)"),
    Language.RU: re.compile(r"\s[А-ЯЁ][\w-]*(?:ов|ев|ян|янц|заде|енко|оглы)(?:а|у|ым|е|ой)?(?!\w)"),
}
"""A word right after a first name that can only be a surname."""

_RUSSIAN_SURNAME_ENDS = {
    Case.GEN: ("а", "ой"),
    Case.DAT: ("у", "ой"),
    Case.ACC: ("а", "у"),
    Case.INS: ("ым", "ом", "ой"),
    Case.PREP: ("е", "ой"),
}
"""How such a surname ends in the case of the given name before it: Арарата Мамедова, Севан Мамедовой."""

_INITIALS = re.compile(r"(?:^|[\s(«“\"])(?:[A-ZÇƏĞİÖŞÜА-ЯЁԱ-Ֆ]\.[\s\u00a0]?)+$")
"""Initials right before a surname."""

_SURNAME_END = re.compile(r"(?:yan|ian|ov|ova|yev|ev|յան|ян|ов|ев)$")

_OPENING, _CLOSING = tuple('«“„"'), tuple('»”“"')

_PLACE_ABBREVIATIONS = ("г.", "с.", "ş.", "ք.", "գ.")


PERSONS = frozenset({"person", "people"})
_NEVER = re.compile(r"(?!)")
_NAMED_SO = {
    Language.AZ: (
        _NEVER,
        re.compile(
            r" ad(?:lı|ında) (?:bir )?(?:adam|əsgər|gənc|kişi|oğlan|qadın|qız|sakin|uşaq|zabit)"
            r"| soyad\w+"
            r"| (?:baba|bəy|dayı|əmi|həkim|kişi|müəllim|nənə|usta|xala|xanım)(?:n?[ıiuü]n|y?[aə]|d[aə]n?|l[aə])?(?!\w)"
        ),
    ),
    Language.EN: (
        re.compile(
            r"(?<!\w)(?:(?:boy|child|driver|farmer|girl|man|officer|soldier|teacher|woman|youth) (?:called|named)"
            r"|surname|surnamed|last name) $"
        ),
        _NEVER,
    ),
    Language.HY: (
        _NEVER,
        re.compile(
            r" (?:անունով|անվամբ) (?:մի )?(?:աղջիկ|աղջկ|երեխա|երիտասարդ|զինվոր|կին|կնոջ|մարդ|սպա|տղա|տղամարդ)"
            r"| ազգանուն\w*"
            r"| (?:տատ|տատիկ|պապ|պապիկ|քեռի|քեռու|հորեղբայր|հորեղբոր|հորաքույր|մորաքույր)(?:ը|ն|ի|ին|ից|ով)?(?!\w)"
        ),
    ),
    Language.RU: (re.compile(r"(?<!\w)(?:по имени|звали|зовут|фамили[еийюя]|фамилией) $"), _NEVER),
}
"""What before or after a name says that a person bears it (Araz adlı oğlan, Cəbrayıl müəllim, Արաքս տատիկ)."""

_STREET = {
    Language.AZ: re.compile(r" (?:küçəsi|prospekti|xiyabanı)(?:n\w{1,3})?(?!\w)"),
    Language.EN: re.compile(
        r" (?:Ave|Avenue|Bank|Boulevard|Brandy|Caf[eé]|Cinema|Hotel|Lane|Motel|Restaurant|Street|Telecom)(?!\w)"
    ),
    Language.HY: _NEVER,
    Language.RU: _NEVER,
}
"""What after a name makes it that of a street or a house (Fuzuli Street, Shushi Hotel)."""

_SURNAME_WORD = re.compile(r"\s(?:soyad|фамили|ազգանուն)")
_INSIDE: dict[Language, tuple[str, ...]] = {
    Language.AZ: (),
    Language.EN: ("in",),
    Language.HY: (),
    Language.RU: ("в", "во"),
}
_OF = re.compile(r"\s(?:of|of the)\s$")
_KIN_MARK = re.compile(r"[\s,՝—–-]+$")


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

    def is_borne(self, reading: Reading) -> bool:
        """Whether a place's name is borne by a person: Ararat Mirzoyan, General Ivanyan, K. Ivanyan, her son Ararat; or
        by a street or a house.
        """
        surface, language = self.hit.span.of(self.text), self.language
        if " " not in surface and self._is_bare() and _STREET[language].match(self.text, self.hit.span.end):
            return True
        if " " not in surface and self._bears_surname() and not self._is_followed_by_known():
            return True
        if (
            self._is_relative(reading)
            or self._is_of_relative(reading)
            or self._is_derived_surname(reading, surface)
            or self._is_persons()
        ):
            return True
        before = self.before
        if _INITIALS.search(before) and not before.rstrip().endswith(_PLACE_ABBREVIATIONS):
            return True
        words = before.split()
        if not words or not _SURNAME_END.search(reading.name.lexeme.text):
            return False
        previous = words[-1]
        if cues_of(language).ranks.fullmatch(fold_key(previous, language)):
            return True
        if not (len(previous) > 1 and previous[0].isupper() and previous.isalpha()):
            return False
        return len(words) > 1 or fold_key(previous, language) in given_names(language)

    def _bears_surname(self) -> bool:
        """Whether a surname follows that the name may go with.

        A given name has no ending before a surname, but in Russian, where both have that of the case: a genitive before
        a surname in the nominative says whose office it is (президент Азербайджана Мамедов).
        """
        surname = _SURNAME[self.language].match(self.text, self.hit.span.end)
        if surname is None or self._is_bare():
            return surname is not None
        if self.language is not Language.RU:
            return self.language is Language.EN
        cases = {reading.features.case for reading in self.hit.readings}
        return any(surname.group().endswith(_RUSSIAN_SURNAME_ENDS.get(case, ())) for case in cases)

    def _is_followed_by_known(self) -> bool:
        """Whether what follows is no surname, since the glossary knows it (Karabakh Armenian, Shusha Iranian)."""
        return any(
            other.span.start == self.hit.span.end + 1
            and any(
                reading.name.role.is_name and self.glossary.entity(reading.entity).kind not in PERSONS
                for reading in other.readings
            )
            for other in self.others
        )

    def _is_relative(self, reading: Reading) -> bool:
        """Whether a word for a relative introduces the name: her son Ararat, որդին՝ Արարատը."""
        features = reading.features
        if features.part is not Part.NAME or not (self._nominatives() or self._is_given_name(reading)):
            return False
        before = fold_key(self.before, self.language)
        mark = _KIN_MARK.search(before)
        if mark is None:
            return False
        word = before[: mark.start()].rsplit(None, 1)[-1:]
        if features.definite and "՝" not in mark.group() and word and word[0].endswith(("ը", "ն")):
            return False
        return bool(word) and cues_of(self.language).kin.fullmatch(word[0].strip('(«"“')) is not None

    def _is_persons(self) -> bool:
        """Whether the sentence says that a person is named so: a boy called Araz."""
        before, after = _NAMED_SO[self.language]
        return before.search(fold_key(self.before, self.language)) is not None or (
            self._is_bare()
            and after.match(fold_key(self.text[self.hit.span.end : self.sentence.end], self.language)) is not None
        )

    def _nominatives(self) -> list[Reading]:
        """The readings in which the name itself is in the nominative."""
        return [r for r in self.hit.readings if r.features.case is Case.NOM and r.features.part is Part.NAME]

    def _is_bare(self) -> bool:
        """Whether the name may stand in the nominative, as nobody's."""
        return any(not reading.features.possessor for reading in self._nominatives())

    def _is_of_relative(self, reading: Reading) -> bool:
        """Whether a given name says whose relative follows: Araz's brother, Arazın qardaşı, Արարատի եղբայրը."""
        if reading.features.case not in (Case.GEN, Case.POSS) or not self._is_given_name(reading):
            return False
        after = re.match(r" (\w+)", self.text[self.hit.span.end :][:_REACH])
        return after is not None and cues_of(self.language).kin.fullmatch(fold_key(after[1], self.language)) is not None

    def _is_given_name(self, reading: Reading) -> bool:
        if reading.features.case in (Case.ABL, Case.LOC, Case.PREP):
            return False
        return fold_key(reading.name.lexeme.text, self.language) in given_names(self.language)

    def _is_derived_surname(self, reading: Reading, surface: str) -> bool:
        """Whether a word for inhabitants, small in these languages, is a surname: a capital after a capital."""
        if reading.features.part is Part.NAME or self.language is Language.EN or not surface[0].isupper():
            return False
        if self.language is Language.HY and reading.features.part is Part.ADJECTIVE and not reading.usual:
            return re.search(r"\w", self.before) is not None and not surface.isupper()
        if _SURNAME_WORD.match(self.text, self.hit.span.end):
            return True
        previous = re.search(r"(?:^|\s)([^\W\d_][\w-]+) $", self.before)
        return (
            previous is not None
            and previous.group(1)[0].isupper()
            and not surface.isupper()
            and not self._is_named(previous.start(1))
        )

    def _is_named(self, start: int) -> bool:
        """Whether the word at an offset of the sentence is a name of the glossary itself."""
        return any(other.span.start == self.sentence.start + start for other in self.others)


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
