"""An editor at the page: what one does with it, and what must never happen meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page

PATIENCE = 20_000
"""Milliseconds; a slow machine is no failure."""
_WATCH = """
window.broken = [];
document.addEventListener("securitypolicyviolation", (event) => window.broken.push(event.violatedDirective));
"""


class Editor:
    """A page of its own in a browser, with everything that it complains of."""

    def __init__(self, context: BrowserContext, server: str) -> None:
        self.server = server
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))

    def _heard(self, message: ConsoleMessage) -> None:
        """A refusal of the server is logged by the browser itself, and said by the page."""
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)

    def open(self, query: str = "?lang=en") -> Editor:
        self.page.goto(f"{self.server}/{query}")
        self.page.wait_for_selector("html[data-ready]")
        return self

    def at(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def ask(
        self,
        text: str,
        *,
        verb: str = "translate",
        to: Sequence[str] = ("ru",),
        policy: str = "azerbaijani",
        **more: str,
    ) -> None:
        """Fill the form in, run it, and wait for the result."""
        self.at(f'[name="verb"][value="{verb}"]').check(force=True)
        for code in to:
            self.at(f'[name="to"][value="{code}"]').check(force=True)
        self.at("#policy").select_option(policy)
        self.at("#source").fill(text)
        for field, value in more.items():
            if field == "format":
                self.at("#format").select_option(value)
            else:
                self.at(f"#{field}").fill(value)
        self.run()

    def run(self) -> None:
        self.at("#run").click()
        self.done()

    def done(self) -> None:
        """Until the page says that it is done, and has nothing more to ask."""
        self.until("!document.querySelector('.busy') && Boolean(document.querySelector('#segments li'))")

    def until(self, condition: str) -> None:
        """Until a condition holds in the page. (Playwright's own waiting evaluates strings, which the page forbids.)"""
        end = time.monotonic() + PATIENCE / 1000
        while not self.page.evaluate(condition):
            assert time.monotonic() < end, f"never came: {condition}"
            self.page.wait_for_timeout(15)

    def column(self, side: str) -> list[str]:
        return self.at(f"#segments .{side}").all_text_contents()

    def mention(self, text: str) -> Locator:
        """The first mention in the target that reads so."""
        return self.at("#segments .target .mention").filter(has_text=text).first

    def choose(self, usage: str, where: str) -> None:
        """In the open panel: a usage, and where it is to be taken."""
        self.at(f'#panel [name="usage"][value="{usage}"]').check()
        with self.page.expect_response(lambda answer: "/v1/" in answer.url and answer.request.method == "POST"):
            self.at(f'#panel [data-act="{where}"]').click()
        self.done()

    def download(self, button: str, folder: Path) -> Path:
        with self.page.expect_download() as waiting:
            self.at(button).click()
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path

    def focused(self) -> dict[str, Any]:
        """What has the focus: its id, classes and text."""
        found: dict[str, Any] = self.page.evaluate(
            "(({id, className, textContent}) => ({id, className, textContent}))(document.activeElement)"
        )
        return found

    def broken(self) -> list[str]:
        """What the browser refused by the policy of the page."""
        found: list[str] = self.page.evaluate("window.broken")
        return found


@contextmanager
def editor(browser: Browser, server: str, **options: Any) -> Iterator[Editor]:
    """An editor whose browser must have nothing to complain of, ask nobody else and keep nothing."""
    context = browser.new_context(locale="en-GB", accept_downloads=True, **options)
    context.add_init_script(_WATCH)
    try:
        one = Editor(context, server)
        yield one
        assert not one.complaints, one.complaints
        assert not one.broken(), one.broken()
        elsewhere = [url for url in one.asked if not url.startswith((f"{server}/", f"blob:{server}/"))]
        assert not elsewhere, elsewhere
        assert context.cookies() == []
        assert one.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    finally:
        context.close()
