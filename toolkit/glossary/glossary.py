"""The immutable union of packs that the rest of the toolkit asks for names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

from toolkit import __version__
from toolkit.errors import UnknownEntity
from toolkit.glossary.cache import FORMAT, read_table, write_json, write_table
from toolkit.glossary.compile import compile_language
from toolkit.glossary.entities import ContestedTerm, Dated, Entity, entity_of, terms_of
from toolkit.glossary.model import Entry, Kind, Pack
from toolkit.glossary.names import NameTable
from toolkit.glossary.pack import PACK_FILE, LoadedPack, find_packs, load_pack, pack_digest, read_model
from toolkit.languages import Language


class Glossary:
    """Entities, contested terms and, a language at a time, their compiled names.

    Built from folders (`Glossary.load`), with the compiled form cached on disk by content, or straight from
    loaded packs (`Glossary(packs)`).
    """

    def __init__(
        self,
        packs: Sequence[LoadedPack] = (),
        *,
        folders: Sequence[Path] = (),
        cache: Path | None = None,
    ) -> None:
        self._given = tuple(packs)
        self._folders = tuple(folders)
        self._cache = cache
        self._tables: dict[Language, NameTable] = {}

    @classmethod
    def load(cls, root: Path, *, cache: Path | None = None) -> Glossary:
        """The union of all packs below `root`. Raises GlossaryBroken where a pack cannot be read."""
        return cls(folders=find_packs(root), cache=cache)

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """Pack id → digest of its content, alphabetical."""
        if self._given:
            return {pack.pack.id: pack.digest for pack in sorted(self._given, key=lambda pack: pack.pack.id)}
        return {folder.name: pack_digest(folder) for folder in sorted(self._folders)}

    @cached_property
    def signature(self) -> str:
        return "|".join(f"pack:{pack}@{digest[:8]}" for pack, digest in self.digests.items())

    @cached_property
    def packs(self) -> Sequence[LoadedPack]:
        """The packs with all their entries, as written; read only where the compiled form does not do."""
        return self._given or tuple(load_pack(folder) for folder in sorted(self._folders))

    @cached_property
    def headers(self) -> Sequence[Pack]:
        """What is said of each pack in its `pack.yaml`, alphabetical."""
        if self._given:
            return tuple(pack.pack for pack in sorted(self._given, key=lambda pack: pack.pack.id))
        return tuple(read_model(folder / PACK_FILE, Pack) for folder in sorted(self._folders))

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        return {entity.id: entity for entity in self._index[0]}

    @property
    def terms(self) -> Sequence[ContestedTerm]:
        return self._index[1]

    def entity(self, entity_id: str) -> Entity:
        try:
            return self.entities[entity_id]
        except KeyError:
            raise UnknownEntity(
                f"no entity {entity_id!r} in the glossary", remedy="`dragoman names find NAME` shows ids"
            ) from None

    def entry(self, entity_id: str) -> Entry:
        """The entry as it is written in its pack; of packs on disk its one file is read."""
        entity = self.entity(entity_id)
        for folder in self._folders:
            path = folder / entity.kind / f"{entity_id}.yaml"
            if folder.name == entity.pack and path.is_file():
                return read_model(path, Entry)
        for entry in (entry for pack in self._given for entry in pack.entries):
            if entry.id == entity_id:
                return entry
        raise UnknownEntity(f"no entry for {entity_id!r}", remedy="remove the cache folder and try again")

    def table(self, language: Language) -> NameTable:
        """All names of one language, compiled; from the cache where its content is unchanged."""
        if language not in self._tables:
            path = self.cache_path(f"names-{language.value}")
            table = read_table(path, language) if path else None
            if table is None:
                table = compile_language([entry for pack in self.packs for entry in pack.entries], language)
                if path:
                    write_table(path, table)
            self._tables[language] = table
        return self._tables[language]

    def is_compiled(self, languages: Iterable[Language]) -> bool:
        """Whether the cache has all that `entities` and `table` would otherwise have to compile."""
        wanted = ["entities", *(f"names-{language.value}" for language in languages)]
        return all(path is not None and path.exists() for path in map(self.cache_path, wanted))

    @cached_property
    def _index(self) -> tuple[list[Entity], list[ContestedTerm]]:
        path = self.cache_path("entities")
        cached = _read_index(path) if path else None
        if cached is not None:
            return cached
        entities = [entity_of(entry, pack.pack.id) for pack in self.packs for entry in pack.entries]
        terms = [side for pack in self.packs for term in pack.terms for side in terms_of(term)]
        if path:
            _write_index(path, entities, terms)
        return entities, terms

    def cache_path(self, what: str) -> Path | None:
        """The file that holds something compiled from exactly this content; None without a cache folder."""
        if self._cache is None:
            return None
        key = hashlib.sha256(f"{FORMAT}|{__version__}|{_code_digest()}|{self.signature}".encode()).hexdigest()[:16]
        return self._cache / "glossary" / key / f"{what}.json"


def _code_digest() -> str:
    """Changes with the grammars and the compiler, so that a developer never meets yesterday's forms."""
    package = Path(__file__).parent.parent
    sources = [
        path for part in ("glossary", "morphology", "text", "translit") for path in (package / part).rglob("*.*")
    ]
    return "|".join(f"{path.name}:{path.stat().st_mtime_ns}" for path in sorted(sources) if path.suffix != ".pyc")


def _read_index(path: Path) -> tuple[list[Entity], list[ContestedTerm]] | None:
    try:
        data = json.loads(path.read_bytes())
        entities = [
            Entity(
                **{
                    **fields,
                    "kind": Kind(fields["kind"]),
                    "cues": _by_language(fields.get("cues")),
                    "heads": _by_language(fields.get("heads")),
                    "usages": tuple(fields["usages"]),
                    "dated": tuple(Dated(**period) for period in fields["dated"]),
                }
            )
            for fields in data["entities"]
        ]
        terms = [
            ContestedTerm(
                **{
                    **fields,
                    "language": Language(fields["language"]),
                    "words": tuple(fields["words"]),
                    "used_by": tuple(fields["used_by"]),
                }
            )
            for fields in data["terms"]
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return entities, terms


def _by_language(words: dict[str, list[str]] | None) -> dict[Language, tuple[str, ...]] | None:
    return {Language(language): tuple(listed) for language, listed in words.items()} if words else None


def _write_index(path: Path, entities: Sequence[Entity], terms: Sequence[ContestedTerm]) -> None:
    data: dict[str, Any] = {"entities": [asdict(e) for e in entities], "terms": [asdict(t) for t in terms]}
    write_json(path, data)
