"""The pages open from a file, fetch nothing, and can be used by everybody."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

CHECKS = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8")
PAGES = (
    "index", "names", "kind/monastery", "map", "terms", "policies", "policies-en", "policies-hy", "coverage",
    "entity/khankendi-stepanakert", "entity/artsakh-karabakh", "entity/un",
)  # fmt: skip


def _open(browser: Browser, site: Path, name: str, **context: object) -> Page:
    page = browser.new_page(**context)  # type: ignore[arg-type]
    page.goto((site / f"{name}.html").as_uri())
    return page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_serves_everybody(browser: Browser, site: Path, name: str) -> None:
    """Opened from a file, a page asks for files of the site alone, under a strict policy, and the console stays empty.

    Landmarks, headings in order, labels, titles, languages and contrast are right in both themes, details open; at 360
    points nothing but tables and maps scrolls sideways.
    """
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((site / f"{name}.html").as_uri())
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content") or ""
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme)
        assert page.evaluate(CHECKS) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert [url for url in asked if not url.startswith(site.as_uri())] == []
    assert said == []
    page.close()


def test_the_checks_see_what_is_wrong(browser: Browser) -> None:
    """A page full of faults is told as such."""
    page = browser.new_page()
    page.set_content(
        "<html lang=en><body><nav></nav><h1>A</h1><h3>B</h3><input><svg></svg><a href=x></a><p lang=xx>c</p>"
        "<p>Ռուս</p><p style='color:#aaa;background:#fff'>pale</p><table><tr><td>1</table><img src=data:,>"
    )
    found = "\n".join(page.evaluate(CHECKS))
    for word in (
        "no main", "skips a level", "navigation without", "field without", "drawing without", "link without",
        "unknown language", "hy text said to be en", "contrast 2.", "table without", "image without",
    ):  # fmt: skip
        assert word in found
    page.close()


def test_all_but_the_search_works_without_javascript(browser: Browser, site: Path) -> None:
    """Without JavaScript the search says so, and names, map and forms are there."""
    page = _open(browser, site, "index", java_script_enabled=False)
    assert page.get_by_text("The search needs JavaScript").is_visible()
    assert not page.get_by_role("searchbox").is_visible()
    page.get_by_role("link", name="alphabetical list").click()
    page.get_by_role("link", name="Khankendi / Stepanakert", exact=True).click()
    page.get_by_text("Russian: Степанакерт, Ханкенди").click()
    assert page.get_by_role("cell", name="Степанакертом").is_visible()
    page.get_by_role("link", name="on the map").click()
    assert page.url.endswith("map.html#khankendi-stepanakert")
    point = page.locator("a:target")
    assert point.get_attribute("aria-label") == "Khankendi / Stepanakert, city"
    point.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Khankendi / Stepanakert"
    page.close()


def test_the_keyboard_reaches_the_content_first(browser: Browser, site: Path) -> None:
    """The first stop of the Tab key is a visible link to the content, and it leads there."""
    page = _open(browser, site, "entity/khankendi-stepanakert")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()
