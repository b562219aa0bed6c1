"""A map of the positions of a pack as SVG: points, labels where there is room, a scale; no tiles, no coastline."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.glossary.pack import LoadedPack
from toolkit.site.titles import Directory, Link

WIDTH = 1200.0
_MARGIN = 40.0
_KM_A_DEGREE = 111.32
_LETTER, _LINE = 6.3, 13.0
_SCALES = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_LARGEST_HEIGHT = 1000.0
_ENOUGH = 12
"""Contested places from which a closer look is drawn."""


@dataclass(frozen=True, slots=True)
class Point:
    """An entity on the map, in units of the drawing; `label_x` is None where its label has no room."""

    link: Link
    latitude: float
    longitude: float
    x: float
    y: float
    label_x: float | None = None
    label_y: float = 0.0
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Gridline:
    """A meridian or parallel with its degree."""

    degree: int
    at: float


@dataclass(frozen=True, slots=True)
class Scale:
    """A length of the drawing and the kilometres it stands for, at the middle of the map."""

    length: float
    kilometres: int


@dataclass(frozen=True, slots=True)
class Map:
    """A map ready to be drawn; points are in alphabetical order of their titles."""

    id: str
    title: str
    height: float
    points: tuple[Point, ...]
    meridians: tuple[Gridline, ...]
    parallels: tuple[Gridline, ...]
    scale: Scale
    is_part: bool = False
    """A closer look at a part of the map before it."""
    elsewhere: frozenset[str] = frozenset()
    """Entities that the closer look shows better: links to the map lead there."""

    @property
    def labelled(self) -> int:
        return sum(point.label_x is not None for point in self.points)


@dataclass(frozen=True, slots=True)
class _Window:
    """Equidistant cylindrical projection, true at the middle parallel."""

    south: float
    west: float
    north: float
    east: float

    @classmethod
    def around(cls, positions: Sequence[tuple[float, float]]) -> _Window:
        """The window that holds all positions, with a little room."""
        latitudes, longitudes = zip(*positions, strict=True)
        return cls(min(latitudes) - 0.1, min(longitudes) - 0.1, max(latitudes) + 0.1, max(longitudes) + 0.1)

    def widened(self) -> _Window:
        """The same window, wide enough that the map fills the drawing from side to side."""
        wanted = (self.north - self.south) * (WIDTH - 2 * _MARGIN) / (_LARGEST_HEIGHT - 2 * _MARGIN) / self._squeeze
        more = max(0.0, wanted - (self.east - self.west)) / 2
        return _Window(self.south, self.west - more, self.north, self.east + more)

    def holds(self, position: tuple[float, float]) -> bool:
        return self.south <= position[0] <= self.north and self.west <= position[1] <= self.east

    @property
    def _squeeze(self) -> float:
        return max(0.2, math.cos(math.radians((self.south + self.north) / 2)))

    @property
    def unit(self) -> float:
        """Units of the drawing a degree of latitude."""
        wide = (WIDTH - 2 * _MARGIN) / ((self.east - self.west) * self._squeeze)
        return min(wide, (_LARGEST_HEIGHT - 2 * _MARGIN) / (self.north - self.south))

    @property
    def height(self) -> float:
        return round((self.north - self.south) * self.unit + 2 * _MARGIN, 1)

    def x(self, longitude: float) -> float:
        middle = (self.west + self.east) / 2
        return round(WIDTH / 2 + (longitude - middle) * self._squeeze * self.unit, 1)

    def y(self, latitude: float) -> float:
        return round(_MARGIN + (self.north - latitude) * self.unit, 1)


def maps_of(packs: Iterable[LoadedPack], directory: Directory) -> tuple[Map, ...]:
    """The maps of packs that have positions: the whole, and a closer look where contested places lie close together."""
    maps: list[Map] = []
    for pack in sorted(packs, key=lambda pack: pack.pack.id):
        placed = {entry.id: entry.position for entry in pack.entries if entry.position}
        if not placed:
            continue
        whole = _Window.around(list(placed.values()))
        closer = _closer([entry.position for entry in pack.entries if entry.position and entry.contested], whole)
        inside = {id_: position for id_, position in placed.items() if closer and closer.holds(position)}
        maps.append(replace(_map(pack, directory, placed, whole), elsewhere=frozenset(inside)))
        if closer:
            part = _map(pack, directory, inside, closer)
            maps.append(replace(part, id=f"{part.id}-closer", title=f"{part.title}, a closer look", is_part=True))
    return tuple(maps)


def _map(pack: LoadedPack, directory: Directory, placed: Mapping[str, tuple[float, float]], window: _Window) -> Map:
    points = [
        Point(link, *placed[link.id], window.x(placed[link.id][1]), window.y(placed[link.id][0]))
        for link in directory.links
        if link.id in placed
    ]
    wide = window.east - window.west
    step = next((step for step in (1, 2, 5, 10, 20, 30) if wide / step <= 10), 60)
    kilometre = window.unit / _KM_A_DEGREE
    kilometres = next((length for length in _SCALES if length * kilometre >= 100), _SCALES[-1])
    return Map(
        pack.pack.id,
        pack.pack.title,
        window.height,
        tuple(_labelled(points, window.height)),
        tuple(Gridline(degree, window.x(degree)) for degree in _degrees(window.west, window.east, step)),
        tuple(Gridline(degree, window.y(degree)) for degree in _degrees(window.south, window.north, step)),
        Scale(round(kilometres * kilometre, 1), kilometres),
    )


def _closer(positions: Sequence[tuple[float, float]], whole: _Window) -> _Window | None:
    """The window of most contested places, the outermost eighth on each side left out; None where it is no closer."""
    if len(positions) < _ENOUGH:
        return None
    cut = len(positions) // 8
    latitudes, longitudes = (sorted(axis)[cut : len(positions) - cut] for axis in zip(*positions, strict=True))
    window = _Window.around([(latitudes[0], longitudes[0]), (latitudes[-1], longitudes[-1])]).widened()
    return window if window.unit >= 2 * whole.unit else None


def _degrees(first: float, last: float, step: int) -> range:
    return range(math.ceil(first / step) * step, math.floor(last) + 1, step)


def _labelled(points: Sequence[Point], height: float) -> list[Point]:
    """Give labels to the points that have room for one. Places that several names compete for come first, since they
    are what the map is looked at for; then larger kinds; then the alphabet."""
    rank = {"country": 0, "city": 1, "region": 2, "town": 3, "district": 4}
    order = sorted(range(len(points)), key=lambda i: (not points[i].link.contested, rank.get(points[i].link.kind, 9)))
    taken = _Taken((point.x - 4, point.y - 4, point.x + 4, point.y + 4) for point in points)
    placed = list(points)
    for index in order:
        point = points[index]
        width = len(point.link.title) * _LETTER
        for x, y, anchor in _places(point):
            left = x if anchor == "start" else x - width if anchor == "end" else x - width / 2
            box = (left, y - _LINE + 3, left + width, y + 3)
            if left >= 2 and left + width <= WIDTH - 2 and _LINE <= y <= height - 4 and taken.is_free(box):
                taken.take(box)
                placed[index] = Point(
                    point.link, point.latitude, point.longitude, point.x, point.y, round(x, 1), round(y, 1), anchor
                )
                break
    return placed


def _places(point: Point) -> tuple[tuple[float, float, str], ...]:
    """Where a label may stand: right, left, above, below."""
    return (
        (point.x + 7, point.y + 4, "start"),
        (point.x - 7, point.y + 4, "end"),
        (point.x, point.y - 8, "middle"),
        (point.x, point.y + 16, "middle"),
    )


class _Taken:
    """Boxes that are drawn on already, by cells so that each question looks at few."""

    _CELL = 60.0

    def __init__(self, boxes: Iterable[tuple[float, float, float, float]]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float, float, float]]] = {}
        for box in boxes:
            self.take(box)

    def take(self, box: tuple[float, float, float, float]) -> None:
        for cell in self._cells_of(box):
            self._cells.setdefault(cell, []).append(box)

    def is_free(self, box: tuple[float, float, float, float]) -> bool:
        left, top, right, bottom = box
        return not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for cell in self._cells_of(box)
            for other in self._cells.get(cell, ())
        )

    def _cells_of(self, box: tuple[float, float, float, float]) -> list[tuple[int, int]]:
        left, top, right, bottom = (math.floor(edge / self._CELL) for edge in box)
        return [(column, row) for column in range(left, right + 1) for row in range(top, bottom + 1)]
