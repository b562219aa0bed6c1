"""What is wrong with a request is said in one line, in the shape of its dialect, whatever a client sends.

The cases are in tests/cases/refusals.tsv; FIELD puts what follows where the text of the dialect belongs.
"""

from __future__ import annotations

import csv
from pathlib import Path

import httpx
import pytest

PRIVATE = "Sirr Գաղտնիք Тайна"
LONGEST = 20_000
"""Characters that the server of the tests takes."""
WORDS = {
    "DIGITS": "1" * 5_000,
    "HUGE": "x" * (7 * LONGEST + 100_000),
    "LONG": "x" * (LONGEST + 1),
    "MANY": "&".join(f"a{number}=1" for number in range(2_000)),
    "NESTED": "[" * 100_000,
    "TEXT": PRIVATE,
}
DIALECTS = {
    "native": ("/v1/translate", '{"text": %s, "from": "en", "to": "ru"}'),
    "libretranslate": ("/translate", '{"q": %s, "source": "en", "target": "ru"}'),
    "deepl": ("/v2/translate", '{"text": [%s], "target_lang": "RU"}'),
}
FIELDS = {"native": ["code", "detail", "status", "title"], "libretranslate": ["error"], "deepl": ["detail", "message"]}


def _cases() -> list[dict[str, str]]:
    path = Path(__file__).parent.parent / "cases" / "refusals.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _body(written: str, frame: str) -> bytes:
    if written.startswith("FIELD"):
        value, _, language = written.removeprefix("FIELD").partition("/")
        written = frame % value
        if language:
            written = written.replace('"ru"', f'"{language}"').replace('"RU"', f'"{language}"')
    for word, meant in WORDS.items():
        written = written.replace(word, meant)
    return written.encode().replace(rb"\xff\xfe", b"\xff\xfe")


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["what"])
def test_a_wrong_body_gets_one_line_in_its_dialect(server: str, case: dict[str, str], dialect: str) -> None:
    """The status that the dialect's clients know, the fields that they read, and nothing of the text."""
    path, frame = DIALECTS[dialect]
    headers = {"content-type": case["content-type"]} if case["content-type"] else {}
    answer = httpx.post(f"{server}{path}", content=_body(case["body"], frame), headers=headers, timeout=30)
    assert answer.status_code == int(case[dialect]), answer.text
    assert sorted(answer.json()) == FIELDS[dialect]
    told = " ".join(str(value) for value in answer.json().values())
    assert told.strip()
    assert "\n" not in told
    assert not any(word in told for word in PRIVATE.split())
    assert "Traceback" not in told


@pytest.mark.parametrize("path", ["/v1/nowhere", "/v2/nowhere", "/v3/nowhere", "/download_file/x.txt"])
def test_what_is_not_there_is_said_in_its_dialect(server: str, path: str) -> None:
    """A 404 has the same shape as any other refusal."""
    dialect = {"v2": "deepl", "v3": "deepl", "download_file": "libretranslate"}.get(path.split("/")[1], "native")
    answer = httpx.get(f"{server}{path}")
    assert answer.status_code == 404
    assert sorted(answer.json()) == FIELDS[dialect]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_another_method_is_refused_in_its_dialect(server: str, dialect: str) -> None:
    """Nothing is changed by a method that a route does not have."""
    for method in ("DELETE", "GET", "PUT"):
        answer = httpx.request(method, f"{server}{DIALECTS[dialect][0]}")
        assert answer.status_code == 405
        assert sorted(answer.json()) == FIELDS[dialect]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../page.py",
        "/static/%2e%2e/page.py",
        "/static/..%2f..%2fsettings.py",
        "/static//etc/passwd",
        "/download_file/..%2f..%2fetc%2fpasswd",
        "/v1/jobs/..%2f..%2f/result",
        "/v1/jobs/%00",
        "/v1/names/..%2f..%2fpack.yaml",
        "/v1/names/%00",
        "/v2/glossaries/..%2f..",
        "/v2/glossaries/%00",
    ],
)
def test_no_path_leads_out(server: str, path: str) -> None:
    """An address is never made into the name of a file."""
    assert httpx.get(f"{server}{path}").status_code in (404, 405)


def test_a_model_that_is_not_there_may_be_tried_again(server: str) -> None:
    """503 says when; a model that is installed meanwhile is seen without a new start."""
    body = {"text": "Goris", "from": "en", "to": "hy", "engine": "argos"}
    answer = httpx.post(f"{server}/v1/translate", json=body, timeout=30)
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "dragoman models list" in answer.json()["detail"]
