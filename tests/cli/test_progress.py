"""Progress is for people at a terminal; pipes and files get none of it."""

from __future__ import annotations

import io

import pytest

from toolkit.cli.progress import tracked


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("total", [3, None])
def test_every_item_goes_by_in_order(total: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a terminal or without, the items are the same."""
    monkeypatch.setattr("sys.stderr", _Terminal())
    assert list(tracked("abc", "letters", total)) == ["a", "b", "c"]


def test_nothing_is_shown_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Standard error stays clean for whoever reads it."""
    assert list(tracked("abc", "letters", 3)) == ["a", "b", "c"]
    assert capsys.readouterr().err == ""
