"""Chromium, where it is installed: a browser a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.api.web.editor import Editor, editor

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a module; of that module alone, as it holds the thread's event loop."""
    if not Path(CHROMIUM).exists():
        pytest.skip("needs Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def at_desk(browser: Browser, server: str) -> Iterator[Editor]:
    with editor(browser, server, viewport={"width": 1280, "height": 900}) as one:
        yield one.open()
