"""A second run keeps what still holds, and makes the rest anew: what changed, and what is made of what changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import read_rows, read_texts, run, task, write_rows
from toolkit.batch.model import Fields, Item, Task
from toolkit.batch.runners.inline import InlineRunner
from toolkit.batch.sources import LinesSource

pytestmark = pytest.mark.usefixtures("bare")


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The places of the items that are worked on, as they are."""
    seen: list[str] = []
    kept = InlineRunner.run

    def watched(self: InlineRunner, chunks: Any) -> Any:
        for chunk, answers in kept(self, chunks):
            seen.extend(item.place for item in chunk.work)
            yield chunk, answers

    monkeypatch.setattr(InlineRunner, "run", watched)
    return seen


def test_a_second_run_does_nothing(tmp_path: Path, work: list[str]) -> None:
    """What is done is kept, and the output is not written again."""
    archive = write_rows(tmp_path / "news.jsonl", [{"id": n, "text": str(n)} for n in range(5)])
    run(archive, tmp_path / "out")
    before = (tmp_path / "out" / "news.jsonl").stat()
    work.clear()
    counts = run(archive, tmp_path / "out")
    assert work == []
    assert (counts.kept, counts.done) == (5, 0)
    assert (tmp_path / "out" / "news.jsonl").stat().st_ino == before.st_ino


CHANGES: dict[str, tuple[list[str], list[int]]] = {
    "one at the end": ([*"abcde", "new"], [6]),
    "one at the beginning": (["new", *"abcde"], [1]),
    "one in the middle": ([*"ab", "new", *"de"], [3]),
    "one less": ([*"abde"], []),
    "the other way round": ([*"edcba"], []),
    "none left": ([], []),
    "a line twice, another gone": ([*"abdea"], []),
}


@pytest.mark.parametrize("change", CHANGES)
def test_only_what_changed_is_made_again(change: str, tmp_path: Path, work: list[str]) -> None:
    """Whatever became of the archive, the output is that of a first run over it, and what was made before is used."""
    archive = write_rows(tmp_path / "news.jsonl", [{"id": t, "text": t} for t in "abcde"])
    run(archive, tmp_path / "out")
    texts, again = CHANGES[change]
    write_rows(archive, [{"id": t, "text": t} for t in texts])
    work.clear()
    run(archive, tmp_path / "out")
    assert work == [f"news.jsonl:{number}" for number in again]
    assert read_texts(tmp_path / "out" / "news.jsonl") == texts
    assert sorted(path.name for path in (tmp_path / "out" / ".dragoman").iterdir()) == ["ledger.sqlite"]


