"""The description of the API (OpenAPI 3.1), generated from the models: `python -m api.openapi > api/openapi.json`.

Routes of other services read their bodies themselves, as JSON or as a form; `body_of` describes what they read.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from api.schemas import deepl, libretranslate

FILE = Path(__file__).with_name("openapi.json")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_REFERENCE = "#/components/schemas/{model}"
_PROBLEM = _REFERENCE.format(model="Problem")


def body_of(model: type[BaseModel], *, form: bool = True) -> dict[str, Any]:
    """What a route says of a body that it reads itself, for its `openapi_extra`; the model is one of BODIES."""
    reference = {"schema": {"$ref": _REFERENCE.format(model=model.__name__)}}
    kinds = ("application/json", *(_FORMS if form else ()))
    return {"requestBody": {"required": True, "content": dict.fromkeys(kinds, reference)}}


def upload_body_of(model: type[BaseModel]) -> dict[str, Any]:
    """The same for a form with a file."""
    reference = {"schema": {"$ref": _REFERENCE.format(model=model.__name__)}}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": reference}}}


def query_of(model: type[BaseModel], *names: str, required: bool = True) -> dict[str, Any]:
    """What a route says of fields that it reads from its query itself."""
    properties = model.model_json_schema()["properties"]
    return {
        "parameters": [
            {"name": name, "in": "query", "required": required, "schema": properties[name]} for name in names
        ]
    }


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI of an application; the same for every setting of the server."""
    found = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        license_info=app.license_info,
        routes=app.routes,
    )
    bodies: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        (model, "validation") for model in (*deepl.BODIES, *libretranslate.BODIES)
    ]
    _, definitions = models_json_schema(bodies, ref_template=_REFERENCE)
    schemas = found["components"]["schemas"] | definitions["$defs"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    found["components"]["schemas"] = dict(sorted(schemas.items()))
    for path in found["paths"].values():
        for operation in path.values():
            _tidy(operation["responses"])
    return found


class DescribedApp(FastAPI):
    """An application that answers /openapi.json by `describe`."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            self.openapi_schema = describe(self)
        return self.openapi_schema


def _tidy(responses: dict[str, Any]) -> None:
    """Problems have a content type of their own; the framework's own errors are never answered."""
    for status, response in list(responses.items()):
        content = response.get("content", {})
        reference = content.get("application/json", {}).get("schema", {}).get("$ref", "")
        if reference.endswith("/HTTPValidationError"):
            del responses[status]
        elif reference == _PROBLEM:
            content["application/problem+json"] = content.pop("application/json")


def written(app: FastAPI) -> str:
    """The description as the committed file holds it."""
    return json.dumps(describe(app), ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    """Write the description to standard output; with `--check`, say whether the committed file is as it should be."""
    from api.app import create_app

    text = written(create_app())
    if "--check" not in sys.argv[1:]:
        sys.stdout.write(text)
        return 0
    if FILE.is_file() and FILE.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write(f"{FILE}: not what the routes say (run `make openapi`)\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
