"""`dragoman memory`: import, export, align, stale, restyle and the rest, as a newsroom uses them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from toolkit.cli.main import _run
from toolkit.glossary.glossary import Glossary

ROWS = [
    {"en": "The bakery in Shushi opened on Tuesday.", "ru": "Пекарня в Шуши открылась во вторник."},
    {"en": "Three shells hit Khankendi.", "hy": "Երեք արկ է ընկել Խանքենդիում։"},
    {"en": "It happened in 2020.", "ru": "Это произошло в 2021 году."},
    {"en": "The road to Agdam is open.", "ru": "Дорога в Гадрут открыта."},
    {"en": "Bread", "hy": "Bread"},
    {"en": "Хлеб был дорог.", "ru": "Хлеб."},
]
REASONS = ["T003", "N013", "the same text", "the en side is in cyrillic letters"]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, cache: Path, glossary: Glossary, monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory for each test; the glossary, which none of them changes, is loaded once for all."""
    monkeypatch.setattr(Glossary, "load", lambda *_args, **_options: glossary)
    monkeypatch.setenv("DRAGOMAN_CACHE", str(cache))
    monkeypatch.setenv("DRAGOMAN_MEMORY", str(tmp_path / "data" / "memory.sqlite"))
    monkeypatch.setenv("DRAGOMAN_SEEDS", str(Path(__file__).parent.parent / "cases" / "memory"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps({**row, "source_language": "en"}) + "\n" for row in ROWS), encoding="utf-8")
    return path


