"""A text with its names, numbers, months and weekdays taken out: what a memory is searched by.

The key of "Two rockets hit Shushi on Tuesday." is "two rockets hit {place} on {weekday}". It holds no case, so
the grammatical features of the names are compared when two texts meet (see match).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.keys import Word, make_key, normal, split_words
from toolkit.memory.markup import Mark
from toolkit.memory.slots import Slot, find_slots
from toolkit.mentions.model import Mention
from toolkit.text.spans import Span

STOP = re.compile(r"(?<=[^.\s])[.։:]\s*$")


@dataclass(frozen=True, slots=True)
class Template:
    """A text, its slots in order, and the keys it is found by: with slots, and word for word."""

    text: str
    language: Language
    slots: tuple[Slot, ...]
    key: str
    plain: str
    named: tuple[Span, ...]
    """Where the text has names, slots or not."""
    stop: Span | None = None
    """The full stop at the end; no part of the keys, so that a headline finds a sentence."""
    literals: tuple[Mention, ...] = ()
    """Mentions that are words of the key: adjectives, inhabitants, what stands in a title."""

    @property
    def words(self) -> tuple[Word, ...]:
        """Words, marks and slots in order. Split when they are asked for: of a million keys, few ever are."""
        text = self.text if self.stop is None else self.text[: self.stop.start]
        return tuple(split_words(text, self.slots, self.named, self.language))

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(sorted(slot.cls for slot in self.slots))


def make_template(
    text: str,
    language: Language,
    glossary: Glossary,
    mentions: Sequence[Mention],
    *,
    marks: Sequence[Mark] = (),
) -> Template:
    """The template of one segment; `mentions` and `marks` have their places in it. Marks win over mentions."""
    slots = find_slots(text, language, glossary, mentions, marks)
    stop = STOP.search(text)
    end = stop.start() if stop else len(text)
    return Template(
        text,
        language,
        tuple(slots),
        make_key(text[:end], slots, language),
        normal(text[:end], language).strip(),
        tuple(mention.span for mention in mentions),
        Span(stop.start(), stop.start() + 1) if stop else None,
        tuple(mention for mention in mentions if not any(mention.span.overlaps(slot.span) for slot in slots)),
    )
