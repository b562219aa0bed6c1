"""Who is meant by a surname that an office or initials introduce: President X, премьер-министр Армении X, N. X."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from toolkit.glossary.entities import Entity
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Kind
from toolkit.glossary.names import Role
from toolkit.languages import Language
from toolkit.mentions.model import Hit
from toolkit.text.folding import fold_key
from toolkit.text.spans import Span

_REACH = 60
"""How far before a surname its office may begin, in code points."""
_BETWEEN = r"\w*(?:[ \u00a0]\w[\w-]*){0,2}[ \u00a0]+$"
"""The ending of the office and whose it is: президент Российской Федерации X."""
_INITIALS = re.compile(r"(?<!\w)(\w)\.[ \u00a0]?(?:\w\.[ \u00a0]?)?$")
_ENDED = re.compile(r"\d{4}-\d{4}|\buntil\b|\b(?:in|to) \d{4}")


@dataclass(frozen=True)
class Office:
    """An office as roles of entries name it, and how a language says it directly before a surname."""

    roles: tuple[str, ...]
    before: re.Pattern[str]


@cache
def offices(language: Language) -> tuple[Office, ...]:
    """The offices of data/offices.yaml, for folded text."""
    data = yaml.safe_load(files("toolkit.mentions").joinpath("data/offices.yaml").read_text(encoding="utf-8"))
    return tuple(Office(tuple(row["office"]), _before_a_name(row[language.value], language)) for row in data)


def _before_a_name(words: Sequence[str], language: Language) -> re.Pattern[str]:
    """The last of the words that ends a stretch of text, but for whose office it is."""
    choices = "|".join(re.escape(fold_key(word, language)) for word in words)
    return re.compile(rf".*(?<!\w)({choices}){_BETWEEN}")


def introduced_by_title(hit: Hit, text: str, sentence: Span, glossary: Glossary, language: Language) -> set[str]:
    """The persons whom a short form means by the office or the initials before it; empty where it says nothing.

    Of several who have held the office, those who hold it are meant where the text gives no more: the others are
    introduced by their full names. Who is left is as uncertain as any homonym.
    """
    persons = [
        glossary.entity(entity)
        for entity in sorted({r.entity for r in hit.readings if r.name.role is Role.SHORT})
        if glossary.entity(entity).kind is Kind.PERSON
    ]
    before = text[max(sentence.start, hit.span.start - _REACH) : hit.span.start]
    if not persons or not before or before[-1] not in " \u00a0.":
        return set()
    initial = _INITIALS.search(before)
    if initial is not None:
        return {p.id for p in persons if _has_initial(p, initial.group(1), glossary, language)}
    nearest = _nearest(fold_key(before, language), language)
    return set() if nearest is None else _holders(persons, nearest[0])


def _nearest(before: str, language: Language) -> tuple[Office, str] | None:
    """The last office of a stretch of text, and what follows it there; of several that end alike the longest (prime
    minister, minister)."""
    found = [(match, office) for office in offices(language) if (match := office.before.match(before))]
    if not found:
        return None
    match, office = max(found, key=lambda item: (item[0].end(1), -item[0].start(1)))
    return office, before[match.end(1) :]


def _has_initial(person: Entity, letter: str, glossary: Glossary, language: Language) -> bool:
    names = glossary.table(language).of_entity(person.id)
    return any(name.role is Role.FULL and name.lexeme.text.startswith(letter) for name in names)


def _holders(persons: Sequence[Entity], office: Office) -> set[str]:
    held = [person for person in persons if any(role in person.role.lower() for role in office.roles)]
    return {person.id for person in held if not _ENDED.search(person.role)} or {person.id for person in held}


def follows_office(before: str, language: Language) -> bool:
    """Whether a text ends in an office directly, so that a capitalised word after it is its bearer."""
    nearest = _nearest(fold_key(before[-_REACH:], language), language)
    return nearest is not None and " " not in nearest[1].strip()
