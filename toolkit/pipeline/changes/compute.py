"""All that a change of the glossary does, in one result that can be written in words or as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.glossary.compile import compile_language
from toolkit.glossary.diff.altered import AlteredGlossary
from toolkit.glossary.diff.items import Differences, ItemChange, LostLanguage, compare_folders
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Entry, Policy
from toolkit.glossary.names import NameTable
from toolkit.glossary.policy import list_policies, named_policy, wanted_usage
from toolkit.languages import Language
from toolkit.pipeline.changes.ambiguities import Ambiguity, new_ambiguities
from toolkit.pipeline.changes.renderings import RenderingChange, rendering_changes
from toolkit.pipeline.changes.texts import SeedText, seed_texts, texts_naming

_USAGES = {"entities", "kinds", "usage"}
_WORDS = {"description", "id", "pitfalls", "title"}


@dataclass(frozen=True, slots=True)
class LostMark:
    """An entity that is gone and that marks of the memory still name."""

    entity: str
    marks: int
    first: str


@dataclass(frozen=True, slots=True)
class GlossaryDiff:
    """What a change does; every list is in alphabetical order."""

    items: tuple[ItemChange, ...]
    lost: tuple[LostLanguage, ...]
    lost_marks: tuple[LostMark, ...]
    ambiguities: tuple[Ambiguity, ...]
    renderings: tuple[RenderingChange, ...]
    texts: int
    """Texts in which an entity that differs is named, and which were rendered before and after."""
    policies: tuple[str, ...] = ()
    """Ids of the policies by which they were rendered."""

    @property
    def contested(self) -> tuple[ItemChange, ...]:
        """Changes of contested entries: they need two reviewers."""
        return tuple(item for item in self.items if item.contested)


def glossary_diff(before: Path, after: Path, seeds: Path, *, cache: Path | None = None) -> GlossaryDiff:
    """Compare two folders of glossaries and try both on the seeds. Raises GlossaryBroken and MemoryBroken.

    Only entries that differ are compiled beside the glossary as it was, and only texts that name them are read closely.
    """
    differences = compare_folders(before, after)
    if not differences.entities and not differences.policies_after:
        return GlossaryDiff(differences.items, (), (), (), (), 0)
    base = Glossary.load(before, cache=cache)
    old = AlteredGlossary(base, differences.entities, differences.entries_before.values())
    new = AlteredGlossary(base, differences.entities, differences.entries_after.values())
    texts = list(seed_texts(seeds))
    entries = _entries(differences)
    by_entry = texts_naming(texts, {language: compile_language(entries, language) for language in Language})
    policies = _pairs(before, after)
    renderings = list(rendering_changes(by_entry, old, new, policies))
    by_policy, changed = _concerned_by_policies(texts, base, differences)
    seen = {(text.place, text.language) for text in by_entry}
    by_policy = [text for text in by_policy if (text.place, text.language) not in seen]
    renderings += rendering_changes(by_policy, old, new, changed)
    return GlossaryDiff(
        differences.items,
        differences.lost,
        _lost_marks(texts, set(differences.entries_before) - set(differences.entries_after)),
        new_ambiguities(old, new, differences.entities),
        tuple(renderings),
        len(by_entry) + len(by_policy),
        tuple(now.id for _, now in policies),
    )


def _entries(differences: Differences) -> list[Entry]:
    return [own.entry for own in (*differences.entries_before.values(), *differences.entries_after.values())]


def _pairs(before: Path, after: Path) -> list[tuple[Policy, Policy]]:
    """The policies that are in both states, as they were and as they are."""
    old, new = _policies(before), _policies(after)
    return [(old[name], new[name]) for name in sorted(old.keys() & new.keys())]


def _policies(root: Path) -> Mapping[str, Policy]:
    folder = root / "policies"
    return {name: named_policy(name, folder) for name in list_policies(folder)}


def _concerned_by_policies(
    texts: Sequence[SeedText], base: Glossary, differences: Differences
) -> tuple[list[SeedText], list[tuple[Policy, Policy]]]:
    """The texts that a changed policy may render otherwise, and those policies.

    Where more differs than the usage of some entities (how quotations are treated, or first mentions), these are all
    articles: most sentences of the memory stand alone.
    """
    pairs = [
        (differences.policies_before[name], differences.policies_after[name])
        for name in sorted(differences.policies_before.keys() & differences.policies_after.keys())
    ]
    if not pairs:
        return [], []
    if any(_treatment(old) != _treatment(new) for old, new in pairs):
        return [text for text in texts if text.place.endswith(".md")], pairs
    entities = {
        entity.id
        for entity in base.entities.values()
        for old, new in pairs
        if wanted_usage(old, entity.id, entity.kind) != wanted_usage(new, entity.id, entity.kind)
    }
    return texts_naming(texts, {language: _only(base.table(language), entities) for language in Language}), pairs


def _treatment(policy: Policy) -> dict[str, object]:
    """What a policy says besides which usage it takes for whom."""
    return policy.model_dump(exclude=_USAGES | _WORDS)


def _only(table: NameTable, entities: set[str]) -> NameTable:
    names = [name for name in table.names if name.entity in entities]
    return NameTable(table.language, names, table.paradigms, table.features)


def _lost_marks(texts: Sequence[SeedText], gone: set[str]) -> tuple[LostMark, ...]:
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for text in texts:
        for entity in text.marked:
            if entity in gone:
                counts[entity] += 1
                first.setdefault(entity, text.place)
    return tuple(LostMark(entity, counts[entity], first[entity]) for entity in sorted(counts))
