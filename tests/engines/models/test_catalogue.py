"""The catalogue, the list that is made of it, and where models may come from at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.engines.models.site import Site
from toolkit.engines.models.catalogue import WEAK, catalogue, direction_name
from toolkit.engines.models.install import Installer
from toolkit.engines.models.listing import list_models
from toolkit.engines.models.origins import Origins, origins_of
from toolkit.errors import BadOption, ModelUnusable
from toolkit.settings import Settings

ROOT = Path(__file__).parents[3]


def test_the_catalogue_is_in_order() -> None:
    """Alphabetical by name; figures and recommendations are for directions that the model has."""
    models = catalogue().models
    assert [model.name for model in models] == sorted(model.name for model in models)
    for model in models:
        directions = set(map(direction_name, model.directions))
        assert set(model.quality) | set(model.recommended) <= directions, model.name
        assert bool(model.repository) == bool(model.family) == (model.engine == "multilingual"), model.name
        assert not model.family or model.family in catalogue().families
        if "-NC" in model.licence:
            assert not model.commercial


def test_every_direction_has_a_recommendation(settings: Settings) -> None:
    """Directly, or through English by recommended models; and none is recommended that is weak."""
    listed = list_models(settings)
    assert len(listed) == 12
    for one in listed:
        recommended = [row for row in one.rows if row.recommended]
        assert recommended or one.through, one.direction
        assert not any(row.weak for row in recommended)


def test_weak_engines_are_warned_of(settings: Settings) -> None:
    """COMET below 0.7 is a warning, whoever made the model."""
    weak = {row.name for one in list_models(settings) for row in one.rows if row.weak}
    assert weak == {"argos-az-en", "argos-en-az", "opus-mt-en-hy", "opus-mt-hy-en"}
    assert WEAK == 0.7


def test_the_list_shows_what_is_installed(site: Site, installer: Installer, settings: Settings) -> None:
    """Of the catalogue and of one's own."""
    site.firefox("en-az", "tiny", "other")
    installer.install("firefox-en-az-tiny")
    (one,) = list_models(settings, ["en-az"], only_installed=True)
    assert [(row.name, row.installed) for row in one.rows] == [("firefox-en-az-tiny", True)]


ALLOWED = [
    "https://storage.googleapis.com/moz-fx/x.gz",
    "https://huggingface.co/a/b",
    "https://cdn-lfs-us-1.hf.co/x",
    "https://cas-bridge.xethub.hf.co/x",
]
REFUSED = [
    "http://storage.googleapis.com/x",
    "https://storage.googleapis.com.evil.example/x",
    "https://evil.example/storage.googleapis.com",
    "https://storage.googleapis.com@evil.example/x",
    "https://user:pass@huggingface.co/x",
    "https://huggingface.co:8443/x",
    "https://hf.co.evil.example/x",
    "https://evilhf.co/x",
    "https://127.0.0.1/x",
    "https://[::1]/x",
    "https://169.254.169.254/latest/meta-data",
    "https://2130706433/x",
    "ftp://huggingface.co/x",
    "file:///etc/passwd",
    "//huggingface.co/x",
    "huggingface.co/x",
    "https://",
    "https://[",
    "",
]


@pytest.mark.parametrize("url", ALLOWED)
def test_hosts_that_models_come_from(url: str) -> None:
    """The registries and where they keep their files."""
    assert Origins().check(url) == url


@pytest.mark.parametrize("url", REFUSED)
def test_all_other_hosts_are_refused(url: str) -> None:
    """No registry and no redirect leads to another host, or to this machine or network."""
    with pytest.raises(ModelUnusable):
        Origins().check(url, by="https://huggingface.co/a")


def test_the_usual_addresses_are_allowed() -> None:
    """The registries themselves pass the check."""
    origins = origins_of("")
    for url in (origins.firefox, origins.argos, origins.huggingface):
        assert origins.check(url) == url


@pytest.mark.parametrize("mirror", ["ftp://x", "x", "https://", "https://a@b/", "file:///x", "https://[", "http://x:y"])
def test_a_mirror_is_a_web_address(mirror: str) -> None:
    """Anything else is wrong use."""
    with pytest.raises(BadOption):
        origins_of(mirror)


def test_a_mirror_is_the_only_host() -> None:
    """With a mirror nothing else is asked."""
    origins = origins_of("https://mirror.example:8443/models/")
    assert origins.check(origins.firefox) == "https://mirror.example:8443/models/firefox/models.json"
    assert origins.file("https://argos-net.com/v1/x.argosmodel") == (
        "https://mirror.example:8443/models/files/v1/x.argosmodel"
    )
    with pytest.raises(ModelUnusable):
        origins.check("https://huggingface.co/x")


NETWORK = re.compile(
    r"^\s*(?:import|from)\s+(aiohttp|ftplib|http\.client|httpx|requests|smtplib|socket|telnetlib|urllib3|urllib\.request)\b",
    re.MULTILINE,
)
MAY = {
    "toolkit/engines/models/fetch.py",  # models install
    "toolkit/engines/outbound.py",  # a server of the newsroom's own
}


def test_nothing_else_opens_a_connection() -> None:
    """Text never leaves the machine: only these two modules use a library that could send it."""
    users = {
        path.relative_to(ROOT).as_posix()
        for folder in ("toolkit", "api")
        for path in (ROOT / folder).rglob("*.py")
        if NETWORK.search(path.read_text(encoding="utf-8"))
    }
    assert users <= MAY
