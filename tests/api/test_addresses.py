"""Links in answers lead where the client can follow them, also with a proxy in front."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest
from starlette.datastructures import URL

from api.addresses import public_address
from api.settings import read_api_settings

ASKED = "http://names.internal:5000/download_file/1.txt"
ROWS = [
    tuple("" if cell == "-" else cell for cell in line.split("\t"))
    for line in (Path(__file__).parents[1] / "cases" / "public_addresses.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("peer", "proxies", "public", "headers", "wanted"), ROWS)
def test_a_link_has_the_address_that_the_client_knows(
    peer: str, proxies: str, public: str, headers: str, wanted: str
) -> None:
    """The setting's, or what a configured proxy says; headers of anybody else change nothing."""
    pairs = [part.partition("=")[::2] for part in headers.split("|")] if headers else []
    scope = {
        "type": "http",
        "client": (peer, 4711),
        "headers": [(name.encode(), value.encode()) for name, value in pairs],
    }
    trusted = [ip_network(proxies)] if proxies else []
    setting = read_api_settings({"DRAGOMAN_PUBLIC_URL": public}).public_url
    assert public_address(URL(ASKED), scope, setting, trusted) == wanted
