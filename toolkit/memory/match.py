"""Which stored sentence translates a new one, and how sure that is.

A stored sentence serves another one whose names, numbers, months and weekdays differ, if every one of them has
its counterpart in the stored translation. What has none is fixed: there the new text must have the very same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from toolkit.glossary.names import NameTable
from toolkit.languages import Language
from toolkit.memory.differences import changes_sense, differences, shown
from toolkit.memory.keys import normal
from toolkit.memory.protocol import TranslationMemory
from toolkit.memory.slots import Slot, possible_features
from toolkit.memory.sources import Entry
from toolkit.memory.template import Template
from toolkit.memory.words import kind_words
from toolkit.morphology.base import Features, Form, Replacement
from toolkit.morphology.grammars import grammar_of
from toolkit.text.spans import Edit, apply_edits

_MOST_NEAR = 5
_AGREEING = 0.7
"""How like the keys of sentences are that differ in agreement alone (маленький Агдам, маленькая Акна)."""
_OTHER_KIND = 0.05
"""What is taken off where a translation calls a village a city."""
_PLACE = "place"


@dataclass(frozen=True, slots=True)
class MatchOptions:
    """How like a stored sentence must be to be offered: 1 is exact only."""

    threshold: float = 0.85


DEFAULT = MatchOptions()
EXACT_ONLY = MatchOptions(threshold=1)


class MatchKind(StrEnum):
    EXACT = "exact"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Penalty:
    """What was taken from the score, and why in plain words."""

    amount: float
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """A stored sentence and its translation, tied to the new sentence.

    `bound` gives for each slot of the stored source the slot of the new text that takes its place; `links` for
    each slot of the stored target the number of its counterpart in the stored source (None: it stays as it is).
    """

    kind: MatchKind
    score: float
    entry: Entry
    source: Template
    target: Template
    bound: tuple[Slot, ...]
    links: tuple[int | None, ...]
    penalties: tuple[Penalty, ...] = ()

    @property
    def differences(self) -> str:
        return "; ".join(penalty.reason for penalty in self.penalties)


def find_match(
    memory: TranslationMemory, template: Template, target: Language, options: MatchOptions = DEFAULT
) -> Match | None:
    """The best match for a template; None where nothing stored is near enough or certain enough."""
    exact = [match for number in memory.exact(template) if (match := _tied(memory, number, template, target))]
    if exact:
        return max(exact, key=lambda match: (match.score, *_same_values(match, template)))
    if options.threshold >= 1:
        return None
    return _near(memory, template, target, options)


def _near(memory: TranslationMemory, template: Template, target: Language, options: MatchOptions) -> Match | None:
    for score, number in memory.near(template, min(options.threshold, _AGREEING), _MOST_NEAR):
        match = _tied(memory, number, template, target)
        if match is None:
            continue
        if _agrees(match, template):
            return match
        if score < options.threshold:
            continue
        changed = differences(match.source.words, template.words)
        if changed is not None and not changes_sense(changed, template.language):
            words = Penalty(round(1 - min(score, 0.99), 4), shown(changed))
            total = round(match.score - words.amount, 4)
            if total >= options.threshold:
                return replace(match, kind=MatchKind.NEAR, score=total, penalties=(words, *match.penalties))
    return None


def _agrees(match: Match, new: Template) -> bool:
    """Whether the stored text becomes the new one where the words beside its names agree with the new names."""
    text, language = match.source.text, new.language
    names = tuple(slot.span for slot in match.source.slots)
    edits = [Edit(old.span, slot.surface) for old, slot in zip(match.source.slots, match.bound, strict=True)]
    for old, slot in zip(match.source.slots, match.bound, strict=True):
        if slot.is_name and slot.features:
            form = Form(slot.surface, slot.features[0])
            replacement = Replacement(text, old.span, old.lexeme, slot.lexeme, form, names)
            beside = grammar_of(language).adjust(replacement).edits
            edits += [edit for edit in beside if not any(edit.span.overlaps(known.span) for known in edits)]
    changed = normal(apply_edits(text, edits), language).strip()
    return changed.rstrip(".։: ") == new.plain


def _tied(memory: TranslationMemory, number: int, new: Template, language: Language) -> Match | None:
    """The stored pair tied to the new template, or None where a slot does not fit."""
    source, target = memory.template(number, new.language), memory.template(number, language)
    if source is None or target is None:
        return None
    bound = _bind(source, new, memory.glossary.table(new.language))
    if bound is None:
        return None
    links = tuple(_counterpart(index, target.slots, source.slots) for index in range(len(target.slots)))
    if not _values_fit(source, target, bound):
        return None
    penalties = tuple(_of_kind(source, target, bound))
    score = 1.0 - sum(penalty.amount for penalty in penalties)
    kind = MatchKind.NEAR if penalties else MatchKind.EXACT
    return Match(kind, score, memory.entry(number), source, target, bound, links, penalties)


def _of_kind(source: Template, target: Template, bound: Sequence[Slot]) -> Iterable[Penalty]:
    """A penalty where the translation adds of what kind the stored place is, and the new place is of another."""
    for old, new in zip(source.slots, bound, strict=True):
        kind, other = old.lexeme.kind, new.lexeme.kind
        here, there = kind_words(source.language, kind), kind_words(target.language, kind)
        if old.cls != _PLACE or kind == other or there is None:
            continue
        added = there.search(target.plain)
        theirs = kind_words(target.language, other)
        if added and not (here and here.search(source.plain)) and not (theirs and theirs.search(target.plain)):
            yield Penalty(_OTHER_KIND, f"the translation says “{added.group()}”, {new.surface} is a {other}")
            return


def _bind(stored: Template, new: Template, table: NameTable) -> tuple[Slot, ...] | None:
    """For each stored slot the new one in its place: class by class in order, in forms that can be the same.

    Where the two texts are the same, each stored slot stands for itself, also where the memory marks another entity
    than the analysis finds.
    """
    if stored.plain == new.plain:
        return _itself(stored, new)
    if stored.classes != new.classes:
        return None
    waiting: dict[str, list[Slot]] = {}
    for slot in new.slots:
        waiting.setdefault(slot.cls, []).append(slot)
    bound = tuple(waiting[slot.cls].pop(0) for slot in stored.slots)
    fits = all(_fits(old, slot, table) for old, slot in zip(stored.slots, bound, strict=True))
    return bound if fits else None


def _fits(old: Slot, new: Slot, table: NameTable) -> bool:
    if _same_form(old.features, new.features):
        return True
    return old.is_name and _same_form(possible_features(old, table), possible_features(new, table))


def _itself(stored: Template, new: Template) -> tuple[Slot, ...]:
    found: dict[tuple[str, str, str], list[Slot]] = {}
    for slot in new.slots:
        found.setdefault((*slot.variable, slot.surface), []).append(slot)
    return tuple(same.pop(0) if (same := found.get((*slot.variable, slot.surface))) else slot for slot in stored.slots)


def _same_form(stored: Iterable[Features], new: Iterable[Features]) -> bool:
    """Whether two surfaces can stand in one case; the article and the number are the names' own."""
    wanted = {(features.case, features.possessor, features.tail) for features in stored}
    given = {(features.case, features.possessor, features.tail) for features in new}
    return not wanted or not given or not wanted.isdisjoint(given)


