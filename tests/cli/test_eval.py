"""`dragoman eval`: files, folders and our own articles, as a table, as JSON and as a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toolkit.cli.main import run


def _run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        run(["eval", *arguments])
    return int(ended.value.code or 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one direction, a good system and a bad one that tries to inject."""
    direction = tmp_path / "en-ru"
    direction.mkdir()
    texts = {
        "en": "Armenia and Azerbaijan met.\n",
        "ru": "Армения и Азербайджан встретились.\n",
        "bad.ru": "Армения и <script>alert(1)</script> встретились.\n",
        "good.ru": "Армения и Азербайджан встретились.\n",
    }
    for name, text in texts.items():
        (direction / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_is_measured_system_by_system(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The reference first, then the systems in alphabetical order."""
    assert _run("--suite", str(folder), "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert [system["name"] for system in report["systems"]] == ["reference", "bad", "good"]
    assert report["systems"][1]["given"]["names"]["lemma"] == {"hits": 1, "of": 2}
    assert report["systems"][2]["given"]["chrf"]["score"] == pytest.approx(100)
    assert report["signature"].startswith("dragoman:")


def test_the_page_escapes_what_it_shows(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A translation is text, whatever is in it; nothing is fetched and no script runs."""
    page = folder / "report.html"
    assert _run("--suite", str(folder), "--html", str(page)) == 0
    text = page.read_text(encoding="utf-8")
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert "default-src 'none'" in text
    assert text.count("<svg") == 3 == text.count("<title id=")
    table = capsys.readouterr().out.splitlines()
    assert table[0].split()[:3] == ["direction", "system", "lines"]
    assert len(table) == 4


def test_sentences_by_language_are_measured_in_every_direction(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line may lack languages; suites add up in one report, and the page of Markdown has a section for each."""
    suite = tmp_path / "few.jsonl"
    rows = [{"en": "Goris is quiet.", "ru": "В Горисе тихо."}, {"en": "It rained.", "hy": "Անձրև էր գալիս։"}]
    suite.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    page = tmp_path / "page.md"
    assert _run("--suite", str(suite), "--suite", str(suite), "--report", str(page), "--json") == 0
    systems = json.loads(capsys.readouterr().out)["systems"]
    directions = [f"{system['source']}-{system['target']}" for system in systems if system["name"] == "reference"]
    assert directions == ["en-hy", "en-ru", "hy-en", "ru-en"] * 2
    assert {system["suite"] for system in systems} == {"few.jsonl"}
    assert "## few.jsonl" in page.read_text(encoding="utf-8")
    suite.write_text('{"en": "Goris is quiet."}\n', encoding="utf-8")
    assert _run("--suite", str(suite)) == 2
    suite.write_text('{"en": "Goris is quiet."}\n[', encoding="utf-8")
    assert _run("--suite", str(suite)) == 2
    assert "few.jsonl:2" in capsys.readouterr().err


def test_single_files_need_both_languages(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is missing is said in one line."""
    source, reference = str(folder / "en-ru" / "en"), str(folder / "en-ru" / "ru")
    assert _run("--source", source, "--reference", reference) == 2
    assert "--from and --to" in capsys.readouterr().err
    given = str(folder / "en-ru" / "good.ru")
    files = ("--source", source, "--reference", reference, "--hypothesis", given, "--from", "en", "--to", "ru")
    assert _run(*files, "--markdown") == 0
    assert "| en-ru | good.ru | 1 | 2 |" in capsys.readouterr().out
    assert _run("--suite", str(folder / "en-ru")) == 2


def test_the_memory_is_measured_like_an_engine(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What it does not hold stays in the language of the source and is flagged, not silent."""
    assert _run("--suite", str(folder), "--engine", "memory", "--json") == 0
    memory = json.loads(capsys.readouterr().out)["systems"][-1]
    assert memory["name"] == "memory"
    assert memory["repaired"]["names"]["silent"]["hits"] == 0
