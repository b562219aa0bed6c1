"""What a person chose for one mention of a text: "here, this usage". It comes before every policy.

A choice says too what the mention is of, so that it settles which of several entities is meant.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.documents.model import Document
from toolkit.errors import BadOption
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.glossary.policy import SOURCE
from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.mentions.resolve import Analysis
from toolkit.text.spans import Span


@dataclass(frozen=True, slots=True)
class Choice:
    """A usage (or `source`: as the text has it) for the mention of an entity; `span` in code points of the file."""

    entity: str
    usage: str
    span: Span


def with_choices(analysis: Analysis, document: Document, choices: Sequence[Choice]) -> Analysis:
    """The analysis with each choice kept in its mention. Raises BadOption where a choice meets no mention."""
    if not choices:
        return analysis
    waiting = {choice.span: choice for choice in choices}
    mentions = []
    for mention in analysis.mentions:
        place = document.original.span(mention.span) if document.original else mention.span
        choice = waiting.get(place)
        if choice is not None and choice.entity in mention.entities:
            mention = _chosen(mention, choice)
            del waiting[place]
        mentions.append(mention)
    for choice in waiting.values():
        raise BadOption(
            f"there is no mention of {choice.entity} at {choice.span.start}–{choice.span.end}",
            remedy="take start and end from a Result of the same text",
        )
    return replace(analysis, mentions=tuple(mentions))


def _chosen(mention: Mention, choice: Choice) -> Mention:
    readings = tuple(reading for reading in mention.readings if reading.entity == choice.entity)
    return replace(mention, readings=readings, doubt=None, chosen=choice.usage)


def with_usages(policy: Policy, usages: Sequence[tuple[str, str]]) -> Policy:
    """The policy with the wanted usage (or `source`) of some entities put before what it says of them."""
    return policy.model_copy(update={"entities": {**policy.entities, **dict(usages)}}) if usages else policy


def check_usage(glossary: Glossary, entity: str, usage: str) -> None:
    """Raises UnknownEntity, or BadOption where the entity has no name of that usage in any language."""
    glossary.entity(entity)
    known = {u for lang in Language for name in glossary.table(lang).of_entity(entity) for u in name.usages}
    if usage != SOURCE and usage not in known:
        raise BadOption(
            f"{entity} has no {usage[:40]} name", where="overrides", remedy=f"use one of {', '.join(sorted(known))}"
        )


def choices_signature(choices: Sequence[Choice]) -> tuple[str, ...]:
    """The part of a signature that tells choices; nothing where there are none."""
    if not choices:
        return ()
    written = "|".join(f"{c.span.start}-{c.span.end}:{c.entity}:{c.usage}" for c in sorted(choices, key=_place))
    return (f"choices@{hashlib.sha256(written.encode()).hexdigest()[:8]}",)


def _place(choice: Choice) -> Span:
    return choice.span
