"""The search of the site finds in a browser what the toolkit finds in Python."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from tests.conftest import CASES
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.search import search_of
from toolkit.languages import Language
from toolkit.translit.key import guess_language, keys, letter_keys

with (CASES / "site-search.tsv").open(encoding="utf-8", newline="") as stream:
    QUERIES = [(row["query"], row["entity"]) for row in csv.DictReader(stream, delimiter="\t")]

# Letters of the four languages, and what stands between them or over them.
_LETTERS = "aceghijkquxyzABCIİ" + "əğıöüşçƏĞÖŞÇ" + "աբեխծհձղյոուևվՈՒԵւ" + "абвгдежийксуцчшщъыьэюяЁЬ" + "ҝҹһө" + "áéñßøŁ"
_KEYS = """names => JSON.stringify(
  JSON.parse(names).map(([text, lang]) => [Dragoman.letterKeys(text, lang), Dragoman.letterKeys(text)]))"""
_SIGNS = " -'’.,()«»\u0301\u055e\u00ad1"


@pytest.fixture(scope="module")
def page(browser: Browser, site: Path) -> Iterator[Page]:
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    yield page
    page.close()


def test_the_browser_makes_the_same_keys_of_all_names(page: Page, glossary: Glossary) -> None:
    """The key of every name of the glossary is the same in the browser, its language given or guessed."""
    texts = sorted({(name.text, name.language.value) for name in search_of(glossary).names})
    made = json.loads(page.evaluate(_KEYS, json.dumps(texts)))
    wanted = [[list(letter_keys(text, Language(code))), list(letter_keys(text))] for text, code in texts]
    different = [(*row, ours, theirs) for row, ours, theirs in zip(texts, wanted, made, strict=True) if ours != theirs]
    assert len(texts) > 10_000
    assert different == []


@given(name=st.text(alphabet=_LETTERS + _SIGNS, max_size=24))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_browser_makes_the_same_key_of_anything_typed(page: Page, name: str) -> None:
    """Mixed scripts, marks and signs make no difference either."""
    made = page.evaluate("name => [Dragoman.guessLanguage(name), Dragoman.letterKeys(name)]", name)
    assert made == [guess_language(name).value, list(letter_keys(name))]


def test_skeletons_are_as_near_in_the_browser(page: Page, glossary: Glossary) -> None:
    """The nearness of two skeletons is the same number."""
    from toolkit.translit.key import _nearness

    found = sorted({key for name in search_of(glossary).names[::40] for key in name.keys})
    pairs = list(pairwise(found)) + list(zip(found, reversed(found), strict=True))
    made = page.evaluate("pairs => pairs.map(([a, b]) => Dragoman.similarity(a, b))", pairs)
    assert made == pytest.approx([_nearness(*pair) for pair in pairs])


@pytest.mark.parametrize(("query", "entity"), QUERIES)
def test_a_name_is_found_in_any_script(page: Page, query: str, entity: str) -> None:
    """Typed in any script and spelling, the first answer is the entity meant."""
    page.get_by_label("A name, in any script or spelling").fill(query)
    first = page.get_by_role("list", name="Names found").get_by_role("link").first
    expect(first).to_have_attribute("href", f"entity/{entity}.html")


def test_a_name_that_python_finds_is_found_in_the_browser(page: Page, glossary: Glossary) -> None:
    """Every entity is found by its own names; the whole keys of Python reach no entity that the browser misses."""
    names = [name for name in search_of(glossary).names if keys(name.text, name.language)][::500]
    found = page.evaluate(
        "names => names.map(name => Dragoman.find(name, 50).map(one => one.id))", [n.text for n in names]
    )
    assert [n.text for n, ids in zip(names, found, strict=True) if n.entity not in ids] == []


@pytest.mark.parametrize(("query", "lang"), [("Ходжалы", "ru"), ("Խոջալու", "hy"), ("Xocalı", "az")])
def test_names_are_shown_as_they_were_asked_for(page: Page, query: str, lang: str) -> None:
    """An answer shows the name in the language of the query where one sounds like it, also where another is nearer."""
    shown = page.evaluate("query => Dragoman.find(query).slice(0, 3).map(one => one.lang)", query)
    assert shown == [lang] * 3


def test_what_is_found_is_told(page: Page) -> None:
    """The number of answers is announced; nothing found is said in words; Enter leads to the first answer."""
    field = page.get_by_role("searchbox")
    field.fill("qqqqzzzzqqqqzzzzqqqqzzzz")
    assert page.get_by_role("status").inner_text() == "No name sounds like this."
    field.fill("Գորիս")
    field.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "entity/goris-gorus.html"
