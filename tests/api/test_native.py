"""The native routes: the command line's Result, and one line of JSON for every fault."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from api.settings import read_api_settings
from toolkit.errors import BadOption
from toolkit.pipeline.result import Result

ROAD = "По дороге к Степанакерту тихо."


def test_restyle_answers_the_same_result(server: str) -> None:
    """The answer is a Result with mentions, offsets and signature."""
    answer = httpx.post(f"{server}/v1/restyle", json={"text": ROAD, "lang": "ru", "policy": "azerbaijani"})
    assert answer.status_code == 200
    result = Result.model_validate(answer.json())
    assert result.text == "По дороге к Ханкенди тихо."
    assert ROAD[result.mentions[0].start : result.mentions[0].end] == "Степанакерту"


def test_translate_fills_the_memory_and_marks_the_rest(server: str) -> None:
    """A stored sentence serves another town; what is not stored stays and is marked."""
    text = "Two rockets landed in a potato field near Goris on Friday without exploding. A purple cow sang."
    answer = httpx.post(f"{server}/v1/translate", json={"text": text, "from": "en", "to": "ru"})
    result = Result.model_validate(answer.json())
    assert [segment.origin for segment in result.segments] == ["memory", "untranslated"]
    assert result.text.endswith("A purple cow sang.")


def test_lint_changes_nothing(server: str) -> None:
    """Findings come, the text stays."""
    text = "Stepanakert is quiet. Khankendi is quiet."
    answer = httpx.post(f"{server}/v1/lint", json={"text": text, "lang": "en"})
    assert answer.json()["text"] == text
    assert "N007" in {remark["code"] for remark in answer.json()["findings"]}


PRIVATE = "Sirr-Գաղտնիք-Тайна"


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/v1/restyle", {"text": PRIVATE}, 422, "lang"),
        ("/v1/restyle", {"text": 7, "lang": "ru"}, 422, "text"),
        ("/v1/restyle", {"text": PRIVATE, "lang": "fr"}, 422, "lang"),
        ("/v1/restyle", {"text": PRIVATE, "lang": "ru", "colour": "red"}, 422, "colour"),
        ("/v1/restyle", {"text": PRIVATE, "lang": "ru", "policy": "best"}, 400, "unknown policy 'best'"),
        ("/v1/restyle", {"text": PRIVATE, "lang": "ru", "policy": "../../etc/passwd"}, 400, "unknown policy"),
        ("/v1/restyle", {"text": PRIVATE, "lang": "ru", "format": "pdf"}, 422, "format"),
        ("/v1/restyle", {"text": "x" * 20_001, "lang": "ru"}, 413, "more than 20,000"),
        ("/v1/restyle", {"text": "a\0b", "lang": "ru"}, 400, "NUL"),
        ("/v1/translate", {"text": PRIVATE, "from": "en", "to": "en"}, 400, "nothing to translate"),
        ("/v1/fly", {}, 404, "Not Found"),
    ],
)
def test_a_wrong_request_gets_one_clear_error(
    server: str, path: str, body: dict[str, Any], status: int, words: str
) -> None:
    """Problem details with a code; never a traceback, never the text that was sent."""
    answer = httpx.post(f"{server}{path}", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == {"title", "status", "code", "detail"}
    assert words in problem["detail"]
    assert PRIVATE not in answer.text
    assert "Traceback" not in answer.text


def test_broken_json_is_an_error_and_no_fault(server: str) -> None:
    """A body that is no JSON is the client's mistake."""
    answer = httpx.post(f"{server}/v1/lint", content=b"{", headers={"content-type": "application/json"})
    assert answer.status_code == 422


@pytest.mark.parametrize("chunked", [False, True])
def test_a_huge_body_is_refused_before_it_is_read(server: str, *, chunked: bool) -> None:
    """The cap holds whether the length is announced or not."""
    piece = b"x" * 65_536
    body: Any = (piece for _ in range(64)) if chunked else piece * 64
    answer = httpx.post(f"{server}/v1/lint", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 413


def test_the_openapi_names_every_route(server: str) -> None:
    """Clients can be made from the description."""
    paths = httpx.get(f"{server}/openapi.json").json()["paths"]
    assert {"/v1/translate", "/v1/restyle", "/v1/lint", "/translate", "/languages"} <= set(paths)


@pytest.mark.parametrize("value", ["many", "-1", "0", "1.5"])
def test_a_limit_that_is_no_number_is_said(value: str) -> None:
    """A setting that cannot be meant ends the start with one line, not with a traceback."""
    with pytest.raises(BadOption, match="DRAGOMAN_MAX_TEXTS"):
        read_api_settings({"DRAGOMAN_MAX_TEXTS": value})
