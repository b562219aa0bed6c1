"""What `models list` shows: for each direction the models that can be had or are installed."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.engines.models.catalogue import WEAK, Known, catalogue, direction_name
from toolkit.engines.models.installed import InstalledModel, installed_models
from toolkit.engines.models.manifest import Direction
from toolkit.engines.models.unpacked import UnpackedPackage, unpacked_packages
from toolkit.errors import ModelUnusable
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
    """Megabytes on the disk: of an installed model its own, else about."""
    licence: str
    commercial: bool | None
    bleu: float | None
    comet: float | None
    installed: bool
    recommended: bool
    weak: bool
    """Published COMET below 0.7: too wrong to be worked with."""
    note: str
    fault: str = ""
    """Why it cannot be used, installed as it is."""


@dataclass(frozen=True, slots=True)
class _There:
    """What of an installed model concerns the list."""

    name: str
    engine: str
    directions: tuple[Direction, ...]
    size: int
    licence: str
    note: str
    fault: str = ""

    @classmethod
    def of(cls, model: InstalledModel) -> _There:
        manifest = model.manifest
        known = catalogue().get(model.name) is not None
        note = f"from {manifest.origin}"[:120] if manifest.origin and not known else ""
        fault = ""
        try:
            model.check_sizes()
        except ModelUnusable as error:
            fault = error.what
        return cls(model.name, model.engine, model.directions, _size(model), manifest.licence, note, fault)

    @classmethod
    def of_package(cls, found: UnpackedPackage) -> _There:
        note = f"in the folder {found.package.folder.name}" if found.removable else "installed by Argos Translate"
        return cls(found.name, "argos", (found.package.pair,), found.size, "not stated", note)

    @property
    def megabytes(self) -> int:
        return max(1, round(self.size / 1e6))

    @property
    def commercial(self) -> bool | None:
        return False if "-NC" in self.licence.upper() else None


def _size(model: InstalledModel) -> int:
    """Bytes, as far as its files are there."""
    paths = (model.folder / file for file in model.manifest.files)
    return sum(path.stat().st_size for path in paths if path.is_file())


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
    models = (_There.of(model) for model in installed_models(settings))
    packages = (_There.of_package(found) for found in unpacked_packages(settings).values())
    installed = {there.name: there for there in (*packages, *models)}
    listed = []
    for direction in directions or _all_directions():
        rows = [
            _known_row(model, direction, installed.get(model.name))
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


def _known_row(model: Known, direction: str, there: _There | None) -> Row:
    bleu, comet = model.quality.get(direction, (None, None))
    return Row(
        direction=direction,
        name=model.name,
        engine=model.engine if model.installable else "",
        download=model.download,
        size=there.megabytes if there else model.size,
        licence=model.licence if there is None or there.licence == "not stated" else there.licence,
        commercial=model.commercial,
        bleu=bleu,
        comet=comet,
        installed=there is not None,
        recommended=direction in model.recommended,
        weak=comet is not None and comet < WEAK,
        note="; ".join(note for note in (model.note, there.note if there else "") if note),
        fault=there.fault if there else "",
    )


def _own_row(there: _There, direction: str) -> Row:
    return Row(
        direction=direction,
        name=there.name,
        engine=there.engine,
        download=None,
        size=there.megabytes,
        licence=there.licence,
        commercial=there.commercial,
        bleu=None,
        comet=None,
        installed=True,
        recommended=False,
        weak=False,
        note=there.note,
        fault=there.fault,
    )
