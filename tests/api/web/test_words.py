"""The words of the page: whole in every language, and the language that a browser asks for."""

from __future__ import annotations

import re
from enum import StrEnum

import httpx
import pytest

from api.jobs.model import State, Verb
from api.web.words import STATIC, language_for, words
from toolkit.glossary.model import Kind, Review
from toolkit.languages import Language
from toolkit.mentions.model import Zone
from toolkit.morphology.base import Case, Gender, Part
from toolkit.pipeline.checks.names import Via
from toolkit.pipeline.findings import CODES, Severity
from toolkit.pipeline.result import Action, Origin, Step

SAID: dict[str, type[StrEnum]] = {
    "action": Action,
    "form-of": Case,
    "job": State,
    "kind": Kind,
    "language": Language,
    "origin": Origin,
    "rule": Via,
    "severity": Severity,
    "step": Step,
    "verb": Verb,
    "zone": Zone,
}


@pytest.mark.parametrize("language", Language)
def test_every_language_has_the_same_words(language: Language) -> None:
    """No key is missing in a language, none is empty, and each has the same fields to fill."""
    english, found = words(Language.EN), words(language)
    assert list(found) == list(english)
    assert [key for key, text in found.items() if not text.strip()] == []
    assert [key for key in english if _fields(found[key]) != _fields(english[key])] == []


@pytest.mark.parametrize("language", [one for one in Language if one is not Language.EN])
def test_nothing_is_left_in_english(language: Language) -> None:
    """What reads the same in two languages is a name of a format, a key of the keyboard or such."""
    english, found = words(Language.EN), words(language)
    same = {key for key in english if found[key] == english[key]}
    assert same <= {"form.format.html", "form.format.markdown", "form.run.help", "kind.media", "result.html"}


def test_everything_that_a_result_says_has_words() -> None:
    """A kind, an action, a step… that is added to the toolkit is added to the page."""
    found = words(Language.EN)
    for family, kinds in SAID.items():
        assert [kind.value for kind in kinds if f"{family}.{kind.value}" not in found] == [], family
    assert [code for code in CODES if f"finding.{code}" not in found] == []
    assert [code for code in CODES if f"remedy.{code}" not in found] == []
    parts = [part.value for part in (Part.ADJECTIVE, Part.DEMONYM)] + [gender.value for gender in Gender]
    assert [part for part in parts if f"form-of.{part}" not in found] == []
    assert {f"panel.{review.value}" for review in Review if review is not Review.REVIEWED} <= set(found)


def test_the_page_asks_for_no_word_that_there_is_not() -> None:
    """Every key that the template or a module names is in the files, and the files have no other plain key."""
    found = set(words(Language.EN))
    sources = [path.read_text(encoding="utf-8") for path in STATIC.glob("*.js")]
    sources.append((STATIC.parent / "templates" / "page.html.j2").read_text(encoding="utf-8"))
    named = {key for text in sources for key in re.findall(r'"([a-z]+(?:\.[a-z-]+)+)"', text)}
    families = {key.partition(".")[0] for key in found}
    asked = {key for key in named if key.partition(".")[0] in families and not key.endswith((".js", ".json"))}
    assert asked <= found
    plain = {key for key in found if key.partition(".")[0] in ("choices", "error", "form", "page", "panel", "status")}
    built = ("form.format.", "form.run.")
    assert {key for key in plain - asked if not key.startswith(built)} == set()


@pytest.mark.parametrize(
    ("wanted", "accepted", "language"),
    [
        (None, "", "en"),
        (None, "hy-AM,hy;q=0.9,en;q=0.5", "hy"),
        (None, "fr-FR,fr;q=0.9,ru;q=0.3,en;q=0.2", "ru"),
        (None, "en;q=0.2, az;q=0.8", "az"),
        (None, "az;q=0, ru;q=0.1", "ru"),
        (None, "de, *;q=0.1", "en"),
        (None, "hy;q=much, ;;;, ru", "ru"),
        ("az", "hy", "az"),
        ("tlh", "hy", "hy"),
    ],
)
def test_the_address_comes_before_the_browser(wanted: str | None, accepted: str, language: str) -> None:
    """`?lang=` wins; then the weights of Accept-Language; what cannot be read is passed over."""
    assert language_for(wanted, accepted) == language


def test_the_page_is_answered_in_the_language_asked_for(server: str) -> None:
    """The first answer has the words already, so that nothing flickers and a reader without scripts is told."""
    answer = httpx.get(f"{server}/", headers={"accept-language": "hy"})
    assert answer.status_code == 200
    assert answer.headers["content-language"] == "hy"
    assert answer.headers["vary"] == "Accept-Language"
    assert '<html lang="hy">' in answer.text
    assert words(Language.HY)["page.tagline"] in answer.text
    assert '<html lang="ru">' in httpx.get(f"{server}/?lang=ru", headers={"accept-language": "hy"}).text


def test_the_page_lets_nothing_in_from_elsewhere(server: str) -> None:
    """A strict policy without `unsafe-`, no inline script or style, and no address of another host."""
    answer = httpx.get(f"{server}/")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son\w+=", answer.text) == []
    for path in [*STATIC.glob("*.js"), STATIC / "page.css"]:
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"https?://|innerHTML|insertAdjacentHTML|document\.write|\beval\(|localStorage", text) == []


@pytest.mark.parametrize("path", ["../page.py", "..%2fpage.py", "%2e%2e/words.py", "strings/../../words.py", "strings"])
def test_only_the_page_s_own_files_are_served(server: str, path: str) -> None:
    """Nothing beside the folder can be fetched."""
    with httpx.Client(base_url=server) as client:
        request = client.build_request("GET", "/static/")
        request.url = request.url.copy_with(raw_path=f"/static/{path}".encode())
        assert client.send(request).status_code == 404


def _fields(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))
