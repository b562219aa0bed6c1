"""Eastern Armenian: the cases and articles of names, their adjectives and the people of places.

The case is an ending on the last word (Լեռնային Ղարաբաղում), the article ը or ն a further one on the nominative
and dative. Things have no accusative apart from the nominative; that of persons is the dative with article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from toolkit.languages import Language
from toolkit.morphology.base import Adjustment, Case, Context, Features, Form, Lexeme, Number, Part, Replacement
from toolkit.morphology.hy_sound import Ending, ending_of, ends_in_vowel, is_spelt_apart, starts_with_vowel_sound
from toolkit.morphology.hy_stems import Stems, decline, plain, plurals
from toolkit.text.casing import lower

__all__ = ["Armenian", "starts_with_vowel_sound"]

_PLACES = frozenset({"city", "country", "district", "region", "town", "village"})
_PLURAL_KINDS = frozenset({"other", "people", "person", "weapon"})
"""Kinds whose names are met in the plural: the Aliyevs, two F-16s."""
_PERSONS = frozenset({"people", "person"})
_THAT_OF = Features(case=Case.GEN, definite=True, tail="ki")
_POSSESSORS = {"1sg": "ս", "2sg": "դ"}
_OBLIQUES = (Case.GEN, Case.DAT, Case.ABL, Case.INS, Case.LOC)
# Postpositions that stand with the genitive and never with a dative that belongs to a verb.
_WITH_GENITIVE = frozenset({"դեմ", "համար", "հետ", "մասին", "մեջ", "միջև", "միջոցով", "մոտ", "պատճառով", "վրա", "տակ"})
_NEXT_WORD = re.compile(r"[ \u00a0]+([^\W_]+)")


class _Forms:
    """Forms in the order of their coming; a text that comes twice with the same Features keeps its first rank."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Features], bool] = {}

    def add(self, text: str, features: Features, preferred: bool = True) -> None:
        self._found.setdefault((text, features), preferred)

    def all(self) -> tuple[Form, ...]:
        return tuple(Form(text, features, preferred) for (text, features), preferred in self._found.items())


class Armenian:
    """The grammar of names in Eastern Armenian (see morphology.base.Grammar)."""

    language = Language.HY

    def forms(self, lexeme: Lexeme) -> Sequence[Form]:
        """Every form of the name, its adjective and its demonym, the base form first.

        A name that is a plural (Lexeme.plural) has singular Features, as any name's own number goes without
        saying; plural Features are for names that are put into the plural.
        """
        return _forms(lexeme)

    def narrow(self, readings: Sequence[Features], context: Context) -> Sequence[Features]:
        """Genitive and dative share a text: a postposition after it tells the genitive, nothing else is certain."""
        following = _following_word(context)
        if following in _WITH_GENITIVE:
            genitives = [reading for reading in readings if reading.case is Case.GEN]
            if genitives:
                return [reading for reading in readings if reading.case is not Case.DAT or reading.definite]
        return readings

    def select(self, forms: Sequence[Form], context: Context) -> Form:
        """ն before a vowel sound when only a space stands between, else ը; the first where there is no choice."""
        wanted = "ն" if starts_with_vowel_sound(_following_word(context)) else "ը"
        return next((form for form in forms if form.features.definite and form.text.endswith(wanted)), forms[0])

    def adjust(self, replacement: Replacement) -> Adjustment:
        """Nothing: attributes do not agree, postpositions do not change, and the article is part of the form."""
        return Adjustment()


def _following_word(context: Context) -> str:
    found = _NEXT_WORD.match(context.after)
    return lower(found[1], Language.HY) if found else ""


