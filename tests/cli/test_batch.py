"""`dragoman batch` at the command line: what comes out, exit codes, the summary, progress."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.batch.conftest import bare  # noqa: F401  a fixture
from toolkit.batch.model import Counts
from toolkit.cli.batch_progress import EVERY, BatchProgress
from toolkit.cli.main import _run

TEXT = "Обстрел Степанакерта продолжался всю ночь."


@pytest.fixture(autouse=True)
def _own_cache(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_CACHE", str(cache))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    rows = [{"id": "1", "text": TEXT}, {"id": "2", "text": "Тихо.", "policy": "follow-source"}]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


RESTYLE = ["--verb", "restyle", "--lang", "ru", "--policy", "azerbaijani", "--runner", "inline"]


def test_rows_are_those_of_the_text_commands(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Byte for byte what `restyle --jsonl` writes."""
    assert _run(["batch", str(archive), "--out", str(tmp_path / "out"), *RESTYLE]) == 0
    capsys.readouterr()
    assert _run(["restyle", str(archive), "--lang", "ru", "--policy", "azerbaijani", "--jsonl"]) == 0
    assert (tmp_path / "out" / "news.jsonl").read_text("utf-8") == capsys.readouterr().out


def test_the_summary_in_json(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object on standard output, nothing on standard error where there is no terminal."""
    with archive.open("a", encoding="utf-8") as stream:
        stream.write("broken\n")
    assert _run(["batch", str(archive), "--out", str(tmp_path / "out"), *RESTYLE, "--json"]) == 3
    captured = capsys.readouterr()
    summary = json.loads(captured.out)
    assert {key: summary[key] for key in ("items", "kept", "done", "failed", "untranslated")} == {
        "items": 3, "kept": 0, "done": 2, "failed": 1, "untranslated": 0,
    }  # fmt: skip
    assert captured.err == ""


@pytest.mark.usefixtures("bare")
def test_exit_codes(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0 done, 1 findings, 2 wrong use, 3 in part; a second run gives the code of the whole again."""
    out = str(tmp_path / "out")
    translate = ["batch", str(archive), "--out", out, "--verb", "translate", "--from", "ru", "--to", "en"]
    by_memory = [*translate, "--engine", "memory", "--runner", "inline"]
    assert _run(by_memory) == 3
    assert _run(by_memory) == 3
    assert _run([*by_memory, "--fail-on", "info"]) == 1
    assert _run([*translate, "--engine", "nonesuch", "--runner", "inline"]) == 2
    assert _run([*translate, "--policy", "nonesuch"]) == 2
    assert _run(["batch", str(archive), "--out", out, "--verb", "lint", "--lang", "ru", "--to", "en"]) == 2
    assert _run(["batch", str(archive), "--out", str(archive), *RESTYLE]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_check_with_fix_repairs(tmp_path: Path) -> None:
    """Rows of sources and translations under their own names come out with their names put right."""
    path = tmp_path / "pairs.jsonl"
    row = {"nr": 1, "ru": TEXT, "en": "The shelling of Khankendi went on all night."}
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    told = ["--verb", "check", "--from", "ru", "--to", "en", "--fix", "--runner", "inline", "--brief"]
    fields = ["--id-field", "nr", "--source-field", "ru", "--target-field", "en"]
    _run(["batch", str(path), "--out", str(tmp_path / "out"), *told, *fields])
    [line] = (tmp_path / "out" / "pairs.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["text"] == "The shelling of Stepanakert went on all night."


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class _Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_line_a_minute_without_a_terminal() -> None:
    """A log tells rate and time left, reckoned from what was worked on and not from what an earlier run had done."""
    stream, clock = io.StringIO(), _Clock()
    with BatchProgress(clock, stream) as progress:
        progress(Counts(items=500, kept=500), 500, 1000)
        for _ in range(6):
            clock.now += EVERY / 3
            done = round(clock.now)
            progress(Counts(items=500 + done, kept=500, done=done - 2, failed=2), 500 + done, 1000)
    assert stream.getvalue() == (
        "56%, 560 texts, 1.0 a second, 7 min left, 2 failed\n62%, 620 texts, 1.0 a second, 6 min left, 2 failed\n"
    )


def test_a_bar_on_a_terminal() -> None:
    """A person sees the rate and the time left."""
    stream, clock = _Terminal(), _Clock()
    with BatchProgress(clock, stream) as progress:
        progress(Counts(), 0, 100)
        clock.now = 10
        progress(Counts(items=20, done=20), 20, 100)
    assert "20 texts, 2.0 a second, 40 s left" in stream.getvalue()
