"""Archives come out in order, once, and what is wrong in them is passed by and said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from tests.batch.conftest import read_rows, run, task, write_rows
from toolkit.batch.ledger import Ledger
from toolkit.batch.model import Counts, Fields, Task
from toolkit.batch.run import Job, RunnerName, run_batch
from toolkit.batch.runners.inline import InlineRunner
from toolkit.errors import BadInput, BadOption, ModelUnusable, NotFound

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


def _errors(out: Path) -> list[dict[str, Any]]:
    return read_rows(out / "errors.jsonl")


def _texts(path: Path) -> list[str]:
    return [row["text"] for row in read_rows(path)]


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


@pytest.mark.parametrize("line", BROKEN, ids=lambda line: line[:30])
def test_a_poisoned_row_is_reported_and_passed_by(line: str, tmp_path: Path) -> None:
    """Its neighbours come out; it has a line in errors.jsonl with its id, place, code and reason."""
    archive = write_rows(tmp_path / "news.jsonl", [{"id": 1, "text": "Тихо."}, line, {"id": 2, "text": "Тихо."}])
    counts = run(archive, tmp_path / "out", Task("restyle", "ru"))
    assert [row["id"] for row in read_rows(tmp_path / "out" / "news.jsonl")] == [1, 2]
    [error] = _errors(tmp_path / "out")
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
    assert _texts(tmp_path / "out" / "news.jsonl") == ["a", "b"]
    assert _errors(tmp_path / "out")[0]["place"] == "news.jsonl:2"


def test_a_worker_that_dies_costs_one_row(tmp_path: Path) -> None:
    """A text of which the process dies is listed with what became of the process."""
    rows = [{"id": n, "text": text} for n, text in enumerate(["a", "crash", "b", "kill", "c"])]
    archive = write_rows(tmp_path / "news.jsonl", rows)
    run(archive, tmp_path / "out", runner=RunnerName.POOL, workers=2)
    assert _texts(tmp_path / "out" / "news.jsonl") == ["a", "b", "c"]
    assert [(e["id"], e["code"], e["error"]) for e in _errors(tmp_path / "out")] == [
        (1, "E501", "news.jsonl:2: its worker died of it twice (signal 11)"),
        (3, "E501", "news.jsonl:4: its worker died of it twice (signal 9)"),
    ]


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
    assert _texts(tmp_path / "out" / "news.jsonl") == texts
    assert sorted(path.name for path in (tmp_path / "out" / ".dragoman").iterdir()) == ["ledger.sqlite"]


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
    assert _texts(tmp_path / "out" / "news.jsonl") == ["a", "b"]


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
    assert _texts(tmp_path / "out" / "news.jsonl") == ["a", "b"]
    again = run(archive, tmp_path / "out")
    assert (again.kept, again.failed) == (2, 1), "what a model could not do is tried again"


def test_fields_have_the_archives_names(tmp_path: Path) -> None:
    """Ids of any kind come back as they are; an archive's own `text` that is not the text is not read."""
    row = {"nr": 0, "body": "a", "text": 5}
    archive = write_rows(tmp_path / "news.jsonl", [row, {**row, "nr": "x"}, {"body": "b"}])
    run(archive, tmp_path / "out", fields=Fields({"id": "nr", "text": "body"}))
    assert [(row["id"], row["text"]) for row in read_rows(tmp_path / "out" / "news.jsonl")] == [
        (0, "a"), ("x", "a"), (None, "b"),
    ]  # fmt: skip


def test_the_watch_hears_of_all(tmp_path: Path) -> None:
    """Progress ends at the whole of the archive."""
    heard: list[tuple[int, int, int]] = []

    def watch(counts: Counts, gone: int, total: int) -> None:
        heard.append((counts.items, gone, total))

    archive = write_rows(tmp_path / "news.jsonl", [{"id": n, "text": "a " * 9000} for n in range(4)])
    run(archive, tmp_path / "out", watch=watch)
    size = archive.stat().st_size
    assert heard[-1] == (4, size, size)
    assert len(heard) > 1


# Parquet


def _parquet(path: Path, columns: dict[str, Any]) -> Path:
    pyarrow.parquet.write_table(pyarrow.table(columns), path)
    return path


