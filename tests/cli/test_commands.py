"""The command line: what goes in and out, one line for every fault, the exit codes of the contract."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from toolkit.cli.main import _run
from toolkit.documents.file import LONGEST_LINE

ROAD = "По дороге к Степанакерту тихо.\r\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "news.ru.txt"
    path.write_bytes(ROAD.encode())
    return path


def _stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def test_restyle_writes_the_text_and_nothing_else(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The text goes to standard output with its line end as it was."""
    assert _run(["restyle", str(article), "--lang", "ru", "--policy", "azerbaijani"]) == 0
    assert capsys.readouterr().out == ROAD.replace("Степанакерту", "Ханкенди")


def test_json_is_the_whole_result(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--json carries mentions with offsets into the source, and the signature."""
    assert _run(["restyle", str(article), "--lang", "ru", "--policy", "azerbaijani", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    mention = result["mentions"][0]
    assert ROAD[mention["start"] : mention["end"]] == mention["surface"] == "Степанакерту"
    assert result["text"][mention["target_start"] : mention["target_end"]] == mention["rendering"] == "Ханкенди"
    assert (mention["case"], mention["usage_out"], mention["action"]) == ("dat", "azerbaijani", "replaced")
    assert "policy:azerbaijani@" in result["signature"]


def test_half_a_surrogate_pair_is_an_error_of_its_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON can hold what no encoding can write: that line is refused, and the next one answered."""
    lines = b'{"id": 1, "text": "\\ud800 Goris"}\n{"id": 2, "text": "Goris"}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    assert _run(["restyle", "-", "--lang", "en", "--jsonl"]) == 2
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert "half a surrogate pair" in first["error"]
    assert second["text"] == "Goris"


def test_lines_of_json_stream_in_order(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One object in, one out; a line can override language and policy; a bad line is an error and stops nothing."""
    rows = [
        {"id": "a", "text": "Şuşaya gedirik."},
        "no json",
        {"id": "b", "text": "Стоим у Шуши и Агдама.", "lang": "ru", "policy": "armenian"},
        {"id": "c"},
        {"id": "d", "text": "x", "lang": "fr"},
        {"id": "e", "text": "x", "policy": 7},
    ]
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    _stdin(monkeypatch, "\n".join(lines).encode())
    assert _run(["restyle", "-", "--lang", "az", "--policy", "armenian", "--jsonl"]) == 2
    out = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row.get("id") for row in out] == ["a", 2, "b", "c", "d", "e"]
    assert [row.get("text") for row in out] == ["Şuşiyə gedirik.", None, "Стоим у Шуши и Акны.", None, None, None]
    assert all("error" in out[index] for index in (1, 3, 4, 5))


@pytest.mark.parametrize(
    ("command", "row"),
    [
        ("check", {"source": "Shusha is quiet.", "target": "В Шуше тихо.", "from": "en", "to": "ru"}),
        ("lint", {"text": "В Шуше тихо.", "lang": "ru"}),
        ("restyle", {"text": "В Шуше тихо.", "lang": "ru"}),
        ("translate", {"text": "Shusha", "from": "en", "to": "ru"}),
        ("transliterate", {"text": "Գյումրի", "from": "hy", "to": "ru"}),
    ],
)
def test_lines_may_say_their_languages_and_options_need_not(
    command: str, row: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No option and no file: standard input is read, each line by its own languages; a line without is an error."""
    without = {key: value for key, value in row.items() if key not in ("from", "lang")}
    _stdin(monkeypatch, "\n".join(map(json.dumps, (row, without))).encode())
    assert _run([command, "--jsonl"]) == 2
    first, second = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert "error" not in first
    assert "is missing" in second["error"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["restyle", "missing.txt", "--lang", "ru"], 2, "no such file"),
        (["restyle", "{article}", "--lang", "xx"], 2, "unknown language 'xx'"),
        (["restyle", "{article}", "--lang", "ru", "--policy", "best"], 2, "unknown policy 'best'"),
        (["restyle", "{article}"], 2, "--lang"),
        (["restyle", "{folder}", "--lang", "ru"], 2, "this is a folder"),
        (["restyle", "{article}", "--lang", "ru", "--format", "wpd"], 2, "unknown format 'wpd'"),
        (["translate", "{article}", "--from", "ru", "--to", "ru"], 2, "nothing to translate"),
        (["translate", "{article}", "--from", "ru", "--to", "az", "--to", "hy"], 2, "several languages"),
        (["translate", "{article}", "--from", "ru", "--to", "az", "--engine", "magic"], 2, "unknown engine"),
        (["names", "show", "atlantis"], 2, "no entity 'atlantis'"),
        (["names", "match", "one"], 2, "give two"),
        (["glossary", "validate", "{folder}/none"], 4, "no such folder"),
        (["transliterate", "{article}", "--from", "ru", "--to", "en", "--scheme", "my"], 2, "scheme"),
        (["fly"], 2, "No such command"),
        (["serve", "--host", "192.0.2.1"], 2, "may be reached from elsewhere"),
    ],
)  # fmt: skip
def test_a_fault_is_one_clear_line(
    arguments: list[str], code: int, words: str, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong use exits with 2, a broken pack with 4; the line says what, where and the remedy, without a traceback."""
    filled = [word.format(article=article, folder=article.parent) for word in arguments]
    assert _run(filled) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "there is no text"),
        (b" \r\n ", "there is no text"),
        (b"PK\x03\x04\x00\x00", "binary file"),
        ("Шуша".encode("windows-1251"), "not UTF-8"),
        ("Шуша".encode("utf-16"), "not UTF-8"),
        (b"x" * (5 * 1024 * 1024), f"more than {LONGEST_LINE:,}"),
    ],
    ids=["empty", "blank", "binary", "windows-1251", "utf-16", "5 MB line"],
)
def test_bad_input_is_said_and_nothing_is_written(
    data: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Empty, binary, wrongly encoded and endless input each give one line and exit code 2."""
    path = tmp_path / "in.txt"
    path.write_bytes(data)
    for arguments in (["restyle", str(path), "--lang", "ru"], ["lint", str(path), "--lang", "ru"]):
        assert _run(arguments) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert words in captured.err
        assert captured.err.count("\n") == 1


def test_a_broken_entry_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], article: Path,
                                 monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """A broken YAML entry gives file and line, and exit code 4."""
    pack = tmp_path / "glossaries" / "mine"
    (pack / "city").mkdir(parents=True)
    (pack / "pack.yaml").write_text("id: mine\ntitle: Mine\nversion: 1.0.0\nlicence: CC0\n", encoding="utf-8")
    (pack / "city" / "here.yaml").write_text("id: here\nkind: [city\n", encoding="utf-8")
    policies = tmp_path / "glossaries" / "policies"
    policies.mkdir()
    (policies / "follow-source.yaml").write_text("id: follow-source\ntitle: Follow\n", encoding="utf-8")
    monkeypatch.setenv("DRAGOMAN_GLOSSARIES", str(tmp_path / "glossaries"))
    assert _run(["restyle", str(article), "--lang", "ru"]) == 4
    error = capsys.readouterr().err
    assert "here.yaml:" in error
    assert error.count("\n") == 1


