"""An office in the place of the body it leads: “the ministry said” that has become «министр сообщил».

A text that has both, or speaks of neither, may say the same in many ways; only where one text has the office alone and
the other the body alone has one been taken for the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from toolkit.languages import Language
from toolkit.pipeline.checks.pair import Pair, Remarks, Side
from toolkit.pipeline.checks.word_lists import word_lists
from toolkit.text.spans import Span

_Found = Mapping[str, Span]


def check_offices(pair: Pair, remarks: Remarks) -> None:
    """N027 for an office that stands for a body, or a body for an office."""
    for patterns in _offices().values():
        here, there = _first_of_each(pair.source, patterns), _first_of_each(pair.target, patterns)
        if len(here) == 1 == len(there) and here.keys() != there.keys():
            span, written = next(iter(here.values())), next(iter(there.values()))
            remarks.add("N027", span, written, surface=span.of(pair.source.text), written=written.of(pair.target.text))


def _first_of_each(side: Side, patterns: Mapping[Language, re.Pattern[str]]) -> _Found:
    """Where a text first has the office, and where the body, each if it does."""
    found: dict[str, Span] = {}
    for match in patterns[side.language].finditer(side.folded.text):
        if match.lastgroup in ("office", "body"):
            found.setdefault(match.lastgroup, side.original(*match.span()))
    return found


@cache
def _offices() -> Mapping[str, Mapping[Language, re.Pattern[str]]]:
    """For each office an expression with the groups `other`, `office` and `body`, tried in this order."""
    data = word_lists("offices")
    kinds = ("other", "office", "body")
    return {
        name: {
            Language(code): re.compile(
                r"(?<!\w)(?:" + "|".join(f"(?P<{kind}>{words[kind]})" for kind in kinds if kind in words) + ")"
            )
            for code, words in by_language.items()
        }
        for name, by_language in data.items()
    }