def test_parquet_comes_out_as_parquet(tmp_path: Path) -> None:
    """A row for each text, ids of their own type, findings as a list, the whole Result in JSON; a null is reported."""
    archive = _parquet(tmp_path / "news.parquet", {"nr": [7, 8, 9], "body": ["Тихо.", None, "Тихо."]})
    fields = Fields({"id": "nr", "text": "body"})
    counts = run(archive, tmp_path / "out", Task("restyle", "ru"), fields=fields)
    table = pyarrow.parquet.read_table(tmp_path / "out" / "news.parquet")
    assert table.column("id").to_pylist() == [7, 9]
    assert table.column("text").to_pylist() == ["Тихо.", "Тихо."]
    assert json.loads(table.column("result")[0].as_py())["segments"][0]["source"] == "Тихо."
    assert table.column("findings").to_pylist() == [[], []]
    assert [(e["id"], e["place"]) for e in _errors(tmp_path / "out")] == [(8, "news.parquet:2")]
    assert counts.failed == 1
    (tmp_path / "out" / "news.parquet").unlink()
    again = run(archive, tmp_path / "out", Task("restyle", "ru"), fields=fields)
    assert (again.kept, again.done) == (3, 0)
    assert pyarrow.parquet.read_table(tmp_path / "out" / "news.parquet").equals(table)


def test_a_language_is_a_row_of_its_own(tmp_path: Path) -> None:
    """Into two languages, a text is two rows."""
    archive = _parquet(tmp_path / "news.parquet", {"id": ["a"], "text": ["Quiet."]})
    run(archive, tmp_path / "out", Task("translate", "en", ("hy", "ru"), engine="memory"))
    table = pyarrow.parquet.read_table(tmp_path / "out" / "news.parquet")
    assert [(row["id"], row["lang"]) for row in table.to_pylist()] == [("a", "hy"), ("a", "ru")]


def test_parquet_that_is_none_is_said(tmp_path: Path) -> None:
    """A broken file, and one without the column, stop before anything is written."""
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 no parquet PAR1")
    with pytest.raises(BadInput, match="no Parquet file"):
        run(tmp_path / "broken.parquet", tmp_path / "out")
    archive = _parquet(tmp_path / "news.parquet", {"id": ["a"], "body": ["Quiet."]})
    with pytest.raises(BadOption, match="no column 'text'"):
        run(archive, tmp_path / "out")


# Folders


def _folder(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def _names(out: Path) -> list[str]:
    return sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file() and ".dragoman" not in p.parts)


def test_a_folder_keeps_its_shape(tmp_path: Path) -> None:
    """Files of all formats, by the same paths; other languages' and hidden ones are left out, broken ones reported."""
    archive = _folder(
        tmp_path / "in",
        {
            "a.md": "# Тихо\r\n", "b/c.ru.html": "<p>Тихо.</p>", "b/c.hy.html": "<p>Հանգիստ։</p>", ".hidden": "x",
            "picture.png": b"\x89PNG\0", "d.docx": b"no archive", "empty.txt": "",
        },
    )  # fmt: skip
    out = tmp_path / "out"
    counts = run(archive, out, Task("restyle", "ru", brief=True))
    assert _names(out) == ["a.ru.md", "b/c.ru.html", "errors.jsonl"]
    assert (out / "a.ru.md").read_bytes() == b"# \xd0\xa2\xd0\xb8\xd1\x85\xd0\xbe\r\n"
    assert [error["place"] for error in _errors(out)] == ["d.docx", "empty.txt", "picture.png"]
    assert (counts.done, counts.failed, counts.left_out) == (2, 3, 1)


def test_a_file_that_changed_or_went_is_made_again(tmp_path: Path) -> None:
    """The ledger believes the disk: an output that is not there any more, or not as it was, is made anew."""
    archive = _folder(tmp_path / "in", {f"{n}.txt": f"Тихо {n}." for n in range(4)})
    out = tmp_path / "out"
    told = Task("restyle", "ru", brief=True)
    run(archive, out, told)
    (archive / "1.txt").write_text("Громко.", encoding="utf-8")
    (out / "2.ru.txt").unlink()
    (out / "3.ru.txt").write_text("cut", encoding="utf-8")
    counts = run(archive, out, told)
    assert (counts.kept, counts.done) == (1, 3)
    assert [(out / f"{n}.ru.txt").read_text("utf-8") for n in range(4)] == ["Тихо 0.", "Громко.", "Тихо 2.", "Тихо 3."]