def _json(words: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> dict[str, Any]:
    capsys.readouterr()
    assert _run([*words, "--json"]) == code
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_import_says_first_what_it_would_do(rows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --apply nothing is written, not even a file; refused rows are listed with place and reason."""
    assert _run(["memory", "import", str(rows)]) == 3
    lines = capsys.readouterr().out.splitlines()
    for number, (line, reason) in enumerate(zip(lines, REASONS, strict=False), 3):
        assert line.startswith(f"rows.jsonl:{number}: ")
        assert reason in line
    assert lines[-1] == "2 would be stored (--apply stores them), 0 duplicates, 4 refused"
    assert not Path("data").exists()


def test_what_is_imported_translates(rows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After --apply the sentence is found with another name; a second time all are duplicates."""
    assert _json(["memory", "import", str(rows), "--apply", "--origin", "agency"], capsys, 3)["stored"] == 2
    again = _json(["memory", "import", str(rows), "--apply"], capsys, 3)
    assert (again["stored"], again["duplicates"], again["refused"]) == (0, 2, 4)
    Path("a.txt").write_text("The bakery in Agdam opened on Tuesday.", encoding="utf-8")
    result = _json(["translate", "a.txt", "--from", "en", "--to", "ru", "--engine", "memory"], capsys)
    assert result["text"] == "Пекарня в Агдаме открылась во вторник."
    assert "own:2@" in str(result["signature"])
    found = _json(["memory", "search", "bakery", "Shushi", "--lang", "en"], capsys)
    assert "agency" in json.dumps(found)
    assert _json(["memory", "stats"], capsys)["own"] == {"entries": 2, "origins": {"agency": 2}}


def test_refused_rows_can_be_corrected_and_imported(rows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--refused writes them as lines of JSON, which is what the next import reads."""
    assert _run(["memory", "import", str(rows), "--apply", "--refused", "bad.jsonl"]) == 3
    text = Path("bad.jsonl").read_text(encoding="utf-8")
    assert len(text.splitlines()) == 4
    Path("good.jsonl").write_text(text.replace("2021", "2020"), encoding="utf-8")
    assert _json(["memory", "import", "good.jsonl", "--apply"], capsys, 3)["stored"] == 1


def test_a_file_that_breaks_off_keeps_what_came_before(capsys: pytest.CaptureFixture[str]) -> None:
    """What was read is stored and said, then the error, in one line."""
    sides = {"en": "Bread was dear.", "ru": "Хлеб был дорог."}
    unit = "".join(f'<tuv xml:lang="{language}"><seg>{text}</seg></tuv>' for language, text in sides.items())
    unit = f"<tu>{unit}</tu>"
    Path("a.tmx").write_text(f'<tmx version="1.4"><header/><body>{unit}{" " * 70_000}<tu>', encoding="utf-8")
    assert _run(["memory", "import", "a.tmx", "--apply"]) == 2
    out, error = capsys.readouterr()
    assert out == "1 stored, 0 duplicates, 0 refused\n"
    assert error.count("\n") == 1
    assert "a.tmx:1" in error


def test_a_policy_makes_translations_stale_and_restyle_puts_them_right(
    rows: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """stale lists before and after; restyle shows the same; --apply writes it and keeps what was."""
    assert _run(["memory", "import", str(rows), "--apply"]) == 3
    policy = ["--policy", "azerbaijani"]
    stale = _json(["memory", "stale", *policy], capsys, 1)
    [entry] = stale["entries"]
    assert entry["before"] == {"ru": "Пекарня в Шуши открылась во вторник."}
    assert entry["after"] == {"ru": "Пекарня в Шуше открылась во вторник."}
    assert stale["read"] == 2
    assert _json(["memory", "restyle", *policy], capsys)["entries"] == stale["entries"]
    assert _json(["memory", "stale", *policy], capsys, 1) == stale
    assert _json(["memory", "restyle", *policy, "--apply"], capsys)["stale"] == 1
    assert _json(["memory", "stale", *policy], capsys) == {"read": 0, "stale": 0, "applied": False, "entries": []}
    shown = _json(["memory", "show", str(entry["number"])], capsys)
    assert shown["sides"]["ru"] == entry["after"]["ru"]
    assert "policy:azerbaijani@" in str(shown["signature"])
    assert [former["text"] for former in shown["history"]] == [entry["before"]["ru"]]


@pytest.mark.parametrize("form", ["tmx", "jsonl", "xliff", "xliff2"])
def test_export_is_what_import_reads(
    form: str, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exported and imported into an empty memory, the same translations are there."""
    _run(["memory", "import", str(rows), "--apply"])
    suffix = "xlf" if form.startswith("xliff") else form
    languages = ["--from", "en", "--to", "ru"] if suffix == "xlf" else []
    assert _run(["memory", "export", form, "--out", f"out.{suffix}", *languages]) == 0
    monkeypatch.setenv("DRAGOMAN_MEMORY", str(tmp_path / "other.sqlite"))
    expected = 1 if languages else 2
    assert _json(["memory", "import", f"out.{suffix}", "--apply"], capsys)["stored"] == expected


def test_align_takes_what_is_certain_and_lists_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence that the translation left out and one whose number differs are no pairs, and the reason is said."""
    Path("a.en.txt").write_text(
        "The bakery opened at dawn. People came from Stepanakert. They waited for two hours.\n\n"
        "The mayor thanked all of them for their patience and promised more flour. It cost 40 coins.\n",
        encoding="utf-8",
    )
    Path("a.ru.txt").write_text(
        "Пекарня открылась на рассвете. Люди приехали из Степанакерта. Они ждали два часа. Это стоило 50 монет.\n",
        encoding="utf-8",
    )
    words = [
        "memory",
        "align",
        "a.en.txt",
        "a.ru.txt",
        "--from",
        "en",
        "--to",
        "ru",
        "--out",
        "pairs.jsonl",
        "--import",
    ]
    found = _json(words, capsys, 3)
    pairs = [json.loads(line) for line in Path("pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [pair["ru"] for pair in pairs] == [
        "Пекарня открылась на рассвете.",
        "Люди приехали из Степанакерта.",
        "Они ждали два часа.",
    ]
    assert all(pair["score"] >= 0.6 for pair in pairs)
    assert found["stored"] == 3
    listed = json.dumps(found["rows"], ensure_ascii=False)
    assert "The mayor thanked" in listed
    assert "50 монет" in listed
    assert _json(["memory", "import", "pairs.jsonl"], capsys)["duplicates"] == 3


def test_what_was_stored_can_be_taken_back(rows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By origin; first only said."""
    _run(["memory", "import", str(rows), "--apply", "--origin", "agency"])
    assert _json(["memory", "remove", "--origin", "agency"], capsys) == {"removed": [1, 2], "applied": False}
    assert _json(["memory", "remove", "--origin", "agency", "--apply"], capsys)["applied"] is True
    assert _run(["memory", "remove", "--origin", "agency"]) == 1


def test_lines_of_json_stream(rows: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--jsonl writes one object a row in order, and what came of all to standard error."""
    assert _run(["memory", "import", str(rows), "--jsonl"]) == 3
    out, error = capsys.readouterr()
    assert [json.loads(line)["status"] for line in out.splitlines()] == ["accepted"] * 2 + ["refused"] * 4
    assert error.endswith("2 would be stored (--apply stores them), 0 duplicates, 4 refused\n")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["memory", "export", "tmx"], 2, "no memory of your own yet"),
        (["memory", "stale"], 2, "no memory of your own yet"),
        (["memory", "refresh"], 2, "no memory of your own yet"),
        (["memory", "import", "none.tmx"], 2, "no such file"),
        (["memory", "import", "rows.jsonl", "--from", "en", "--to", "en"], 2, "two languages"),
        (["memory", "remove"], 2, "nothing is named"),
    ],
)
def test_wrong_use_is_one_line(words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback, the remedy with it, and no memory made on the way."""
    assert _run(words) == code
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not Path("data").exists()


def test_a_damaged_memory_is_told_with_exit_code_4(capsys: pytest.CaptureFixture[str]) -> None:
    """What SQLite cannot read is put aside, said once, and the next command begins anew."""
    Path("data").mkdir()
    Path("data/memory.sqlite").write_bytes(b"x" * 5000)
    assert _run(["memory", "stats"]) == 4
    assert "moved to memory.sqlite.damaged-" in capsys.readouterr().err
    assert _run(["memory", "stats"]) == 0
