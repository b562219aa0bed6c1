"""A server without keys answers its own machine only, and is not fooled about that."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest

from api.auth.peers import require_local
from api.refusals import Refused

ROWS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parents[1] / "cases" / "peers.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("peer", "proxies", "headers", "answered"), ROWS)
def test_only_this_machine(peer: str, proxies: str, headers: str, answered: str) -> None:
    """By address, by what proxies add, by the name that was asked for, and by the page that asks."""
    pairs = [] if headers == "-" else [part.partition("=")[::2] for part in headers.split("|")]
    scope = {
        "type": "http",
        "client": None if peer == "-" else (peer, 4711),
        "headers": [(name.encode(), value.encode()) for name, value in pairs],
    }
    trusted = [] if proxies == "-" else [ip_network(proxies)]
    try:
        require_local(scope, trusted, ("https://cms.example.org",))
        found = "yes"
    except Refused:
        found = "no"
    assert found == answered