def test_fail_on_turns_findings_into_an_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--fail-on warning exits with 1 where a mention is flagged, 0 where none is."""
    path = tmp_path / "t.txt"
    path.write_text("Stepanakert is quiet, and so is Khankendi.", encoding="utf-8")
    assert _run(["lint", str(path), "--lang", "en", "--fail-on", "warning"]) == 1
    assert "N007" in capsys.readouterr().out
    assert _run(["lint", str(path), "--lang", "en", "--fail-on", "error"]) == 0
    path.write_text("Stepanakert is quiet.", encoding="utf-8")
    assert _run(["lint", str(path), "--lang", "en", "--fail-on", "warning"]) == 0


def test_translate_says_what_it_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the memory does not hold stays in the source language, is marked, and the exit code is 3."""
    source = (
        "Two rockets landed in a potato field near Goris on Friday without exploding.\n\nA purple cow sang opera.\n"
    )
    path = tmp_path / "a.en.txt"
    path.write_text(source, encoding="utf-8")
    assert _run(["translate", str(path), "--from", "en", "--to", "ru", "--json"]) == 3
    captured = capsys.readouterr()
    assert "models that would help: dragoman models install " in captured.err
    result = json.loads(captured.out)
    assert [segment["origin"] for segment in result["segments"]] == ["memory", "untranslated"]
    assert "Горисом" in result["text"]
    assert result["text"].endswith("\n\nA purple cow sang opera.\n")
    assert {remark["code"] for remark in result["findings"]} == {"T001"}


def test_out_writes_a_file_a_language_and_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """--out names files by language; --report writes one page with nothing from elsewhere in it, and says where, as it
    was told."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.en.md"
    path.write_text("# Shells hit <Shusha>\n\nTwo rockets landed near Goris & Lachin.\n", encoding="utf-8")
    out, page = tmp_path / "out", tmp_path / "out" / "report.html"
    _run(
        [
            "translate",
            str(path),
            "--from",
            "en",
            "--to",
            "az",
            "--to",
            "ru",
            "--out",
            str(out),
            "--report",
            "out/report.html",
        ]
    )
    assert sorted(found.name for found in out.iterdir()) == ["a.az.md", "a.ru.md", "report.html"]
    html = page.read_text(encoding="utf-8")
    assert "<Shusha>" not in html
    assert "<script" not in html
    assert "http" not in html.replace('http-equiv="Content-Security-Policy"', "")
    said = capsys.readouterr()
    assert "a.en.md → az" in said.out
    assert "report: out/report.html\n" in said.err


def test_a_source_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A result that would take the place of its own source is refused."""
    path = tmp_path / "a.en.txt"
    path.write_text("Shusha is high.", encoding="utf-8")
    assert _run(["restyle", str(path), "--lang", "en", "--policy", "armenian", "--out", str(tmp_path)]) == 2
    assert "overwrite" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "Shusha is high."


