"""Settings of the toolkit, read from the environment here and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import GlossaryBroken


class Setting(NamedTuple):
    """A row of the documented table."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("DRAGOMAN_ALLOWED_HOSTS", "none", "host names, with commas between, that may be outside your own networks"),
    Setting(
        "DRAGOMAN_ARGOS",
        "$ARGOS_PACKAGES_DIR, or $XDG_DATA_HOME/argos-translate/packages",
        "folder of the packages that Argos Translate installed",
    ),
    Setting(
        "DRAGOMAN_ASK_AGAIN",
        "3",
        "per cent of the time for first drafts that an engine may be asked again for lost names, beyond short texts; "
        "100: as often as needed",
    ),
    Setting("DRAGOMAN_CACHE", "$XDG_CACHE_HOME/dragoman, or ~/.cache/dragoman", "folder for compiled glossaries"),
    Setting("DRAGOMAN_ENGINE", "auto", "what translates where nothing is named: see `translate --engine`"),
    Setting("DRAGOMAN_GLOSSARIES", "the packs that come with Dragoman", "folder of glossary packs and policies"),
    Setting("DRAGOMAN_LIBRETRANSLATE_KEY", "none", "key of that server"),
    Setting("DRAGOMAN_LIBRETRANSLATE_URL", "off", "address of your own LibreTranslate server"),
    Setting("DRAGOMAN_LLM_KEY", "none", "key of that server"),
    Setting("DRAGOMAN_LLM_MODEL", "none", "name of the language model there"),
    Setting("DRAGOMAN_LLM_URL", "off", "address of your own OpenAI-compatible chat server"),
    Setting(
        "DRAGOMAN_MEMORY",
        "$XDG_DATA_HOME/dragoman/memory.sqlite, or ~/.local/share/dragoman/memory.sqlite",
        "file of your own translation memory, which grows",
    ),
    Setting("DRAGOMAN_MODELS", "$XDG_DATA_HOME/dragoman/models, or ~/.local/share/dragoman/models", "folder of models"),
    Setting(
        "DRAGOMAN_MODELS_MIRROR", "none: models come from where they are published", "address of a mirror of models"
    ),
    Setting("DRAGOMAN_POLICY", "follow-source", "policy where none is named: an id, or the path of a YAML file"),
    Setting("DRAGOMAN_QUALITY", "normal", "how hard engines look for the best draft: fast, normal or best"),
    Setting("DRAGOMAN_SEEDS", "the seeds that come with Dragoman", "folder of the first translation memory"),
    Setting(
        "DRAGOMAN_STORE",
        "$XDG_DATA_HOME/dragoman/server, or ~/.local/share/dragoman/server",
        "folder of what the server keeps: keys, usage, glossaries and documents that clients upload",
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and what is taken where a command names nothing."""

    cache: Path
    glossaries: Path
    memory: Path
    models: Path
    policy: str
    seeds: Path
    argos: Path
    store: Path
    allowed_hosts: str = ""
    ask_again: str = "3"
    engine: str = "auto"
    libretranslate_key: str = field(default="", repr=False)
    libretranslate_url: str = ""
    llm_key: str = field(default="", repr=False)
    llm_model: str = ""
    llm_url: str = ""
    models_mirror: str = ""
    quality: str = "normal"

    @property
    def policies(self) -> Path:
        return self.glossaries / "policies"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environ` (the process's own if None); an empty value counts as not given."""
    env = os.environ if environ is None else environ
    return Settings(
        cache=folder_setting(env, "DRAGOMAN_CACHE") or base_folder(env, "XDG_CACHE_HOME", ".cache") / "dragoman",
        glossaries=folder_setting(env, "DRAGOMAN_GLOSSARIES") or share_folder() / "glossaries",
        memory=folder_setting(env, "DRAGOMAN_MEMORY")
        or base_folder(env, "XDG_DATA_HOME", ".local/share") / "dragoman" / "memory.sqlite",
        models=folder_setting(env, "DRAGOMAN_MODELS")
        or base_folder(env, "XDG_DATA_HOME", ".local/share") / "dragoman" / "models",
        models_mirror=_text(env, "DRAGOMAN_MODELS_MIRROR"),
        policy=_text(env, "DRAGOMAN_POLICY") or "follow-source",
        seeds=folder_setting(env, "DRAGOMAN_SEEDS") or share_folder() / "seeds",
        argos=folder_setting(env, "DRAGOMAN_ARGOS")
        or folder_setting(env, "ARGOS_PACKAGES_DIR")
        or base_folder(env, "XDG_DATA_HOME", ".local/share") / "argos-translate" / "packages",
        store=folder_setting(env, "DRAGOMAN_STORE")
        or base_folder(env, "XDG_DATA_HOME", ".local/share") / "dragoman" / "server",
        allowed_hosts=_text(env, "DRAGOMAN_ALLOWED_HOSTS"),
        ask_again=_text(env, "DRAGOMAN_ASK_AGAIN") or "3",
        engine=_text(env, "DRAGOMAN_ENGINE") or "auto",
        libretranslate_key=_text(env, "DRAGOMAN_LIBRETRANSLATE_KEY"),
        libretranslate_url=_text(env, "DRAGOMAN_LIBRETRANSLATE_URL"),
        llm_key=_text(env, "DRAGOMAN_LLM_KEY"),
        llm_model=_text(env, "DRAGOMAN_LLM_MODEL"),
        llm_url=_text(env, "DRAGOMAN_LLM_URL"),
        quality=_text(env, "DRAGOMAN_QUALITY") or "normal",
    )


def given_settings(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """The variables of the table that are set, for a worker on another machine."""
    env = os.environ if environ is None else environ
    return {setting.name: env[setting.name] for setting in SETTINGS if env.get(setting.name)}


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


def _text(env: Mapping[str, str], name: str) -> str:
    return env.get(name, "").strip()


def folder_setting(env: Mapping[str, str], name: str) -> Path | None:
    """The folder that a variable names, or None where it is not given."""
    value = _text(env, name)
    return Path(value).expanduser().absolute() if value else None


def base_folder(env: Mapping[str, str], name: str, default: str) -> Path:
    """A base folder by the XDG specification, which has relative values ignored."""
    value = Path(env.get(name, "") or ".")
    return value if value.is_absolute() else Path(env.get("HOME") or Path.home()) / default
