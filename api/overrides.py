"""What a request wants otherwise than its policy, as the pipeline takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.models import Override
from toolkit.errors import BadOption
from toolkit.glossary.glossary import Glossary
from toolkit.pipeline.choices import Choice, check_usage
from toolkit.text.spans import Span


@dataclass(frozen=True, slots=True)
class Overrides:
    """Usages by entity, for all its mentions, and choices for single mentions of one text."""

    usages: tuple[tuple[str, str], ...] = ()
    choices: tuple[Choice, ...] = ()


NONE = Overrides()


def overrides_of(given: Sequence[Override], glossary: Glossary, texts: int | None) -> list[Overrides]:
    """The overrides of each text of a request; `texts` is how many a list has, None where there is no list.

    Raises UnknownEntity, or BadOption for a usage that the entity does not have, two overrides of one thing, or a text
    that there is not.
    """
    if not given:
        return [NONE] * (texts or 1)
    usages: dict[str, str] = {}
    choices: list[dict[Span, Choice]] = [{} for _ in range(texts or 1)]
    for override in given:
        check_usage(glossary, override.entity, override.usage)
        if override.start is None or override.end is None:
            if usages.setdefault(override.entity, override.usage) != override.usage:
                raise BadOption(f"two usages are wanted for {override.entity}", where="overrides", remedy="give one")
            continue
        span = Span(override.start, override.end)
        choice = Choice(override.entity, override.usage, span)
        if choices[_place(override, texts)].setdefault(span, choice) != choice:
            raise BadOption(f"two choices for {span.start}–{span.end}", where="overrides", remedy="give one")
    return [Overrides(tuple(usages.items()), tuple(found.values())) for found in choices]


def _place(override: Override, texts: int | None) -> int:
    """The index of the text that an override is of."""
    if override.text is None and texts is not None:
        raise BadOption("a place in a list needs its text", where="overrides", remedy="give text, counted from 1")
    if override.text is not None and override.text > (texts or 1):
        raise BadOption(f"there is no text {override.text}", where="overrides", remedy="texts are counted from 1")
    return (override.text or 1) - 1
