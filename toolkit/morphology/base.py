"""What every language's grammar gives and takes.

A Lexeme is a name (or a word derived from one) with the grammar that no rule can know. A grammar lists its
Forms; the glossary compiles these into stems and endings, so the analysis of a surface is the list read
backwards, and no language needs an analyser of its own. What depends on the sentence (government, agreement,
the article) is asked of the grammar with a Context.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from toolkit.languages import Language
from toolkit.text.spans import Edit, Span


class Case(StrEnum):
    """Cases of the four languages by their usual abbreviations; a language uses the ones it has.

    az: nom gen dat acc loc abl.   en: nom poss.   ru: nom gen dat acc ins prep.
    hy: nom gen dat abl ins loc; its accusative is the nominative (things) or the dative (persons).
    """

    NOM = "nom"
    GEN = "gen"
    DAT = "dat"
    ACC = "acc"
    ABL = "abl"
    INS = "ins"
    LOC = "loc"
    PREP = "prep"
    POSS = "poss"


class Number(StrEnum):
    SINGULAR = "sg"
    PLURAL = "pl"


class Gender(StrEnum):
    """Gender of a Russian name (for agreement) or of an adjective's form."""

    MASCULINE = "m"
    FEMININE = "f"
    NEUTER = "n"
    PLURAL = "pl"


class Part(StrEnum):
    """What a form is: the name itself, its adjective (шушинский), or the people of the place (шушинец)."""

    NAME = "name"
    ADJECTIVE = "adj"
    DEMONYM = "demonym"


@dataclass(frozen=True, slots=True)
class Features:
    """The grammar of a form. `str()` is its label in results and test cases: "gen", "nom.def", "demonym.pl.gen"."""

    part: Part = Part.NAME
    case: Case = Case.NOM
    number: Number = Number.SINGULAR
    definite: bool = False
    """hy: with the article ը or ն."""
    gender: Gender | None = None
    """ru: of an adjective's form."""
    animate: bool = False
    """ru: of an adjective's accusative form, where it differs."""
    possessor: str = ""
    """az, hy: "1sg", "2sg", "3", "1pl", "2pl" for a possessive ending (Şuşamız)."""
    tail: str = ""
    """What follows the case and moves to another name unchanged in meaning: az "rel" (-dakı), "cop" (-dır), …"""

    def __str__(self) -> str:
        words: list[str] = []
        if self.part is not Part.NAME:
            words.append(self.part.value)
        if self.gender is not None and self.gender is not Gender.PLURAL:
            words.append(self.gender.value)
        if self.number is Number.PLURAL or self.gender is Gender.PLURAL:
            words.append("pl")
        if self.possessor:
            words.append(f"p{self.possessor}")
        words.append(self.case.value)
        if self.definite:
            words.append("def")
        if self.animate:
            words.append("anim")
        if self.tail:
            words.append(self.tail)
        return ".".join(words)


@dataclass(frozen=True, slots=True)
class Form:
    """An inflected name: its text, as written at the head of a sentence's inside, and its grammar.

    `preferred` is False for forms that are recognised in texts but never written (older or rarer endings).
    Among preferred forms of the same Features, `Grammar.select` chooses by the context.
    """

    text: str
    features: Features
    preferred: bool = True


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A name in one language with what a rule cannot know of its grammar."""

    text: str
    kind: str
    """The kind of the entity (`person`, `city`, …), as in glossary.model.Kind."""
    declension: str = ""
    """ru: masculine, feminine, neuter, plural, adjectival, indeclinable; "" lets dictionary or ending decide."""
    agreement: str = ""
    """ru: masculine, feminine, neuter, plural: what neighbours agree with, where the declension does not say."""
    animate: bool = False
    head: str = ""
    """The word of a multi-word name that inflects, where it is not the usual one; "all" and "none" are allowed."""
    genitive: str = ""
    """hy: an irregular genitive (Մարտունու); the whole oblique paradigm follows from it."""
    reading: str = ""
    """az: how an acronym or a foreign spelling is read aloud, for the harmony of its endings (BMT: be-em-te)."""
    adjective: str = ""
    """The adjective's base form (ru шушинский, hy շուշեցի is no adjective but ղարաբաղյան is), in small letters."""
    demonym: str = ""
    """The word for an inhabitant in its base form (ru шушинец, hy շուշեցի, en Shushan), as written in running text."""
    plural: bool = False
    """The name is a plural (Emirates); az and hy write no further plural ending."""
    article: str = ""
    """en: "the" where running text needs it before the name (the Hague excepted: there it is part of the text)."""


@dataclass(frozen=True, slots=True)
class Context:
    """The sentence around a mention: the text before it and after it, original spelling."""

    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What else must change in a sentence when one form takes the place of another.

    `edits` lie outside the mention, in offsets of the sentence (an attribute, a verb, a preposition, an
    article); `doubts` say in plain words what may have to change and could not be decided.
    """

    edits: tuple[Edit, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replacement:
    """One form put in the place of another, as the grammar is told of it."""

    sentence: str
    span: Span
    old: Lexeme
    new: Lexeme
    form: Form
    """The new form, in its final spelling."""
    names: tuple[Span, ...] = field(default=())
    """All mentions of the sentence: an adjustment never edits inside one."""


class Grammar(Protocol):
    """The grammar of names in one language."""

    language: Language

    def forms(self, lexeme: Lexeme) -> Sequence[Form]:
        """Every form the name, its adjective and its demonym can take, the base form first.

        Several Features may share one text (ru indeclinables: one text, all cases) and several texts one Features.
        """
        ...

    def narrow(self, readings: Sequence[Features], context: Context) -> Sequence[Features]:
        """The readings that the sentence allows; all of them where it does not tell (never none)."""
        ...

    def select(self, forms: Sequence[Form], context: Context) -> Form:
        """Of preferred forms with the same Features, the one this sentence wants (hy ը or ն)."""
        ...

    def adjust(self, replacement: Replacement) -> Adjustment:
        """What else must change in the sentence: agreement, prepositions, the article before the name."""
        ...
