"""Requests to a newsroom's own servers, and to nothing else.

A server must be on this machine or in a private network, unless its host is allowed by name. The name is resolved
once, every address it has is checked, and the connection goes to the checked address, so that a name that changes
its mind in between (DNS rebinding) leads nowhere. No redirect is followed, no proxy used; an answer has a limit in
bytes and in seconds.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlsplit

from toolkit.engines.json_text import parse_json
from toolkit.errors import BadOption, ModelUnusable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Iterable[str]]

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*")
_PATH = re.compile(r"[A-Za-z0-9._~/-]*")
_PRIVATE = tuple(ipaddress.ip_network(n) for n in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"))
_METADATA = frozenset({"fd00:ec2::254"})
"""Where clouds keep the secrets of a machine, besides the link-local 169.254.169.254."""
_TRANSLATED = tuple(ipaddress.ip_network(n) for n in ("2002::/16", "2001::/32", "64:ff9b::/96", "64:ff9b:1::/48"))
"""IPv6 that stands for an IPv4 address somewhere else: 6to4, Teredo, NAT64."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server's address as configured, checked for form."""

    scheme: str
    host: str
    port: int
    path: str
    setting: str

    def __str__(self) -> str:
        return f"{self.scheme}://{self._shown_host}{self.path}"

    @property
    def _shown_host(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def authority(self) -> str:
        return self._shown_host


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one answer."""

    seconds: float = 120.0
    connect: float = 5.0
    bytes: int = 8 * 1024 * 1024


def parse_endpoint(url: str, setting: str) -> Endpoint:
    """An http(s) address with a plain host. Raises BadOption, which names the setting."""

    def refuse(why: str) -> NoReturn:
        raise BadOption(why, where=setting, remedy="write it like http://localhost:5000")

    if not url.isascii() or not url.isprintable() or "\\" in url or " " in url:
        refuse("holds characters that no address has")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        refuse("is no address")
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _PORTS or not host:
        refuse("is no http or https address")
    if "@" in parts.netloc or parts.query or parts.fragment or not _PATH.fullmatch(parts.path) or ".." in parts.path:
        refuse("holds a user, a query or a strange path")
    if port == 0 or not _is_plain(host):
        refuse("has a host that is neither a name nor a plain address")
    return Endpoint(parts.scheme, host, port or _PORTS[parts.scheme], parts.path.rstrip("/"), setting)


def _is_plain(host: str) -> bool:
    """A host name, or an address in its usual form: not 0x7f.1, 2130706433, 010.0.0.1 or fe80::1%eth0."""
    try:
        return "%" not in host and str(ipaddress.ip_address(host)) == host
    except ValueError:
        return _HOST.fullmatch(host) is not None and not _NUMERIC.fullmatch(host) and len(host) <= 253


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver. Raises OSError."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True)
class Outbound:
    """Asks one server. `allowed` are the host names that may be outside this machine's networks."""

    endpoint: Endpoint
    allowed: frozenset[str] = frozenset()
    limits: Limits = Limits()
    resolver: Resolver = resolve

    def addresses(self) -> list[str]:
        """The addresses of the host, when every one of them may be used. Raises ModelUnusable."""
        host = self.endpoint.host
        try:
            found = list(dict.fromkeys(self.resolver(host, self.endpoint.port)))
        except (OSError, UnicodeError):
            found = []
        if not found:
            self._fail("the host has no address", "check the address and the network")
        for text in found:
            why = _why_not(text, named=host in self.allowed, encrypted=self.endpoint.scheme == "https")
            if why:
                self._fail(f"{text[:60]} {why}", _REMEDIES.get(why, "use a server on this machine or in your network"))
        return found

    def ask(self, path: str, payload: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Any:
        """The JSON answer to a JSON request. Raises ModelUnusable for anything else, in one line."""
        import httpx

        watch = _Watch()
        addresses = self.addresses()
        with _deadline(watch, self.limits.seconds):
            for address in addresses:
                try:
                    return self._sent(address, path, payload, headers or {}, watch)
                except httpx.ConnectError:
                    continue
                except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                    slow = isinstance(error, httpx.TimeoutException) or watch.rang
                    what = "did not answer in time" if slow else f"broke off ({type(error).__name__})"
                    self._fail(f"the server {what}", "look into the server's log")
        return self._fail("the server cannot be reached", "check that it runs and answers there")

    def _sent(
        self, address: str, path: str, payload: Mapping[str, object], headers: Mapping[str, str], watch: _Watch
    ) -> Any:
        """One request to one address, for the host's name."""
        import httpx

        host = f"[{address}]" if ":" in address else address
        url = f"{self.endpoint.scheme}://{host}:{self.endpoint.port}{self.endpoint.path}{path}"
        sent = {
            **headers,
            "Host": self.endpoint.authority,
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "dragoman",
        }
        timeout = httpx.Timeout(self.limits.seconds, connect=min(self.limits.connect, self.limits.seconds))
        extensions = {"sni_hostname": self.endpoint.host, "trace": watch}
        with httpx.Client(follow_redirects=False, trust_env=False, timeout=timeout) as client:
            request = client.build_request("POST", url, json=dict(payload), headers=sent, extensions=extensions)
            response = client.send(request, stream=True)
            with _closing(response):
                return self._read(response)

    def _read(self, response: Any) -> Any:
        if response.status_code != 200:
            self._fail(
                f"the server answered with status {response.status_code}",
                "redirects are not followed: give the final address"
                if 300 <= response.status_code < 400
                else "look into the server's log",
            )
        if response.headers.get("content-encoding", "identity") != "identity":
            self._fail("the server compresses its answer though asked not to", "turn that off")
        body = bytearray()
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > self.limits.bytes:
                self._fail(f"the answer is longer than {self.limits.bytes:,} bytes", "look into the server's log")
        try:
            return parse_json(body)
        except ValueError:
            self._fail("the answer is no JSON", "check that the address is that of the right server")

    def _fail(self, what: str, remedy: str) -> NoReturn:
        raise ModelUnusable(what, where=f"{self.endpoint.setting} {self.endpoint}", remedy=remedy)


_OUTSIDE = "is outside this machine's networks"
_CLEAR = "would get the text in clear"
_NEVER = "is no address of a server"
_REMEDIES = {
    _OUTSIDE: "allow the host by name in DRAGOMAN_ALLOWED_HOSTS",
    _CLEAR: "use https",
}


def _why_not(text: str, *, named: bool, encrypted: bool) -> str:
    """Why an address may not be connected to; nothing where it may. `named`: the host is allowed by name."""
    try:
        address: Address = ipaddress.ip_address(text)
    except ValueError:
        return _NEVER
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    if (
        address.is_multicast
        or address.is_unspecified
        or address.is_link_local
        or str(address) in _METADATA
        or any(address in network for network in _TRANSLATED if network.version == address.version)
        or (int(address) <= 0xFFFFFF and not address.is_loopback)
    ):
        return _NEVER
    if address.is_loopback or any(address in network for network in _PRIVATE if network.version == address.version):
        return ""
    if not named:
        return _OUTSIDE
    if address.is_reserved or not (address.is_global or address in ipaddress.ip_network("100.64.0.0/10")):
        return _NEVER
    return "" if encrypted else _CLEAR


class _Watch:
    """Remembers the socket of a request as httpx tells of it, and shuts it when time is up."""

    def __init__(self) -> None:
        self.rang = False
        self._socket: socket.socket | None = None

    def __call__(self, name: str, info: Mapping[str, Any]) -> None:
        if name.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._socket = info["return_value"].get_extra_info("socket")

    def ring(self) -> None:
        self.rang = True
        if self._socket is not None:
            try:
                self._socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                return


@contextmanager
def _deadline(watch: _Watch, seconds: float) -> Iterator[None]:
    """Ends a request that drips on for ever: httpx limits each wait, not their sum."""
    timer = threading.Timer(seconds, watch.ring)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def _closing(response: Any) -> Iterator[None]:
    try:
        yield
    finally:
        response.close()
