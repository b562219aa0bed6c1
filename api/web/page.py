"""The page at `/`, and its files under `/static`."""

from __future__ import annotations

from functools import cache
from os import PathLike, stat_result

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.jobs.model import Verb
from api.web.words import STATIC, language_for, words
from toolkit import __version__
from toolkit.languages import Language
from toolkit.templates import templates_of

router = APIRouter(include_in_schema=False)

_ASK_AGAIN = "no-cache"
"""Kept by a browser, but asked for again by its ETag: after an update nobody works with half of the old page."""


class _Files(StaticFiles):
    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["cache-control"] = _ASK_AGAIN
        return response


def install(app: FastAPI) -> None:
    """Put the page and its files into an application."""
    app.include_router(router)
    app.mount("/static", _Files(directory=STATIC), name="static")


@router.get("/")
async def page(request: Request, lang: str | None = None) -> HTMLResponse:
    """The page in the language that the address asks for (`?lang=hy`), else in the browser's."""
    language = language_for(lang, request.headers.get("accept-language", ""))
    headers = {"cache-control": _ASK_AGAIN, "content-language": language, "vary": "Accept-Language"}
    return HTMLResponse(rendered(language), headers=headers)


@cache
def rendered(language: Language) -> str:
    """The HTML of the page in a language; the page of a language never changes while the server runs."""
    return (
        templates_of("api.web")
        .get_template("page.html.j2")
        .render(
            lang=language,
            t=words(language),
            languages={other.value: words(other)["language.self"] for other in Language},
            verbs=[verb.value for verb in (Verb.TRANSLATE, Verb.RESTYLE, Verb.CHECK, Verb.LINT)],
            version=__version__,
        )
    )
