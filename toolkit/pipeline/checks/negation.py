"""Negations lost or gained. Languages deny in many ways, so that only what is clear is said: a sure negation of one
text, with nothing in the other that could carry it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from toolkit.languages import Language
from toolkit.pipeline.checks.kindred import blank, either, whole, whole_words, without_kindred
from toolkit.pipeline.checks.pair import Pair, Remarks, Side
from toolkit.pipeline.checks.word_lists import word_lists
from toolkit.text.spans import Span

_STOP = re.compile("[.!?;:։…]")
_TWO = 2
_SHORT = 14
"""Words of a text in which a word that denies by itself is asked for although other negations stand beside it."""
_LONG = 24
"""Words of a text in which two negations need not both be put as negations."""
_SHORTEST = 2
"""Letters of a word that may stand alone: «ни дорог, ни мостов»."""
_CLAUSE_END = re.compile("[.!?;:։…,—–]")
_SENTENCE = re.compile(r"[.!?։…:][»”\"')\]]*\s*$|[.!?։…][»”\"']?\s")
_WORD = re.compile(r"[^\W\d_]{2,}")
_INSIDE = re.compile(r"(?<=[\w,]\s)([^\W\d_]{3,})")
"""A word that opens no sentence."""
_NAME_AFTER = re.compile(r"\s(?:(?:և|ու)\s)?[Ա-Ֆ][^\W\d_]")
"""After the first word of an Armenian sentence: what shows that it is the first of names."""
_GOES_ON = re.compile(r"\s+\w")
_DENIED_BEFORE = re.compile(r"(?:not|n['’]t)\s$")


@dataclass(frozen=True)
class Denials:
    """Where a text surely denies; how many of its words may deny besides."""

    sure: Sequence[Span]
    concord: Sequence[Span]
    """Words of denial that want a denied verb beside them, except in English: никто, երբեք, heç kim."""
    carry: int
    maybe: int
    soft: frozenset[str]
    """What its softer words say: only, until, hard, …"""
    says: frozenset[str]
    """The same, in denied words too."""
    even: int = 0
    """Words for “even” with no denial before them."""
    not_even: int = 0
    """Those that are denied: “not even”, «даже … не»."""
    firm: Sequence[Span] = ()
    """Words with a negation inside, which any language denies."""
    alone: Sequence[Span] = ()
    """Words that deny with a denied verb beside them or without one: neither … nor."""
    stranded: Sequence[Span] = ()
    """Words of `concord` with no denied verb near them: what is left of a negation."""
    beside: frozenset[str] = frozenset()
    """The softer words that could stand for its negations, by what they say."""
    words: int = 0

    @property
    def long(self) -> bool:
        """Whether the text is so long that one of two negations may be put in other words."""
        return self.words > _LONG

    @property
    def denied(self) -> Sequence[Span]:
        """The negations to be asked for; words of concord are one with their verb."""
        return self.sure or [*self.concord, *self.alone]


@dataclass(frozen=True)
class _Lists:
    even: re.Pattern[str]
    firm: re.Pattern[str]
    mild: re.Pattern[str]
    alone: re.Pattern[str]
    concord: re.Pattern[str]
    sure: re.Pattern[str]
    carry: re.Pattern[str]
    maybe: re.Pattern[str]
    never: re.Pattern[str]
    soft: re.Pattern[str]
    """With a group for each thing said."""
    beside: Mapping[str, re.Pattern[str]]
    """For a thing said, what must stand beside the negations that it may stand for."""


@cache
def _lists(language: Language) -> _Lists:
    lists = word_lists("negation")[language.value]
    soft = [f"(?P<{said}>{either(words)})" for said, words in lists["soft"].items()]
    plain = {key: whole_words(words) for key, words in lists.items() if key not in ("beside", "soft")}
    beside = {said: whole_words(words) for said, words in lists["beside"].items()}
    return _Lists(**plain, soft=whole(soft), beside=beside)


@cache
def _bound() -> frozenset[str]:
    """What is said by softer words that excuse only a negation with something of it beside."""
    return frozenset(said for language in Language for said in _lists(language).beside)


def denials(side: Side, other: Side | None = None) -> Denials:
    """The denials of a text; without the words that say the same in the other one, where it is given."""
    lists = _lists(side.language)
    whole = text = _without_names(side)
    if other is not None:
        text = without_kindred(text, side.language, _without_names(other), other.language)
    whole, text = lists.never.sub(blank, whole), lists.never.sub(blank, text)
    mild = len(lists.mild.findall(text))
    text = lists.mild.sub(blank, text) if mild else text
    sure = [side.original(*match.span()) for match in lists.sure.finditer(text)]
    sure = [span for span in sure if not _is_name(span, side)]
    concord = [side.original(*match.span()) for match in lists.concord.finditer(text)]
    alone = [side.original(*match.span()) for match in lists.alone.finditer(text)]
    rest = lists.concord.sub(" ", lists.sure.sub(" ", text))
    says = frozenset(match.lastgroup or "" for match in lists.soft.finditer(text))
    soft = frozenset(match.lastgroup or "" for match in lists.soft.finditer(rest)) if says and rest != text else says
    even, not_even = _evens(text, lists, side.language)
    carry = len(lists.carry.findall(rest))
    maybe = len(lists.maybe.findall(lists.carry.sub(" ", rest))) + mild
    stranded = [side.original(*place) for place in _stranded(whole, lists, side.language)]
    beside = frozenset(said for said, pattern in lists.beside.items() if pattern.search(whole))
    words = len(text.split())
    firm = [side.original(*m.span()) for m in lists.firm.finditer(whole) if text[slice(*m.span())] == m.group()]
    return Denials(sure, concord, carry, maybe, soft, says, even, not_even, firm, alone, stranded, beside, words)


def _without_names(side: Side) -> str:
    """The folded text with spaces for what stands inside the sentence with a capital: the river Hakari is against
    nothing (հակա-). A headline that has capitals throughout is left as it is."""
    words = _WORD.findall(side.text)
    if 2 * sum(word[0].isupper() for word in words) > len(words):
        return side.folded.text
    text = side.folded.text
    for match in _INSIDE.finditer(text):
        span = side.original(*match.span(1))
        if side.text[span.start].isupper():
            text = f"{text[: match.start(1)]}{' ' * len(match.group(1))}{text[match.end(1) :]}"
    return text


def _stranded(text: str, lists: _Lists, language: Language) -> Iterator[tuple[int, int]]:
    """Where a word of concord has nothing in its sentence that denies, or in its Russian clause a verb without не. What
    is no sentence, or ends with that word («Никогда», — ответил он), can do without a verb."""
    if not _SENTENCE.search(text):
        return
    for match in lists.concord.finditer(text):
        before, after = _STOP.split(text[: match.start()])[-1], _STOP.split(text[match.end() :])[0]
        if not _GOES_ON.match(after):
            continue
        verbs = _verbs_after(match.end(), text) if language is Language.RU else ()
        short = len(match.group()) <= _SHORTEST
        if short and not verbs:
            continue
        bare = verbs and not short and not verbs[0].startswith(("не ", "ни "))
        near = f"{before} | {after}"
        if bare or not any(pattern.search(near) for pattern in (lists.sure, lists.carry, lists.maybe)):
            yield match.span()


def _verbs_after(start: int, text: str) -> Sequence[str]:
    """The finite verbs of the Russian clause, each with the word before it: with ни a verb is denied, while «ни дорог,
    ни мостов» can stand alone."""
    from toolkit.morphology.ru_sentence import is_finite, tokens

    words = tokens(_CLAUSE_END.split(text[start:])[0])
    return [f"{one.text} {word.text}" for one, word in pairwise([*words[:1], *words]) if is_finite(word)]


def _evens(text: str, lists: _Lists, language: Language) -> tuple[int, int]:
    """How many words for “even” are not denied, and how many are: by a word before in English, else by a verb after."""
    even = not_even = 0
    for match in lists.even.finditer(text):
        if language is Language.EN:
            denied = _DENIED_BEFORE.search(text, 0, match.start()) is not None
            open_ = not denied and not lists.sure.search(text, match.end())
        else:
            clause = re.split(r"[.!?;։]", text[match.end() :])[0]
            denied = lists.sure.search(clause) is not None
            open_ = not denied
        not_even += denied
        even += open_
    return even, not_even


def _is_name(span: Span, side: Side) -> bool:
    """Whether what looks like a negation is one in a name (Reporters Without Borders), or a word with a capital inside
    the sentence: Չիրկ, Yaromir."""
    if any(mention.span.contains(span) and mention.span != span for mention in side.mentions):
        return True
    before = side.text[: span.start].rstrip()[-1:]
    opens = not before or before in "«“„\"'(.!?։:…—–-"
    armenian = side.language is Language.HY and len(span) > 2
    if opens and armenian and side.text[span.start].isupper() and _NAME_AFTER.match(side.text[span.end :]):
        return True
    return not opens and len(span) > 2 and side.text[span.start].isupper() and not side.text.isupper()


def check_negation(pair: Pair, remarks: Remarks) -> None:
    """T004 where the source denies more often than the translation can, or the translation without a reason; in a long
    source, where much is put in other words, any softer word is a reason."""
    source, target = denials(pair.source, pair.target), denials(pair.target, pair.source)
    lost = _lost(pair.source.language, pair.target.language, source, target)
    if target.stranded and not source.stranded and (source.denied or source.carry or source.maybe):
        remarks.add("T004", source.denied[0] if source.denied else None, target.stranded[0], change="lost")
    elif lost is not None:
        remarks.add("T004", lost, None, change="lost")
    else:
        gained = _lost(pair.target.language, pair.source.language, target, source)
        if gained is not None and not (source.long and (source.carry or source.maybe or _excuses(source, target))):
            remarks.add("T004", None, gained, change="gained")


def _excuses(denials: Denials, other: Denials) -> frozenset[str]:
    """What a text says in softer words that could stand for negations of the other one."""
    return denials.says - (_bound() - other.beside)


def _lost(here: Language, there: Language, source: Denials, target: Denials) -> Span | None:
    """The negation of a text that the other one does not have, whichever of the two is the translation."""
    soft = _excuses(target, source) & target.soft - source.says
    if source.denied and _denies_less(here, there, source, target, bool(soft)):
        return source.denied[0]
    if source.firm and not (target.firm or target.carry or target.maybe or soft):
        denied = len(source.denied), len(target.denied)
        return source.firm[0] if not any(denied) or (denied[0] >= denied[1] and source.words <= _SHORT) else None
    return None


def _denies_less(here: Language, there: Language, source: Denials, target: Denials, soft: bool) -> bool:
    """English denies sparingly, so that each of its negations must be found; the others deny verb by verb, and often
    what English puts in a softer word. What the source has softer words for itself excuses nothing."""
    denied = len(source.denied)
    carry, maybe = max(0, target.carry - source.carry), max(0, target.maybe - source.maybe)
    if here is Language.EN:
        evens = min(source.not_even, target.not_even + (target.even if target.sure else 0))
        return denied > max(len(target.sure), len(target.concord) + len(target.alone)) + evens + carry + maybe
    if there is not Language.EN:
        found = max(len(target.sure), len(target.concord) + len(target.alone))
        return denied <= _TWO and denied > found + carry + maybe + soft and not (found and source.long)
    if source.not_even > target.not_even and target.even and not source.even and len(target.sure) <= denied:
        return True
    if not target.sure and not carry and not maybe and not soft:
        return True
    several = denied == _TWO and not source.concord  # of more, English often says but one: they neither … nor …
    return several and denied > len(target.sure) + target.carry + target.maybe + soft
