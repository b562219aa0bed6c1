"""Settings of the toolkit, read from the environment here and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import GlossaryBroken


class Setting(NamedTuple):
    """A row of the documented table."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("DRAGOMAN_CACHE", "$XDG_CACHE_HOME/dragoman, or ~/.cache/dragoman", "folder for compiled glossaries"),
    Setting("DRAGOMAN_GLOSSARIES", "the packs that come with Dragoman", "folder of glossary packs and policies"),
    Setting("DRAGOMAN_MODELS", "$XDG_DATA_HOME/dragoman/models, or ~/.local/share/dragoman/models", "folder of models"),
    Setting(
        "DRAGOMAN_MODELS_MIRROR", "none: models come from where they are published", "address of a mirror of models"
    ),
    Setting("DRAGOMAN_POLICY", "follow-source", "policy where none is named: an id, or the path of a YAML file"),
    Setting("DRAGOMAN_SEEDS", "the seeds that come with Dragoman", "folder of the first translation memory"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and what is taken where a command names nothing."""

    cache: Path
    glossaries: Path
    models: Path
    models_mirror: str
    policy: str
    seeds: Path

    @property
    def policies(self) -> Path:
        return self.glossaries / "policies"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environ` (the process's own if None); an empty value counts as not given."""
    env = os.environ if environ is None else environ
    return Settings(
        cache=_folder(env, "DRAGOMAN_CACHE") or _xdg(env, "XDG_CACHE_HOME", ".cache") / "dragoman",
        glossaries=_folder(env, "DRAGOMAN_GLOSSARIES") or share_folder() / "glossaries",
        models=_folder(env, "DRAGOMAN_MODELS") or _xdg(env, "XDG_DATA_HOME", ".local/share") / "dragoman" / "models",
        models_mirror=env.get("DRAGOMAN_MODELS_MIRROR", "").strip(),
        policy=env.get("DRAGOMAN_POLICY", "").strip() or "follow-source",
        seeds=_folder(env, "DRAGOMAN_SEEDS") or share_folder() / "seeds",
    )


def share_folder() -> Path:
    """The folder that holds glossaries/ and seeds/: inside the package (a wheel) or beside it (a checkout)."""
    package = Path(__file__).resolve().parent
    for folder in (package / "_share", package.parent):
        if (folder / "glossaries").is_dir():
            return folder
    raise GlossaryBroken(
        "the glossaries that come with Dragoman are missing",
        where=str(package / "_share"),
        remedy="install Dragoman anew, or set DRAGOMAN_GLOSSARIES and DRAGOMAN_SEEDS",
    )


def _folder(env: Mapping[str, str], name: str) -> Path | None:
    value = env.get(name, "").strip()
    return Path(value).expanduser().absolute() if value else None


def _xdg(env: Mapping[str, str], name: str, default: str) -> Path:
    """A base folder by the XDG specification, which has relative values ignored."""
    value = Path(env.get(name, "") or ".")
    return value if value.is_absolute() else Path(env.get("HOME") or Path.home()) / default
