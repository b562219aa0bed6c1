"""Words of a Russian sentence around a mention, and their readings by the dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.morphology import ru_dictionary as dictionary
from toolkit.morphology.ru_dictionary import Parse
from toolkit.text.spans import Span

_TOKEN = re.compile(r"\w+(?:[-\u2010\u2011'’]\w+)*|[^\w\s]")
_END_OF_CLAUSE = frozenset(".,;:!?…()[]—–\n")
_FINITE = frozenset({"VERB", "PRTS", "ADJS"})
_VERBAL = _FINITE | {"INFN", "GRND", "PRTF"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of punctuation with its place in the text."""

    text: str
    span: Span

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper()

    @property
    def key(self) -> str:
        return self.text.lower().replace("ё", "е")


def tokens(text: str, start: int = 0) -> list[Token]:
    """The words and marks of `text`; `start` is added to their offsets."""
    return [Token(m.group(), Span(m.start() + start, m.end() + start)) for m in _TOKEN.finditer(text)]


def clause_before(text: str) -> list[Token]:
    """The words between the last mark that ends a clause and the end of `text`, quotation marks left out."""
    found: list[Token] = []
    for token in reversed(tokens(text)):
        if token.text in _END_OF_CLAUSE:
            break
        if token.is_word:
            found.append(token)
    return found[::-1]


def clause_after(text: str) -> list[Token]:
    """The words from the start of `text` to the first mark that ends a clause."""
    found: list[Token] = []
    for token in tokens(text):
        if token.text in _END_OF_CLAUSE:
            break
        if token.is_word:
            found.append(token)
    return found


def likely(token: Token) -> list[Parse]:
    """The readings of a word that are worth a thought (a tenth of the weight or more)."""
    parses = dictionary.parses(token.text)
    return [parse for parse in parses if parse.score >= 0.1] or list(parses[:1])


def lemmas(token: Token) -> frozenset[str]:
    """Base forms of a word, ё as е."""
    return frozenset(str(parse.normal_form).replace("ё", "е") for parse in likely(token))


def is_finite(token: Token) -> bool:
    """Whether a word is most likely a predicate: a verb, a short participle or a short adjective."""
    return dictionary.parses(token.text)[0].tag.POS in _FINITE


def is_verbal(token: Token) -> bool:
    """Whether a word is most likely any form of a verb."""
    return dictionary.parses(token.text)[0].tag.POS in _VERBAL


def all_parts(token: Token, parts: Iterable[str]) -> bool:
    """Whether every likely reading of a known word is one of these parts of speech."""
    wanted = set(parts)
    return dictionary.known(token.text) and all(parse.tag.POS in wanted for parse in likely(token))


def parts_of(token: Token) -> frozenset[str]:
    """The parts of speech of a word's likely readings."""
    return frozenset(str(parse.tag.POS) for parse in likely(token))


def is_only_subject(token: Token) -> bool:
    """Whether a word can be a nominative and no accusative (министр, but not город): after a verb it is the subject.

    A living being is meant rather than a thing with the same letters (посол).
    """
    readings = likely(token)
    living = [parse for parse in readings if parse.tag.animacy == "anim" and parse.tag.case == "nomn"]
    cases = {str(parse.tag.case) for parse in living or readings}
    return "nomn" in cases and "accs" not in cases


@cache
def government() -> Mapping[str, Any]:
    """The word lists of data/ru_government.yaml, with every list as a frozenset."""
    import yaml

    path = Path(__file__).with_name("data") / "ru_government.yaml"
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {key: _frozen(value) for key, value in loaded.items()}


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    return frozenset(value)
