"""The ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

from api import errors, protection
from api.jobs.desk import desk_of
from api.lifecycle import Lifecycle
from api.openapi import DescribedApp
from api.process import keep_loaded, own_process
from api.routes import (
    deepl,
    documents,
    health,
    installed,
    jobs,
    libretranslate,
    libretranslate_about,
    libretranslate_files,
    names,
    native,
)
from api.service import Service
from api.settings import ApiSettings, read_api_settings
from api.web import page
from toolkit import __version__


def create_app(settings: ApiSettings | None = None, *, alone: bool = False) -> FastAPI:
    """The application for any ASGI server; glossary and memory are loaded while it starts.

    `alone` says that the process is the server's own: see `api.process`.
    """
    found = settings or read_api_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service, lifecycle = app.state.service, app.state.lifecycle

        def load() -> None:
            service.warm()
            if alone:
                keep_loaded()

        def quiet() -> bool:
            return lifecycle.active == 0 and not app.state.jobs.busy

        async with AsyncExitStack() as stack:
            await stack.enter_async_context(lifecycle.running(load))
            await stack.enter_async_context(service.running())
            app.state.jobs = await stack.enter_async_context(desk_of(service))
            if alone:
                await stack.enter_async_context(own_process(quiet))
            yield

    app = DescribedApp(
        title="Dragoman",
        version=__version__,
        description="Consistent names in English, Armenian, Azerbaijani and Russian.",
        license_info={"name": "GPL-3.0-or-later"},
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.service = Service(found)
    app.state.lifecycle = Lifecycle(found.deadline)
    protection.install(app, found, app.state.service, app.state.lifecycle)
    errors.install(app)
    libre = (libretranslate, libretranslate_about, libretranslate_files)
    for part in (native, names, installed, documents, jobs, *libre, deepl, health):
        app.include_router(part.router)
    page.install(app)
    return app
