"""Transliteration of texts and names between the four languages.

A name is looked for in the glossary (through a hook), then among exonyms and name elements, then spelled by
letters. English is spelled by sound, so its letters give two readings, the English and the plain one, and every
answer is a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from toolkit.errors import BadOption
from toolkit.languages import Language, parse_language
from toolkit.text.casing import upper
from toolkit.translit.elements import element_key
from toolkit.translit.engine import WORD, prepare
from toolkit.translit.fallback import outside
from toolkit.translit.schemes import scheme_ids
from toolkit.translit.writer import WIDTH, Scored, Writer, best, writer

Origin = Literal["glossary", "rule", "guess"]
Known = Callable[[str], Sequence[str]]

_ALTERNATIVES = 7
_VARIETIES = {"classical": "hy", "cyrl": "az", "western": "hy"}
# Cyrillic letters but the look-alike of Latin ə, and Latin ones; so much of a text tells its script.
_CYRILLIC = re.compile("[\u0400-\u04d7\u04da-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_TELLING_HEAD = 4_000
_AZ_CYRILLIC = frozenset("ҝјөүһҹғҜЈӨҮҺҸҒ")


@dataclass(frozen=True, slots=True)
class TransliteratedName:
    """A name in another language: the first answer, where it is from, and the others, best first."""

    text: str
    source: Origin
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Writing:
    """A language, and its variety where the spelling differs: western or classical Armenian, Cyrillic Azerbaijani."""

    language: Language
    variety: str | None = None


def parse_writing(code: str, *, where: str = "") -> Writing:
    """Read a code such as hy, hyw, hy-classical, az-Cyrl; raises UnknownLanguage for anything else."""
    parts = code.strip().lower().replace("_", "-").split("-")
    if parts[0] == "hyw" or (parts[0] == "hy" and {"arevmda", "western"} & set(parts[1:])):
        return Writing(Language.HY, "western")
    language = parse_language(code, where=where)
    for part in parts[1:]:
        if _VARIETIES.get(part) == language.value:
            return Writing(language, part)
    return Writing(language)


def route(source: Language, target: Language, scheme: str, variety: str | None) -> tuple[str, ...]:
    """The ids of the schemes that lead from one writing to the other, in order; raises BadOption where none does."""
    if variety is not None and _VARIETIES.get(variety) != source.value:
        known = ", ".join(name for name, language in sorted(_VARIETIES.items()) if language == source.value) or "none"
        raise BadOption(f"no variety {variety[:30]!r} of {source.value}", remedy=f"varieties: {known}")
    first: tuple[str, ...] = ()
    if variety == "western" and target is Language.EN and scheme == "press":
        return ("hy-hy-classical", "hyw-en-press")
    if variety in ("classical", "western"):
        first = ("hy-hy-classical",)
    elif variety == "cyrl" or scheme == "az-cyrl":
        first = ("az-az-cyrl",)
        scheme = "press" if scheme == "az-cyrl" else scheme
    if source is target:
        return first
    wanted = f"{source.value}-{target.value}-{scheme}"
    if wanted not in scheme_ids():
        offered = ", ".join(name for name in scheme_ids() if name.startswith(f"{source.value}-{target.value}-"))
        raise BadOption(f"no scheme {scheme[:30]!r} from {source.value} to {target.value}", remedy=f"use {offered}")
    return (*first, wanted)


def transliterate(
    text: str,
    source: Language,
    target: Language,
    scheme: str = "press",
    variety: str | None = None,
    fallback: bool = False,
) -> str:
    """A whole text in the letters of another language; raises BadOption for a scheme or variety there is not.

    Azerbaijani in Cyrillic letters is told by its script, also without a variety. Letters of neither language stay,
    or are spelled in ASCII where `fallback` asks for it.
    """
    for scheme_id in route(source, target, scheme, variety or _cyrillic(text, source, target)):
        text = writer(scheme_id).text(text)
    return outside(text, target) if fallback else text


def transliterate_name(
    name: str,
    source: Language,
    target: Language,
    scheme: str = "press",
    variety: str | None = None,
    known: Known | None = None,
) -> TransliteratedName:
    """A name in another language with ranked alternatives.

    `known` gives the glossary's renderings of a name, best first; they come before everything else.
    Raises BadOption for a scheme or variety there is not.
    """
    *before, last = route(source, target, scheme, variety or _cyrillic(name, source, target)) or ("",)
    told = tuple(dict.fromkeys(known(name))) if known is not None else ()
    for scheme_id in before:
        name = writer(scheme_id).text(name)
    answers = tuple(text for _, text in _answers(prepare(name), writer(last))) if last else (name,)
    if told:
        rest = tuple(answer for answer in answers if answer not in told)
        return TransliteratedName(told[0], "glossary", (*told[1:], *rest)[:_ALTERNATIVES])
    origin: Origin = "guess" if source is Language.EN and target is not Language.EN else "rule"
    return TransliteratedName(answers[0], origin, answers[1 : _ALTERNATIVES + 1])


def _cyrillic(text: str, source: Language, target: Language) -> str | None:
    """Whether a text said to be Azerbaijani is in Cyrillic letters; schwa look-alikes alone do not make it so.

    On the way into Russian a text of Russian letters alone is there already.
    """
    if source is not Language.AZ or not _CYRILLIC.search(text):
        return None
    if target is Language.RU and _AZ_CYRILLIC.isdisjoint(text):
        return None
    head = text[:_TELLING_HEAD]
    return "cyrl" if len(_CYRILLIC.findall(head)) > len(_LATIN.findall(head)) else None


def _answers(name: str, by: Writer) -> list[Scored]:
    """The answers for a name of several words, cheapest first."""
    ways: list[Scored] = []
    if by.elements is not None:
        whole = by.elements.whole.get(element_key(name, by.source), ())
        ways += [(number / 4, _loud(name, text, by.target)) for number, text in enumerate(whole)]
    behind = 1.5 if ways else 0.0
    combined: list[Scored] = [(behind, "")]
    position = 0
    for start, end in word_spans(name):
        options = _word_ways(name[start:end], by)
        between = name[position:start]
        combined = best(
            ((cost + more, text + between + word) for cost, text in combined for more, word in options), WIDTH
        )
        position = end
    ways += [(cost, (text + name[position:]).translate(by.marks)) for cost, text in combined]
    return best(ways, _ALTERNATIVES + 1)


def _word_ways(word: str, by: Writer) -> list[Scored]:
    ways = by.ways(word)
    whole = by.elements.whole.get(element_key(word, by.source), ()) if by.elements is not None else ()
    if not whole or by.is_foreign(word):
        return ways
    named = [(number / 4, _loud(word, text, by.target)) for number, text in enumerate(whole)]
    return best((*named, *((1.5 + cost, text) for cost, text in ways)), WIDTH)


def _loud(name: str, text: str, target: Language) -> str:
    return upper(text, target) if name.isupper() and len(name) > 1 else text


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a text stand."""
    return [match.span() for match in WORD.finditer(text)]
