"""What came out, shown: segments by origin, names by action, the reason for each, findings that lead to their place."""

from __future__ import annotations

from tests.api.web.article import ARTICLE, NEW, answered
from tests.api.web.editor import Editor


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
