"""Whether two names, in any of the four languages, can be the same: a consonant skeleton and its comparison.

A name is spelled in English first, then letters that the languages take for one another fall together:
g gh k q; zh j; kh h; ts dz s z; a e; o u; i y. Doubled letters count once, ye ya yo yu lose their y. English names are
spelled by sound, so they have several skeletons; the nearest counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from toolkit.languages import Language
from toolkit.text.scripts import Script, dominant_script
from toolkit.translit.engine import compiled, prepare
from toolkit.translit.fallback import ascii_of
from toolkit.translit.names import transliterate, transliterate_name

# At this score one pair of different names in 10,000 passes for the same, measured on names of the region.
THRESHOLD = 0.87

_AZ_LETTERS = frozenset("əğıöüşçƏĞİÖÜŞÇ")
_GROUPS = (
    ("shch", "S"), ("tch", "C"), ("dzh", "J"), ("sch", "S"), ("ch", "C"), ("sh", "S"), ("zh", "J"), ("kh", "H"),
    ("gh", "K"), ("ph", "F"), ("th", "T"), ("ts", "Z"), ("dz", "Z"), ("dj", "J"), ("ck", "K"), ("qu", "KV"),
    ("x", "KZ"),
)  # fmt: skip
_SINGLE = str.maketrans("gkqchjszwvbpfdtlmnr", "KKKKHJZZVVBPFDTLMNR")
_IOTATED = re.compile("[yi]+(?=[aeou])")
_VOWELS = str.maketrans("aeouiy", "AAOOII")
# Letters that Azerbaijani reads otherwise than English, in a name that no other letter gives away.
_MAYBE_AZ = re.compile("[cCxXqQjJ](?![hkHK])")
_DOUBLE = re.compile(r"(.)\1+")
_NOT_LETTER = re.compile(r"[^A-Z ]")
# What a pair of skeleton letters costs when one stands for the other; any other pair costs 1.
_NEAR = {
    frozenset(pair): cost
    for pair, cost in {
        "AO": 0.4, "AI": 0.4, "OI": 0.5, "HK": 0.35, "BP": 0.4, "DT": 0.4, "BV": 0.5, "FV": 0.4, "FP": 0.4, "CJ": 0.4,
        "CS": 0.5, "SZ": 0.5, "JS": 0.5, "JK": 0.5, "TZ": 0.6, "OV": 0.4, "DZ": 0.6, "CZ": 0.6, "CK": 0.6, "JZ": 0.6,
    }.items()
}  # fmt: skip
_DROPPED = {"A": 0.35, "I": 0.35, "O": 0.35, "H": 0.4, " ": 0.3, "V": 0.8}
_CHEAPEST = min(*_NEAR.values(), *_DROPPED.values())


@dataclass(frozen=True, slots=True)
class Match:
    """How near two names are, from 0 to 1, and why."""

    score: float
    why: str

    @property
    def same(self) -> bool:
        """Whether the names may be the same."""
        return self.score >= THRESHOLD


def guess_language(name: str) -> Language:
    """The language of a name by its script, Azerbaijani by its letters."""
    script = dominant_script(name)
    if script is Script.ARMENIAN:
        return Language.HY
    if script is Script.CYRILLIC:
        return Language.AZ if set("ҝҹҸҜһҺ") & set(name) or ("ә" in name.lower()) else Language.RU
    return Language.AZ if _AZ_LETTERS & set(prepare(name)) else Language.EN


def skeleton(english: str) -> str:
    """The skeleton of a name spelled in English letters."""
    text = english.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFD", text.replace("ə", "a").replace("ı", "i"))
        text = "".join(char for char in text if not unicodedata.combining(char))
    if not text.isascii():
        text = "".join(map(ascii_of, text)).lower()
    text = re.sub(r"[^a-z]+", " ", text.replace("'", "").replace("’", "")).strip()
    text = _IOTATED.sub("", text)
    for group, letter in _GROUPS:
        text = text.replace(group, letter)
    text = text.translate(_SINGLE).translate(_VOWELS)
    return _NOT_LETTER.sub("", _DOUBLE.sub(r"\1", text))


@lru_cache(maxsize=50_000)
def keys(name: str, language: Language | None = None) -> tuple[str, ...]:
    """The skeletons of a name, the most telling first."""
    name = prepare(name)
    language = language or guess_language(name)
    if language is Language.EN:
        found = [skeleton(name)]
        answer = transliterate_name(name, Language.EN, Language.RU)
        spelled = compiled("ru-en-press")
        found += [skeleton(spelled.text(russian)) for russian in (answer.text, *answer.alternatives[:2])]
        if _MAYBE_AZ.search(name):
            found.append(skeleton(compiled("az-en-press").text(name)))
    else:
        found = [skeleton(transliterate(name, language, Language.EN)), skeleton(_by_letters(name, language))]
    return tuple(dict.fromkeys(key for key in found if key))


@lru_cache(maxsize=50_000)
def plain_key(name: str, language: Language) -> str:
    """The first skeleton alone, English by its letters: quick to have, for a comparison of very many names."""
    name = prepare(name)
    return skeleton(name if language is Language.EN else transliterate(name, language, Language.EN))


def letter_keys(name: str, language: Language | None = None) -> tuple[str, ...]:
    """The skeletons that the letters alone give, without name elements: what the glossary's site computes in a browser.

    They reach the whole `keys` of a name, which its index holds, by the same comparison.
    """
    name = prepare(name)
    language = language or guess_language(name)
    if language is Language.EN:
        found = [skeleton(name)]
        if _MAYBE_AZ.search(name):
            found.append(skeleton(compiled("az-en-press").text(name)))
    else:
        found = [skeleton(_by_letters(name, language))]
    return tuple(dict.fromkeys(key for key in found if key))


def costs() -> tuple[dict[str, float], dict[str, float]]:
    """What the comparison charges: pairs of skeleton letters (in alphabetical order) and letters left out."""
    return {"".join(sorted(pair)): cost for pair, cost in _NEAR.items()}, dict(_DROPPED)


def _by_letters(name: str, language: Language) -> str:
    if language is Language.AZ and dominant_script(name) is Script.CYRILLIC:
        name = compiled("az-az-cyrl").text(name)
    return compiled(f"{language.value}-en-press").text(name)


def key(name: str, language: Language | None = None) -> str:
    """The skeleton of a name; empty where it has no letters. The language is guessed where not given."""
    found = keys(name, language)
    return found[0] if found else ""


def similarity(a: str, b: str, a_language: Language | None = None, b_language: Language | None = None) -> Match:
    """How near two names are: the best of their skeletons, words in any order."""
    first, second = keys(a, a_language), keys(b, b_language)
    if not first or not second:
        return Match(1.0, "the same text") if a == b else Match(0.0, "no letters to compare")
    score, left, right = max((_nearness(x, y), x, y) for x in first for y in second)
    if a == b:
        return Match(1.0, "the same text")
    if left == right:
        return Match(score, f"the same skeleton {left}")
    return Match(score, f"skeletons {left} and {right} agree to {round(score * 100)} %")


def begins_like(name: str, word: str, name_language: Language, word_language: Language) -> float:
    """How near a name is to the beginning of a word, which may be a form of it with an ending; from 0 to 1."""
    return max(
        (
            _nearness(ours, theirs[:length])
            for ours in keys(name, name_language)
            for theirs in keys(word, word_language)
            for length in {max(len(ours) - 1, 1), len(ours), len(ours) + 1}
        ),
        default=0.0,
    )


def may_be_same(a: str, b: str, a_language: Language | None = None, b_language: Language | None = None) -> Match:
    """The same as `similarity`; ask `.same` of the answer, which applies the threshold."""
    return similarity(a, b, a_language, b_language)


@lru_cache(maxsize=200_000)
def _nearness(a: str, b: str) -> float:
    if a == b:
        return 1.0
    straight = _ratio(a, b)
    if " " in a and " " in b and straight < THRESHOLD:
        return max(straight, _ratio(_sorted(a), _sorted(b)) - 0.02)
    return straight


def apart(a: str, b: str) -> float:
    """What it costs to turn one skeleton into the other: 0 for the same, 1 for a consonant of another sound."""
    return (1.0 - _nearness(a, b)) * max(len(a), len(b))


def least_apart(a: str, b: str) -> float:
    """A bound that `apart` does not fall below, quick to have: no edit costs less than the cheapest."""
    from rapidfuzz.distance import Levenshtein

    edits = Levenshtein.distance(a, b)
    if " " in a and " " in b:
        edits = min(edits, Levenshtein.distance(_sorted(a), _sorted(b)))
    return edits * _CHEAPEST


def _sorted(key: str) -> str:
    return " ".join(sorted(key.split()))


def _ratio(a: str, b: str) -> float:
    """1 less the cheapest way from one skeleton to the other, as a part of the longer one."""
    longest = max(len(a), len(b))
    if abs(len(a) - len(b)) > longest * 0.6:
        return 0.0
    # The innermost loop of a search by sound: plain comparisons, no calls.
    drops = [_DROPPED.get(letter, 1.0) for letter in b]
    row = list(accumulate(drops, initial=0.0))
    for letter in a:
        drop, swaps = _DROPPED.get(letter, 1.0), _swaps(letter)
        diagonal, cost = row[0], row[0] + drop
        row[0] = cost
        for index, other in enumerate(b, 1):
            above = row[index]
            cost += drops[index - 1]
            if (swapped := diagonal + swaps.get(other, 1.0)) < cost:
                cost = swapped
            if above + drop < cost:
                cost = above + drop
            row[index], diagonal = cost, above
    return max(0.0, 1.0 - row[-1] / longest)


@cache
def _swaps(letter: str) -> dict[str, float]:
    """What it costs to put another letter for this one, where that is less than 1."""
    near = {other: cost for pair, cost in _NEAR.items() if letter in pair for other in pair - {letter}}
    return near | {letter: 0.0}


def rank(
    query: str, names: Iterable[tuple[str, Language]], language: Language | None = None
) -> list[tuple[float, str]]:
    """Names by their nearness to a query, the nearest first; those below the threshold are left out."""
    scored = ((similarity(query, name, language, of).score, name) for name, of in names)
    return sorted((item for item in scored if item[0] >= THRESHOLD), key=lambda item: (-item[0], item[1]))
