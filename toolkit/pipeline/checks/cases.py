"""A name in a case that the word beside it surely forbids: «в Россия», Հայաստանը մասին."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from toolkit.languages import Language
from toolkit.mentions.model import Mention, Zone
from toolkit.morphology.adpositions import governor
from toolkit.morphology.base import Context, Features, Part
from toolkit.morphology.grammars import grammar_of

_PART_OF_MORE = re.compile(r"(?:[-–—]\w|[»”\"]|\s[«“\"]?[A-ZА-ЯЁԱ-Ֆ0-9])")
"""What goes on after a name that is the beginning of another: Россия-24, «Россия сегодня», Грузия Фильм."""


@dataclass(frozen=True, slots=True)
class WrongCase:
    """A mention of the translation in a forbidden case, the word that forbids it, and the forms it can have there."""

    mention: Mention
    governor: str
    features: tuple[Features, ...]


def wrong_case(mention: Mention, text: str, language: Language) -> WrongCase | None:
    """Whether no reading of a name fits the preposition or postposition beside it; None where anything may be right."""
    if language is Language.EN or mention.zone is Zone.PROTECTED or mention.doubt is not None:
        return None
    if any(reading.features.part is not Part.NAME or reading.features.tail for reading in mention.readings):
        return None
    context = Context(text[mention.sentence.start : mention.span.start], text[mention.span.end : mention.sentence.end])
    found = governor(context, language)
    if found is None or any(reading.features.case in found.cases for reading in mention.readings):
        return None
    if _PART_OF_MORE.match(context.after):
        return None
    possible = [replace(mention.features, case=case, definite=False) for case in found.cases]
    if language is Language.RU:  # the clause tells whither from where
        return WrongCase(mention, found.word, tuple(grammar_of(language).narrow(possible, context)))
    return WrongCase(mention, found.word, tuple(possible[:1]))
