"""The models that can be had: data/catalogue.yaml, and what is asked of it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from toolkit.engines.ct2 import Quality
from toolkit.engines.models.manifest import NAME_PATTERN, Direction, Sha256, Tokens
from toolkit.errors import BadOption
from toolkit.glossary.yaml_safe import parse_yaml
from toolkit.languages import Language

WEAK = 0.7
"""COMET below which a model is warned about."""

SMALL = 100
"""Megabytes to download up to which a model is installed as one of the `recommended` without being named."""


ARCHITECTURES = {
    Quality.BEST: ("base", "base-memory", "tiny"),
    Quality.FAST: ("tiny", "base-memory", "base"),
    Quality.NORMAL: ("base-memory", "base", "tiny"),
}
"""Which Firefox model to prefer where there are several, the first first."""


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Known(_Closed):
    """A model of the catalogue."""

    name: Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
    engine: Literal["argos", "firefox", "multilingual", "none"]
    source: Language | None = Field(default=None, alias="from")
    target: Language | None = Field(default=None, alias="to")
    architecture: str = ""
    family: str = ""
    repository: str = ""
    download: int
    size: int
    licence: str
    commercial: bool = True
    quality: dict[str, tuple[float, float]] = {}
    """(BLEU, COMET) by direction."""
    recommended: tuple[str, ...] = ()
    sha256: dict[str, Sha256] = {}
    """Of unpacked files, by their role: `model`."""
    note: str = ""

    @property
    def directions(self) -> tuple[Direction, ...]:
        if self.source and self.target:
            return ((self.source, self.target),)
        return tuple((source, target) for source in Language for target in Language if source is not target)

    @property
    def installable(self) -> bool:
        return self.engine != "none"

    def comet(self, direction: str) -> float | None:
        return self.quality[direction][1] if direction in self.quality else None


class Family(_Closed):
    """How a kind of multilingual model is told the languages; the licence it was published under."""

    licence: str
    codes: dict[Language, str]
    source: tuple[str, ...]
    target: tuple[str, ...]

    def tokens(self, tokenizer: str) -> Tokens:
        return Tokens(tokenizer=tokenizer, codes=self.codes, source=self.source, target=self.target)


class Catalogue(_Closed):
    models: tuple[Known, ...]
    families: dict[str, Family]
    architectures: dict[str, int]

    def get(self, name: str) -> Known | None:
        return next((model for model in self.models if model.name == name), None)

    def by_hash(self, sha256: str) -> Known | None:
        """The model that a known file belongs to."""
        return next((model for model in self.models if sha256 in model.sha256.values()), None)

    def recommended(self, direction: str | None = None) -> tuple[Known, ...]:
        """Those recommended for a direction ("en-az"), or for any."""
        return tuple(
            model for model in self.models if (direction in model.recommended if direction else model.recommended)
        )

    def family(self, name: str) -> Family:
        if name not in self.families:
            raise BadOption(
                f"unknown family {name[:40]!r}",
                where="--family",
                remedy=f"use one of {', '.join(sorted(self.families))}",
            )
        return self.families[name]


def direction_name(direction: Direction) -> str:
    return f"{direction[0].value}-{direction[1].value}"


@cache
def catalogue() -> Catalogue:
    """The catalogue that comes with Dragoman."""
    text = files("toolkit.engines.models").joinpath("data/catalogue.yaml").read_text(encoding="utf-8")
    return Catalogue.model_validate(parse_yaml(text, where="catalogue.yaml"))
