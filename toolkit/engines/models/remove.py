"""Removing installed models."""

from __future__ import annotations

from toolkit.engines.models.placing import discard, hold
from toolkit.engines.models.unpacked import unpacked_packages
from toolkit.errors import BadOption
from toolkit.settings import Settings


def remove(settings: Settings, names: list[str]) -> None:
    """Remove models by name, broken ones too. Raises BadOption, and removes none, where one is not there."""
    root = settings.models
    folders = dict.fromkeys(_folder(settings, name) for name in names)
    with hold(root):
        for folder in folders:
            discard(root, folder)


def _folder(settings: Settings, name: str) -> str:
    """The folder of a model, which `list` may show by the name of its catalogue. Only what is listed is ever joined to
    the folder of models: no path leads out."""
    root = settings.models
    there = {path.name for path in root.iterdir() if path.is_dir()} if root.is_dir() else set()
    if name in there and not name.startswith("."):
        return name
    package = unpacked_packages(settings).get(name)
    if package is None:
        raise BadOption(f"no model {name[:80]!r} is installed", remedy="see `dragoman models list --installed`")
    if not package.removable:
        source, target = package.package.pair
        raise BadOption(
            f"{name} was installed by Argos Translate", remedy=f"run `argospm remove translate-{source}_{target}`"
        )
    return package.package.folder.name
