"""`glossary export` and `glossary import` at the command line: a preview first, then files in good order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import CASES
from toolkit.cli.main import _run
from toolkit.glossary.format import format_tree
from toolkit.glossary.pack import load_pack
from toolkit.glossary.validate import Severity, validate

IMPORTS: dict[str, dict[str, Any]] = yaml.safe_load((CASES / "exchange" / "imports.yaml").read_text("utf-8"))


def _import(root: Path, file: Path, *options: str) -> int:
    return _run(["glossary", "import", str(file), "--root", str(root), "--pack", "pack", *options])


def _content(root: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("case", IMPORTS, ids=str)
def test_each_place_is_told(case: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of every place the preview says what becomes of it, and why; nothing is written."""
    one = IMPORTS[case]
    file = tmp_path / one["file"]
    file.write_text(one["content"], encoding="utf-8")
    before = _content(root)
    code = _import(root, file, "--json", *one.get("options", []))
    shown = json.loads(capsys.readouterr().out)
    told = [
        " ".join(filter(None, [outcome["action"], outcome["entity"], *(why["code"] for why in outcome["reasons"])]))
        for outcome in shown["outcomes"]
    ]
    assert told == one["told"]
    assert code == (1 if shown["counts"]["refused"] else 0)
    assert all(reason["remedy"] for outcome in shown["outcomes"] for reason in outcome["reasons"])
    if "changes" in one:
        assert [outcome["changes"] for outcome in shown["outcomes"]] == one["changes"]
    assert _content(root) == before


@pytest.mark.parametrize("case", [name for name, one in IMPORTS.items() if one.get("entries")], ids=str)
def test_what_is_applied_is_canonical_and_valid(case: str, root: Path, tmp_path: Path) -> None:
    """With --apply the entries are there, need no formatting, and a second import changes nothing."""
    one = IMPORTS[case]
    file = tmp_path / one["file"]
    file.write_text(one["content"], encoding="utf-8")
    _import(root, file, "--apply", *one.get("options", []))
    for name, fields in one["entries"].items():
        written = yaml.safe_load((root / "pack" / name).read_text("utf-8"))
        assert {key: written.get(key) for key in fields} == fields
    assert not format_tree(root, check=True)
    assert [problem for problem in validate(root) if problem.severity is Severity.ERROR] == []
    after = _content(root)
    _import(root, file, "--apply", *one.get("options", []))
    assert _content(root) == after


def test_comments_of_a_changed_entry_stay(root: Path, tmp_path: Path) -> None:
    """An import changes the names that it is about; what people noted beside the others is still there."""
    path = root / "pack" / "city" / "shusha-shushi.yaml"
    text = path.read_text("utf-8").replace("\nnames:", "\n# Read by two people.\nnames:")
    path.write_text(text, encoding="utf-8")
    file = tmp_path / "terms.csv"
    file.write_text('source,target,context\nShushi,Շուշի,"shusha-shushi; armenian; city"\n', encoding="utf-8")
    before = path.read_text("utf-8")
    assert _import(root, file, "--from", "en", "--to", "hy", "--apply") == 0
    file.write_text('source,target,context\nShushi,Шушы,"shusha-shushi; armenian; city"\n', encoding="utf-8")
    assert path.read_text("utf-8") == before
    assert _import(root, file, "--from", "en", "--to", "ru", "--apply") == 0
    after = path.read_text("utf-8")
    assert "# Read by two people." in after
    assert "Шушы" in after


def test_a_glossary_is_left_alone_where_it_would_have_an_error(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`validate` runs on the result first: a reference that leads nowhere stops the whole import."""
    file = tmp_path / "terms.jsonld"
    label = {"skosxl:literalForm": {"@value": "Gosh", "@language": "en"}, "dragoman:usage": "international"}
    node = {
        "@id": "urn:dragoman:entity:gosh",
        "@type": "skos:Concept",
        "dragoman:kind": "village",
        "skos:broader": {"@id": "urn:dragoman:entity:nowhere"},
        "skosxl:altLabel": label,
    }
    file.write_text(json.dumps({"@graph": [node]}), encoding="utf-8")
    before = _content(root)
    assert _import(root, file, "--apply") == 1
    shown = capsys.readouterr()
    assert "G302" in shown.out
    assert "nothing is written" in shown.err
    assert _content(root) == before


@pytest.mark.parametrize("name", ["skos", "tbx-2", "tbx-3", "tbx-3-dct"])
def test_an_exported_glossary_fills_an_empty_pack(name: str, root: Path, tmp_path: Path) -> None:
    """What one newsroom exports, another imports: the same entities with the same names."""
    file = tmp_path / "out.xml"
    assert _run(["glossary", "export", name, str(file), "--root", str(root)]) == 0
    other = tmp_path / "other" / "pack"
    other.mkdir(parents=True)
    (other / "pack.yaml").write_bytes((root / "pack" / "pack.yaml").read_bytes())
    assert _import(other.parent, file, "--format", name, "--apply") == 0
    ours, theirs = load_pack(root / "pack").entries, load_pack(other).entries
    assert [entry.id for entry in theirs] == [entry.id for entry in ours]
    assert [{name.usage for name in entry.names} for entry in theirs] == [
        {name.usage for name in entry.names} for entry in ours
    ]


def test_export_says_what_it_leaves_out(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The number written and the limits of the format stand on stderr; the file alone goes to standard output."""
    assert _run(["glossary", "export", "tsv", "-", "--from", "en", "--to", "ru", "--root", str(root)]) == 0
    shown = capsys.readouterr()
    assert "Goris\tГорис\n" in shown.out
    assert "the format cannot hold" in shown.err


WRONG = [
    (["export", "word", "out"], "unknown format"),
    (["export", "csv", "out"], "--from en --to ru"),
    (["export", "vale", "-"], "folder"),
    (["export", "tmx", "out", "--usage", "martian"], "--usage"),
    (["export", "tmx", "out", "--kind", "planet"], "--kind"),
    (["export", "tmx", "out", "--pack", "none"], "--pack"),
    (["import", "nowhere.csv"], "no such file"),
    (["import", "nowhere.csv", "--pack", "none"], "use one of pack"),
]


@pytest.mark.parametrize(("words", "says"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_wrong_use_is_one_line(
    words: list[str], says: str, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong and the remedy, exit code 2, no file."""
    monkeypatch.chdir(root)
    pack = [] if "--pack" in words or words[0] == "export" else ["--pack", "pack"]
    assert _run(["glossary", *words, "--root", str(root), *pack]) == 2
    shown = capsys.readouterr().err
    assert says in shown
    assert shown.count("\n") == 1
    assert not (root / "out").exists()
