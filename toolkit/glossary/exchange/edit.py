"""An entry with what a file proposes about it, and in words what that changes.

Nothing is taken away by what a file does not say: a missing note, language or flag stays. A usage that is `like`
another, or that another is like, parts from it where only one of the two changes.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from toolkit.errors import BadInput
from toolkit.glossary.exchange.concepts import GENDERS, Concept, Part, Wording
from toolkit.glossary.model import Entry, Review
from toolkit.glossary.plain import explain
from toolkit.languages import Language

_INNER = {
    Part.ACRONYM: "acronym",
    Part.ACRONYM_VARIANT: "acronym",
    Part.SHORT: "short",
    Part.SHORT_VARIANT: "short",
}
_FLAGS = frozenset({"exonym", "plural"})
_ADDED = ("acronym", "short", "variants")
_FACTS = ("note", "role", "wikidata", "country", "part_of", "instance_of")
_Text = dict[str, Any]


def edited(entry: Entry, concept: Concept, *, parts: bool = True) -> tuple[Entry, tuple[str, ...]]:
    """The entry with the concept's names and facts, and a line a change (none where the entry has it all).

    Without `parts` a text that the entry knows as a variant, acronym or short form is no change. Raises BadInput where
    the result is no entry.
    """
    edit = _Edit(entry.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    for usage, wording in _in_order(entry, concept):
        edit.put(usage, wording, parts)
    edit.facts(concept)
    if not edit.changes:
        return entry, ()
    if entry.review is Review.REVIEWED:
        edit.fields["review"] = Review.DRAFT.value
        edit.changes.append("review: reviewed → draft, to be read again")
    return validated(edit.result()), tuple(edit.changes)


def new_fields(concept: Concept) -> dict[str, Any]:
    """The fields of a new entry; its id is for the caller. Raises BadInput for a variant without a name."""
    edit = _Edit({"names": []} | ({"kind": concept.kind.value} if concept.kind else {}))
    for usage, wording in _in_order(None, concept):
        edit.put(usage, wording, True)
    edit.facts(concept)
    edit.join_alike()
    return edit.result()


def validated(fields: Mapping[str, Any]) -> Entry:
    """Raises BadInput, in plain words, for fields that are no entry."""
    try:
        return Entry.model_validate(fields)
    except ValidationError as error:
        first = explain(error)[0]
        raise BadInput(first.message, where=first.field, remedy=first.remedy) from None


def _in_order(entry: Entry | None, concept: Concept) -> Iterator[tuple[str, Wording]]:
    """Usage and wording; full names come first, and of several in one language all but one are variants."""
    parts = list(Part)
    known = _full_texts(entry)
    for usage in concept.usages:
        wordings = [one for one in concept.wordings if usage in one.usages]
        wordings.sort(key=lambda one: (parts.index(one.part), known.get((usage, one.language)) != one.text))
        named: set[Language] = set()
        for wording in wordings:
            is_second = wording.part is Part.FULL and wording.language in named
            if wording.part is Part.FULL:
                named.add(wording.language)
            yield usage, replace(wording, part=Part.VARIANT) if is_second else wording


def _full_texts(entry: Entry | None) -> dict[tuple[str, Language], str]:
    names = {name.usage: name for name in entry.names} if entry else {}
    return {
        (name.usage, language): text.text
        for name in names.values()
        for language in Language
        if (text := names[name.like or name.usage].in_language(language)) is not None
    }


@dataclass(slots=True)
class _Edit:
    fields: dict[str, Any]
    changes: list[str] = field(default_factory=list)
    names: dict[str, _Text] = field(init=False)

    def __post_init__(self) -> None:
        self.names = {name["usage"]: name for name in self.fields["names"]}

    def result(self) -> dict[str, Any]:
        return self.fields | {"names": [self.names[usage] for usage in sorted(self.names)]}

    def put(self, usage: str, wording: Wording, parts: bool) -> None:
        name = self.names.get(usage, {})
        current = self.names.get(name.get("like", usage), {}).get(wording.language.value)
        if current is not None and _has(current, wording, parts):
            return
        text = self._own(usage, wording).get(wording.language.value)
        where = f"{usage} {wording.language}"
        if wording.part is Part.FULL:
            self.changes.append(
                f"{where}: + {wording.text}"
                if text is None
                else f"{where}: {text['text']} → {wording.text}"
                if text["text"] != wording.text
                else f"{where}: grammar of {wording.text}"
            )
            self.names[usage][wording.language.value] = _renamed(text or {}, wording)
            return
        text = text if text is None or wording.part is Part.VARIANT else _inner(text, wording.part)
        if text is None:
            raise BadInput(f"“{wording.text}” is a {wording.part} of no name", where=where, remedy="give the full name")
        if wording.part.is_variant:
            text.setdefault("variants", []).append({"text": wording.text, **_grammar(wording)})
        else:
            text.update(_renamed(text, wording))
        self.changes.append(f"{where}: + {wording.part} {wording.text}")

    def _own(self, usage: str, wording: Wording) -> _Text:
        """The names of a usage, its own from now on."""
        for other in self.names.values():
            if other.get("like") == usage and other["usage"] not in wording.usages:
                self._part(other)
        name = self.names.setdefault(usage, {"usage": usage})
        if "like" in name:
            self._part(name)
        return name

    def _part(self, name: _Text) -> None:
        liked = self.names[name.pop("like")]
        name.update({code: copy.deepcopy(liked[code]) for code in _codes(liked)})

    def facts(self, concept: Concept) -> None:
        if concept.contested and not self.fields.get("contested"):
            self._set("contested", True)
        for fact in _FACTS:
            value = getattr(concept, fact)
            if value and self.fields.get(fact) != value:
                self._set(fact, value)
        if concept.position and tuple(self.fields.get("position", ())) != concept.position:
            self._set("position", list(concept.position))
        for language, word in concept.heads:
            words = self.fields.setdefault("heads", {}).setdefault(language.value, [])
            if word not in words:
                words.append(word)
                self.changes.append(f"heads {language}: + {word}")
        for source in concept.sources:
            if source not in self.fields.setdefault("sources", []):
                self.fields["sources"].append(source)
                self.changes.append(f"sources: + {source}")
        if not self.fields.get("sources"):
            self.fields.pop("sources", None)
        for period in concept.periods:
            for bound in ("since", "until"):
                value, name = getattr(period, bound), self.names.get(period.usage)
                if name is not None and value and name.get(bound) != value:
                    self.changes.append(f"{period.usage} {bound}: {name.get(bound, 'none')} → {value}")
                    name[bound] = value

    def _set(self, fact: str, value: object) -> None:
        before = self.fields.get(fact)
        self.changes.append(f"{fact}: {before} → {value}" if before else f"{fact}: {value}")
        self.fields[fact] = value

    def join_alike(self) -> None:
        """Usages with the very same names are written once; the others are `like` it."""
        for usage in sorted(self.names, reverse=True):
            name = self.names[usage]
            texts = {code: name[code] for code in _codes(name)}
            for other in sorted(self.names):
                rival = self.names[other]
                if other < usage and texts and texts == {code: rival[code] for code in _codes(rival)}:
                    self.names[usage] = {key: value for key, value in name.items() if key not in texts} | {
                        "like": other
                    }
                    break


def _codes(name: Mapping[str, Any]) -> Iterable[str]:
    return [language.value for language in Language if language.value in name]


def _inner(text: _Text, part: Part) -> _Text | None:
    """The acronym or short form inside a name, made where it is the one to be set."""
    if part in (Part.ACRONYM, Part.SHORT):
        return text.setdefault(_INNER[part], {})  # type: ignore[no-any-return]  # an entry as plain data
    return text.get(_INNER[part])


def _has(text: _Text, wording: Wording, parts: bool) -> bool:
    """Whether a name says all that the wording does."""
    if not parts:
        inner = [text, text.get("acronym", {}), text.get("short", {})]
        return any(
            one.get("text") == wording.text or any(v["text"] == wording.text for v in one.get("variants", ()))
            for one in inner
        )
    whole = text.get(_INNER[wording.part], {}) if wording.part in _INNER else text
    if wording.part is Part.VARIANT:
        # Most formats do not say whose variant it is: that of an acronym or a short form counts.
        inner = [text, text.get("acronym", {}), text.get("short", {})]
        return any(_agrees(variant, wording) for one in inner for variant in one.get("variants", ()))
    if wording.part.is_variant:
        return any(_agrees(variant, wording) for variant in whole.get("variants", ()))
    return _agrees(whole, wording)


def _agrees(text: _Text, wording: Wording) -> bool:
    if text.get("text") != wording.text:
        return False
    given = _grammar(wording)
    if set(given) == {"agreement"} and "agreement" not in text and text.get("declension") in GENDERS:
        return bool(text["declension"] == given["agreement"])
    return all(text.get(key) == value for key, value in given.items())


def _grammar(wording: Wording) -> _Text:
    return {key: value == "true" if key in _FLAGS else value for key, value in wording.grammar}


def _renamed(text: _Text, wording: Wording) -> _Text:
    """A name with the wording's text; grammar of another text does not stay, what belongs to the name does."""
    kept = text if text.get("text") == wording.text else {key: text[key] for key in _ADDED if key in text}
    renamed = {**kept, "text": wording.text, **_grammar(wording)}
    variants = [variant for variant in renamed.pop("variants", ()) if variant["text"] != wording.text]
    return renamed | ({"variants": variants} if variants else {})
