"""A site to download from, and installers that do not wait long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engines.models import site as sites
from toolkit.engines.models.fetch import Fetcher, Patience
from toolkit.engines.models.install import Installer
from toolkit.engines.models.origins import origins_of
from toolkit.settings import Settings, read_settings

QUICK = Patience(connect=2.0, read=0.5, attempts=3, pause=0.0, slowest=1000.0, slow_for=0.2)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[sites.Site]:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    found, server = sites.start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"HOME": str(tmp_path), "DRAGOMAN_MODELS": str(tmp_path / "models")})


@pytest.fixture
def fetcher(site: sites.Site) -> Fetcher:
    return Fetcher(origins_of(site.base), patience=QUICK)


@pytest.fixture
def installer(settings: Settings, fetcher: Fetcher) -> Installer:
    return Installer(settings.models, fetcher)


@pytest.fixture
def nothing_half(settings: Settings) -> Callable[[], None]:
    """Asserts that no model is there and nothing of one stands where models are looked for."""

    def check() -> None:
        left = [path.name for path in settings.models.iterdir()] if settings.models.is_dir() else []
        assert set(left) <= {".lock", ".downloads"}, left

    return check
