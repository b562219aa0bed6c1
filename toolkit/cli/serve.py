"""`dragoman serve`: the API on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.errors import BadOption

app = typer.Typer(add_completion=False, rich_markup_mode=None)

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; loopback only.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 5000,
) -> int:
    """Answer over HTTP on this machine: /v1, and the routes of DeepL and LibreTranslate."""
    if host not in _LOOPBACK:
        raise BadOption(f"{host} is not of this machine", where="--host", remedy="use 127.0.0.1; there are no keys yet")
    import uvicorn

    uvicorn.run("api.app:create_app", factory=True, host=host, port=port, log_level="warning", access_log=False)
    return 0
