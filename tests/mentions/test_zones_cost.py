"""Zones of hostile texts: what a text costs grows with its length, whatever stands in it."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from toolkit.languages import Language
from toolkit.mentions import zones
from toolkit.mentions.zones import zones_of

HOSTILE = {
    "handles on lines of their own": "@a\n",
    "open quotation marks": "“",
    "open inner marks, and apostrophes": "‘a ",
    "quotations in quotations": "„a",
    "short quotations": "«a» ",
    "tags": "<b>\n",
    "one long line of addresses": "http://a.example/ ",
}


def _steps(text: str) -> int:
    """Lines of the module that Python runs for a text: the same on every machine, however busy it is."""
    steps = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal steps
        if frame.f_code.co_filename != zones.__file__:
            return None
        steps += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        zones_of(text, Language.EN)
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_twice_the_text_is_twice_the_work(unit: str) -> None:
    """No text of a few thousand characters keeps a server busy for minutes."""
    assert _steps(unit * 1_000) < 2.2 * _steps(unit * 500)


def test_a_protected_stretch_ends_with_its_line() -> None:
    """Lines are searched one by one, and each finds what it found in the whole text."""
    text = "@first\nhttps://example.org/a b\r\n`code\n` x.pdf\n"
    assert [span.of(text) for span in zones_of(text, Language.EN).protected] == [
        "@first",
        "https://example.org/a",
        "x.pdf",
    ]
