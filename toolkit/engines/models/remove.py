"""Removing installed models."""

from __future__ import annotations

from toolkit.engines.models.placing import discard, hold
from toolkit.errors import BadOption
from toolkit.settings import Settings


def remove(settings: Settings, names: list[str]) -> None:
    """Remove models by name, broken ones too. Raises BadOption, and removes none, where one is not there."""
    root = settings.models
    there = {path.name for path in root.iterdir() if path.is_dir()} if root.is_dir() else set()
    for name in names:
        # Only a name that is listed is ever joined to the folder: no path leads out.
        if name not in there or name.startswith("."):
            raise BadOption(f"no model {name[:80]!r} is installed", remedy="see `dragoman models list --installed`")
    with hold(root):
        for name in dict.fromkeys(names):
            discard(root, name)
