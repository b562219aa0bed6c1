"""What `models list` shows: for each direction the models that can be had or are installed."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.engines.models.catalogue import WEAK, Known, catalogue, direction_name
from toolkit.engines.models.installed import InstalledModel, installed_models
from toolkit.languages import Language
from toolkit.settings import Settings


@dataclass(frozen=True, slots=True)
class Row:
    """A model as it concerns one direction."""

    direction: str
    name: str
    engine: str
    download: int | None
    """Megabytes, about; None for a model that no catalogue knows."""
    size: int
    licence: str
    commercial: bool | None
    bleu: float | None
    comet: float | None
    installed: bool
    recommended: bool
    weak: bool
    """Published COMET below 0.7: too wrong to be worked with."""
    note: str


@dataclass(frozen=True, slots=True)
class DirectionRows:
    """The models of a direction, the recommended first, then by published quality, then by name."""

    direction: str
    rows: tuple[Row, ...]
    through: tuple[str, ...] = ()
    """The directions to go through English by, where no model goes straight or those that do are large."""


def list_models(
    settings: Settings, directions: list[str] | None = None, *, only_installed: bool = False
) -> list[DirectionRows]:
    """Rows for the directions given (all twelve if none), in alphabetical order."""
    installed = {model.name: model for model in installed_models(settings)}
    listed = []
    for direction in directions or _all_directions():
        rows = [
            _known_row(model, direction, model.name in installed)
            for model in catalogue().models
            if direction in map(direction_name, model.directions)
        ]
        names = {row.name for row in rows}
        rows += [
            _own_row(model, direction)
            for model in installed.values()
            if model.name not in names and direction in map(direction_name, model.directions)
        ]
        if only_installed:
            rows = [row for row in rows if row.installed]
        listed.append(DirectionRows(direction, tuple(sorted(rows, key=_order)), _through(direction)))
    return listed


def _all_directions() -> list[str]:
    return [direction_name((source, target)) for source in Language for target in Language if source is not target]


def _order(row: Row) -> tuple[bool, float, str]:
    return (not row.recommended, -(row.comet or 0.0), row.name)


def _through(direction: str) -> tuple[str, ...]:
    source, target = direction.split("-")
    if "en" in (source, target):
        return ()
    legs = (f"{source}-en", f"en-{target}")
    return legs if all(catalogue().recommended(leg) for leg in legs) else ()


def _known_row(model: Known, direction: str, installed: bool) -> Row:
    bleu, comet = model.quality.get(direction, (None, None))
    return Row(
        direction=direction,
        name=model.name,
        engine=model.engine if model.installable else "",
        download=model.download,
        size=model.size,
        licence=model.licence,
        commercial=model.commercial,
        bleu=bleu,
        comet=comet,
        installed=installed,
        recommended=direction in model.recommended,
        weak=comet is not None and comet < WEAK,
        note=model.note,
    )


def _own_row(model: InstalledModel, direction: str) -> Row:
    manifest = model.manifest
    return Row(
        direction=direction,
        name=model.name,
        engine=model.engine,
        download=None,
        size=max(1, round(manifest.size / 1e6)),
        licence=manifest.licence,
        commercial=False if "-NC" in manifest.licence.upper() else None,
        bleu=None,
        comet=None,
        installed=True,
        recommended=False,
        weak=False,
        note=f"from {manifest.origin}"[:120],
    )
