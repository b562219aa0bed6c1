"""Files that are no plain text at the command line: they come out as files, whole or not at all."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.documents.office import MAKERS
from toolkit.cli.main import _run

LINES = ["# Тихо", "По дороге к Степа**накерту** тихо."]


@pytest.fixture(params=sorted(MAKERS))
def article(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"news.ru.{request.param}"
    path.write_bytes(MAKERS[request.param][0](LINES))
    return path


def _signs(path: Path) -> list[str]:
    return MAKERS[path.suffix[1:]][1](path.read_bytes())


def test_out_writes_the_file_in_its_format(article: Path, tmp_path: Path) -> None:
    """--out names the file by its language and keeps its suffix; --report is written beside it."""
    report = tmp_path / "report.html"
    out = ["--out", str(tmp_path / "out"), "--report", str(report)]
    assert _run(["restyle", str(article), "--lang", "ru", "--policy", "azerbaijani", *out]) == 0
    assert _signs(tmp_path / "out" / article.name) == ["# Тихо", "По дороге к **Ханкенди** тихо."]
    assert "Ханкенди" in report.read_text(encoding="utf-8")


def test_a_file_goes_through_a_pipe(article: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Standard output gets the bytes of the file and nothing else; unchanged, they are those that came in."""
    assert _run(["restyle", str(article), "--lang", "ru"]) == 0
    assert capfdbinary.readouterr().out == article.read_bytes()


def test_a_terminal_is_spared(
    article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A package is not poured over a terminal."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert _run(["restyle", str(article), "--lang", "ru"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "give --out" in captured.err


def test_json_speaks_of_what_is_read(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text and offsets of the Result are those of the reading text, not of the XML."""
    assert _run(["restyle", str(article), "--lang", "ru", "--policy", "azerbaijani", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["text"] == "Тихо\n\nПо дороге к Ханкенди тихо."
    assert "original" not in result
    mention = result["mentions"][0]
    assert (mention["start"], mention["end"], mention["surface"]) == (18, 30, "Степанакерту")


def test_check_repairs_a_file(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A translation in DOCX or ODT is compared with a text, and repaired as a file."""
    source = tmp_path / "source.txt"
    source.write_text("Quiet\n\nThe road to Stepanakert is quiet.", encoding="utf-8")
    fixed = tmp_path / f"fixed{article.suffix}"
    languages = ["--from", "en", "--to", "ru", "--policy", "azerbaijani"]
    assert _run(["check", str(source), str(article), *languages, "--fix", "--out", str(fixed)]) == 0
    assert _signs(fixed) == ["# Тихо", "По дороге к **Ханкенди** тихо."]
    assert _run(["check", str(article), str(source), "--from", "ru", "--to", "en", "--json"]) == 0
    assert '"surface": "Степанакерту"' in capsys.readouterr().out


def test_lint_and_lines(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """lint lists places in the reading text; a line of JSON holds no package."""
    assert _run(["lint", str(article), "--lang", "ru"]) == 0
    capsys.readouterr()
    lines = article.with_name("in.jsonl")
    lines.write_text('{"id": "a", "text": "x"}\n', encoding="utf-8")
    assert _run(["restyle", str(lines), "--jsonl", "--lang", "ru", "--format", article.suffix[1:]]) == 2
    assert "no text but a package" in capsys.readouterr().out


def test_a_wrong_file_is_one_line(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no such file is said in one line, with exit code 2, and nothing is written."""
    article.write_bytes(b"PK\x03\x04nothing")
    assert _run(["translate", str(article), "--from", "ru", "--to", "en", "--out", str(article.parent / "o")]) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert str(article) in captured.err
    assert not (article.parent / "o").exists()
