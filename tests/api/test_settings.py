"""Settings of the server: what cannot be meant is one line at the start."""

from __future__ import annotations

import pytest

from api.settings import read_api_settings
from toolkit.errors import BadOption


def test_lists_are_read() -> None:
    """Origins as browsers write them; addresses and networks."""
    read = read_api_settings(
        {"DRAGOMAN_CORS_ORIGINS": "https://cms.example.org/, http://localhost:8000", "DRAGOMAN_PROXIES": "10.0.0.5,::1"}
    )
    assert read.cors_origins == ("https://cms.example.org", "http://localhost:8000")
    assert [str(network) for network in read.proxies] == ["10.0.0.5/32", "::1/128"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DRAGOMAN_CORS_ORIGINS", "*"),
        ("DRAGOMAN_CORS_ORIGINS", "null"),
        ("DRAGOMAN_CORS_ORIGINS", "cms.example.org"),
        ("DRAGOMAN_CORS_ORIGINS", "https://*.example.org"),
        ("DRAGOMAN_CORS_ORIGINS", "https://cms.example.org/page"),
        ("DRAGOMAN_CORS_ORIGINS", "https://[::1"),
        ("DRAGOMAN_PROXIES", "everybody"),
        ("DRAGOMAN_PROXIES", "10.0.0.5/24"),
        ("DRAGOMAN_PUBLIC_URL", "names.example.org"),
        ("DRAGOMAN_PUBLIC_URL", "ftp://names.example.org"),
        ("DRAGOMAN_PUBLIC_URL", "https://somebody@names.example.org"),
        ("DRAGOMAN_PUBLIC_URL", "https://names.example.org/?a=b"),
        ("DRAGOMAN_WORKERS", "0"),
        ("DRAGOMAN_RATE", "fast"),
        ("DRAGOMAN_RATE_STORE", "redis"),
    ],
)
def test_what_cannot_be_meant_is_said(name: str, value: str) -> None:
    """`*` is no origin: every page of the web could call a server that asks for no keys."""
    with pytest.raises(BadOption, match=name):
        read_api_settings({name: value})
