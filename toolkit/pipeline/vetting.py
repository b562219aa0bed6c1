"""Whether a translation from elsewhere may enter the memory: the checks of a pair, on every two sides of it.

What is refused differs in what a memory must never hand on: a name, a side, a number, a date. `strict` refuses all that
`check` would warn about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.languages import Language
from toolkit.memory.exchange.model import Row
from toolkit.memory.template import Template, make_template
from toolkit.pipeline.check_pair import check_pair
from toolkit.pipeline.checks.pair import Pair, Side, side_of
from toolkit.pipeline.findings import CODES, Severity
from toolkit.pipeline.result import finding
from toolkit.text.scripts import SCRIPT_OF, Script, scripts_in

_REFUSING = frozenset({"N009", "N012", "N013", "N014", "N017", "T003", "T007", "T008", "T013", "T015"})
_FOREIGN = 0.5
_AZERBAIJANI = frozenset("əƏ")
_AS_IT_IS = Policy(id="follow-source", title="as the source has it")


@dataclass(frozen=True, slots=True)
class Vetted:
    """A row, why it is refused (empty where it is not), and the templates of its sides, made on the way."""

    row: Row
    refused: str
    templates: Mapping[Language, Template]


def vet(row: Row, glossary: Glossary, *, strict: bool = False) -> Vetted:
    """Check one row; its sides against each other, the source first where it is known."""
    refused = row.refused or _language_reason(row)
    if refused:
        return Vetted(row, refused, {})
    sides = {language: side_of(text, language, glossary) for language, text in row.sides.items()}
    reasons = dict.fromkeys(reason for pair in _pairs(row, sides) for reason in _reasons(pair, glossary, strict=strict))
    templates = {
        language: make_template(side.text, language, glossary, side.mentions) for language, side in sides.items()
    }
    return Vetted(row, "; ".join(reasons), templates)


def _pairs(row: Row, sides: Mapping[Language, Side]) -> Iterator[Pair]:
    """The source with each other side; every two sides where none is the source."""
    source = sides.get(row.source) if row.source else None
    if source is not None:
        yield from (Pair(source, side) for side in sides.values() if side is not source)
    else:
        yield from (Pair(one, other) for one, other in combinations(sides.values(), 2))


def _reasons(pair: Pair, glossary: Glossary, *, strict: bool) -> Iterator[str]:
    for remark in check_pair(pair, _AS_IT_IS, glossary).remarks:
        if remark.code in _REFUSING or (strict and CODES[remark.code].severity is not Severity.INFO):
            yield f"{remark.code} {finding(remark.code, 0, 0, **remark.fields).message}"


def _language_reason(row: Row) -> str:
    """Why a side is not in its language; empty where nothing speaks against it."""
    texts = list(row.sides.values())
    if len(set(texts)) < len(texts) and any(any(char.isalpha() for char in text) for text in texts):
        return "two sides have the same text"
    for language, text in row.sides.items():
        letters = scripts_in(text)
        total = letters.total()
        if total and letters[SCRIPT_OF[language]] < _FOREIGN * total:
            other = max(letters, key=lambda script: letters[script])
            return f"the {language} side is in {'foreign' if other is Script.OTHER else other} letters"
        if language is Language.EN and not _AZERBAIJANI.isdisjoint(text) and not text.isascii() and _many(text):
            return "the en side is in Azerbaijani"
    return ""


def _many(text: str) -> bool:
    """Whether schwas are more than those of a name or two."""
    return sum(char in _AZERBAIJANI for char in text) > len(text.split()) / 4
