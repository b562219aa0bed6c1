"""A change of the glossary in words: sections of lines, the same for a terminal and for a comment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from toolkit.glossary.diff.items import Change, FieldChange, ItemChange, LostLanguage
from toolkit.pipeline.changes.ambiguities import Ambiguity
from toolkit.pipeline.changes.compute import GlossaryDiff, LostMark
from toolkit.pipeline.changes.renderings import Rendered, RenderingChange
from toolkit.pipeline.findings import CODES, Severity

Quote = Callable[[str], str]
"""Sets a word of the glossary or of a text apart from our own."""

_MOST_FIELDS = 12
"""Fields of one entry that are listed; the pull request itself shows the rest."""

_FEW = 3
"""Policies that are rather named as exceptions than all the others one by one."""

_LAID_OUT = "laid out otherwise"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a section; `below` are remarks on it."""

    text: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines; `intro` says what to do about them."""

    title: str
    lines: tuple[Line, ...]
    intro: str = ""


def summary(diff: GlossaryDiff) -> str:
    """One sentence: how many files of which kind were added, changed and removed."""
    if not diff.items:
        return "The glossary does not change."
    counts = Counter((_done(item), _noun(item)) for item in diff.items)
    parts = []
    for done in (*(change.value for change in Change), _LAID_OUT):
        nouns = sorted(noun for word, noun in counts if word == done)
        if nouns:
            parts.append(f"{done}: " + ", ".join(_many(counts[done, noun], noun) for noun in nouns))
    return f"{'; '.join(parts).capitalize()}."


def _done(item: ItemChange) -> str:
    return _LAID_OUT if item.is_layout else item.change.value


def verdict(diff: GlossaryDiff) -> str:
    """One sentence: whether names come out otherwise in the seed texts."""
    tried = f"{_many(diff.texts, 'text')} of the seed articles and the memory"
    if not diff.renderings:
        return f"No rendering changes ({tried} name what differs)." if diff.texts else "No rendering changes."
    places = sum(change.places for change in diff.renderings)
    return f"Names come out otherwise in {_many(places, 'place')}; {tried} name what differs."


def sections(diff: GlossaryDiff, quote: Quote) -> list[Section]:
    """The sections that have anything to say, what needs a person first."""
    found = [
        Section(
            "Contested: two reviewers",
            tuple(Line(f"{quote(item.id)} ({item.kind}, {item.change.value})") for item in diff.contested),
            "The sides' authorities use different names for these. Two people must approve.",
        ),
        Section("Languages lost", tuple(_lost(lost, quote) for lost in diff.lost)),
        Section(
            "Names in the memory without an entry",
            tuple(_lost_mark(lost, quote) for lost in diff.lost_marks),
            "Sentences of the memory mark these entities. Change the marks in the same pull request.",
        ),
        Section(
            "New ambiguities",
            tuple(_ambiguity(ambiguity, quote) for ambiguity in diff.ambiguities),
            "One spelling, several entities. Where no cue decides which, and they come out otherwise, the mention "
            "stays as it is and is flagged.",
        ),
        Section(
            "Renderings that change", tuple(_rendering(change, diff.policies, quote) for change in diff.renderings)
        ),
        Section("Entries and other files", tuple(_item(item, quote) for item in diff.items)),
    ]
    return [section for section in found if section.lines]


def _noun(item: ItemChange) -> str:
    return item.kind if item.kind in ("pack", "policy", "term") else "entry"


def _many(count: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith(("cy", "ry")) else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def _lost(lost: LostLanguage, quote: Quote) -> Line:
    return Line(f"{quote(lost.entity)} has no {lost.language.english_name} name under {quote(lost.usage)} any more")


def _lost_mark(lost: LostMark, quote: Quote) -> Line:
    return Line(f"{quote(lost.entity)}: {_many(lost.marks, 'mark')}, the first in {quote(lost.first)}")


def _ambiguity(ambiguity: Ambiguity, quote: Quote) -> Line:
    entities = ", ".join(quote(entity) for entity in ambiguity.entities)
    told = "cues can tell them apart" if ambiguity.has_cues else "no cue tells them apart"
    return Line(f"{ambiguity.language} {quote(ambiguity.surface)}: {entities}; {told}")


def _rendering(change: RenderingChange, policies: Sequence[str], quote: Quote) -> Line:
    head = f"{change.language} {quote(change.surface)} ({_by(change.policies, policies)}): {_outcomes(change, quote)}"
    more = f", and {_many(change.places - 1, 'more place')}" if change.places > 1 else ""
    return Line(head, (f"{quote(change.excerpt)} in {quote(change.first)}{more}",))


def _by(changed: Sequence[str], policies: Sequence[str]) -> str:
    """The policies under which a name comes out otherwise; where these are nearly all, those that are left."""
    others = [policy for policy in policies if policy not in changed]
    if len(others) > _FEW or len(others) >= len(changed):
        return ", ".join(changed)
    return f"every policy but {', '.join(others)}" if others else "every policy"


def _outcomes(change: RenderingChange, quote: Quote) -> str:
    """Before → after; the entity and the flags are named where they differ."""
    before, after = change.before, change.after
    with_entity = before is None or after is None or before.entity != after.entity
    with_flags = before is None or after is None or before.flags != after.flags
    sides = (_outcome(side, quote, with_entity=with_entity, with_flags=with_flags) for side in (before, after))
    return " → ".join(sides)


def _outcome(rendered: Rendered | None, quote: Quote, *, with_entity: bool, with_flags: bool) -> str:
    if rendered is None:
        return "not taken for a name"
    remarks = [rendered.entity] if with_entity else []
    if with_flags:
        remarks += [f"flagged {code}: {CODES[code].remedy}" for code in rendered.flags if _is_doubt(code)]
    return f"{quote(rendered.text)} ({'; '.join(remarks)})" if remarks else quote(rendered.text)


def _is_doubt(code: str) -> bool:
    """Whether a finding asks a person to look; others only tell what was done."""
    return CODES[code].severity is not Severity.INFO


def _item(item: ItemChange, quote: Quote) -> Line:
    head = f"{item.change.value} {item.kind} {quote(item.id)}"
    if item.is_layout:
        return Line(head, ("its layout or comments alone; it says the same",))
    if item.change is Change.CHANGED:
        return Line(head, tuple(_fields(item.fields, quote)))
    names = [change for change in item.fields if change.field.startswith("names.")]
    return Line(head, tuple(_names(names, quote)))


def _names(fields: Sequence[FieldChange], quote: Quote) -> Iterator[str]:
    """The texts of an entry that is new or gone, a line a usage."""
    usages: dict[str, list[str]] = {}
    for change in fields:
        _, usage, *rest = change.field.split(".")
        if len(rest) == 1:
            usages.setdefault(usage, []).append(f"{rest[0]} {quote(change.after or change.before)}")
    for usage, texts in usages.items():
        yield f"{usage}: {', '.join(texts)}"


def _fields(fields: Sequence[FieldChange], quote: Quote) -> Iterator[str]:
    for change in fields[:_MOST_FIELDS]:
        yield f"{_name(change.field)}: {_side(change.before, quote)} → {_side(change.after, quote)}"
    if len(fields) > _MOST_FIELDS:
        yield f"and {_many(len(fields) - _MOST_FIELDS, 'more field')}"


def _name(field: str) -> str:
    """`names.armenian.ru.genitive` without the word that all names share."""
    return field.removeprefix("names.")


def _side(text: str, quote: Quote) -> str:
    return quote(text) if text else "nothing"