def test_two_files_never_become_one(tmp_path: Path) -> None:
    """news.txt and news.ru.txt would be written as the same file: the second is reported."""
    archive = _folder(tmp_path / "in", {"news.ru.txt": "Раз.", "news.txt": "Два."})
    for _ in range(2):
        run(archive, tmp_path / "out", Task("restyle", "ru", brief=True))
        assert (tmp_path / "out" / "news.ru.txt").read_text("utf-8") == "Раз."
        assert [e["place"] for e in _errors(tmp_path / "out")] == ["news.txt"]


def test_check_finds_the_translation_by_its_name(tmp_path: Path) -> None:
    """news.en.md is compared with news.hy.md beside it; one without a translation is reported."""
    archive = _folder(tmp_path / "in", {"a.en.md": "On 5 May.", "a.hy.md": "Մայիսի 6-ին։", "b.en.md": "Quiet."})
    out = tmp_path / "out"
    run(archive, out, Task("check", "en", ("hy",)))
    assert _names(out) == ["a.hy.md.json", "errors.jsonl"]
    result = json.loads((out / "a.hy.md.json").read_text("utf-8"))
    assert [finding["code"] for finding in result["findings"]] == ["T003"]
    assert result["text"] == "Մայիսի 6-ին։"
    [error] = _errors(out)
    assert "its name would be b.hy.md" in error["error"]


# What cannot begin


def test_one_batch_at_a_time(tmp_path: Path) -> None:
    """Two batches into one folder would undo each other: the second is refused."""
    archive = write_rows(tmp_path / "news.jsonl", [{"text": "a"}])
    run(archive, tmp_path / "out")
    ledger = Ledger(tmp_path / "out", "news.jsonl")
    with pytest.raises(BadOption, match="another batch writes here"):
        run(archive, tmp_path / "out")
    ledger.close()
    assert run(archive, tmp_path / "out").kept == 1


def test_a_folder_is_one_archives(tmp_path: Path) -> None:
    """Another archive's output is not mixed in."""
    run(write_rows(tmp_path / "a.jsonl", [{"text": "a"}]), tmp_path / "out")
    with pytest.raises(BadOption, match=r"it holds a batch of a\.jsonl"):
        run(write_rows(tmp_path / "b.jsonl", [{"text": "b"}]), tmp_path / "out")


def test_a_damaged_ledger_is_said(tmp_path: Path) -> None:
    """The error names the file and what to remove."""
    archive = write_rows(tmp_path / "news.jsonl", [{"text": "a"}])
    run(archive, tmp_path / "out")
    (tmp_path / "out" / ".dragoman" / "ledger.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(BadInput, match="the ledger is damaged"):
        run(archive, tmp_path / "out")


def test_what_is_asked_wrongly_is_refused(tmp_path: Path) -> None:
    """Before anything is written."""
    (tmp_path / "in").mkdir()
    archive = write_rows(tmp_path / "in" / "news.jsonl", [])
    out = tmp_path / "out"
    cases: list[tuple[Job, type[Exception], str]] = [
        (Job(archive, archive.parent, task()), BadOption, "among what is read"),
        (Job(archive.parent, archive.parent / "out", task()), BadOption, "among what is read"),
        (Job(tmp_path / "none", out, task()), NotFound, "no such file"),
        (Job(Path(__file__), out, task()), BadOption, "no archive"),
        (Job(archive.parent, out, Task("lint")), BadOption, "--lang"),
        (Job(archive.parent, out, Task("translate", "en")), BadOption, "--to is missing"),
        (Job(archive, out, Task("check", "en", ("hy", "ru"))), BadOption, "one language"),
        (Job(archive, out, Task("translate", "en", ("en",))), BadOption, "the same"),
    ]
    for job, error, words in cases:
        with pytest.raises(error, match=words):
            run_batch(job, lambda counts, gone, total: None)
        assert not out.exists()
