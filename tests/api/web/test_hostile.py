"""Texts that try to be more than text."""

from __future__ import annotations

from pathlib import Path

from tests.api.web.editor import Editor

HOSTILE = (
    "<script>document.title='owned'</script> <img src=x onerror=\"document.title='owned'\"> "
    "\"'><svg/onload=alert(1)> {{7*7}} ${alert(1)} [[1]] <x id=1> ⟦0⟧ %s {name} "
    "\u202eStepanakert\u202c 🛰 Stepanakert. javascript:alert(1)"
)


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
