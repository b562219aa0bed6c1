"""What a client is told of a failure."""

from __future__ import annotations

import asyncio

import httpx
from fastapi import FastAPI

from api.errors import install
from toolkit.errors import ModelUnusable


def test_where_a_file_lies_on_the_server_is_not_told() -> None:
    """A model that is broken is named, and not the folders of the server; what is wrong and the remedy are told."""
    app = FastAPI()
    install(app)

    @app.get("/v1/broken")
    def broken() -> None:
        raise ModelUnusable("is cut short", where="/srv/newsroom/models/en-ru/model.bin", remedy="install it again")

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://server") as client:
            return await client.get("/v1/broken")

    answer = asyncio.run(ask())
    assert answer.status_code == 503
    assert answer.json()["detail"] == "model.bin: is cut short (install it again)"
