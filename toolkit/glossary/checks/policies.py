"""Whether a policy speaks of entities and usages that are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from toolkit.glossary.checks.letters import check_visible
from toolkit.glossary.checks.problems import Remark
from toolkit.glossary.model import Entry, Policy
from toolkit.glossary.nearest import meant
from toolkit.glossary.policy import SOURCE


def check_policy(policy: Policy, entries: Mapping[str, Entry]) -> Iterator[Remark]:
    """Remarks on a policy beside the glossary it is used with."""
    usages = {name.usage for entry in entries.values() for name in entry.names} | {SOURCE}
    if policy.usage is not None and policy.usage not in usages:
        yield _nobody_has(policy.usage, usages, "usage")
    for kind, usage in policy.kinds.items():
        if usage not in usages:
            yield _nobody_has(usage, usages, "kinds", kind.value)
    for entity, usage in policy.entities.items():
        entry = entries.get(entity)
        if entry is None:
            yield Remark(
                "G401",
                ("entities", entity),
                "there is no such entry",
                meant(entity, entries, "check the id, or remove the line"),
            )
        elif usage not in usages:
            yield _nobody_has(usage, usages, "entities", entity)
        elif usage != SOURCE and usage not in {name.usage for name in entry.names}:
            has = ", ".join(sorted(name.usage for name in entry.names))
            yield Remark("G403", ("entities", entity), f"has no name of {usage} usage", f"use one of {has}")
    for field in ("description", "pitfalls", "title"):
        yield from check_visible(getattr(policy, field), (field,))
        for language, words in policy.translations.items():
            yield from check_visible(getattr(words, field), ("translations", language.value, field))


def _nobody_has(usage: str, usages: Set[str], *path: str) -> Remark:
    return Remark(
        "G402", path, f"no entry has the usage {usage}", meant(usage, usages, "check its spelling, or remove the line")
    )
