"""Runs the application with uvicorn, as `dragoman serve` does."""

from __future__ import annotations

from ipaddress import ip_address

import uvicorn

from api.app import create_app
from api.connections import PatientProtocol
from api.heap import keep_few_heaps
from api.observe import logs
from api.settings import read_api_settings
from toolkit.errors import BadOption
from toolkit.keys.store import KeyStore

_MOST_CONNECTIONS = 1_024
"""Each may hold a body in memory."""


def run(host: str, port: int) -> None:
    """Serve until a signal ends it.

    Raises BadOption where the address is not of this machine and there is no key; whatever the loading raises.
    """
    keep_few_heaps()
    settings = read_api_settings()
    if not _is_loopback(host) and not KeyStore(settings.store).list():
        raise BadOption(
            f"{host} may be reached from elsewhere, and there are no keys",
            where="--host",
            remedy="make one with `dragoman keys create NAME`, or use 127.0.0.1",
        )
    logs.configure()
    app = create_app(settings, alone=True)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=PatientProtocol,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=settings.deadline,
    )
    server = uvicorn.Server(config)

    def stop() -> None:
        server.should_exit = True

    app.state.lifecycle.on_failure = stop
    server.run()
    if app.state.lifecycle.failure is not None:
        raise app.state.lifecycle.failure


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
