"""What is wrong in an archive is passed by and said; what no item can help stops the batch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.batch.conftest import read_errors, read_rows, read_texts, run, write_rows
from toolkit.batch.model import Task
from toolkit.batch.run import RunnerName
from toolkit.errors import ModelUnusable

pytestmark = pytest.mark.usefixtures("bare")
BROKEN: dict[str, tuple[str, str]] = {
    "{": ("E200", "not a line of JSON"),
    "[1]": ("E200", "must be a JSON object"),
    "[" * 100_000: ("E200", "not a line of JSON"),
    '{"id": "no text"}': ("E200", '"text" is missing'),
    '{"id": "number", "text": 5}': ("E200", '"text" is missing or no string'),
    '{"id": "empty", "text": " "}': ("E200", "there is no text"),
    '{"id": "NUL", "text": "a\\u0000b"}': ("E202", "NUL"),
    '{"id": "half", "text": "a\\ud800"}': ("E202", "half a surrogate pair"),
    '{"id": "half \\udc00", "text": "a"}': ("E202", "half a surrogate pair"),
    json.dumps({"id": "long", "text": "a" * 1_000_001}): ("E203", "1,000,001 characters"),
    '{"id": "language", "text": "a", "lang": "xx"}': ("E101", "xx"),
    '{"id": "policy", "text": "a", "policy": "nonesuch"}': ("E102", "nonesuch"),
    '{"id": "format", "text": "a", "format": "docx"}': ("E104", "docx"),
    '{"id": "typed", "text": "a", "lang": 5}': ("E200", '"lang" is no string'),
}
"""A line → the code and a part of the words by which it is reported."""


@pytest.mark.parametrize("line", BROKEN, ids=lambda line: line[:30])
def test_a_poisoned_row_is_reported_and_passed_by(line: str, tmp_path: Path) -> None:
    """Its neighbours come out; it has a line in errors.jsonl with its id, place, code and reason."""
    archive = write_rows(tmp_path / "news.jsonl", [{"id": 1, "text": "Тихо."}, line, {"id": 2, "text": "Тихо."}])
    counts = run(archive, tmp_path / "out", Task("restyle", "ru"))
    assert [row["id"] for row in read_rows(tmp_path / "out" / "news.jsonl")] == [1, 2]
    [error] = read_errors(tmp_path / "out")
    assert error["place"] == "news.jsonl:2"
    assert error["code"] == BROKEN[line][0]
    assert BROKEN[line][1] in error["error"]
    assert counts.failed == 1


@pytest.mark.parametrize(
    "data", [b'{"text": "\xff"}\n', "{}".encode("utf-16"), b"\0" * 30, b'{"text": "' + b"a" * 17_000_000 + b'"}\n']
)
def test_bytes_that_are_no_line_are_reported(data: bytes, tmp_path: Path) -> None:
    """Another encoding, NUL bytes, a line without end."""
    archive = tmp_path / "news.jsonl"
    archive.write_bytes(b'{"id": 1, "text": "a"}\n' + data + b'\n{"id": 2, "text": "b"}')
    run(archive, tmp_path / "out")
    assert read_texts(tmp_path / "out" / "news.jsonl") == ["a", "b"]
    assert read_errors(tmp_path / "out")[0]["place"] == "news.jsonl:2"


def test_a_worker_that_dies_costs_one_row(tmp_path: Path) -> None:
    """A text of which the process dies is listed with what became of the process."""
    rows = [{"id": n, "text": text} for n, text in enumerate(["a", "crash", "b", "kill", "c"])]
    archive = write_rows(tmp_path / "news.jsonl", rows)
    run(archive, tmp_path / "out", runner=RunnerName.POOL, workers=2)
    assert read_texts(tmp_path / "out" / "news.jsonl") == ["a", "b", "c"]
    assert [(e["id"], e["code"], e["error"]) for e in read_errors(tmp_path / "out")] == [
        (1, "E501", "news.jsonl:2: its worker died of it twice (signal 11)"),
        (3, "E501", "news.jsonl:4: its worker died of it twice (signal 9)"),
    ]


def test_what_no_item_can_help_stops_the_batch(tmp_path: Path) -> None:
    """A broken model is not reported a million times; what was done before stays done."""
    long = "a " * 20_000
    archive = write_rows(tmp_path / "news.jsonl", [{"id": n, "text": t} for n, t in enumerate([long, *["fatal"] * 25])])
    with pytest.raises(ModelUnusable, match="fatal"):
        run(archive, tmp_path / "out")
    write_rows(archive, [{"id": n, "text": t} for n, t in enumerate([long, *["mended"] * 25])])
    counts = run(archive, tmp_path / "out")
    assert (counts.kept, counts.done, counts.failed) == (1, 25, 0)


def test_a_text_that_a_model_cannot_bear_is_passed_by(tmp_path: Path) -> None:
    """One sentence without end stops a model, not the batch."""
    archive = write_rows(tmp_path / "news.jsonl", [{"id": t, "text": t} for t in ("a", "fatal", "b")])
    assert run(archive, tmp_path / "out").failed == 1
    assert read_texts(tmp_path / "out" / "news.jsonl") == ["a", "b"]
    again = run(archive, tmp_path / "out")
    assert (again.kept, again.failed) == (2, 1), "what a model could not do is tried again"
