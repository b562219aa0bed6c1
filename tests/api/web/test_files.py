"""Texts and documents: how they come in, and how they leave."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from playwright.sync_api import Browser

from tests.api.web.article import ARTICLE, LEAD, NEW, answered
from tests.api.web.editor import Editor, editor


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
