"""The fields of a request that may come as JSON or as a form, whatever its method."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException

from api.limits.body import check_whole
from toolkit.errors import BadInput, BadOption

_MOST_FIELDS = 1_000


async def read_fields(request: Request) -> dict[str, Any]:
    """The fields of the body, or none of an empty one; a field given several times in a form is a list.

    Raises BadInput where the body is not what its content type says, HTTPException 400 for half a letter, 415 for any
    other type.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "application/json":
        try:
            check_whole(await request.body(), kind)
            body = await request.json()
        except (ValueError, RecursionError):
            raise BadInput("Invalid request: not JSON") from None
        if not isinstance(body, dict):
            raise BadInput("Invalid request: a JSON object is wanted")
        return body
    if kind == "application/x-www-form-urlencoded":
        return _grouped(_decoded(await request.body()))
    if kind == "multipart/form-data":
        form = await request.form()
        return _grouped(form.multi_items())
    if kind or await request.body():
        raise HTTPException(415, "Unsupported media type (send JSON or a form)")
    return {}


def _decoded(body: bytes) -> list[tuple[str, str]]:
    """The fields of an encoded form. Raises BadInput for one that is not UTF-8: no letter is lost in silence."""
    try:
        return parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS, separator="&"
        )
    except UnicodeError:
        raise BadInput("Invalid request: the form is not UTF-8", remedy="encode its letters as UTF-8") from None
    except ValueError:
        raise BadInput(f"Invalid request: more than {_MOST_FIELDS:,} fields") from None


def _grouped(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Each field with its value, or with a list where it is given several times."""
    found: dict[str, list[Any]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def text_field(fields: dict[str, Any], name: str, *, most: int = 200) -> str:
    """A field that must be a text. Raises BadOption where it is missing or something else."""
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadOption(f"the parameter '{name}' is missing or no text")
    if len(value) > most:
        raise BadOption(f"the parameter '{name}' has more than {most:,} characters")
    return value


def list_field(fields: dict[str, Any], name: str) -> list[str]:
    """A field that may be one text or several. Raises BadOption for anything else."""
    value = fields.get(name)
    values = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(item, str) for item in values):
        raise BadOption(f"the parameter '{name}' must be a text or a list of texts")
    return values


def names_field(fields: dict[str, Any], name: str) -> list[str]:
    """Names in a list, or in one text with commas between them."""
    return [part.strip() for value in list_field(fields, name) for part in value.split(",") if part.strip()]
