"""What stands in the places of a template: names by their entity, numbers, months and weekdays by their value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.names import CompiledName, NameTable, Role
from toolkit.languages import Language
from toolkit.memory.calendar import calendar_of
from toolkit.memory.markup import Mark
from toolkit.memory.numbers import Figure, find_numbers
from toolkit.mentions.model import Mention, Zone
from toolkit.mentions.zones import zones_of
from toolkit.morphology.base import Features, Lexeme, Part
from toolkit.text.folding import fold_key
from toolkit.text.spans import Span

NUMBER = "#"

_CLASSES = {
    **dict.fromkeys(("city", "country", "district", "region", "town", "village"), "place"),
    **dict.fromkeys(("lake", "river", "sea"), "water"),
    **dict.fromkeys(
        ("agency", "company", "media", "military", "mission", "organisation", "party"),
        "organisation",
    ),
}
"""Kinds whose names stand in the same sentences; every other kind is a class of its own."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands in one place of a template: a name (by its entity), a number, a month or a weekday (by value)."""

    span: Span
    cls: str
    value: str
    surface: str
    lexeme: Lexeme
    features: tuple[Features, ...] = ()
    usages: tuple[str, ...] = ()
    role: Role = Role.FULL
    mention: Mention | None = None
    figure: Figure | None = None

    @property
    def is_name(self) -> bool:
        return bool(self.usages)

    @property
    def variable(self) -> tuple[str, str]:
        return self.cls, self.value


def find_slots(
    text: str, language: Language, glossary: Glossary, mentions: Sequence[Mention], marks: Sequence[Mark] = ()
) -> list[Slot]:
    """The slots of a segment in order; `mentions` and `marks` have their places in it. Marks win over mentions."""
    names = [slot for mark in marks if (slot := _marked(mark, text, glossary.table(language), mentions)) is not None]
    taken = [slot.span for slot in names]
    names += [_named(mention, glossary) for mention in mentions if _is_slot(mention, taken)]
    hidden = [*(slot.span for slot in names), *(m.span for m in mentions), *zones_of(text, language).protected]
    return sorted([*names, *_values(text, language, hidden)], key=lambda slot: slot.span)


def possible_features(slot: Slot, table: NameTable) -> tuple[Features, ...]:
    """Every form that the surface of a name can be, whatever the sentence around it seems to want.

    Where a stored sentence has the same words, its own name tells the case better than a rule does.
    """
    names = [name for name in table.of_entity(slot.value) if set(name.usages) & set(slot.usages)]
    found = dict.fromkeys(f for name in names for f in _forms_written(table, name, slot.surface))
    return tuple(found) or slot.features


def _is_slot(mention: Mention, taken: Iterable[Span]) -> bool:
    fits = mention.zone is not Zone.PROTECTED and mention.features.part is Part.NAME
    return fits and not any(mention.span.overlaps(span) for span in taken)


def _named(mention: Mention, glossary: Glossary) -> Slot:
    readings = [reading for reading in mention.readings if reading.entity == mention.entity]
    return Slot(
        mention.span,
        class_of(glossary.entity(mention.entity).kind.value),
        mention.entity,
        mention.surface,
        readings[0].name.lexeme,
        tuple(dict.fromkeys(reading.features for reading in readings)),
        mention.usages,
        readings[0].name.role,
        mention,
    )


def _marked(mark: Mark, text: str, table: NameTable, mentions: Sequence[Mention]) -> Slot | None:
    """The slot of a mark: grammar from the mention in its place, else from the forms of the name it says.

    None where the glossary does not know the entity or the form: the words stay words.
    """
    for mention in mentions:
        if mention.span.contains(mark.span) and mark.entity in mention.entities:
            readings = [r for r in mention.readings if r.entity == mark.entity]
            readings = [r for r in readings if mark.usage in r.name.usages] or readings
            if readings[0].features.part is not Part.NAME:
                return None
            features = tuple(dict.fromkeys(reading.features for reading in readings))
            usages = (mark.usage,) if mark.usage else tuple(sorted({u for r in readings for u in r.name.usages}))
            return _of_name(mention.span, text, readings[0].name, features, usages, mention)
    surface = mark.span.of(text)
    for name in table.of_entity(mark.entity):
        if not mark.usage or mark.usage in name.usages:
            features = _forms_written(table, name, surface)
            if features:
                usages = (mark.usage,) if mark.usage else name.usages
                return _of_name(mark.span, text, name, features, usages, None)
    return None


def _of_name(
    span: Span,
    text: str,
    name: CompiledName,
    features: tuple[Features, ...],
    usages: tuple[str, ...],
    mention: Mention | None,
) -> Slot:
    return Slot(
        span, class_of(name.lexeme.kind), name.entity, span.of(text), name.lexeme, features, usages, name.role, mention
    )  # fmt: skip


def class_of(kind: str) -> str:
    """The class of a kind of entity: the placeholder of its names."""
    return _CLASSES.get(kind, kind)


def _forms_written(table: NameTable, name: CompiledName, surface: str) -> tuple[Features, ...]:
    wanted = fold_key(surface, table.language)
    return tuple(
        features
        for features in table.features
        if features.part is Part.NAME
        and any(fold_key(form.text, table.language) == wanted for form in table.forms(name, features))
    )


def _values(text: str, language: Language, hidden: Sequence[Span]) -> list[Slot]:
    """Numbers, months and weekdays outside the hidden spans."""
    slots = [
        Slot(figure.span, NUMBER, figure.value, figure.span.of(text), Lexeme("", "other"), figure=figure)
        for figure in find_numbers(text, language)
    ]
    slots += [
        Slot(day.span, day.cls, day.value, day.span.of(text), day.lexeme, day.features)
        for day in calendar_of(language).find(text)
    ]
    return [slot for slot in slots if not any(slot.span.overlaps(span) for span in hidden)]
