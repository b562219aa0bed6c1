"""The page for everybody: by keyboard, by ear, on a narrow screen, in four languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.api.web.article import ARTICLE, HEADLINE, LEAD
from tests.api.web.editor import Editor, editor


def test_the_language_is_switched_in_place(at_desk: Editor) -> None:
    """Nothing that was pasted or found is lost, and the address keeps the choice."""
    at_desk.ask(ARTICLE)
    at_desk.at('[data-language="hy"]').click()
    at_desk.until("document.documentElement.lang === 'hy'")
    assert at_desk.at("#run").inner_text() == "Թարգմանել"
    assert at_desk.at("#source").input_value() == ARTICLE
    assert at_desk.at("#segments .origin").first.text_content() == "հիշողություն"
    assert "lang=hy" in at_desk.page.url
    assert "to=ru" in at_desk.page.url
    assert "policy=azerbaijani" in at_desk.page.url
    at_desk.page.reload()
    at_desk.page.wait_for_selector("html[data-ready]")
    assert at_desk.at("#policy").input_value() == "azerbaijani"
    assert at_desk.at('[name="to"][value="ru"]').is_checked()
    assert HEADLINE not in at_desk.page.content()


def test_everything_is_done_with_the_keyboard(at_desk: Editor) -> None:
    """From the text to another usage of a name and back, without a mouse."""
    keys = at_desk.page.keyboard
    at_desk.at('[name="to"][value="ru"]').focus()
    keys.press("Space")
    at_desk.at("#source").focus()
    keys.insert_text(LEAD)
    keys.press("Control+Enter")
    at_desk.done()
    assert at_desk.focused()["id"] == "result"
    for _ in range(30):
        keys.press("Tab")
        if "mention" in at_desk.focused()["className"]:
            break
    assert "mention" in at_desk.focused()["className"]
    name = at_desk.focused()["textContent"]
    at_desk.at("#panel .usages").wait_for()
    keys.press("Enter")
    assert at_desk.page.evaluate("document.activeElement.name") == "usage"
    keys.press("ArrowDown")
    keys.press("Tab")
    with at_desk.page.expect_response("**/v1/translate"):
        keys.press("Enter")
    at_desk.done()
    assert at_desk.at("#choices li").count() == 1
    keys.press("Escape")
    assert "mention" in at_desk.focused()["className"]
    assert not at_desk.at("#panel").is_visible()
    assert name


NAMED = {"button", "checkbox", "combobox", "link", "radio", "tab", "textbox", "tablist", "tabpanel", "navigation"}


def _script(name: str) -> str:
    """A function that looks at a page; without its comment."""
    return Path(__file__).with_name(f"{name}.js").read_text(encoding="utf-8").partition("\n")[2]


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_roles_names_and_contrast_are_sound(browser: Browser, server: str, scheme: str) -> None:
    """Everything that can be used has a role and a name, references hold, and texts stand out (4.5:1)."""
    with editor(browser, server, color_scheme=scheme) as one:
        one.open().ask(ARTICLE, to=("az", "ru"))
        one.at(".target .mention.replaced").first.click()
        one.at("#panel .usages").wait_for()
        assert one.page.evaluate(_script("sound")) == []
        assert one.page.evaluate(_script("contrast")) == []
        tree = one.page.context.new_cdp_session(one.page).send("Accessibility.getFullAXTree")["nodes"]
        used = [node for node in tree if not node["ignored"] and node["role"]["value"] in NAMED]
        assert {"button", "checkbox", "combobox", "radio", "tab", "textbox"} <= {node["role"]["value"] for node in used}
        assert [node["role"]["value"] for node in used if not node.get("name", {}).get("value", "").strip()] == []
        live = {node["role"]["value"] for node in tree}
        assert {"alert", "status"} <= live


@pytest.mark.parametrize("lang", ["az", "hy"])
def test_a_narrow_screen_needs_no_sideways_scrolling(browser: Browser, server: str, lang: str) -> None:
    """On 320 points everything fits, in the languages of the longest words, and the panel leaves its name in sight."""
    with editor(browser, server, viewport={"width": 320, "height": 700}) as one:
        one.open(f"?lang={lang}").ask(f"{ARTICLE}\n{'Stepanakert' * 20}")
        fits = "document.documentElement.scrollWidth <= innerWidth"
        assert one.page.evaluate(fits)
        one.at(".target .mention.replaced").first.click()
        one.at("#panel .usages").wait_for()
        assert one.page.evaluate(fits)
        one.until(
            "document.querySelector('.target .mention.selected').getBoundingClientRect().bottom"
            " <= document.querySelector('#panel').getBoundingClientRect().top"
        )
        one.at("#panel .sign-button").last.click()
        one.at('[name="verb"][value="check"]').check(force=True)
        assert one.page.evaluate(fits)
