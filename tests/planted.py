"""Faults planted into right translations, to count how many of them `check` finds.

Each fault is a function of a translation (as a Side, with its names) that returns a faulty text, or None where the
sentence gives no occasion for it. What may be planted is plain: the lists a check searches by are not used here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.pipeline.checks.pair import Side
from toolkit.text.spans import Edit, apply_edits

Fault = Callable[[Side], str | None]

_NOT = {
    Language.AZ: (
        r"(\w{2,})(?:m(?=[ıiuü]r)|m[aə](?=d[ıi](?!r))|m[aə]y(?=[ıi]b|aca|əcə))(?=\w*[\s.,])|\s(?:deyil|yox)(?=\W|dur)",
        r"\1",
    ),
    Language.EN: (r"\s(?:not)\b|n['’]t\b", ""),
    Language.HY: (r"\bչ(?=(?:ի|են|է|էին|էր|կա|կան|ունի)\b)", ""),
    Language.RU: (r"\bне\s(?=\w)", ""),
}


def drop_a_name(side: Side) -> str | None:
    """The last name goes, and nothing stands for it."""
    names = _plain(side)
    if not names or sum(mention.entity == names[-1].entity for mention in side.mentions) > 1:
        return None
    return apply_edits(side.text, [Edit(names[-1].span, "")])


def double_a_name(side: Side) -> str | None:
    """The first name stands in the place of the second too: Armenia and Armenia."""
    names = _plain(side)
    for first, second in pairwise(names):
        if first.entity != second.entity and sum(m.entity == second.entity for m in side.mentions) == 1:
            return apply_edits(side.text, [Edit(second.span, first.surface)])
    return None


def change_places(side: Side) -> str | None:
    """Two states or persons exchange their places."""
    names = [m for m in _plain(side) if side.glossary.entity(m.entity).kind in ("country", "person")]
    kinds = [side.glossary.entity(m.entity).kind for m in names]
    if len(names) != 2 or kinds[0] != kinds[1] or names[0].entity == names[1].entity:
        return None
    edits = [Edit(names[0].span, names[1].surface), Edit(names[1].span, names[0].surface)]
    return apply_edits(side.text, edits)


def drop_a_not(side: Side) -> str | None:
    pattern, instead = _NOT[side.language]
    text = re.sub(pattern, instead, side.text, count=1)
    return text if text != side.text else None


def change_a_number(side: Side) -> str | None:
    """The first digit of the first number becomes another one."""
    match = re.search(r"(?<![\w/.-])\d+(?=[\s.,%-])", side.text)
    if match is None:
        return None
    digit = "3" if match.group()[0] != "3" else "7"
    return side.text[: match.start()] + digit + side.text[match.start() + 1 :]


def invent_a_link(side: Side) -> str | None:
    return f"{side.text.rstrip()} www.example-news.com"


def repeat_a_phrase(side: Side) -> str | None:
    """Three words in the middle come twice."""
    words = side.text.split(" ")
    if len(words) < 8:
        return None
    middle = len(words) // 2
    return " ".join([*words[: middle + 1], *words[middle - 2 : middle + 1], *words[middle + 1 :]])


def cut_short(side: Side) -> str | None:
    """Only the first quarter is there."""
    return side.text[: len(side.text) // 4] if len(side.text) > 80 else None


FAULTS: Mapping[str, tuple[Fault, frozenset[str]]] = {
    "drop a name": (drop_a_name, frozenset(("N009", "N013"))),
    "double a name": (double_a_name, frozenset(("N009", "N013"))),
    "change places": (change_places, frozenset(("N009", "N013", "N017", "N026"))),
    "drop a not": (drop_a_not, frozenset(("T004",))),
    "change a number": (change_a_number, frozenset(("T003",))),
    "invent a link": (invent_a_link, frozenset(("T010",))),
    "repeat a phrase": (repeat_a_phrase, frozenset(("T011",))),
    "cut short": (cut_short, frozenset(("T014",))),
}


def _plain(side: Side) -> list[Mention]:
    return [mention for mention in side.mentions if mention.doubt is None]
