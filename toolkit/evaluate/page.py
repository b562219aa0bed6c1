"""The report as one page: plots as inline SVG, their numbers in a table beside them, the sentences to look at."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.evaluate.model import NameScores, Report, Share, System
from toolkit.templates import templates_of

_WIDTH = 420
_LEVELS = ("base", "form", "lemma")


@dataclass(frozen=True, slots=True)
class Bar:
    """A share as it is drawn: a bar, and the 95 % interval on it, in units of the drawing."""

    label: str
    share: Share
    length: float
    low: float
    high: float

    @property
    def percent(self) -> str:
        return percent(self.share)


def percent(share: Share) -> str:
    """A share for readers; a dash of nothing."""
    return "–" if share.share is None else f"{share.share:.1%}".replace("%", " %")


def bar(label: str, share: Share) -> Bar:
    low, high = share.interval
    return Bar(label, share, (share.share or 0.0) * _WIDTH, low * _WIDTH, high * _WIDTH)


def bars(names: NameScores) -> list[Bar]:
    """The three levels at which a name can be right."""
    return [bar(level, getattr(names, level)) for level in _LEVELS]


def directions_of(report: Report) -> dict[str, list[System]]:
    """The systems by direction, in the order of the report."""
    found: dict[str, list[System]] = {}
    for system in report.systems:
        found.setdefault(f"{system.source} → {system.target}", []).append(system)
    return found


def render_page(report: Report) -> str:
    """The page as HTML; every text in it is escaped, nothing is fetched."""
    environment = templates_of("toolkit.evaluate")
    environment.filters["percent"] = percent
    return environment.get_template("evaluation.html.j2").render(
        report=report, directions=directions_of(report), bars=bars, bar=bar, width=_WIDTH
    )
