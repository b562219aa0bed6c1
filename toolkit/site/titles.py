"""How an entity is called on the site, and in which order: no side first, no name preferred."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from toolkit.glossary.model import Entry, Name, NameText
from toolkit.glossary.pack import LoadedPack
from toolkit.languages import Language


@dataclass(frozen=True, slots=True)
class Link:
    """An entity as other pages refer to it."""

    id: str
    title: str
    kind: str
    contested: bool

    @property
    def initial(self) -> str:
        """The letter it is listed under; # for a figure or sign."""
        first = alphabetical(self.title)[:1].upper()
        return first if first.isalpha() and first.isascii() else "#"


def alphabetical(text: str) -> str:
    """A sorting key: letters without their marks and case, so that Ə, Ş and the like stand beside e and s."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ə", "e").replace("ı", "i"))
    return "".join(char for char in plain if char.isalnum() or char == " ").strip()


def text_of(entry: Entry, name: Name, language: Language) -> NameText | None:
    """The text of a name; where it is `like` another usage, that one's."""
    if name.like is None:
        return name.in_language(language)
    other = next((other for other in entry.names if other.usage == name.like), None)
    return other.in_language(language) if other else None


def title_of(entry: Entry) -> str:
    """All English names, alphabetical; those of another language where there is no English one, else the id."""
    for language in (Language.EN, *Language):
        texts = {text.text for name in entry.names if (text := name.in_language(language))}
        if texts:
            return " / ".join(sorted(texts, key=lambda text: (alphabetical(text), text)))
    return entry.id


class Directory:
    """All entities of a glossary with their titles and the relations between them."""

    def __init__(self, packs: Iterable[LoadedPack]) -> None:
        self._entries: dict[str, Entry] = {entry.id: entry for pack in packs for entry in pack.entries}
        self._links = {
            entry.id: Link(entry.id, title_of(entry), entry.kind.value, entry.contested)
            for entry in self._entries.values()
        }

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """All entities in alphabetical order of their titles."""
        return self._ordered(self._links)

    def link(self, entity: str) -> Link | None:
        return self._links.get(entity)

    def contains(self, entity: str) -> tuple[Link, ...]:
        """What lies in or belongs to an entity."""
        return self._ordered(self._parts.get(entity, ()))

    def instances(self, entity: str) -> tuple[Link, ...]:
        """The bodies that are one of what an entity says: all foreign ministries."""
        return self._ordered(self._instances.get(entity, ()))

    def distinct_from(self, entity: str) -> tuple[Link, ...]:
        """What is easily taken for an entity, whichever of the two entries says so."""
        return self._ordered(self._distinct.get(entity, ()))

    @cached_property
    def _parts(self) -> Mapping[str, set[str]]:
        return self._below(lambda entry: entry.part_of)

    @cached_property
    def _instances(self) -> Mapping[str, set[str]]:
        return self._below(lambda entry: entry.instance_of)

    def _below(self, above: Callable[[Entry], str | None]) -> Mapping[str, set[str]]:
        """Entity → those that have it `above` them."""
        found: dict[str, set[str]] = {}
        for entry in self._entries.values():
            if (entity := above(entry)) is not None:
                found.setdefault(entity, set()).add(entry.id)
        return found

    @cached_property
    def _distinct(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for entry in self._entries.values():
            for other in entry.distinct_from:
                found.setdefault(entry.id, set()).add(other)
                found.setdefault(other, set()).add(entry.id)
        return found

    def _ordered(self, ids: Iterable[str]) -> tuple[Link, ...]:
        links = (self._links[entity] for entity in ids if entity in self._links)
        return tuple(sorted(links, key=lambda link: (alphabetical(link.title), link.id)))
