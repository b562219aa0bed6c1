"""The ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from api import errors
from api.limits import BodyLimit
from api.openapi import DescribedApp
from api.routes import deepl, installed, libretranslate, names, native
from api.service import Service
from api.settings import ApiSettings, read_api_settings
from toolkit import __version__


def create_app(settings: ApiSettings | None = None) -> FastAPI:
    """The application for any ASGI server; glossary and memory are loaded before the first request."""
    found = settings or read_api_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(app.state.service.warm)
        yield

    app = DescribedApp(
        title="Dragoman",
        version=__version__,
        description="Consistent names in English, Armenian, Azerbaijani and Russian.",
        license_info={"name": "GPL-3.0-or-later"},
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.service = Service(found)
    app.add_middleware(BodyLimit, limit=found.max_body)
    errors.install(app)
    app.include_router(native.router)
    app.include_router(names.router)
    app.include_router(installed.router)
    app.include_router(libretranslate.router)
    app.include_router(deepl.router)
    return app
