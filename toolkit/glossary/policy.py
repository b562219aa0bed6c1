"""House styles: which usage a policy wants for an entity."""

from __future__ import annotations

import re
from pathlib import Path

from toolkit.errors import NotFound, UnknownPolicy
from toolkit.glossary.model import Kind, Policy
from toolkit.glossary.pack import read_model

SOURCE = "source"
"""In a policy's lists: keep the usage that the mention has."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def list_policies(folder: Path) -> list[str]:
    """The ids of the policies in a folder, in alphabetical order."""
    return sorted(path.stem for path in folder.glob("*.yaml"))


def load_policy(name_or_path: str, folder: Path) -> Policy:
    """The policy of that id in `folder`, or the one in a YAML file of the user's own.

    Raises UnknownPolicy for an unknown id, NotFound for a path that is not there, GlossaryBroken for a broken file.
    """
    path = Path(name_or_path).expanduser()
    if path.suffix in {".yaml", ".yml"} or len(path.parts) > 1:
        if not path.is_file():
            raise NotFound("no such policy file", where=name_or_path, remedy="check the path")
        return read_model(path, Policy)
    path = folder / f"{name_or_path}.yaml"
    if not _ID.fullmatch(name_or_path) or not path.is_file():
        known = ", ".join(list_policies(folder)) or "(none found)"
        raise UnknownPolicy(
            f"unknown policy {name_or_path[:40]!r}", remedy=f"use one of {known}, or the path of a YAML file"
        )
    return read_model(path, Policy)


def wanted_usage(policy: Policy, entity_id: str, kind: Kind) -> str | None:
    """The usage that `policy` wants for an entity: by entity, then by kind, then in general.

    None follows the source. Whether the entity has that usage is for the caller to see.
    """
    usage = policy.entities.get(entity_id) or policy.kinds.get(kind) or policy.usage
    return None if usage == SOURCE else usage