def _counterpart(index: int, target: Sequence[Slot], source: Sequence[Slot]) -> int | None:
    """The source slot that a target slot stands for: of the same value; of the same usage, or in the same order."""
    slot = target[index]
    same = [place for place, other in enumerate(source) if other.variable == slot.variable]
    if not same:
        return None
    by_usage = [place for place in same if set(source[place].usages) & set(slot.usages)]
    if slot.is_name and by_usage and len(by_usage) < len(same):
        return by_usage[0]
    order = sum(other.variable == slot.variable for other in target[:index])
    return same[min(order, len(same) - 1)]


def _values_fit(source: Template, target: Template, bound: Sequence[Slot]) -> bool:
    """Whether the new values can stand for the stored ones throughout the pair."""
    given: dict[tuple[str, str], tuple[str, str]] = {}
    for old, new in zip(source.slots, bound, strict=True):
        if given.setdefault(old.variable, new.variable) != new.variable:
            return False
    fixed = _fixed(source, target)
    if any(variable in fixed and new != variable for variable, new in given.items()):
        return False
    names = [new for old, new in given.items() if any(slot.is_name and slot.variable == old for slot in source.slots)]
    return len(set(names)) == len(names)


def _fixed(source: Template, target: Template) -> set[tuple[str, str]]:
    """Variables of the source that no other value may take.

    Those without a counterpart; those named by two usages (the sentence speaks of the names); and all of a class
    of which the target says something that the source does not.
    """
    there = {slot.variable for slot in target.slots}
    here = {slot.variable for slot in source.slots}
    said = {mention.entity for mention in source.literals}
    added = {cls for cls, value in there - here if value not in said}
    fixed = {variable for variable in here if variable not in there or variable[0] in added}
    usages: dict[tuple[str, str], tuple[str, ...]] = {}
    for slot in source.slots:
        if usages.setdefault(slot.variable, slot.usages) != slot.usages:
            fixed.add(slot.variable)
    return fixed


def _same_values(match: Match, template: Template) -> tuple[bool, int]:
    same = sum(old.variable == new.variable for old, new in zip(match.source.slots, match.bound, strict=True))
    return match.source.plain == template.plain, same
