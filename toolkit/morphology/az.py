"""The grammar of names in Azerbaijani.

The ending harmonises with the name, so a name put in another's place needs its own ending: Laçına, Berdzora.
Rules: the orthography of 2019 for hyphens and softening; usage of the press where it leaves a choice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from toolkit.languages import Language
from toolkit.morphology.az_sounds import VOWELS, Sound, small, sound_of
from toolkit.morphology.az_stems import PLACES, Stem, is_plural, name_stems, people_stem
from toolkit.morphology.az_suffixes import Stock, join
from toolkit.morphology.base import (
    Adjustment,
    Context,
    Features,
    Form,
    Lexeme,
    Number,
    Part,
    Replacement,
)
from toolkit.text.casing import Shape, apply_shape, shape_of
from toolkit.text.spans import Edit, Span

_PRONOUNS = {"mənim": "1sg", "sənin": "2sg", "onun": "3", "bizim": "1pl", "sizin": "2pl", "onların": "3"}
_LAST_WORD = re.compile(r"(\w+) *$")
_GENITIVE = re.compile(r"\w[ıiuü]n$")
_NO_GENITIVE = frozenset({"altun", "bugün", "bütün", "gün", "ilkin", "qadın", "uzun", "üçün", "yaxın"})
# A verbal noun with its subject in the genitive: ordunun Laçını tərk etməsi.
_VERBAL_NOUN = re.compile(r"^ *(?:\w+ ){0,3}\w+(?:m[aə]s[ıi]|d[ıiuü][ğy][ıiuü]|acağı|əcəyi)")
_IN_LI = re.compile(r"^[^ ]*l[ıiuü]$")
_QUESTION = re.compile(r"^[^.!…]*\?")
_PARTICLE = re.compile(r" +(d[aə])(?!\w)", re.IGNORECASE)


class AzerbaijaniGrammar:
    """Implements morphology.base.Grammar."""

    language = Language.AZ

    def forms(self, lexeme: Lexeme) -> Sequence[Form]:
        """Every form of the name, its adjective and its people; the name as it is comes first."""
        stems = name_stems(lexeme)
        found = [Form(lexeme.text, Features())]
        if lexeme.head != "none":
            plural = is_plural(lexeme)
            found = _inflected(stems[0], plural)
            for stem in stems[1:]:
                forms = _inflected(stem, plural)
                found.extend(_new(forms, found) if stem.rare else forms)
            found = _of_people(lexeme, found)
        if lexeme.adjective:
            found.append(Form(lexeme.adjective, Features(Part.ADJECTIVE)))
        people = people_stem(lexeme)
        if people:
            found.extend(_inflected(people, plural=False))
        return found

    def narrow(self, readings: Sequence[Features], context: Context) -> Sequence[Features]:
        """Leave the readings that the neighbours allow; a reading without a possessor is the likelier one.

        Laçının is "of Lachin" before "your Lachin", Laçını is "Lachin" as an object unless a genitive stands
        before it: Azərbaycanın Laçını. A pronoun (mənim, sizin) decides for its own possessive.
        """
        kept = list(readings)
        for rule in (_by_question, _by_possessor, _by_number):
            kept = rule(kept, context) or kept
        return kept

    def select(self, forms: Sequence[Form], context: Context) -> Form:
        """The first preferred form: no choice depends on the sentence in Azerbaijani."""
        return next((form for form in forms if form.preferred), forms[0])

    def adjust(self, replacement: Replacement) -> Adjustment:
        """Let the particle da/də after the name ("too") harmonise with the new form: Laçın da, Şuşi də."""
        match = _PARTICLE.match(replacement.sentence, replacement.span.end)
        if not match:
            return Adjustment()
        span, old = Span(*match.span(1)), match.group(1)
        vowel = _last_vowel(replacement.form.text, replacement.new)
        new = join(Sound(vowel, open=True), ("dA",))
        if shape_of(old) is Shape.UPPER:
            new = apply_shape(new, Shape.UPPER, Language.AZ)
        if small(old) == small(new) or any(span.overlaps(name) for name in replacement.names):
            return Adjustment()
        return Adjustment((Edit(span, new),))


def _inflected(stem: Stem, plural: bool) -> list[Form]:
    """The forms of one stem; a name that is a plural already has the same forms for both numbers."""
    found: list[Form] = []
    for ending in stem.endings():
        features = ending.features
        if plural and (features.number is Number.PLURAL or features.possessor == "3pl"):
            continue
        for text, preferred in _joined(stem, ending.text):
            preferred = preferred and ending.preferred and not stem.rare
            found.append(Form(text, features, preferred))
            if plural:
                found.append(Form(text, _as_plural(features), preferred))
    return found


def _of_people(lexeme: Lexeme, found: list[Form]) -> list[Form]:
    """Of a place that ends as the word for its people would (Qubadlı) a plural means the people: qubadlılar."""
    if lexeme.kind not in PLACES or not lexeme.kind or not _IN_LI.search(small(lexeme.text)):
        return found
    several = [
        Form(small(form.text), replace(form.features, part=Part.DEMONYM), preferred=False)
        for form in found
        if form.features.number is Number.PLURAL
    ]
    return [form for form in found if form.features.number is not Number.PLURAL] + several


def _joined(stem: Stem, ending: str) -> list[tuple[str, bool]]:
    if not ending:
        return [(stem.text + stem.rest, True)]
    hard = stem.text + stem.joint + ending + stem.rest
    if not stem.soft or ending[0] not in VOWELS:
        return [(hard, True)]
    soft = stem.soft + ending + stem.rest
    if stem.stock is Stock.BARE:
        return [(soft, True)]
    return [(soft, True), (hard, False)] if stem.soft_first else [(hard, True), (soft, False)]


@cache
def _as_plural(features: Features) -> Features:
    return replace(features, number=Number.PLURAL)


def _new(forms: list[Form], known: list[Form]) -> list[Form]:
    seen = {(form.text, form.features) for form in known}
    return [form for form in forms if (form.text, form.features) not in seen]


def _last_vowel(form: str, lexeme: Lexeme) -> str:
    """The vowel that a word after the form harmonises with; an acronym without an ending sounds by its reading."""
    stem = name_stems(lexeme)[0]
    ending = form[len(stem.text) :] if form.startswith(stem.text) else form
    if any(char in VOWELS for char in small(ending)):
        return sound_of(ending.split(" ")[-1]).vowel
    return sound_of(stem.spoken).vowel


def _by_question(readings: list[Features], context: Context) -> list[Features]:
    """Şuşamı? asks; Şuşamı gördüm has the possessive."""
    asks = bool(_QUESTION.match(context.after))
    return [reading for reading in readings if (reading.tail == "q") == asks] if _mixed(readings) else readings


def _mixed(readings: list[Features]) -> bool:
    return len({reading.tail == "q" for reading in readings}) == 2


def _by_possessor(readings: list[Features], context: Context) -> list[Features]:
    match = _LAST_WORD.search(context.before)
    before = small(match.group(1)) if match else ""
    possessor = _PRONOUNS.get(before)
    if possessor and (named := [reading for reading in readings if reading.possessor == possessor]):
        return named
    plain = [reading for reading in readings if not reading.possessor]
    third = [reading for reading in readings if reading.possessor.startswith("3")]
    genitive = before not in _NO_GENITIVE and _GENITIVE.search(before)
    if third and genitive and not _VERBAL_NOUN.match(context.after):
        return third
    return plain or third


def _by_number(readings: list[Features], context: Context) -> list[Features]:
    """A text that is both numbers is of a name that is a plural already: the singular moves to other names."""
    alone = {replace(reading, number=Number.SINGULAR) for reading in readings if reading.number is Number.SINGULAR}
    return [
        reading
        for reading in readings
        if reading.number is Number.SINGULAR or replace(reading, number=Number.SINGULAR) not in alone
    ]


GRAMMAR = AzerbaijaniGrammar()
