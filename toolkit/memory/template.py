"""A text with its names, numbers, months and weekdays taken out: what a memory is searched by.

The key of "Two rockets hit Shushi on Tuesday." is "two rockets hit {place} on {weekday}". It holds no case, so
the grammatical features of the names are compared when two texts meet (see match).
"""

from __future__ import annotations

import re
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
from toolkit.morphology.ru_dictionary import parses
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

_QUOTES = re.compile("[«»“”„‹›]")
_STOP = re.compile(r"(?<=[^.\s])[.։:]\s*$")
_RUSSIAN_PREPOSITION = re.compile(r"(?<!\w)(в|с|к)о $|(?<!\w)(о)бо? $")
_COUNTED = re.compile(r"\s+([а-яё]+)")
_ENDING = re.compile(r"[-\u2010\u2011]\w{1,6}\b")
_HARMONY = str.maketrans("ıuüə\u2010\u2011", "iiia--")
_SHORT_PREPOSITIONS = {"во": "в", "со": "с", "ко": "к", "об": "о", "обо": "о"}
_ENGLISH_ARTICLE = re.compile(r"(?<!\w)the $")


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


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a template's text; `named` if it belongs to a name that is no slot (an adjective, an inhabitant)."""

    folded: str
    surface: str
    named: bool
    slot: int | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A text, its slots in order, and the keys it is found by: with slots, and word for word."""

    text: str
    language: Language
    slots: tuple[Slot, ...]
    key: str
    plain: str
    words: tuple[Word, ...]
    stop: Span | None = None
    """The full stop at the end; no part of the keys, so that a headline finds a sentence."""
    literals: tuple[Mention, ...] = ()
    """Mentions that are words of the key: adjectives, inhabitants, what stands in a title."""

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
    names = [slot for mark in marks if (slot := _marked(mark, text, glossary.table(language), mentions)) is not None]
    taken = [slot.span for slot in names]
    found = [_named(mention, glossary) for mention in mentions if _is_slot(mention, taken)]
    slots = sorted([*names, *found], key=lambda slot: slot.span)
    hidden = [*(slot.span for slot in slots), *(m.span for m in mentions), *zones_of(text, language).protected]
    slots = sorted([*slots, *_values(text, language, hidden)], key=lambda slot: slot.span)
    stop = _STOP.search(text)
    end = stop.start() if stop else len(text)
    others = [mention.span for mention in mentions]
    return Template(
        text,
        language,
        tuple(slots),
        _key(text[:end], slots, language),
        normal(text[:end], language).strip(),
        tuple(_words(text[:end], slots, others, language)),
        Span(stop.start(), stop.start() + 1) if stop else None,
        tuple(mention for mention in mentions if not any(mention.span.overlaps(slot.span) for slot in slots)),
    )


def class_of(entity: str, glossary: Glossary) -> str:
    kind = glossary.entity(entity).kind.value
    return _CLASSES.get(kind, kind)


def _is_slot(mention: Mention, taken: Iterable[Span]) -> bool:
    fits = mention.zone is not Zone.PROTECTED and mention.features.part is Part.NAME
    return fits and not any(mention.span.overlaps(span) for span in taken)


def _named(mention: Mention, glossary: Glossary) -> Slot:
    readings = [reading for reading in mention.readings if reading.entity == mention.entity]
    return Slot(
        mention.span,
        class_of(mention.entity, glossary),
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
    kind = name.lexeme.kind
    return Slot(
        span, _CLASSES.get(kind, kind), name.entity, span.of(text), name.lexeme, features, usages, name.role, mention
    )  # fmt: skip


def _forms_written(table: NameTable, name: CompiledName, surface: str) -> tuple[Features, ...]:
    wanted = fold_key(surface, table.language)
    return tuple(
        features
        for features in table.features
        if features.part is Part.NAME
        and any(fold_key(form.text, table.language) == wanted for form in table.forms(name, features))
    )


def possible_features(slot: Slot, table: NameTable) -> tuple[Features, ...]:
    """Every form that the surface of a name can be, whatever the sentence around it seems to want.

    Where a stored sentence has the same words, its own name tells the case better than a rule does.
    """
    names = [name for name in table.of_entity(slot.value) if set(name.usages) & set(slot.usages)]
    found = dict.fromkeys(f for name in names for f in _forms_written(table, name, slot.surface))
    return tuple(found) or slot.features


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


def _key(text: str, slots: Sequence[Slot], language: Language) -> str:
    """The folded text with a placeholder for each slot, and what the name decides beside it taken back."""
    parts: list[str] = []
    position = 0
    for slot in slots:
        before = normal(text[position : slot.span.start], language)
        if language is Language.RU:
            before = _RUSSIAN_PREPOSITION.sub(lambda match: f"{match.group(1) or match.group(2)} ", before)
        elif language is Language.EN and slot.lexeme.article:
            before = _ENGLISH_ARTICLE.sub("", before)
        parts += (before, "{", slot.cls, "}")
        position = slot.span.end
        follows, position = _after_number(text, position, language) if slot.cls == NUMBER else ("", position)
        parts.append(follows)
    parts.append(normal(text[position:], language))
    return re.sub(r" {2,}", " ", "".join(parts)).strip()


def _after_number(text: str, position: int, language: Language) -> tuple[str, int]:
    """What the value of a number decides right after it, in one shape; and where the text goes on.

    ru: the counted noun in its base form (17 человек, 3 человека); az: the ending without harmony (2020-ci, 2023-cü).
    """
    if language is Language.RU and (counted := _COUNTED.match(text, position)):
        return f" {_counted_noun(counted.group(1))}", counted.end()
    if language is Language.AZ and (ending := _ENDING.match(text, position)):
        return ending.group().lower().translate(_HARMONY), ending.end()
    return "", position


def _counted_noun(word: str) -> str:
    folded = fold_key(word, Language.RU)
    for parse in parses(folded):
        if "NOUN" in parse.tag and (parse.tag.case == "gent" or parse.tag.number == "sing"):
            if parse.tag.case in ("gent", "nomn", "accs"):
                return str(parse.normal_form)
            break
    return folded


def normal(text: str, language: Language) -> str:
    """Folded, with one kind of quotation mark, dash, dots and space."""
    folded = _QUOTES.sub('"', fold_key(text, language))
    return re.sub(r"\s+", " ", folded.replace("—", "–").replace("…", "..."))


def _words(text: str, slots: Sequence[Slot], named: Sequence[Span], language: Language) -> Iterable[Word]:
    """Words, marks and slots in order, for telling in which words two texts differ."""
    inside = {slot.span.start: index for index, slot in enumerate(slots)}
    position = 0
    for match in re.finditer(r"[\w'’-]*\w|[^\w\s]", text):
        span = Span(*match.span())
        if span.end <= position:
            continue
        index = next((inside[place] for place in range(span.start, span.end) if place in inside), None)
        if index is not None:
            slot = slots[index]
            yield Word(f"{{{slot.cls}}}", slot.surface, named=False, slot=index)
            position = slot.span.end
            rest = text[position : span.end]
            if rest:
                yield Word(normal(rest, language), rest, named=False)
        else:
            known = any(span.overlaps(other) for other in named)
            folded = normal(match.group(), language)
            if language is Language.RU:
                folded = _SHORT_PREPOSITIONS.get(folded, folded)
            yield Word(folded, match.group(), named=known)
