"""`dragoman serve`: the API, on this machine or, with keys, for others."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; other than loopback only with keys.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 5000,
) -> int:
    """Answer over HTTP: /v1, and the routes of DeepL and LibreTranslate."""
    # By its name: the API stands beside the command line, not below it.
    import_module("api.server").run(host, port)
    return 0
