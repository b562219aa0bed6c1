"""House styles: which usage a policy wants for an entity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import NotFound, UnknownPolicy
from toolkit.glossary.entities import Entity
from toolkit.glossary.model import Kind, Policy, SettledPolicy
from toolkit.glossary.pack import read_model
from toolkit.languages import Language

SOURCE = "source"
"""In a policy's lists: keep the usage that the mention has."""


def as_decided(policy: Policy) -> str:
    """The policy as text for a digest; its words in other languages than English change no result and are left out."""
    return policy.model_dump_json(exclude={"translations"})


def list_policies(folder: Path) -> list[str]:
    """The ids of the policies in a folder, in alphabetical order."""
    return sorted(path.stem for path in folder.glob("*.yaml"))


def load_policy(name_or_path: str, folder: Path) -> Policy:
    """The policy of that id in `folder`, or the one in a YAML file of the user's own.

    Raises UnknownPolicy for an unknown id, NotFound for a path that is not there, GlossaryBroken for a broken file.
    Not for names that come over the network: `named_policy` opens no path that it is told.
    """
    path = Path(name_or_path)
    if path.suffix not in {".yaml", ".yml"} and len(path.parts) < 2:
        return named_policy(name_or_path, folder)
    try:
        path = path.expanduser()
        found = path.is_file()
    except (OSError, RuntimeError):  # a name too long for the system; a home folder that nobody has
        found = False
    if not found:
        raise NotFound("no such policy file", where=name_or_path[:200], remedy="check the path")
    return read_model(path, Policy)


def named_policy(name: str, folder: Path) -> Policy:
    """The policy of that id in `folder`; raises UnknownPolicy, or GlossaryBroken for a broken file."""
    known = list_policies(folder)
    if name not in known:
        raise UnknownPolicy(
            f"unknown policy {name[:40]!r}",
            remedy=f"use one of {', '.join(known) or '(none found)'}, or the path of a YAML file",
        )
    return read_model(folder / f"{name}.yaml", Policy)


def wanted_usage(policy: Policy, entity_id: str, kind: Kind, own: Sequence[str] = (), chosen: str = "") -> str | None:
    """The usage that `policy` wants for an entity: `chosen` for the one mention, by entity, by kind, in general.

    `own` are the usages of the mention: one that was not in force at the policy's date has another in its place.
    None follows the source. Whether the entity has that usage is for the caller to see.
    """
    usage = chosen or policy.entities.get(entity_id) or policy.kinds.get(kind) or policy.usage
    if usage is None and isinstance(policy, SettledPolicy):
        outdated = policy.outdated.get(entity_id, {})
        usage = outdated[own[0]] if own and all(one in outdated for one in own) else None
    return None if usage == SOURCE else usage


@dataclass(frozen=True, slots=True)
class Caution:
    """Why a name that stays is flagged all the same: the finding's code, and what may stand instead."""

    code: str
    instead: tuple[str, ...] = ()


def caution(policy: Policy, entity: Entity, language: Language) -> Caution | None:
    """What a policy has to say of a name that it neither chooses nor leaves alone; None for most."""
    if isinstance(policy, SettledPolicy) and entity.id in policy.undecided:
        return Caution("N023")
    words = policy.avoid.entities.get(entity.id) or (policy.avoid.kinds.get(entity.kind) if entity.contested else None)
    return Caution("N024", (words[language],)) if words and language in words else None
