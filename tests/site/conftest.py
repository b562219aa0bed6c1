"""A site of the project's own glossary, a site of a hostile one, and a real browser to look at them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from toolkit.glossary.glossary import Glossary
from toolkit.settings import share_folder
from toolkit.site.build import Contents, build_site

HOSTILE = "<script>window.hacked=1</script>\"'&{{ 7*7 }}<img src=x onerror=window.hacked=1>"


@pytest.fixture(scope="session")
def contents(glossary: Glossary, policies: Path) -> Contents:
    return Contents(glossary, policies, sorted((share_folder() / "seeds" / "articles").glob("*.md")))


@pytest.fixture(scope="session")
def site(contents: Contents, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the glossary that comes with the project."""
    out = tmp_path_factory.mktemp("site")
    build_site(contents, out)
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a module and no longer: while it runs, it holds the one event loop of the thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packs in which every free text is an attack on the page."""
    import yaml

    root = tmp_path_factory.mktemp("hostile")
    names = [{"usage": usage, **dict.fromkeys(("az", "en", "hy", "ru"), HOSTILE)} for usage in ("armenian", "other")]
    entry = {
        "id": "hostile", "kind": "city", "names": names, "note": HOSTILE, "role": HOSTILE, "sources": [HOSTILE],
        "position": [40.0, 45.0], "near": [{"text": HOSTILE, "is": HOSTILE}],
    }  # fmt: skip
    term = {
        "id": "words", "kind": "term", "topic": HOSTILE, "used_by": ["armenian"], "note": HOSTILE, "source": HOSTILE,
        "en": {"words": [HOSTILE], "neutral": HOSTILE},
    }  # fmt: skip
    pack = {"id": "pack", "title": HOSTILE, "version": "1.0.0", "licence": HOSTILE, "description": HOSTILE}
    policy = {"id": "style", "title": HOSTILE, "description": HOSTILE, "pitfalls": HOSTILE, "usage": "armenian"}
    for path, data in {
        "pack/pack.yaml": pack, "pack/city/hostile.yaml": entry, "pack/term/words.yaml": term,
        "policies/style.yaml": policy,
    }.items():  # fmt: skip
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return root
