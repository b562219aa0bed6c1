"""The index of Argos packages: where the newest one of a direction is."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from toolkit.engines.models.fetch import Fetcher, Wanted
from toolkit.engines.models.manifest import Direction, safe_path
from toolkit.engines.models.registry import misshapen, read_json
from toolkit.errors import ModelUnusable

_MAX_PACKAGE = 1 << 30


class _Package(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    source: str = Field(alias="from_code")
    target: str = Field(alias="to_code")
    version: str = Field(alias="package_version", pattern=r"^\d{1,4}(\.\d{1,4}){0,3}$")
    links: tuple[str, ...] = Field(min_length=1, max_length=20)

    @property
    def order(self) -> tuple[int, ...]:
        return tuple(int(part) for part in self.version.split("."))


def plan_argos(fetcher: Fetcher, direction: Direction, folder: Path) -> Wanted:
    """The newest package of a direction. Raises ModelUnusable where there is none."""
    pair = f"{direction[0].value}-{direction[1].value}"
    url = fetcher.origins.argos
    remedy = (
        f"with no network: download the package translate-{pair.replace('-', '_')} from the Argos index on another "
        "machine, bring it here and run `dragoman models install FILE.argosmodel`"
    )
    data = read_json(fetcher, url, folder, remedy=remedy)
    if not isinstance(data, list):
        raise misshapen(url, "it is no list")
    found = []
    for entry in data:
        try:
            package = _Package.model_validate(entry)
        except ValidationError:
            continue
        if (package.source, package.target) == (direction[0].value, direction[1].value):
            found.append(package)
    if not found:
        raise ModelUnusable(f"has no package {pair}", where=url, remedy="see `dragoman models list`")
    newest = max(found, key=lambda package: package.order)
    links = [link for link in newest.links if link.startswith(("https://", "http://"))]
    if not links:
        raise misshapen(url, f"the package {pair} has no web address")
    link = next((link for link in links if fetcher.origins.allows(fetcher.origins.file(link))), links[0])
    address = fetcher.origins.check(fetcher.origins.file(link), by=url)
    name = link.rsplit("/", 1)[-1].split("?")[0]
    try:
        safe_path(name)
    except ValueError:
        raise misshapen(url, f"a package is called {name[:60]!r}") from None
    return Wanted(address, name, _MAX_PACKAGE)
