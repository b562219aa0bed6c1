"""House styles: which usage a policy wants for an entity."""

from __future__ import annotations

from pathlib import Path

from toolkit.errors import NotFound, UnknownPolicy
from toolkit.glossary.model import Kind, Policy
from toolkit.glossary.pack import read_model

SOURCE = "source"
"""In a policy's lists: keep the usage that the mention has."""


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


def wanted_usage(policy: Policy, entity_id: str, kind: Kind, chosen: str = "") -> str | None:
    """The usage that `policy` wants for an entity: `chosen` for the one mention, by entity, by kind, in general.

    None follows the source. Whether the entity has that usage is for the caller to see.
    """
    usage = chosen or policy.entities.get(entity_id) or policy.kinds.get(kind) or policy.usage
    return None if usage == SOURCE else usage
