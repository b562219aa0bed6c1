"""A newsroom's own server is asked, and nothing else is: not by a strange host, a redirect or a changed name."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from tests.engines.servers import Answer, Asked, Handler, serving
from toolkit.engines.outbound import Limits, Outbound, parse_endpoint
from toolkit.errors import DragomanError, ModelUnusable

CASES = Path(__file__).parent.parent / "cases" / "engines"


def rows() -> list[dict[str, str]]:
    with (CASES / "hosts.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['url']} {row['resolves']}")
def test_hosts(row: dict[str, str]) -> None:
    """Only plain addresses of this machine and private networks pass, and hosts allowed by name, encrypted."""
    allowed = frozenset(filter(None, row["allowed"].split(",")))
    resolves = [address for address in row["resolves"].split(",") if address]
    try:
        server = Outbound(parse_endpoint(row["url"], "DRAGOMAN_LLM_URL"), allowed, resolver=lambda _h, _p: resolves)
        passed = server.addresses() == resolves
    except DragomanError as error:
        passed = "DRAGOMAN_LLM_URL" not in error.where or not error.remedy
    assert passed == (row["verdict"] == "yes")


def test_a_name_is_resolved_once_and_the_checked_address_is_asked() -> None:
    """A name that leads elsewhere the second time is not asked a second time; Host carries the name."""
    answers = [["127.0.0.1"], ["93.184.216.34"]]

    def rebinding(host: str, port: int) -> list[str]:
        return answers.pop(0)

    with serving(lambda _asked, handler: handler.send({"ok": True})) as server:
        endpoint = parse_endpoint(f"http://mt.newsroom.lan:{server.port}", "DRAGOMAN_LLM_URL")
        assert Outbound(endpoint, resolver=rebinding).ask("/x", {"q": 1}) == {"ok": True}
        assert server.asked[0].headers["Host"] == f"mt.newsroom.lan:{server.port}"
        assert len(answers) == 1


def _redirect(asked: Asked, handler: Handler) -> None:
    handler.send({}, 302, Location="http://127.0.0.1:1/")


def _error(asked: Asked, handler: Handler) -> None:
    handler.send({"error": "x"}, 500)


def _page(asked: Asked, handler: Handler) -> None:
    handler.send(b"<html>Welcome</html>")


def _huge(asked: Asked, handler: Handler) -> None:
    handler.send(b'"' + b"a" * 100_000 + b'"')


def _deep(asked: Asked, handler: Handler) -> None:
    handler.send(b"[" * 40_000)


def _packed(asked: Asked, handler: Handler) -> None:
    handler.send(b"\x1f\x8b", Content_Encoding="gzip")


def _short(asked: Asked, handler: Handler) -> None:
    handler.send(b"{}", Content_Length="500")


def _silent(asked: Asked, handler: Handler) -> None:
    time.sleep(1.0)


def _dripping(asked: Asked, handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(60):
        handler.wfile.write(b" ")
        time.sleep(0.02)


def _dripping_head(asked: Asked, handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(60):
        handler.wfile.write(f"X-{number}: y\r\n".encode())
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (_redirect, "status 302"),
        (_error, "status 500"),
        (_page, "no JSON"),
        (_huge, "longer than 50,000 bytes"),
        (_deep, "no JSON"),
        (_packed, "compresses"),
        (_short, "broke off"),
        (_silent, "in time"),
        (_dripping, "in time"),
        (_dripping_head, "in time"),
    ],
)
def test_bad_answers_give_one_line(answer: Answer, said: str) -> None:
    """Whatever a server does, the error is one line that names the setting, and it comes in time."""
    with serving(answer) as server:
        endpoint = parse_endpoint(server.url, "DRAGOMAN_LLM_URL")
        outbound = Outbound(endpoint, limits=Limits(seconds=0.25, bytes=50_000))
        with pytest.raises(ModelUnusable, match=said) as caught:
            outbound.ask("/x", {})
        assert caught.value.where == f"DRAGOMAN_LLM_URL {server.url}"
        assert "\n" not in str(caught.value)


def test_a_server_that_is_not_there() -> None:
    """Nobody listens: one line, exit code 4."""
    with serving(_error) as server:
        url = server.url
    with pytest.raises(ModelUnusable, match="cannot be reached") as caught:
        Outbound(parse_endpoint(url, "DRAGOMAN_LLM_URL")).ask("/x", {})
    assert caught.value.exit_code == 4


def test_every_address_of_the_host_is_tried() -> None:
    """localhost is often ::1 first, where an IPv4 server does not listen."""
    with serving(lambda _asked, handler: handler.send([1])) as server:
        endpoint = parse_endpoint(f"http://localhost:{server.port}", "DRAGOMAN_LLM_URL")
        assert Outbound(endpoint, resolver=lambda _h, _p: ["127.0.0.2", "127.0.0.1"]).ask("/x", {}) == [1]


def test_no_proxy_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment would get the text."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with serving(lambda _asked, handler: handler.send([1])) as server:
        assert Outbound(parse_endpoint(server.url, "DRAGOMAN_LLM_URL")).ask("/x", {}) == [1]
