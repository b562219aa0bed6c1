"""Errors as JSON: problem details, or the shape of DeepL or LibreTranslate for their routes. No text is echoed."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.models import Problem
from toolkit.errors import BadInput, DragomanError, TooLong, WrongUse

_LIBRETRANSLATE = frozenset({"/translate", "/languages", "/detect", "/health", "/frontend/settings", "/translate_file"})
_LIBRETRANSLATE_FILES = "/download_file/"
_DEEPL = ("/v2/", "/v3/")


def install(app: FastAPI) -> None:
    """Answer every failure with one line of JSON."""

    @app.exception_handler(DragomanError)
    async def known(request: Request, error: DragomanError) -> JSONResponse:
        return answer(request, _status(error), error.code, str(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"] if part != "body")
        return answer(request, 422, "E110", f"{field or 'body'}: {first['msg']}")

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        shown = answer(request, error.status_code, "E120", str(error.detail))
        shown.headers.update(error.headers or {})
        return shown

    @app.exception_handler(Exception)
    async def fault(request: Request, error: Exception) -> JSONResponse:
        return answer(request, 500, "E900", "a fault in the server; its log has the request's id")


def _status(error: DragomanError) -> int:
    if isinstance(error, TooLong):
        return 413
    return 400 if isinstance(error, WrongUse | BadInput) else 503


def answer(request: Request, status: int, code: str, detail: str) -> JSONResponse:
    if request.url.path in _LIBRETRANSLATE or request.url.path.startswith(_LIBRETRANSLATE_FILES):
        return JSONResponse({"error": detail}, 400 if status == 422 else status)
    if request.url.path.startswith(_DEEPL):
        status = 400 if status == 422 else status
        return JSONResponse({"message": _title(status), "detail": detail}, status)
    problem = Problem(title=_title(status), status=status, code=code, detail=detail)
    return JSONResponse(problem.model_dump(), status, media_type="application/problem+json")


def _title(status: int) -> str:
    titles = {
        400: "Bad request",
        404: "Not found",
        405: "Method not allowed",
        409: "Conflict",
        410: "Gone",
        413: "Too large",
        415: "Unsupported media type",
        422: "Invalid request",
    }
    return titles.get(status, "Unavailable" if status == 503 else "Error")
