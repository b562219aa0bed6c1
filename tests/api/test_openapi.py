"""The committed description of the API is what the routes say, whole and without gaps."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from inspect import signature
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.openapi import FILE, describe, written
from api.settings import read_api_settings


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    return describe(create_app(read_api_settings({})))


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from _references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _references(inner)


def test_the_committed_description_is_current() -> None:
    """`make openapi` writes it anew."""
    assert FILE.read_text(encoding="utf-8") == written(create_app(read_api_settings({})))


def test_settings_do_not_change_the_description() -> None:
    """A client made from it fits every server."""
    other = read_api_settings({"DRAGOMAN_MAX_CHARACTERS": "7", "DRAGOMAN_MAX_TEXTS": "2"})
    assert written(create_app(other)) == written(create_app(read_api_settings({})))


def test_every_field_is_described(description: dict[str, Any]) -> None:
    """Nothing has to be guessed from its name."""
    bare = [
        f"{name}.{field}"
        for name, schema in description["components"]["schemas"].items()
        for field, shape in schema.get("properties", {}).items()
        if not shape.get("description")
    ]
    assert bare == []


def test_every_route_is_described(description: dict[str, Any]) -> None:
    """Each says what it does and what it answers."""
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            assert operation.get("description"), (method, path)
            good = [status for status in operation["responses"] if status.startswith("2")]
            assert good, (method, path)


def test_every_reference_leads_somewhere(description: dict[str, Any]) -> None:
    """No schema is missing, and none is there for nothing."""
    schemas = {f"#/components/schemas/{name}" for name in description["components"]["schemas"]}
    assert set(_references(description)) == schemas


def test_the_server_answers_it(server: str, description: dict[str, Any]) -> None:
    """A client need not be given the file."""
    assert httpx.get(f"{server}/openapi.json").json() == description


def test_the_examples_work(server: str, description: dict[str, Any]) -> None:
    """Whoever pastes the example of a verb gets an answer."""
    tried = 0
    for path, operations in description["paths"].items():
        content = operations.get("post", {}).get("requestBody", {}).get("content", {})
        reference = content.get("application/json", {}).get("schema", {}).get("$ref", "")
        schema = description["components"]["schemas"].get(reference.rpartition("/")[2], {})
        for example in schema.get("examples", ()):
            answer = httpx.post(f"{server}{path}", json=example)
            assert answer.status_code == 200, (path, answer.text)
            tried += 1
    assert tried >= 6


TEXTS_AND_LANGUAGES = {"from", "lang", "pairs", "source", "target", "text", "texts", "to"}


def _fields(description: dict[str, Any], part: str) -> dict[str, str]:
    """The fields of a schema that are options, with what is said of them."""
    [schema] = [shape for name, shape in description["components"]["schemas"].items() if name.startswith(part)]
    return {
        name: shape["description"] for name, shape in schema["properties"].items() if name not in TEXTS_AND_LANGUAGES
    }


def test_a_document_takes_every_option_that_a_text_takes(description: dict[str, Any]) -> None:
    """What is added to one route is added to the other, in the same words."""
    form = _fields(description, "Body_submit_v1_documents")
    for request in ("CheckRequest", "RestyleRequest", "TranslateRequest"):
        options = _fields(description, request)
        assert set(options) - set(form) == set()
        assert {name for name in options if name != "format" and options[name] != form[name]} == set()


@pytest.mark.parametrize("command", ["check", "lint", "restyle", "translate"])
def test_the_server_takes_every_option_of_the_command(description: dict[str, Any], command: str) -> None:
    """All but those that say where files lie and how results are shown."""
    of_files = {"as_json", "fail_on", "files", "jsonl", "out", "output", "report"}
    names = {"format_name": "format", "from_": "from", "source": "from"}
    function = getattr(import_module(f"toolkit.cli.{command}"), command)
    wanted = {names.get(name, name) for name in signature(function).parameters} - of_files
    schema = {"check": "CheckRequest", "translate": "TranslateRequest"}.get(command, "RestyleRequest")
    assert wanted - set(description["components"]["schemas"][schema]["properties"]) == set()
