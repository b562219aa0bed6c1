"""A made-up pair of languages: a plain English and an invented language that inflects.

The tests of the decoder need a model whose translations can be checked word for word. So the target language is
defined by this file alone: every sentence has one right translation, and its words their places in the source.

The invented language puts its verb last and the owner before what is owned, has no articles, and marks six cases,
number and negation by endings and a prefix. Endings have two shapes: after a last vowel a, o, u the back one, after
e, i the front one; after a stem that ends in a vowel an n comes between. Names take the same endings:

    The mayor of Shelva did not visit Orun in March.
    Xelvanosh berom Marsoram Orunat nitulipa.        (Shelva's mayor March-in Orun(object) not-visit-past)

Public: `sentence(random)` makes a pair with its word alignment, `forms(name)` all forms of a name.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

ENDINGS = {
    "nominative": ("", ""),
    "object": ("at", "et"),
    "genitive": ("osh", "esh"),
    "dative": ("ul", "il"),
    "place": ("oram", "irem"),
    "origin": ("utal", "etel"),
    "company": ("amik", "emik"),
}
"""Case: (ending after a back vowel, ending after a front vowel)."""

PLURAL = ("ok", "ek")
PREPOSITIONS = {"in": "place", "from": "origin", "to": "dative", "with": "company", "against": "object"}
TENSES = {"past": "pa", "present": "ri", "future": "zu"}

PEOPLE = {
    "mayor": "berom", "minister": "dakel", "soldier": "fornu", "doctor": "gilem", "teacher": "hasko", "worker": "jutim",
    "journalist": "kelvo", "farmer": "luntar", "general": "mordek", "neighbour": "nasipo", "judge": "oktel",
    "pilot": "pirun", "driver": "rolka", "guest": "sovem", "student": "tamil", "guard": "urdek",
}  # fmt: skip
THINGS = {
    "bridge": "bolda", "village": "celmu", "road": "drasto", "house": "elvik", "river": "fesna", "letter": "gartu",
    "school": "hulme", "border": "ilkor", "army": "jando", "law": "kobri", "treaty": "lepsa", "mountain": "munde",
    "market": "nolpe", "book": "oplak", "gate": "perdu", "ship": "rusko", "tower": "sintal", "garden": "teplo",
    "city": "ulmar", "wall": "vekti", "church": "zambe", "station": "batro", "field": "dolmi", "hospital": "festar",
}  # fmt: skip
ADJECTIVES = {
    "old": "abri", "new": "esto", "large": "gonde", "small": "ikle", "young": "lumi", "quiet": "navo", "famous": "olte",
    "wounded": "prado", "tired": "simbe", "white": "urle", "heavy": "vando", "poor": "zilke",
}  # fmt: skip
VERBS = {
    "visit": ("visited", "tuli"), "describe": ("described", "vesko"), "attack": ("attacked", "brando"),
    "defend": ("defended", "klami"), "watch": ("watched", "sefro"), "praise": ("praised", "dultu"),
    "leave": ("left", "misko"), "find": ("found", "parle"), "see": ("saw", "rengo"), "build": ("built", "torna"),
    "remember": ("remembered", "ulgeme"), "sell": ("sold", "zekri"), "cross": ("crossed", "hinde"),
    "forget": ("forgot", "fabelo"), "help": ("helped", "gusna"), "paint": ("painted", "lakmi"),
}  # fmt: skip
TIMES = {"yesterday": "hanbe", "today": "hansu", "tomorrow": "hanki", "often": "monimo", "again": "udelo"}
MONTHS = {"March": "Marso", "May": "Mejo", "June": "Juno", "August": "Agusto", "October": "Oktobo"}
SAYING = {"said": "dirpa", "wrote": "skripa", "denied": "nigapa"}

_ONSETS = ("b", "d", "g", "k", "l", "m", "n", "r", "s", "sh", "t", "v", "w", "z", "br", "tr", "y")
_VOWELS = ("a", "e", "i", "o", "u")
_CODAS = ("", "", "", "l", "n", "r", "s", "m", "k", "nd", "rt")
_LETTERS = (("sh", "x"), ("w", "v"), ("y", "j"), ("k", "q"))
"""How the invented language spells the letters of a name."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the translation and the places of the source words it stands for."""

    text: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence, its translation, and (source word, target word) of each link."""

    source: str
    target: str
    links: tuple[tuple[int, int], ...]
    names: tuple[tuple[str, int], ...]
    """Each name in the source, and its place among the words."""


def _make_names(count: int, seed: int) -> tuple[str, ...]:
    source = random.Random(seed)
    names: set[str] = set()
    while len(names) < count:
        syllables = [source.choice(_ONSETS) + source.choice(_VOWELS) for _ in range(source.choice((2, 2, 3)))]
        name = "".join(syllables) + source.choice(_CODAS)
        names.add(name.capitalize())
    return tuple(sorted(names))


PLACES = _make_names(160, 1)
PERSONS = tuple(name for name in _make_names(100, 2) if name not in PLACES)


def spelled(name: str) -> str:
    """The name as the invented language spells it, in the nominative."""
    text = name.lower()
    for letters, other in _LETTERS:
        text = text.replace(letters, other)
    return text.capitalize()


def inflected(stem: str, case: str, *, plural: bool = False) -> str:
    """The stem with its endings; `case` is a key of ENDINGS."""
    if plural:
        stem = _joined(stem, PLURAL)
    return _joined(stem, ENDINGS[case])


def forms(name: str) -> tuple[str, ...]:
    """All forms of a name in the invented language, the nominative first."""
    return tuple(inflected(spelled(name), case) for case in ENDINGS)


def _joined(stem: str, shapes: tuple[str, str]) -> str:
    last = next(letter for letter in reversed(stem.lower()) if letter in _VOWELS)
    ending = shapes[0] if last in "aou" else shapes[1]
    link = "n" if ending and stem[-1] in _VOWELS else ""
    return stem + link + ending


class _Maker:
    """Collects the source words of one sentence while the parts of its translation are put in order."""

    def __init__(self, chance: random.Random, renamed: float) -> None:
        self.chance = chance
        self.renamed = renamed
        self.words: list[str] = []
        self.names: list[tuple[str, int]] = []

    def say(self, *words: str) -> tuple[int, ...]:
        first = len(self.words)
        self.words.extend(words)
        return tuple(range(first, len(self.words)))

    def name(self, names: tuple[str, ...]) -> tuple[str, tuple[int, ...]]:
        name = self.chance.choice(names)
        place = self.say(name)
        self.names.append((name, place[0]))
        written = self.chance.choice(names) if self.renamed and self.chance.random() < self.renamed else name
        return spelled(written), place

    def nouns(self, case: str, *, people: bool) -> tuple[list[Word], bool]:
        """A noun phrase or a name in a case, and whether it is plural."""
        kind = self.chance.random()
        if kind < (0.35 if people else 0.45):
            stem, places = self.name(PERSONS if people else PLACES)
            return [Word(inflected(stem, case), places)], False
        plural = self.chance.random() < 0.3
        article = self.say("the")
        before = list(self.adjective())
        noun, stem = self.chance.choice(sorted((PEOPLE if people else THINGS).items()))
        places = self.say(_plural(noun) if plural else noun)
        words = [*before, Word(inflected(stem, case, plural=plural), article + places)]
        if self.chance.random() < 0.35:
            of = self.say("of")
            owner, place = self.name(PLACES)
            words = [Word(inflected(owner, "genitive"), of + place), *words]
        return words, plural

    def adjective(self) -> Iterator[Word]:
        if self.chance.random() < 0.35:
            adjective, stem = self.chance.choice(sorted(ADJECTIVES.items()))
            yield Word(stem, self.say(adjective))

    def where(self) -> list[Word]:
        preposition, case = self.chance.choice(sorted(PREPOSITIONS.items()))
        said = self.say(preposition)
        words, _ = self.nouns(case, people=preposition in ("with", "against"))
        return [*words[:-1], Word(words[-1].text, said + words[-1].sources)]

    def when(self) -> list[Word]:
        if self.chance.random() < 0.5:
            time, stem = self.chance.choice(sorted(TIMES.items()))
            return [Word(stem, self.say(time))]
        month, stem = self.chance.choice(sorted(MONTHS.items()))
        return [Word(inflected(stem, "place"), self.say("in", month))]

    def clause(self) -> list[Word]:
        """Subject, verb, object, place, time; in the translation subject, time, place, object, verb."""
        subject, plural = self.nouns("nominative", people=True)
        verb = self.verb(plural)
        thing, _ = self.nouns("object", people=self.chance.random() < 0.3)
        place = self.where() if self.chance.random() < 0.5 else []
        time = self.when() if self.chance.random() < 0.4 else []
        return [*subject, *time, *place, *thing, verb]

    def verb(self, plural: bool) -> Word:
        verb, (past, stem) = self.chance.choice(sorted(VERBS.items()))
        tense = self.chance.choice(sorted(TENSES))
        negative = self.chance.random() < 0.25
        said = self.say(*_english_verb(verb, past, tense, plural, negative))
        return Word(("ni" if negative else "") + stem + TENSES[tense] + ("ju" if plural else ""), said)


def _plural(noun: str) -> str:
    special = {"city": "cities", "army": "armies", "treaty": "treaties", "church": "churches"}
    return special.get(noun, noun + "s")


def _english_verb(verb: str, past: str, tense: str, plural: bool, negative: bool) -> tuple[str, ...]:
    if tense == "future":
        return ("will", "not", verb) if negative else ("will", verb)
    if negative:
        return ("did" if tense == "past" else "do" if plural else "does", "not", verb)
    if tense == "past":
        return (past,)
    third = verb + ("es" if verb.endswith(("s", "sh", "ch")) else "s")
    return (verb if plural else third,)


def sentence(chance: random.Random, renamed: float = 0.0) -> Pair:
    """A sentence with its one right translation. The same state of `chance` gives the same pair.

    `renamed` is the share of names that the translation calls by another name, as happens in real texts.
    """
    maker = _Maker(chance, renamed)
    words: list[Word] = []
    if chance.random() < 0.15:
        time, stem = chance.choice(sorted(TIMES.items()))
        words.append(Word(stem, maker.say(time)))
    if chance.random() < 0.2:
        speaker, _ = maker.nouns("nominative", people=True)
        verb, stem = chance.choice(sorted(SAYING.items()))
        words += [*speaker, Word(stem, maker.say(verb)), Word("qu", maker.say("that"))]
    words += maker.clause()
    source = " ".join(maker.words)
    target = " ".join(word.text for word in words)
    links = tuple((place, index) for index, word in enumerate(words) for place in word.sources)
    return Pair(_raised(source) + ".", _raised(target) + ".", links, tuple(maker.names))


def _raised(text: str) -> str:
    return text[0].upper() + text[1:]


def sentences(count: int, seed: int) -> list[Pair]:
    """`count` different pairs."""
    chance = random.Random(seed)
    pairs: dict[str, Pair] = {}
    while len(pairs) < count:
        pair = sentence(chance)
        pairs.setdefault(pair.source, pair)
    return list(pairs.values())


HELD_OUT_SEED = 2
"""Sentences of this seed are kept out of the training."""
