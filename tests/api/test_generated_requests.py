"""Whatever a client sends, in whichever dialect, the server answers as its committed description says.

Requests are made from the description, valid and broken ones; always the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.openapi import FILE

CONFORMANCE = [
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]
"""Not whether what the description allows is accepted: an id, a glossary or a text can be wrong for more reasons."""

schema = schemathesis.openapi.from_path(FILE)
# Methods that a route has not are all refused in one place: one that pages send by themselves, and one that they don't.
schema.config.phases.coverage.unexpected_methods = {"options", "put"}


@pytest.fixture(scope="session")
def session() -> Iterator[requests.Session]:
    """One connection for all requests."""
    with requests.Session() as session:
        yield session


@schema.parametrize()
@settings(max_examples=3, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: schemathesis.Case[Any], server: str, session: requests.Session) -> None:
    """No fault in the server; status, type and body of an answer are among those that the route describes."""
    response = case.call(base_url=server, session=session)
    assert response.status_code < 500 or response.status_code == 503, response.text
    case.validate_response(response, checks=CONFORMANCE)
