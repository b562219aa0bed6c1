"""What is asked of the server, and what the page says where it is refused."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Route

from api.app import create_app
from api.settings import read_api_settings
from api.web.words import words
from tests.api.serving import served
from tests.api.web.article import ARTICLE, HEADLINE, LEAD
from tests.api.web.editor import Editor, editor
from tests.engines.packages import install_argos, write_argos_package
from toolkit.keys.store import KeyStore
from toolkit.languages import Language


def test_a_policy_by_date_asks_for_the_date(at_desk: Editor) -> None:
    """The field is there when it is needed, and one line says what is missing."""
    assert not at_desk.at("#date").is_visible()
    at_desk.at("#policy").select_option("by-date")
    assert "The name in force" in at_desk.at("#policy-description").inner_text()
    at_desk.at('[name="to"][value="ru"]').check(force=True)
    at_desk.at("#source").fill(LEAD)
    at_desk.at("#run").click()
    assert "goes by date" in at_desk.at("#error").inner_text()
    assert at_desk.focused()["id"] == "date"
    at_desk.at("#date").fill("2024-02")
    at_desk.run()
    assert "Ханкенди" in at_desk.column("target")[0]
    assert at_desk.at("#error").inner_text() == ""


@pytest.mark.parametrize("language", [one for one in Language if one is not Language.EN])
def test_policies_and_findings_speak_the_language_of_the_page(at_desk: Editor, language: Language) -> None:
    """Policies by their own words in it, findings by title, place and remedy; after a switch in English again."""
    policies = {one["id"]: one for one in httpx.get(f"{at_desk.server}/v1/policies").json()}
    at_desk.open(f"?lang={language}")
    at_desk.ask("Stepanakert is quiet. Nobody left Khankendi.", verb="lint", to=(), policy="speaker")
    told = policies["speaker"]["translations"][language]
    option = at_desk.at('#policy option[value="speaker"]')
    assert (option.inner_text(), option.get_attribute("lang")) == (told["title"], language)
    for field in ("description", "pitfalls"):
        shown = at_desk.at(f"#policy-{field}")
        assert (shown.text_content(), shown.get_attribute("lang")) == (told[field], language)
    remedy = at_desk.at(".finding small").first
    assert (remedy.inner_text(), remedy.get_attribute("lang")) == (words(language)["remedy.N007"], language)
    assert at_desk.at(".finding .excerpt").first.inner_text() == "Khankendi"
    assert at_desk.at('.finding [lang="en"]').first.inner_text().startswith("khankendi-stepanakert is named by")
    at_desk.open("?lang=en")
    assert at_desk.at('#policy option[value="speaker"]').inner_text() == policies["speaker"]["title"]


def test_a_request_that_is_replaced_is_given_up(at_desk: Editor) -> None:
    """Only the last request is shown, and the one before it is cancelled."""
    given_up: list[str] = []
    held: list[Route] = []
    at_desk.page.on("requestfailed", lambda request: given_up.append(request.failure or ""))
    at_desk.page.route("**/v1/translate", lambda route: held.append(route), times=1)
    at_desk.at('[name="to"][value="ru"]').check(force=True)
    at_desk.at("#source").fill(HEADLINE)
    at_desk.at("#run").click()
    at_desk.at("#cancel").wait_for()
    at_desk.at("#source").fill(LEAD)
    at_desk.run()
    assert at_desk.column("source") == [LEAD]
    assert given_up == ["net::ERR_ABORTED"]
    assert len(held) == 1


def test_the_server_s_refusal_is_one_line(at_desk: Editor) -> None:
    """What is wrong and what to do about it, and the text is still there."""
    at_desk.at('[name="to"][value="ru"]').check(force=True)
    at_desk.at("#run").click()
    assert "There is no text yet" in at_desk.at("#error").inner_text()
    at_desk.at("#source").fill("a" * 20_001)
    at_desk.at("#run").click()
    at_desk.until("document.querySelector('#error').textContent.includes('20,000')")
    assert at_desk.at("#error").get_attribute("role") == "alert"
    assert len(at_desk.at("#source").input_value()) == 20_001


def test_a_key_is_asked_for_and_kept_in_memory_only(
    browser: Browser, cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Where the server wants one, there is a field for it; it is in no store, no cookie and no address."""
    store = tmp_path_factory.mktemp("keyed-page")
    token = KeyStore(store).create("desk")[1]
    settings = read_api_settings({"DRAGOMAN_CACHE": str(cache), "DRAGOMAN_STORE": str(store)})
    with served(create_app(settings)) as address, editor(browser, address) as one:
        one.open()
        assert one.focused()["id"] == "key-field"
        one.at("#key-field").fill("wrong")
        one.at("#key-field").press("Enter")
        one.until("document.querySelector('#error').textContent.includes('unknown')")
        one.at("#key-field").fill(token)
        one.at("#key-field").press("Enter")
        one.at("#key").wait_for(state="hidden")
        one.ask(ARTICLE)
        assert not any(token in url for url in [*one.asked, one.page.url])
        one.page.reload()
        one.at("#key-field").wait_for()
        assert one.at("#key-field").input_value() == ""


def test_the_engine_is_chosen_among_those_that_are_there(
    browser: Browser, cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """For one pair an engine is there, for the other none; a choice is taken, and stands in the address."""
    folder = tmp_path_factory.mktemp("engine-page")
    (folder / "models").mkdir()
    install_argos(folder / "models", write_argos_package(folder / "en_ru.argosmodel", Language.EN, Language.RU))
    environment = {"HOME": str(folder), "DRAGOMAN_CACHE": str(cache), "DRAGOMAN_MODELS": str(folder / "models")}
    with served(create_app(read_api_settings(environment))) as address, editor(browser, address) as one:
        one.open()
        assert _offered(one) == ["", "memory"]
        one.at('[name="to"][value="ru"]').check(force=True)
        assert _offered(one) == ["", "memory", "argos"]
        one.at('[name="to"][value="hy"]').check(force=True)
        assert _offered(one) == ["", "memory"]
        one.at('[name="to"][value="hy"]').uncheck(force=True)
        one.at("#engine").select_option("argos")
        one.ask("Good morning.")
        assert one.at("#segments .origin").all_text_contents() == ["machine"]
        one.at("#engine").select_option("memory")
        one.run()
        assert one.at("#segments .origin").all_text_contents() == ["untranslated"]
        one.at("#engine").select_option("argos")
        one.page.reload()
        one.page.wait_for_selector("html[data-ready]")
        assert one.at("#engine").input_value() == "argos"
        one.at('[name="verb"][value="restyle"]').check(force=True)
        assert not one.at("#engine").is_visible()


def _offered(one: Editor) -> list[str]:
    found: list[str] = one.at("#engine option").evaluate_all("nodes => nodes.map((node) => node.value)")
    return found
