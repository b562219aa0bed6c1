"""Whether a request comes from this machine: what a server without keys asks of every request.

An address alone does not tell: a proxy on this machine has a local address too, and so has the browser of somebody
who looks at a stranger's page. So headers of proxies, the Host (DNS rebinding) and the Origin are looked at as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.datastructures import Headers
from starlette.types import Scope

from api.refusals import Reason, Refused
from api.settings import Network

Address = IPv4Address | IPv6Address
_FORWARDING = ("forwarded", "x-forwarded-for", "x-real-ip")
_REMEDY = "this server has no keys and serves its own machine only; see `dragoman keys create`"


def require_local(scope: Scope, proxies: Sequence[Network], origins: Sequence[str]) -> None:
    """Raises Refused for a request that does not surely come from this machine."""
    headers = Headers(scope=scope)
    peer = peer_of(scope)
    client = client_of(peer, headers, proxies)
    if client is None and scope.get("client"):
        raise _refused()
    if client is not None and not is_loopback(client):
        raise _refused()
    if any(name in headers for name in _FORWARDING) and not _among(peer, proxies):
        raise _refused()
    host = headers.get("host", "localhost")
    if not _is_local_name(host):
        raise _refused()
    origin = headers.get("origin")
    if origin is not None and origin not in origins and origin.partition("://")[2] != host:
        raise _refused()


def peer_of(scope: Scope) -> Address | None:
    """The address at the other end of the connection; None for a local socket or what is no address."""
    client = scope.get("client")
    return _address(client[0]) if client else None


def is_proxy(scope: Scope, proxies: Sequence[Network]) -> bool:
    """Whether a configured proxy is at the other end of the connection."""
    return _among(peer_of(scope), proxies)


def client_of(peer: Address | None, headers: Headers, proxies: Sequence[Network]) -> Address | None:
    """The peer, or, where that is a configured proxy, the last address of X-Forwarded-For that is none."""
    if not _among(peer, proxies):
        return peer
    hops = [_address(hop.strip()) for line in headers.getlist("x-forwarded-for") for hop in line.split(",")]
    return next((hop for hop in reversed(hops) if not _among(hop, proxies)), peer)


def is_loopback(address: Address) -> bool:
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def _among(address: Address | None, networks: Sequence[Network]) -> bool:
    return address is not None and any(address in network for network in networks)


def _address(text: str) -> Address | None:
    try:
        return ip_address(text.removeprefix("[").removesuffix("]").partition("%")[0])
    except ValueError:
        return None


def _is_local_name(host: str) -> bool:
    """Whether a Host header, with or without a port, names this machine."""
    name = host.rpartition("]")[0].removeprefix("[") if host.startswith("[") else host.partition(":")[0]
    address = _address(name)
    if address is not None:
        return is_loopback(address)
    return name.lower() == "localhost" or name.lower().endswith(".localhost")


def _refused() -> Refused:
    return Refused(Reason.NOT_LOCAL, _REMEDY)