def test_a_line_that_lies_as_it_did_is_not_read(
    tmp_path: Path, work: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second run over a long archive is soon at its new lines; a line of which any byte is another is read, and so is
    every line when other fields count."""
    rows = [{"id": n, "text": str(n), "policy": "second" if n % 2 else None} for n in range(5)]
    archive = write_rows(tmp_path / "news.jsonl", rows)
    run(archive, tmp_path / "out")
    read: list[str] = []
    kept = LinesSource._item

    def watched(self: LinesSource, line: bytes, place: str) -> Item:
        read.append(place)
        return kept(self, line, place)

    monkeypatch.setattr(LinesSource, "_item", watched)
    work.clear()
    write_rows(archive, [*rows[:2], {**rows[2], "picture": "new"}, *rows[3:], {"id": "new", "text": "new"}])
    assert run(archive, tmp_path / "out").kept == 5
    assert (read, work) == (["news.jsonl:3", "news.jsonl:6"], ["news.jsonl:6"])
    read.clear()
    assert run(archive, tmp_path / "out", fields=Fields({"id": "nr"})).kept == 0
    assert len(read) == 6


def test_what_a_line_asks_for_counts_though_it_is_not_read(tmp_path: Path, bare: Path, work: list[str]) -> None:
    """A changed policy redoes the rows that name it, also where nothing else has been read anew for long."""
    rows = [{"id": n, "text": str(n), "policy": "second" if n == 1 else "first"} for n in range(3)]
    archive = write_rows(tmp_path / "news.jsonl", rows)
    for _ in range(2):
        run(archive, tmp_path / "out")
    work.clear()
    (bare / "second.yaml").write_text("id: second\ntitle: Other\nusage: international\n", encoding="utf-8")
    run(archive, tmp_path / "out")
    assert work == ["news.jsonl:2"]
    assert [row["id"] for row in read_rows(tmp_path / "out" / "news.jsonl")] == [0, 1, 2]


def test_bytes_that_mark_the_encoding_are_no_change(tmp_path: Path, work: list[str]) -> None:
    """A byte order mark before the first line, put there or taken away, makes no new line of it."""
    archive = write_rows(tmp_path / "news.jsonl", [{"id": 1, "text": "a"}])
    run(archive, tmp_path / "out")
    work.clear()
    archive.write_bytes(b"\xef\xbb\xbf" + archive.read_bytes())
    assert run(archive, tmp_path / "out").kept == 1
    assert work == []


def test_a_field_that_does_not_count_changes_nothing(tmp_path: Path, work: list[str]) -> None:
    """A new picture in a row is no reason to translate its text again."""
    archive = write_rows(tmp_path / "news.jsonl", [{"id": 1, "text": "a", "picture": "old"}])
    run(archive, tmp_path / "out")
    write_rows(archive, [{"id": 1, "text": "a", "picture": "new"}])
    work.clear()
    run(archive, tmp_path / "out")
    assert work == []


def test_a_changed_policy_redoes_only_its_rows(tmp_path: Path, bare: Path, work: list[str]) -> None:
    """Rows name their policies; the one that is rewritten touches its own rows alone."""
    rows = [{"id": n, "text": str(n), "policy": "second" if n % 2 else "first"} for n in range(4)]
    archive = write_rows(tmp_path / "news.jsonl", rows)
    run(archive, tmp_path / "out")
    work.clear()
    (bare / "second.yaml").write_text("id: second\ntitle: Other\nusage: international\n", encoding="utf-8")
    run(archive, tmp_path / "out")
    assert work == ["news.jsonl:2", "news.jsonl:4"]


@pytest.mark.parametrize(
    "other",
    [
        Task("lint", "ru"), Task("restyle", "en"), Task("restyle", "ru", policy="first"),
        Task("restyle", "ru", brief=True), Task("restyle", "ru", format="html"),
    ],
)  # fmt: skip
def test_another_task_redoes_all(other: Task, tmp_path: Path) -> None:
    """An output never has rows of two tasks."""
    archive = write_rows(tmp_path / "news.jsonl", [{"id": 1, "text": "Тихо."}])
    run(archive, tmp_path / "out", Task("restyle", "ru"))
    assert run(archive, tmp_path / "out", other).done == 1
    assert run(archive, tmp_path / "out", other).done == 0


def test_the_glossary_and_the_models_count(tmp_path: Path) -> None:
    """A translation is made again when the glossary, the memory or a model of its pair has changed."""
    archive = write_rows(tmp_path / "news.jsonl", [{"id": 1, "text": "Тихо."}])
    told = Task("translate", "ru", ("en",), maker=task().maker)
    assert [run(archive, tmp_path / "out", told).done for _ in range(2)] == [1, 0]
    pack = tmp_path / "glossaries" / "small" / "pack.yaml"
    pack.write_text(pack.read_text("utf-8").replace("0.1.0", "0.2.0"), encoding="utf-8")
    assert [run(archive, tmp_path / "out", told).done for _ in range(2)] == [1, 0]
    for pair, done in (("ru_en", 1), ("az_hy", 0)):
        a, b = pair.split("_")
        package = tmp_path / "argos" / f"translate-{pair}"
        package.mkdir(parents=True)
        described = {"type": "translate", "from_code": a, "to_code": b, "package_version": "1.0"}
        (package / "metadata.json").write_text(json.dumps(described), encoding="utf-8")
        assert run(archive, tmp_path / "out", told).done == done


def test_failures_are_tried_again_on_demand(tmp_path: Path, work: list[str]) -> None:
    """Without --retry a failure is as finished as a success."""
    archive = write_rows(tmp_path / "news.jsonl", [{"id": n, "text": t} for n, t in enumerate(["a", "fault", "b"])])
    run(archive, tmp_path / "out")
    work.clear()
    assert run(archive, tmp_path / "out").failed == 1
    assert work == []
    assert run(archive, tmp_path / "out", retry=True).failed == 1
    assert work == ["news.jsonl:2"]
    assert read_texts(tmp_path / "out" / "news.jsonl") == ["a", "b"]
