"""One event told from its other end: “India supplied Armenia” that has become «Армения получила от Индии»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from toolkit.languages import Language
from toolkit.pipeline.checks.pair import Pair, Side
from toolkit.pipeline.checks.word_lists import word_lists


def is_turned(pair: Pair) -> bool:
    """Whether the translation tells from the other end what the source tells: who does it there, suffers it here."""
    for one, other in _ends():
        ends = [(_has(one, side), _has(other, side)) for side in (pair.source, pair.target)]
        if ends in ([(True, False), (False, True)], [(False, True), (True, False)]):
            return True
    return False


def _has(words: Mapping[Language, re.Pattern[str]], side: Side) -> bool:
    return words[side.language].search(side.folded.text) is not None


@cache
def _ends() -> list[tuple[Mapping[Language, re.Pattern[str]], Mapping[Language, re.Pattern[str]]]]:
    return [(_patterns(event["one"]), _patterns(event["other"])) for event in word_lists("converses").values()]


def _patterns(listed: Mapping[str, list[str]]) -> Mapping[Language, re.Pattern[str]]:
    return {Language(code): re.compile(rf"(?<!\w)(?:{'|'.join(words)})") for code, words in listed.items()}
