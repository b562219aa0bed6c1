"""Which entries, terms, packs and policies differ between two folders of glossaries, field by field.

Only files whose bytes differ are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from toolkit.glossary.format import glossary_files
from toolkit.glossary.model import Entry, Pack, Policy, Term
from toolkit.glossary.pack import PACK_FILE, TERM, read_model
from toolkit.glossary.plain import field_name
from toolkit.glossary.yaml_safe import FieldPath
from toolkit.languages import Language

POLICIES = "policies"


class Change(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after; empty where it was not, or is no longer, there."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What became of one file; `contested` if it is, or was, an entry that needs two reviewers."""

    file: str
    kind: str
    id: str
    change: Change
    contested: bool = False
    fields: tuple[FieldChange, ...] = ()

    @property
    def is_layout(self) -> bool:
        """Whether the file says the same as before, in other lines or with other comments."""
        return self.change is Change.CHANGED and not self.fields


@dataclass(frozen=True, slots=True)
class LostLanguage:
    """A usage that had a text in a language, its own or that of the usage it is `like`, and has none any more."""

    entity: str
    usage: str
    language: Language


@dataclass(frozen=True, slots=True)
class PackEntry:
    """An entry and the pack it is in."""

    pack: str
    entry: Entry


@dataclass(frozen=True)
class Differences:
    """All that differs, in alphabetical order of the files, with the entries and policies themselves.

    `entries_before` and `entries_after` hold the entries that say something else than before, by id.
    """

    items: tuple[ItemChange, ...]
    entries_before: Mapping[str, PackEntry]
    entries_after: Mapping[str, PackEntry]
    policies_before: Mapping[str, Policy]
    policies_after: Mapping[str, Policy]

    @property
    def entities(self) -> tuple[str, ...]:
        """Ids of all entries that differ."""
        return tuple(sorted({*self.entries_before, *self.entries_after}))

    @property
    def lost(self) -> tuple[LostLanguage, ...]:
        """Languages that entries have lost; an entry that was removed has lost none."""
        kept = sorted(self.entries_before.keys() & self.entries_after.keys())
        return tuple(
            lost
            for entity in kept
            for lost in _lost(self.entries_before[entity].entry, self.entries_after[entity].entry)
        )


def compare_folders(before: Path, after: Path) -> Differences:
    """What differs between two folders of glossaries. Raises GlossaryBroken at a changed file that cannot be read."""
    old, new = _contents(before), _contents(after)
    names = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
    models_before = {name: _read(before / name) for name in names if name in old}
    models_after = {name: _read(after / name) for name in names if name in new}
    items = tuple(_item(name, models_before.get(name), models_after.get(name)) for name in names)
    for item in items:
        if item.is_layout:
            del models_before[item.file], models_after[item.file]
    return Differences(
        items, _entries(models_before), _entries(models_after), _policies(models_before), _policies(models_after)
    )


def _contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in glossary_files(root)}


def _read(path: Path) -> BaseModel:
    model: type[BaseModel] = Entry
    if path.name == PACK_FILE:
        model = Pack
    elif path.parent.name == POLICIES:
        model = Policy
    elif path.parent.name == TERM:
        model = Term
    return read_model(path, model)


def _entries(models: Mapping[str, BaseModel]) -> dict[str, PackEntry]:
    return {
        model.id: PackEntry(name.partition("/")[0], model) for name, model in models.items() if isinstance(model, Entry)
    }


def _policies(models: Mapping[str, BaseModel]) -> dict[str, Policy]:
    return {model.id: model for model in models.values() if isinstance(model, Policy)}


def _item(name: str, before: BaseModel | None, after: BaseModel | None) -> ItemChange:
    model = after if after is not None else before
    kind = model.kind if isinstance(model, Entry | Term) else type(model).__name__.lower()
    contested = any(isinstance(state, Entry) and state.contested for state in (before, after))
    change = Change.CHANGED if before and after else Change.ADDED if after else Change.REMOVED
    fields = tuple(_field_changes(before, after))
    return ItemChange(name, str(kind), Path(name).stem, change, contested, fields)


def _field_changes(before: BaseModel | None, after: BaseModel | None) -> Iterator[FieldChange]:
    """The fields that differ; of an item that is new or gone these are all that it holds, but for its id and kind."""
    old, new = _filled(before), _filled(after)
    for path in dict.fromkeys((*old, *new)):
        if old.get(path) != new.get(path):
            yield FieldChange(field_name(path), old.get(path, ""), new.get(path, ""))


def _filled(model: BaseModel | None) -> dict[FieldPath, str]:
    if model is None:
        return {}
    fields = model.model_dump(mode="json", by_alias=True, exclude={"id", "kind"}, exclude_defaults=True)
    return dict(_leaves(_by_usage(fields), ()))


def _by_usage(fields: dict[str, Any]) -> dict[str, Any]:
    """Names under their usage, not under their place in the list: one more does not move the others."""
    names = fields.get("names")
    if isinstance(names, list):
        fields["names"] = {name.pop("usage"): name for name in names}
    return fields


def _leaves(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    """The filled fields below a value; a list of plain texts counts as one."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _leaves(child, path if key == "text" else (*path, key))
    elif isinstance(value, list):
        flat = [_plain(child) for child in value]
        if flat:
            yield path, ", ".join(flat)
    elif value not in (None, "", False):
        yield path, "true" if value is True else str(value)


def _plain(value: Any) -> str:
    """An item of a list in words: a variant by its text, and what else is said of it."""
    if not isinstance(value, dict):
        return str(value)
    leaves = dict(_leaves(value, ()))
    text = leaves.pop((), "")
    more = ", ".join(f"{field_name(path)}: {leaf}" for path, leaf in leaves.items())
    return f"{text} ({more})" if more else text


def _lost(before: Entry, after: Entry) -> Iterator[LostLanguage]:
    kept = set(_named(after))
    for usage, language in _named(before):
        if (usage, language) not in kept:
            yield LostLanguage(before.id, usage, language)


def _named(entry: Entry) -> Iterator[tuple[str, Language]]:
    """The usages and languages in which an entry has a text."""
    names = {name.usage: name for name in entry.names}
    for name in entry.names:
        texts = names[name.like] if name.like else name
        yield from ((name.usage, language) for language in Language if texts.in_language(language) is not None)