@pytest.mark.parametrize("query", ["Shushi", "Şuşa", "Шуша", "Շուշի", "Susha", "шуши"])
def test_names_are_found_in_any_script(query: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The entity stands first, whoever's letters the query is in."""
    assert _run(["names", "find", query, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["results"][0]["entity"] == "shusha-shushi"


def test_names_show_lists_usages_alphabetically(capsys: pytest.CaptureFixture[str]) -> None:
    """No usage comes first but by the alphabet."""
    assert _run(["names", "show", "khankendi-stepanakert"]) == 0
    lines = capsys.readouterr().out.splitlines()
    usages = [line.split()[0].rstrip(":") for line in lines if line.startswith("  ") and line[2] != " "]
    usages = [usage for usage in usages if usage not in ("note", "part")]
    assert usages == sorted(usages)


def test_names_show_tells_what_a_body_is_one_of_and_whose(capsys: pytest.CaptureFixture[str]) -> None:
    """The names that follow from sort and owner are not listed, so both are said, and the words in brief."""
    assert _run(["names", "show", "armed-forces-armenia"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == ["  part of: armenia", "  one of: armed-forces"]
    assert _run(["names", "show", "armed-forces"]) == 0
    assert "  in brief, en: " in capsys.readouterr().out


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """--help names the commands in alphabetical order."""
    assert _run(["--help"]) == 0
    out = capsys.readouterr().out
    from toolkit.cli.main import COMMANDS

    assert list(COMMANDS) == sorted(COMMANDS)
    assert all(f"  {name} " in out for name in COMMANDS)


@pytest.fixture
def translated(tmp_path: Path) -> list[str]:
    """A source, its faulty translation, and the options for both."""
    source, target = tmp_path / "news.en.txt", tmp_path / "news.az.txt"
    source.write_text("Roads are open.\n\nArmenia and Azerbaijan signed.\n", encoding="utf-8")
    target.write_text("Yollar açıqdır.\n\nErmənistan və Ermənistan imzalayıb.\n", encoding="utf-8")
    return [str(source), str(target), "--from", "en", "--to", "az"]


def test_check_lists_findings_by_line_and_column(translated: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A line a finding, at its place in the translation; --fail-on makes it a failure."""
    assert _run(["check", *translated, "--fail-on", "error"]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{translated[1]}:3:15: error N013 ")
    assert out.count("\n") == 1


def test_check_fix_writes_the_repaired_text(translated: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """--fix writes the translation with its names put right; what was done is told on standard error."""
    assert _run(["check", *translated, "--fix"]) == 0
    captured = capsys.readouterr()
    assert captured.out == "Yollar açıqdır.\n\nErmənistan və Azərbaycan imzalayıb.\n"
    assert "N018" in captured.err


def test_check_speaks_sarif(translated: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A SARIF 2.1.0 log: its rules, and each result with the region in the translation."""
    assert _run(["check", *translated, "--output", "sarif"]) == 0
    log = json.loads(capsys.readouterr().out)
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "N013"
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 15, "endLine": 3, "endColumn": 25}


def test_check_annotates_for_github(translated: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A workflow command a finding, that a runner shows beside the line."""
    assert _run(["check", *translated, "--output", "github"]) == 0
    line = capsys.readouterr().out
    assert line.startswith(f"::error file={translated[1]},line=3,col=15,endColumn=25,title=N013::")


def test_check_reads_lines_of_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line has source and target, and may name its languages; a bad line is an error and stops nothing."""
    rows: list[dict[str, str]] = [
        {"id": "1", "source": "Armenia signed.", "target": "Армения подписала.", "from": "en", "to": "ru"},
        {"id": "2", "source": "Armenia signed."},
        {"id": "3", "source": "It cost 40 dollars.", "target": "Դա արժե 50 դոլար։", "from": "en", "to": "hy"},
    ]
    _stdin(monkeypatch, "\n".join(json.dumps(row) for row in rows).encode())
    assert _run(["check", "-", "--jsonl"]) == 2
    first, second, third = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["id"], first["findings"]) == ("1", [])
    assert "error" in second
    assert [remark["code"] for remark in third["findings"]] == ["T003"]


@pytest.mark.parametrize(
    "arguments",
    [["--output", "sarif", "--fix"], ["--from", "az"]],
    ids=["places-of-another-text", "one-language"],
)
def test_check_used_wrongly_is_one_line(
    translated: list[str], arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be done is said in one line, with exit code 2."""
    assert _run(["check", *translated, *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1
