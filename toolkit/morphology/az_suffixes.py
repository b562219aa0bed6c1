"""The endings of Azerbaijani nouns, composed once for every kind of stem.

A morpheme is written with A for a/ə, I for ı/i/u/ü, and its linking sound in brackets: "(n)In" is -nın after a
vowel, -ın after a consonant; "(I)m" is -m after a vowel, -ım after a consonant. Small letters never change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from toolkit.morphology.az_sounds import VOWELS, Sound
from toolkit.morphology.base import Case, Features, Number, Part

Chain = tuple[str, ...]

_BACK = "aıou"
_HIGH = {
    **dict.fromkeys("aı", "ı"),
    **dict.fromkeys("eəi", "i"),
    **dict.fromkeys("ou", "u"),
    **dict.fromkeys("öü", "ü"),
}

_CASES: dict[Case, Chain] = {
    Case.NOM: (),
    Case.GEN: ("(n)In",),
    Case.DAT: ("(y)A",),
    Case.ACC: ("(n)I",),
    Case.LOC: ("dA",),
    Case.ABL: ("dAn",),
}
# After the possessive of the third person and after -kı every case begins with n.
_PRONOMINAL: dict[Case, Chain] = {
    Case.NOM: (),
    Case.GEN: ("nIn",),
    Case.DAT: ("nA",),
    Case.ACC: ("nI",),
    Case.LOC: ("ndA",),
    Case.ABL: ("ndAn",),
}
_SPEAKERS: dict[str, Chain] = {"1sg": ("(I)m",), "2sg": ("(I)n",), "1pl": ("(I)mIz",), "2pl": ("(I)nIz",)}


class Stock(StrEnum):
    """Which endings a stem takes."""

    PLAIN = "plain"
    """A name without an ending of its own: Şuşa, Laçın."""
    FULL = "full"
    """An izafet name as it stands (Minsk qrupu): cases with the pronominal n."""
    BARE = "bare"
    """An izafet name without its ending (Minsk qrup-): its plural and the possessives of speaker and hearer."""
    PEOPLE = "people"
    """The inhabitants: şuşalı."""


@dataclass(frozen=True, slots=True)
class Ending:
    """An ending with the grammar it gives to a name."""

    text: str
    features: Features
    preferred: bool = True


@dataclass(frozen=True, slots=True)
class _Base:
    """What stands between the stem and the case."""

    chain: Chain = ()
    number: Number = Number.SINGULAR
    possessor: str = ""
    pronominal: bool = False

    @property
    def cases(self) -> dict[Case, Chain]:
        return _PRONOMINAL if self.pronominal else _CASES


@dataclass(frozen=True, slots=True)
class _Tail:
    """What may follow a case."""

    case: Case
    name: str
    chain: Chain
    preferred: bool = True


@cache
def endings(stock: Stock, sound: Sound) -> tuple[Ending, ...]:
    """The endings of a stock after a stem that ends in `sound`; the empty ending, if any, comes first."""
    part = Part.DEMONYM if stock is Stock.PEOPLE else Part.NAME
    found: list[Ending] = []
    for base in _bases(stock):
        for case, chain in base.cases.items():
            features = Features(part, case, base.number, possessor=base.possessor)
            found.append(Ending(join(sound, base.chain + chain), features))
        for tail in _tails(stock, base):
            features = Features(part, tail.case, base.number, possessor=base.possessor, tail=tail.name)
            chain = base.chain + base.cases[tail.case] + tail.chain
            found.append(Ending(join(sound, chain), features, tail.preferred))
    return tuple(found)


@cache
def join(sound: Sound, chain: Chain) -> str:
    """The text of morphemes after a stem that ends in `sound`."""
    text = ""
    vowel, is_open = sound.vowel, sound.open
    for morpheme in chain:
        if morpheme.startswith("("):
            linking, rest = morpheme[1], morpheme[3:]
            morpheme = rest if is_open == (linking == "I") else linking + rest
        for char in morpheme:
            if char == "A":
                char = "a" if vowel in _BACK else "ə"
            elif char == "I":
                char = _HIGH[vowel]
            is_open = char in VOWELS
            vowel = char if is_open else vowel
            text += char
    return text


def _bases(stock: Stock) -> Iterator[_Base]:
    singular, plural = Number.SINGULAR, Number.PLURAL
    if stock is Stock.FULL:
        yield _Base(pronominal=True)
        yield _Base(possessor="3", pronominal=True)
        return
    if stock is not Stock.BARE:
        yield _Base()
        yield _Base(("(s)I",), possessor="3", pronominal=True)
        yield _Base(("lAr",), plural)
    else:
        yield _Base(("lArI",), plural, pronominal=True)
    yield _Base(("lArI",), plural, "3", pronominal=True)
    yield _Base(("lArI",), singular, "3pl", pronominal=True)
    for possessor, chain in _SPEAKERS.items():
        yield _Base(chain, possessor=possessor)
        yield _Base(("lAr", *chain), plural, possessor)


def _tails(stock: Stock, base: _Base) -> tuple[_Tail, ...]:
    """All tails for the simple singular, the usual ones for its near neighbours, none for the rest."""
    if not base.possessor and base.number is Number.SINGULAR:
        return _PEOPLE_TAILS if stock is Stock.PEOPLE else _NAME_TAILS
    if not base.possessor or (base.number is Number.SINGULAR and base.possessor in ("1sg", "2sg", "3", "1pl")):
        return _USUAL_TAILS
    return ()


def _nominal(case: Case, name: str) -> Iterator[_Tail]:
    """-kı after a case makes a noun with cases and a plural of its own: Laçındakı, Laçındakılara, Laçınınkı."""
    for outer, chain in _PRONOMINAL.items():
        label = name if outer is Case.NOM else f"{name}.{outer}"
        yield _Tail(case, label, ("kI", *chain))
    for outer, chain in _CASES.items():
        label = f"{name}.pl" if outer is Case.NOM else f"{name}.pl.{outer}"
        yield _Tail(case, label, ("kI", "lAr", *chain))


_USUAL_TAILS = (
    _Tail(Case.NOM, "cop", ("dIr",)),
    _Tail(Case.LOC, "cop", ("dIr",)),
    _Tail(Case.NOM, "ins", ("(y)lA",)),
    _Tail(Case.LOC, "rel", ("kI",)),
)
_PERSONS = (("1sg", ("(y)Am",)), ("1pl", ("(y)Iq",)), ("2sg", ("sAn",)), ("2pl", ("sInIz",)))
_COPULAS = (
    *(_Tail(case, "cop", ("dIr",)) for case in Case if case in _CASES and case is not Case.ACC),
    *(_Tail(case, "cop.pl", ("dIr", "lAr")) for case in (Case.NOM, Case.LOC, Case.ABL)),
    *(_Tail(case, "pst", ("(y)dI",)) for case in (Case.NOM, Case.LOC, Case.ABL)),
    *(_Tail(case, "evid", ("(y)mIş",)) for case in (Case.NOM, Case.LOC, Case.ABL)),
    *(_Tail(case, "cond", ("(y)sA",)) for case in (Case.NOM, Case.LOC, Case.ABL)),
    *(_Tail(case, "q", ("mI",)) for case in _CASES),
    *(_Tail(case, "cop.q", ("dIr", "mI")) for case in (Case.NOM, Case.LOC)),
    *(_Tail(case, person, chain) for case in (Case.LOC, Case.ABL) for person, chain in _PERSONS),
)
_NAME_TAILS = (
    *_nominal(Case.LOC, "rel"),
    *_nominal(Case.GEN, "ki"),
    *_COPULAS,
    _Tail(Case.NOM, "ins", ("(y)lA",)),
    _Tail(Case.NOM, "priv", ("sIz",)),
    _Tail(Case.NOM, "sim", ("tək",)),
    _Tail(Case.DAT, "lim", ("dək",)),
    _Tail(Case.DAT, "lim", ("cAn",), preferred=False),
)
_PEOPLE_TAILS = (
    *(_Tail(Case.NOM, name, chain) for name, chain in (
        *_PERSONS,
        ("cop.pl", ("dIr", "lAr")),
        ("pst", ("(y)dI",)),
        ("evid", ("(y)mIş",)),
        ("q", ("mI",)),
        ("ins", ("(y)lA",)),
        ("cop", ("dIr",)),
    )),
    _Tail(Case.GEN, "ki", ("kI",)),
)  # fmt: skip
