"""Errors as JSON: problem details, or the shape of DeepL or LibreTranslate for their routes. No text is echoed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.dialects import Dialect, dialect_of
from api.models import Problem
from toolkit.errors import BadInput, DragomanError, TooLong, WrongUse

_RETRY_AFTER = "60"
"""Seconds until a model may be installed, or a memory put right; both are seen without a new start."""


def install(app: FastAPI) -> None:
    """Answer every failure with one line of JSON."""

    @app.exception_handler(DragomanError)
    async def known(request: Request, error: DragomanError) -> JSONResponse:
        status = _status(error)
        later = {"Retry-After": _RETRY_AFTER} if status == 503 else None
        return answer(request, status, error.code, _told(error), later)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        if first["loc"] == ("body",) and not _is_json(request) and _has_body(request):
            return answer(request, 415, "E110", "the body is no JSON (send it with content-type: application/json)")
        if first["type"] == "json_invalid":
            return answer(request, 422, "E110", f"the body is broken JSON, at character {first['loc'][-1]}")
        if first["loc"] == ("body",) and first["type"] in ("dict_type", "model_attributes_type"):
            return answer(request, 422, "E110", "body: a JSON object is wanted")
        field = ".".join(str(part)[:40] for part in first["loc"] if part != "body")
        return answer(request, 422, "E110", f"{field or 'body'}: {first['msg']}")

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        return answer(request, error.status_code, "E120", str(error.detail), error.headers)

    @app.exception_handler(Exception)
    async def fault(request: Request, error: Exception) -> JSONResponse:
        return answer(request, 500, "E900", "a fault in the server; its log has the request's id")


def _told(error: DragomanError) -> str:
    """The line for a client: a file of the server by its name alone, not by where it lies."""
    where = PurePath(error.where).name if PurePath(error.where).is_absolute() else error.where
    return str(DragomanError(error.what, where=where, remedy=error.remedy))


def _is_json(request: Request) -> bool:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def _has_body(request: Request) -> bool:
    """Whether a body was sent: without one, the fields that are missing are said."""
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers


def _status(error: DragomanError) -> int:
    if isinstance(error, TooLong):
        return 413
    return 400 if isinstance(error, WrongUse | BadInput) else 503


def answer(
    request: Request, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """One line of JSON in the shape of the dialect that the path belongs to."""
    dialect = dialect_of(request.url.path)
    if dialect is Dialect.LIBRETRANSLATE:
        return JSONResponse({"error": detail}, 400 if status == 422 else status, headers)
    if dialect is Dialect.DEEPL:
        status = 400 if status == 422 else status
        return JSONResponse({"message": _title(status), "detail": detail}, status, headers)
    problem = Problem(title=_title(status), status=status, code=code, detail=detail)
    return JSONResponse(problem.model_dump(), status, headers, media_type="application/problem+json")


def _title(status: int) -> str:
    titles = {
        400: "Bad request",
        401: "Key wanted",
        403: "Forbidden",
        404: "Not found",
        405: "Method not allowed",
        408: "Request too slow",
        409: "Conflict",
        410: "Gone",
        413: "Too large",
        415: "Unsupported media type",
        422: "Invalid request",
        429: "Too many requests",
        456: "Quota exceeded",
    }
    return titles.get(status, "Unavailable" if status == 503 else "Error")
