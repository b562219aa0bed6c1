"""Files of every format at the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import CASES
from toolkit.cli.main import _run

FILES = CASES / "documents"


@pytest.fixture(autouse=True)
def _own_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_SEEDS", str(CASES / "memory"))


def _translate(file: Path, out: Path, *more: str) -> int:
    return _run(["translate", str(file), "--from", "en", "--to", "ru", "--engine", "memory", "--out", str(out), *more])


def test_subtitles_are_known_by_their_name(tmp_path: Path) -> None:
    """A .srt file is translated beside its times, under its own ending."""
    assert _translate(FILES / "srt" / "speakers.srt", tmp_path) == 0
    assert (tmp_path / "speakers.ru.srt").read_bytes() == (FILES / "srt" / "speakers.ru.srt").read_bytes()


def test_an_article_comes_out_as_markdown(tmp_path: Path) -> None:
    """What --format article writes is Markdown, and is called so."""
    assert _translate(CASES / "article.html", tmp_path, "--format", "article") == 3
    assert "# Shelling of Goris" in (tmp_path / "article.ru.md").read_text(encoding="utf-8")


def test_columns_and_paths_choose(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--columns and --paths say what is read and what stays."""
    table, data = tmp_path / "a.csv", tmp_path / "a.json"
    table.write_text("Title,Note\nStepanakert,Stepanakert\n", encoding="utf-8")
    data.write_text('{"title": "Stepanakert", "note": "Stepanakert"}', encoding="utf-8")
    command = ["restyle", "--lang", "en", "--policy", "azerbaijani"]
    assert _run([*command, str(table), "--columns", "Title"]) == 0
    assert capsys.readouterr().out == "Title,Note\nKhankendi,Stepanakert\n"
    assert _run([*command, str(data), "--paths", "$.note"]) == 0
    assert capsys.readouterr().out == '{"title": "Stepanakert", "note": "Khankendi"}'


def test_one_xliff_file_has_both_sides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check` of an XLIFF file compares its sources with its targets; --fix puts names right in the targets."""
    file = tmp_path / "a.xlf"
    shutil.copy(FILES / "xliff" / "one-two.ru.xlf", file)
    text = file.read_text(encoding="utf-8").replace("Гориса</g>", "Гориза</g>")
    file.write_text(text, encoding="utf-8")
    command = ["check", str(file), "--from", "en", "--to", "ru"]
    assert _run([*command, "--json"]) == 0
    assert "N012" in {finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]}
    assert _run([*command, "--fix"]) == 0
    assert capsys.readouterr().out == text.replace("Гориза</g>", "Гориса</g>")


def test_what_a_format_refuses_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken file ends with 2 and one line on standard error."""
    file = tmp_path / "a.json"
    file.write_text('{"title": "Stepanakert', encoding="utf-8")
    assert _run(["lint", str(file), "--lang", "en"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
