"""What clients write in more than one way is understood, and nothing is sent elsewhere."""

from __future__ import annotations

import httpx
import pytest

BODY = {"q": "Goris", "source": "en", "target": "ru"}


@pytest.mark.parametrize("path", ["/translate/", "//translate", "//translate//"])
def test_a_slash_too_many_is_passed_over(server: str, path: str) -> None:
    """Where an address ends with a slash and a path begins with one; there is no redirect that would send it again."""
    answer = httpx.post(f"{server}{path}", json=BODY)
    assert (answer.status_code, answer.json()["translatedText"]) == (200, "Горис")


def test_a_slash_changes_neither_dialect_nor_rights(server: str) -> None:
    """Errors are in the shape of the route that is meant."""
    assert list(httpx.post(f"{server}/translate/", json={}).json()) == ["error"]
    assert sorted(httpx.post(f"{server}//v2/translate/", json={}).json()) == ["detail", "message"]


@pytest.mark.parametrize("path", ["/", "/languages", "/livez", "/static/page.css", "/v1/policies", "/v2/usage", "/x"])
def test_head_is_get_without_a_body(server: str, path: str) -> None:
    """Monitors ask so: status and headers are those of GET."""
    asked, got = httpx.head(f"{server}{path}"), httpx.get(f"{server}{path}")
    assert asked.status_code == got.status_code
    assert asked.content == b""
    for name in ("content-length", "content-type"):
        assert asked.headers[name] == got.headers[name]


def test_head_changes_nothing_where_get_would_not_do(server: str) -> None:
    """A route that only takes POST refuses HEAD."""
    assert httpx.head(f"{server}/translate").status_code == 405
