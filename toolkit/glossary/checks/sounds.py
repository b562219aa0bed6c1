"""Whether the names of an entity in the four languages sound alike: a typo makes one of them the odd one out.

Three names that agree and a fourth that is near none of them speak for a slip of the hand, or for an exonym (Warsaw,
Լեհաստան), which is declared. Names that are translated, not spelled, agree in no three languages and say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from toolkit.glossary.checks.problems import Remark
from toolkit.glossary.model import Entry, Kind, Name
from toolkit.languages import Language
from toolkit.translit.key import apart, keys, least_apart, plain_key
from toolkit.translit.names import transliterate_name

SPELLED = frozenset(
    {
        Kind.CITY, Kind.COUNTRY, Kind.DISTRICT, Kind.LAKE, Kind.MONASTERY, Kind.MOUNTAIN, Kind.PERSON, Kind.REGION,
        Kind.RIVER, Kind.SEA, Kind.TOWN, Kind.VILLAGE,
    }
)  # fmt: skip
"""Kinds whose names are spelled by their sound in every language."""

# In skeleton letters (see translit.key): a consonant of another sound costs 1.0, a hidden vowel 0.35.
FAR = 0.9
AGREEING = 0.6


def check_sounds(entry: Entry) -> Iterator[Remark]:
    """Texts that sound unlike the same usage's texts in the other languages and are not declared exonyms."""
    if entry.kind not in SPELLED:
        return
    for index, name in enumerate(entry.names):
        texts = _spelled_texts(name)
        odd = odd_one_out(texts)
        if odd is not None:
            yield _remark(odd, texts, ("names", index, odd.value))


def _spelled_texts(name: Name) -> dict[Language, str]:
    """The texts of a name that are no declared exonyms, by language."""
    found = {language: name.in_language(language) for language in Language}
    return {language: text.text for language, text in found.items() if text is not None and not text.exonym}


def odd_one_out(texts: Mapping[Language, str]) -> Language | None:
    """The language whose text is far from all others while the others agree; None where there is none."""
    if len(texts) < 3:
        return None
    return next((language for language in _plainly_apart(texts) if _is_odd(language, texts)), None)


def _plainly_apart(texts: Mapping[Language, str]) -> list[Language]:
    """The languages whose text is near no other by its first skeleton, which is quick to have."""
    first = {language: plain_key(text, language) for language, text in sorted(texts.items())}
    lonely = dict.fromkeys(first, True)
    for (one, a), (other, b) in combinations(first.items(), 2):
        if (lonely[one] or lonely[other]) and not _are_far(a, b):
            lonely[one] = lonely[other] = False
    return [language for language, is_lonely in lonely.items() if is_lonely]


def _is_odd(language: Language, texts: Mapping[Language, str]) -> bool:
    """The same by all skeletons, and that the others agree."""

    def skeletons(of: Language) -> tuple[str, ...]:
        return keys(texts[of], of)

    # English has several skeletons, and they take longest to find: it comes last.
    others = sorted(texts.keys() - {language}, key=lambda other: (other is Language.EN, other))
    return all(
        any(_agree(a, b) for a in skeletons(one) for b in skeletons(other)) for one, other in combinations(others, 2)
    ) and all(_are_far(a, b) for other in others for a in skeletons(language) for b in skeletons(other))


def _are_far(a: str, b: str) -> bool:
    return least_apart(a, b) >= FAR or apart(a, b) >= FAR


def _agree(a: str, b: str) -> bool:
    return least_apart(a, b) <= AGREEING and apart(a, b) <= AGREEING


def _remark(odd: Language, texts: Mapping[Language, str], path: tuple[str | int, ...]) -> Remark:
    others = {language: text for language, text in sorted(texts.items()) if language is not odd}
    listed = ", ".join(f"{language} “{text}”" for language, text in others.items())
    source = next(language for language in others if language is not Language.EN)
    expected = transliterate_name(others[source], source, odd).text
    return Remark(
        "G110",
        path,
        f"“{texts[odd]}” sounds unlike the names in the other languages, which agree: {listed}",
        f"correct it, by its letters it would be “{expected}”; or write `exonym: true` beside the text",
    )
