"""A registry that is none, or names files elsewhere, is told in one line, and nothing is installed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.engines.models import site as sites
from tests.engines.models.site import Site, body
from toolkit.engines.models.install import Installer
from toolkit.errors import ModelUnusable

REGISTRIES = {
    "no JSON": (body(b"{oops"), "is no JSON"),
    "a page": (body(b"<html>", kind="text/html"), "is a web page"),
    "a list": (body(b"[]"), "not as a registry should be"),
    "no models": (body(b'{"models": {}, "baseUrl": "http://x"}'), "no released model"),
    "a strange pair": (body(b'{"models": {"en-az": 3}, "baseUrl": ""}'), "not as a registry should be"),
    "a strange record": (body(b'{"models": {"en-az": [{}]}, "baseUrl": ""}'), "not as a registry should be"),
    "deep": (body(b"[" * 200_000), "is no JSON"),
    "endless": (sites.endless, "larger than"),
}


@pytest.mark.parametrize("kind", REGISTRIES)
def test_a_strange_registry(site: Site, installer: Installer, nothing_half: Callable[[], None], kind: str) -> None:
    """A registry that is none is one line."""
    site.answers["/firefox/models.json"], message = REGISTRIES[kind]
    with pytest.raises(ModelUnusable, match=message):
        installer.install("firefox-en-az-tiny")
    nothing_half()


@pytest.mark.parametrize("path", ["../../x.bin", "/etc/x.bin", "a/..", "a/.hidden.bin", "https://evil.example/x.bin"])
def test_a_registry_cannot_name_files_elsewhere(
    site: Site, installer: Installer, nothing_half: Callable[[], None], path: str
) -> None:
    """A path of the registry is a plain path below its own address."""
    site.firefox("en-az", "tiny")
    record = {"path": path, "uncompressedSize": 3, "uncompressedHash": "0" * 64}
    files = {"model": record, "vocab": record}
    models = {"en-az": [{"architecture": "tiny", "releaseStatus": "Release", "files": files}]}
    site.serve_json("/firefox/models.json", {"models": models, "baseUrl": "https://x.example"})
    with pytest.raises(ModelUnusable, match="not as a registry should be"):
        installer.install("firefox-en-az-tiny")
    nothing_half()
