"""Whatever a client sends, in whichever dialect, the server answers as its description says.

Requests are made from the description, valid and broken ones; always the same ones.
"""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.openapi import checks  # noqa: F401 - registers what is looked up by name below

schema = schemathesis.pytest.from_fixture("described")


@pytest.fixture(scope="session")
def described(server: str) -> schemathesis.BaseSchema:
    """The description as the running server answers it."""
    return schemathesis.openapi.from_url(f"{server}/openapi.json")


@schema.parametrize()
@settings(max_examples=8, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: schemathesis.Case) -> None:
    """No fault in the server; status, type and body of an answer are among those that the route describes."""
    response = case.call()
    assert response.status_code < 500 or response.status_code == 503, response.text
    case.validate_response(response)