@lru_cache(maxsize=4096)
def _forms(lexeme: Lexeme) -> tuple[Form, ...]:
    forms = _Forms()
    _add_name(forms, lexeme)
    if lexeme.adjective:
        _add_adjective(forms, lexeme.adjective)
    if lexeme.demonym:
        _add_demonym(forms, lexeme.demonym, preferred=True)
    if lexeme.kind in _PLACES:
        if not lexeme.adjective and " " not in lexeme.text and not ends_in_vowel(lexeme.text):
            forms.add(f"{lower(lexeme.text, Language.HY)}յան", _features(Part.ADJECTIVE), preferred=False)
        for demonym in _regular_demonyms(lexeme.text):
            _add_demonym(forms, demonym, preferred=False)
    return forms.all()


def _add_name(forms: _Forms, lexeme: Lexeme) -> None:
    forms.add(lexeme.text, _features())
    if lexeme.head == "none":
        for case in _OBLIQUES:
            forms.add(lexeme.text, _features(case=case))
        return
    before, word, after = _split(lexeme)
    person = lexeme.kind in _PERSONS
    genitive = _of_head(lexeme.genitive, before, after)
    common = bool(before) and not person
    ending = ending_of(word, lexeme.reading)
    for rank, stems in enumerate(decline(word, genitive, common=common, person=person)):
        joined = _in_phrase(stems, before, after, lexeme)
        for text, features, usual in _paradigm(joined, ending, person=person, tail=after):
            forms.add(text, features, usual and rank == 0)
        if ends_in_vowel(joined.gen):  # "that of Armenia": Հայաստանինը, Հայաստանինն
            for article in ("ը", "ն"):
                forms.add(f"{joined.gen}ն{article}{after}", _THAT_OF, rank == 0)
    if word.endswith("իք") and word[0].isupper() and lexeme.kind in _PLACES:  # classical: Սյունյաց, still in titles
        forms.add(f"{before}{word[:-2]}յաց{after}", _features(case=Case.GEN), preferred=False)
    if lexeme.kind in _PLURAL_KINDS and not lexeme.plural:
        for rank, plural in enumerate(plurals(word, genitive)):
            stems = _in_phrase(plain(plural), before, after, lexeme)
            paradigm = _paradigm(stems, Ending.CONSONANT, number=Number.PLURAL, person=person, tail=after)
            for text, features, usual in paradigm:
                forms.add(text, features, usual and rank == 0)


def _split(lexeme: Lexeme) -> tuple[str, str, str]:
    """What stands before the word that inflects, the word, and what stands after it."""
    text = lexeme.text
    if lexeme.head and lexeme.head != "all":
        found = re.search(rf"(?<!\w){re.escape(lexeme.head)}(?!\w)", text)
        if found:
            return text[: found.start()], found[0], text[found.end() :]
    before, space, word = text.rpartition(" ")
    return before + space, word, ""


def _of_head(genitive: str, before: str, after: str) -> str:
    """The genitive of the word that inflects, where the genitive of the whole name is given."""
    return genitive.removeprefix(before).removesuffix(after).rpartition(" ")[2]


def _in_phrase(stems: Stems, before: str, after: str, lexeme: Lexeme) -> Stems:
    """The cases of the whole name; the words before the last follow its case only where head is "all"."""
    firsts = [before] * 5
    if lexeme.head == "all":
        words = [decline(word)[0] for word in before.split()]
        columns = zip(*((w.nom, w.gen, w.abl, w.ins, w.loc) for w in words), strict=True)
        firsts = ["".join(f"{word} " for word in column) for column in columns] or firsts
    lasts = (stems.nom, stems.gen, stems.abl, stems.ins, stems.loc)
    nom, gen, abl, ins, loc = (first + last for first, last in zip(firsts, lasts, strict=True))
    return Stems(nom, gen, abl, ins, loc, stems.joint)


