"""The page in Chromium: an editor's whole way from a pasted article to a translation that is answered for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from docx import Document
from playwright.sync_api import Browser, Route, sync_playwright

from api.app import create_app
from api.settings import read_api_settings
from tests.api.serving import served
from tests.api.web.editor import Editor, editor
from toolkit.keys.store import KeyStore

HEADLINE = "Heavy shelling reported in Stepanakert as journalists' group urges evacuation"
LEAD = (
    "Stepanakert, the largest city in Nagorno-Karabakh, was heavily shelled on Thursday, "
    "according to three sources working in the city."
)
NEW = "Ambulances from Martuni waited for the 14 wounded at dawn."
ARTICLE = f"# {HEADLINE}\n\n{LEAD}\n\n{NEW}\n"
CHROMIUM = "/usr/bin/chromium"
HOSTILE = (
    "<script>document.title='owned'</script> <img src=x onerror=\"document.title='owned'\"> "
    "\"'><svg/onload=alert(1)> {{7*7}} ${alert(1)} [[1]] <x id=1> ⟦0⟧ %s {name} "
    "\u202eStepanakert\u202c 🛰 Stepanakert. javascript:alert(1)"
)

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all; of this module alone, as it holds the thread's event loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def at_desk(browser: Browser, server: str) -> Iterator[Editor]:
    with editor(browser, server, viewport={"width": 1280, "height": 900}) as one:
        yield one.open()


def answered(server: str, text: str, **more: object) -> Any:
    """What the API answers to what the page asks."""
    body = {"text": text, "from": "en", "to": "ru", "policy": "azerbaijani", "format": "markdown", **more}
    return httpx.post(f"{server}/v1/translate", json=body).raise_for_status().json()


def test_source_and_translation_stand_side_by_side(at_desk: Editor) -> None:
    """Every segment of the Result is a row, marked by its origin, every mention marked by its action."""
    at_desk.ask(ARTICLE)
    result = answered(at_desk.server, ARTICLE)
    assert at_desk.column("source") == [segment["source"] for segment in result["segments"]]
    assert at_desk.column("target") == [segment["target"] for segment in result["segments"]]
    assert at_desk.at("#segments .origin").all_text_contents() == ["memory", "memory", "untranslated"]
    marked = at_desk.at("#segments .target .mention").all_text_contents()
    assert marked == [mention["rendering"] for mention in result["mentions"]]
    actions = [mention["action"] for mention in result["mentions"]]
    assert "replaced" in actions
    assert [at_desk.at(f"#segments .target .mention.{action}").count() for action in ("kept", "replaced")] == [
        actions.count("kept"),
        actions.count("replaced"),
    ]
    assert at_desk.at("#segments li.heading").count() == 1


def test_actions_differ_without_colour(at_desk: Editor) -> None:
    """Who sees no colours sees the underline, who sees nothing hears the word."""
    at_desk.ask(ARTICLE)
    styles = {
        action: at_desk.at(f".target .mention.{action}").first.evaluate(
            "node => getComputedStyle(node).textDecorationStyle"
        )
        for action in ("kept", "replaced")
    }
    assert len(set(styles.values())) == 2
    described = at_desk.at(".target .mention.replaced").first.get_attribute("aria-describedby")
    assert at_desk.at(f"#{described}").text_content() == "replaced"


def test_a_name_tells_its_entry_its_names_and_the_reason(at_desk: Editor) -> None:
    """One click, and nothing about the rendering is a riddle."""
    at_desk.ask(ARTICLE)
    at_desk.at(".target .mention.replaced").first.click()
    panel = at_desk.at("#panel")
    panel.locator(".usages").wait_for()
    told = panel.inner_text()
    assert "Stepanakert → Ханкенди" in told
    assert "The policy wants the Azerbaijani name." in told
    assert "khankendi-stepanakert · city" in told
    usages = panel.locator('[name="usage"]').evaluate_all("nodes => nodes.map((node) => node.value)")
    assert usages[:-1] == sorted(usages[:-1])
    assert usages[-1] == "source"
    assert "Степанакерт" in told


def test_a_usage_is_switched_here_and_everywhere_and_back(at_desk: Editor) -> None:
    """Here changes one mention, everywhere all of the entity, by policy takes both back."""
    at_desk.ask(f"{LEAD}\n\n{HEADLINE}", format="text")
    assert "Ханкенди" in at_desk.column("target")[0]
    at_desk.mention("Ханкенди").click()
    at_desk.choose("armenian", "here")
    first, second = at_desk.column("target")
    assert "Степанакерт" in first
    assert "Ханкенди" in second
    assert "You chose the Armenian name." in at_desk.at("#panel").inner_text()
    at_desk.choose("armenian", "everywhere")
    assert all("Степанакерт" in text for text in at_desk.column("target"))
    assert at_desk.at("#choices li").count() == 1
    at_desk.choose("armenian", "policy")
    assert all("Ханкенди" in text for text in at_desk.column("target"))
    assert not at_desk.at("#choices").is_visible()


def test_which_of_several_is_meant_is_chosen(at_desk: Editor) -> None:
    """Two villages have the name: the editor says which one, and it is named by the usage chosen."""
    at_desk.ask("Some people saw Mets Shen today.", verb="restyle", to=())
    at_desk.at(".target .mention.flagged").click()
    at_desk.at('#panel [name="meant"][value="mets-shen-ulu-garabey"]').check()
    at_desk.at("#panel .entry").filter(has_text="mets-shen-ulu-garabey").wait_for()
    at_desk.choose("azerbaijani", "here")
    entry = httpx.get(f"{at_desk.server}/v1/names/mets-shen-ulu-garabey").json()
    wanted = next(name["texts"]["en"]["text"] for name in entry["names"] if name["usage"] == "azerbaijani")
    assert at_desk.column("target") == [f"Some people saw {wanted} today."]


def test_a_finding_leads_to_its_place_and_back(at_desk: Editor) -> None:
    """The list is a way to the text and home again, with the focus."""
    at_desk.ask(ARTICLE)
    finding = at_desk.at("#finding-list button").first
    assert "left untranslated" in finding.inner_text()
    finding.click()
    assert at_desk.focused()["id"] == "segment-3"
    at_desk.at("#segment-3 .back").click()
    assert "left untranslated" in at_desk.focused()["textContent"]


def test_findings_that_say_the_same_are_told_apart(at_desk: Editor) -> None:
    """Said once, with the text at each place."""
    at_desk.ask(f"{NEW}\n\nThe mayor of Goris counted 21 tents.", format="text")
    group = at_desk.at(".finding-group").filter(has_text="T001")
    assert group.locator("button").all_text_contents() == [NEW, "The mayor of Goris counted 21 tents."]
    assert group.locator(".said").inner_text().count("left untranslated") == 1


def test_what_is_downloaded_is_the_result(at_desk: Editor, tmp_path: Path) -> None:
    """The text as the API made it, a page of it, and a report that stands alone."""
    at_desk.ask(ARTICLE)
    result = answered(at_desk.server, ARTICLE)
    text = at_desk.download("#download-text", tmp_path)
    assert text.name == "dragoman.ru.md"
    assert text.read_text(encoding="utf-8") == result["text"]
    page = at_desk.download("#download-html", tmp_path).read_text(encoding="utf-8")
    assert '<h2 dir="auto">' in page
    assert result["segments"][1]["target"] in page
    report = at_desk.download("#download-report", tmp_path)
    told = report.read_text(encoding="utf-8")
    assert result["signature"] in told
    assert "The policy wants the Azerbaijani name." in told
    assert "<script" not in told
    assert "<button" not in told
    at_desk.page.goto(report.as_uri())
    assert at_desk.at("#segments li").count() == 3
    assert at_desk.at("#segments").evaluate("node => getComputedStyle(node).listStyleType") == "none"
    at_desk.asked.remove(report.as_uri())
    at_desk.open()


def test_the_text_is_copied(browser: Browser, server: str) -> None:
    """What lands in the clipboard is the whole text."""
    with editor(browser, server, permissions=["clipboard-read", "clipboard-write"]) as one:
        one.open().ask(ARTICLE)
        one.at("#copy").click()
        one.until("document.querySelector('#status').textContent === 'Copied.'")
        assert one.page.evaluate("navigator.clipboard.readText()") == answered(server, ARTICLE)["text"]


def test_several_languages_are_tabs(at_desk: Editor) -> None:
    """Each has its own result; the arrow keys go between them."""
    at_desk.ask(ARTICLE, to=("az", "hy"))
    tabs = at_desk.at('[role="tab"]')
    assert tabs.evaluate_all("nodes => nodes.map((node) => node.id)") == ["tab-az", "tab-hy"]
    tabs.first.press("ArrowRight")
    assert at_desk.focused()["id"] == "tab-hy"
    assert at_desk.column("target")[1] == answered(at_desk.server, ARTICLE, to="hy")["segments"][1]["target"]


def test_check_compares_two_texts(at_desk: Editor) -> None:
    """A finding of the translation leads into the translation."""
    at_desk.ask("The road to Lachin has 12 posts.", verb="check", to=["az"], target="Laçın yolunda 13 post var.")
    at_desk.at("#finding-list button").filter(has_text="the numbers differ").first.click()
    assert at_desk.focused()["textContent"] == "13"


def test_restyle_and_lint_stay_in_the_language(at_desk: Editor) -> None:
    """Restyle changes names; lint shows the one text with what is to be looked at."""
    at_desk.at("#from").select_option("ru")
    at_desk.ask("Жители Степанакерта ждут.", verb="restyle", to=())
    assert at_desk.column("target") == ["Жители Ханкенди ждут."]
    at_desk.ask("Жители Арцаха ждут.", verb="lint", to=())
    assert at_desk.column("source") == []
    assert "contested term" in at_desk.at("#finding-list").inner_text()


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


def test_a_text_file_keeps_its_line_ends(at_desk: Editor, tmp_path: Path) -> None:
    """A file is read in the browser, and comes back byte by byte but for its names."""
    file = tmp_path / "story.en.md"
    file.write_bytes(ARTICLE.replace("\n", "\r\n").encode())
    at_desk.at("#source-file").set_input_files(file)
    at_desk.until("document.querySelector('#source').value")
    assert at_desk.at("#format").input_value() == "markdown"
    at_desk.at('[name="to"][value="ru"]').check(force=True)
    at_desk.run()
    got = at_desk.download("#download-text", tmp_path)
    assert got.name == "story.en.ru.md"
    assert (
        got.read_bytes()
        == answered(at_desk.server, ARTICLE.replace("\n", "\r\n"), policy="follow-source")["text"].encode()
    )
    assert b"\r\n" in got.read_bytes()


def test_a_file_is_dropped(at_desk: Editor) -> None:
    """HTML that is dropped is a text of that format; what is not UTF-8 is refused in one line."""
    drop = """([name, bytes]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], name));
      for (const kind of ["dragover", "drop"])
        document.querySelector("#source").dispatchEvent(
          new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }),
        );
    }"""
    at_desk.page.evaluate(drop, ["page.html", list(b"<p>Stepanakert</p>")])
    at_desk.until("document.querySelector('#source').value === '<p>Stepanakert</p>'")
    assert at_desk.at("#format").input_value() == "html"
    at_desk.page.evaluate(drop, ["old.txt", list("Шуша".encode("cp1251"))])
    at_desk.until("document.querySelector('#error').textContent.includes('not in UTF-8')")


def test_a_document_goes_through_the_background(at_desk: Editor, tmp_path: Path) -> None:
    """What a browser cannot read is uploaded as a job, watched and fetched."""
    document = Document()
    document.add_paragraph(LEAD)
    document.save(str(tmp_path / "story.docx"))
    at_desk.at("#source-file").set_input_files(tmp_path / "story.docx")
    at_desk.at('[name="to"][value="ru"]').check(force=True)
    at_desk.at("#policy").select_option("azerbaijani")
    at_desk.at("#run").click()
    at_desk.at("#job-list button").filter(has_text="Download").wait_for()
    with at_desk.page.expect_download() as waiting:
        at_desk.at("#job-list button").filter(has_text="Download").click()
    waiting.value.save_as(tmp_path / "got.docx")
    assert "Ханкенди" in Document(str(tmp_path / "got.docx")).paragraphs[0].text


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


def test_a_long_article_is_pasted_and_shown_whole(at_desk: Editor) -> None:
    """As long as the server takes: every segment is there, and the page still answers to keys."""
    text = "\n\n".join([LEAD, NEW] * (19_500 // len(LEAD + NEW + "\n\n\n\n")))
    paste = """(text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.querySelector("#source").dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true }));
    }"""
    at_desk.page.evaluate(paste, text)
    assert at_desk.at("#source").input_value() == text
    at_desk.at('[name="to"][value="ru"]').check(force=True)
    at_desk.run()
    assert "\n\n".join(at_desk.column("source")) == text
    at_desk.at("#segments .mention").last.click()
    at_desk.at("#panel .usages").wait_for()
    at_desk.page.keyboard.press("Escape")
    assert not at_desk.at("#panel").is_visible()


def test_a_hostile_text_stays_text(at_desk: Editor, tmp_path: Path) -> None:
    """Markup, quotes, bidi controls and what looks like a placeholder are shown and downloaded as they are."""
    at_desk.ask(HOSTILE, format="text")
    assert "".join(at_desk.column("source")).replace(" ", "") == HOSTILE.replace(" ", "")
    mention = at_desk.at("#segments .mention").last
    assert mention.text_content() == "Stepanakert"
    mention.click()
    at_desk.at("#panel .usages").wait_for()
    assert at_desk.at("#result :is(script, img, svg, x)").count() == 0
    assert "owned" not in at_desk.page.title()
    report = at_desk.download("#download-report", tmp_path)
    page = at_desk.download("#download-html", tmp_path)
    for file in (report, page):
        at_desk.page.goto(file.as_uri())
        assert at_desk.at(":is(script, img, svg, x)").count() == 0
        assert "owned" not in at_desk.page.evaluate("document.title.replace(document.body.textContent, '')")[:5]
        at_desk.asked.remove(file.as_uri())
    at_desk.open()


def test_hostile_html_is_shown_as_its_source(at_desk: Editor) -> None:
    """Of a file of HTML the page shows what it says, and runs none of it."""
    at_desk.ask(
        '<p onclick="alert(1)">Stepanakert <img src=x onerror=alert(1)> waits.</p><script>alert(1)</script>',
        format="html",
    )
    assert at_desk.at("#result :is(script, img)").count() == 0
    assert "<img src=x onerror=alert(1)>" in at_desk.column("source")[0]


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
