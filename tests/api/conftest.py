"""A real server on loopback, started once for the tests of the API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import read_api_settings
from tests.api.serving import served


@pytest.fixture(scope="session")
def server(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server."""
    store = tmp_path_factory.mktemp("store")
    settings = read_api_settings(
        {"DRAGOMAN_CACHE": str(cache), "DRAGOMAN_STORE": str(store), "DRAGOMAN_MAX_CHARACTERS": "20000"}
    )
    with served(create_app(settings)) as address:
        yield address