def _paradigm(
    stems: Stems,
    ending: Ending,
    *,
    part: Part = Part.NAME,
    number: Number = Number.SINGULAR,
    person: bool = False,
    tail: str = "",
) -> Iterator[tuple[str, Features, bool]]:
    """All forms of one paradigm and whether they are usual; `tail` is what stands after the inflected word."""

    def form(
        text: str, case: Case, usual: bool = True, *, definite: bool = False, possessor: str = ""
    ) -> tuple[str, Features, bool]:
        return text + tail, _features(part, case, number, definite, possessor), usual

    yield form(stems.nom, Case.NOM)
    for text, usual in _with_article(stems.nom + stems.joint, ending):
        yield form(text, Case.NOM, usual, definite=True)
    obliques = dict(zip(_OBLIQUES, (stems.gen, stems.gen, stems.abl, stems.ins, stems.loc), strict=True))
    for case, text in obliques.items():
        yield form(text, case)
    dative = Ending.VOWEL if ends_in_vowel(stems.gen) else Ending.CONSONANT
    for text, usual in _with_article(stems.gen, dative):
        yield form(text, Case.DAT, usual, definite=True)
        if person:
            yield form(text, Case.ACC, usual, definite=True)
    for case in (Case.ABL, Case.INS, Case.LOC):
        for text, _ in _with_article(obliques[case], Ending.CONSONANT):
            yield form(text, case, False, definite=True)
    for possessor, letter in _POSSESSORS.items():  # likelier another name (Գորիս is hardly "my Gori")
        yield form(stems.nom + stems.joint + letter, Case.NOM, False, possessor=possessor)
        for case, text in obliques.items():
            yield form(text + letter, case, False, possessor=possessor)


def _with_article(text: str, ending: Ending) -> list[tuple[str, bool]]:
    """A text with its article, and whether that is usual: ը and ն after a consonant, ն after a vowel."""
    if ending is Ending.VOWEL:
        return [(f"{text}ն", True)]
    return [(f"{text}ը", ending is Ending.CONSONANT), (f"{text}ն", True)]


@cache
def _features(
    part: Part = Part.NAME,
    case: Case = Case.NOM,
    number: Number = Number.SINGULAR,
    definite: bool = False,
    possessor: str = "",
) -> Features:
    return Features(part, case, number, definite, possessor=possessor)


def _add_adjective(forms: _Forms, adjective: str) -> None:
    """Before its noun it does not change; as a noun (արցախյանը) it is recognised only."""
    forms.add(adjective, _features(Part.ADJECTIVE))
    for text, features, _ in _paradigm(decline(adjective)[0], ending_of(adjective), part=Part.ADJECTIVE):
        if not features.possessor:
            forms.add(text, features, preferred=False)


def _add_demonym(forms: _Forms, demonym: str, *, preferred: bool) -> None:
    """The people of a place; one that no entry gives only in its usual paradigm, without possessives."""
    variants = None if preferred else 1
    paradigms = [(stems, Number.SINGULAR, rank) for rank, stems in enumerate(decline(demonym)[:variants])]
    paradigms += [(plain(text), Number.PLURAL, rank) for rank, text in enumerate(plurals(demonym)[:variants])]
    if demonym.endswith("ցի"):  # the older plural: շուշեցիք, շուշեցոց
        old = f"{demonym[:-1]}ոց"
        paradigms.append((Stems(f"{demonym}ք", old, f"{old}ից", f"{old}ով", f"{old}ում"), Number.PLURAL, 1))
    for stems, number, rank in paradigms:
        ending = ending_of(stems.nom)
        for text, features, usual in _paradigm(stems, ending, part=Part.DEMONYM, number=number, person=True):
            if preferred or (usual and not features.possessor):
                forms.add(text, features, preferred and usual and rank == 0)


def _regular_demonyms(text: str) -> list[str]:
    """What the people of a place are called by rule, -եցի or -ցի; recognised beside the demonym of the entry."""
    if " " in text or is_spelt_apart(text):
        return []
    small = lower(text, Language.HY)
    if small.endswith("ու"):
        return [f"{small[:-2]}վեցի", f"{small}ցի"]
    if small.endswith("ի"):
        return [f"{small[:-1]}եցի", f"{small}ցի"]
    return [f"{small}ցի"] if ends_in_vowel(small) else [f"{small}ցի", f"{small}եցի"]


GRAMMAR = Armenian()
