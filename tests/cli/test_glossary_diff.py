"""`glossary diff` tells the reviewers of a branch, in a real git repository, what a change does to names."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import CASES as FOLDER
from toolkit.cli.main import _run
from toolkit.glossary.diff.items import compare_folders
from toolkit.pipeline.changes.compute import glossary_diff
from toolkit.pipeline.changes.written import LIMIT, MARKER, as_markdown

DATA: dict[str, Any] = yaml.safe_load((FOLDER / "glossary-diff.yaml").read_text("utf-8"))
CASES: list[dict[str, Any]] = DATA["cases"]
TOWN = "glossaries/pack/city/shusha-shushi.yaml"
GIT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{who}_{what}": "test@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def _git(repository: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=repository, env=GIT, check=True, capture_output=True)


def _write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _change(root: Path, case: dict[str, Any]) -> None:
    _write(root, case.get("files", {}))
    for name in case.get("remove", ()):
        (root / name).unlink()
    if "change" in case:
        path = root / case.get("file", TOWN)
        text = path.read_text(encoding="utf-8")
        before, after = case["change"]
        assert before in text, "the case changes nothing"
        path.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone with one commit on `main`, which is where the command runs."""
    root = tmp_path / "clone"
    _write(root, DATA["files"])
    _git(root.parent, "init", "-q", "-b", "main", str(root))
    _git(root, "add", ".")
    _git(root, "commit", "-q", "-m", "First")
    monkeypatch.chdir(root)
    monkeypatch.setenv("DRAGOMAN_SEEDS", str(root / "seeds"))
    return root


def _branch(root: Path, case: dict[str, Any]) -> None:
    _git(root, "switch", "-q", "-c", "change")
    _change(root, case)
    _git(root, "add", "--all")
    _git(root, "commit", "-q", "-m", "Change")


def _named(name: str) -> dict[str, Any]:
    return next(case for case in CASES if case["name"] == name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_branch_is_told_in_words(repository: Path, case: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    """What the change does is said; what it does not do is not spoken of."""
    _branch(repository, case)
    assert _run(["glossary", "diff", "main", "change"]) == 0
    words = capsys.readouterr().out
    for said in case["says"]:
        assert said in words
    for unsaid in case.get("silent", ()):
        assert unsaid not in words


def test_the_folder_as_it_is_stands_for_a_missing_head(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A contributor sees what is not committed yet, also against a folder that is no revision."""
    _change(repository, _named("a grammatical form"))
    assert _run(["glossary", "diff", "main"]) == 0
    by_revision = capsys.readouterr().out
    assert "“Շուշիի” → “Շուշու”" in by_revision
    _git(repository, "worktree", "add", "-q", "--detach", str(repository.parent / "before"), "main")
    assert _run(["glossary", "diff", str(repository.parent / "before" / "glossaries"), "glossaries"]) == 0
    assert capsys.readouterr().out == by_revision


def test_a_language_that_usages_share_is_lost_to_all_of_them(tmp_path: Path) -> None:
    """What a usage takes over by `like` is gone with the text; a usage that becomes `like` another loses nothing."""
    name = "pack/town/goris.yaml"
    text = DATA["files"][f"glossaries/{name}"] + "  - usage: soviet\n    like: international\n"
    own = text.replace("    like: international\n", "    en: Goris\n    hy: Գորիս\n")
    for folder, content in {"own": own, "whole": text, "without": text.replace("    hy: Գորիս\n", "", 1)}.items():
        _write(tmp_path / folder, {name: content})
    lost = compare_folders(tmp_path / "whole", tmp_path / "without").lost
    assert [(one.usage, one.language.value) for one in lost] == [("international", "hy"), ("soviet", "hy")]
    assert compare_folders(tmp_path / "own", tmp_path / "whole").lost == ()


def test_the_comment_is_the_same_each_time(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The comment begins with its marker, and the same change gives the same bytes, with and without a cache."""
    _branch(repository, _named("an entry that is gone"))
    comments = []
    for _ in range(2):
        assert _run(["glossary", "diff", "main", "change", "--markdown"]) == 0
        comments.append(capsys.readouterr().out)
    assert comments[0] == comments[1]
    assert comments[0].splitlines()[0] == MARKER
    assert "* en `Goris` (every policy): `Goris` (goris) → not taken for a name" in comments[0]


def test_a_large_change_fits_one_comment(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What does not fit is left out from the end of a section and counted; every section keeps its head."""
    long = "long" * 25
    town = "id: {long}-{n:03}\nkind: town\ncontested: true\nnames: [{{usage: international, az: A{b}}}]\n"
    towns = {
        f"glossaries/pack/town/{long}-{n:03}.yaml": town.format(long=long, n=n, b=f"{n:03}" + "b" * 190)
        for n in range(250)
    }
    _branch(repository, {"files": towns})
    assert _run(["glossary", "diff", "main", "change", "--markdown"]) == 0
    comment = capsys.readouterr().out
    assert len(comment.encode()) <= LIMIT
    assert "### Contested: two reviewers (250)" in comment
    assert "### Entries and other files (250)" in comment
    assert " more, left out here: `dragoman glossary diff` shows all" in comment


def test_what_a_contributor_writes_is_no_markup(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names in the comment can neither notify people nor link, nor end the code span that they stand in."""
    note = 'note: "`@everyone` <img src=x> [x](http://x.example)"\n'
    _branch(repository, {"change": ["contested: true\n", f"contested: true\n{note}"]})
    assert _run(["glossary", "diff", "main", "change", "--markdown"]) == 0
    assert "note: nothing → `` `@everyone` <img src=x> [x](http://x.example) ``" in capsys.readouterr().out


def test_json_has_all_of_it(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every fact that the words are made of is in the JSON."""
    _branch(repository, _named("a name that the texts need"))
    assert _run(["glossary", "diff", "main", "change", "--json"]) == 0
    diff = json.loads(capsys.readouterr().out)
    (item,) = diff["items"]
    assert (item["id"], item["change"], item["contested"]) == ("shusha-shushi", "changed", True)
    change = next(change for change in diff["renderings"] if change["surface"] == "Шуше")
    assert (change["policies"], change["places"], change["first"]) == (["armenian"], 1, "road.ru.md")
    assert (change["before"]["text"], change["after"]["text"]) == ("Шуши", "Шушии")


@pytest.mark.parametrize("state", ["no-such-branch", "--output=x", "main:glossaries"])
def test_a_state_that_is_not_there_is_one_line(
    repository: Path, state: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown revision is said so, and one that looks like an option is never an option of git."""
    assert _run(["glossary", "diff", "--", state]) == 2
    error = capsys.readouterr().err
    assert "neither a folder nor a revision" in error
    assert error.count("\n") == 1
    assert not (repository / "x").exists()


def test_outside_a_repository_folders_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A revision without a repository is an error that says what can be done."""
    (tmp_path / "glossaries").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert _run(["glossary", "diff", "main"]) == 2
    assert "name folders" in capsys.readouterr().err


def test_a_broken_entry_is_named_by_its_revision(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be read is named as git names it, not by a folder that is gone; the exit code is that of a pack."""
    _branch(repository, {"change": ["kind: city", "kind: cty"]})
    assert _run(["glossary", "diff", "main", "change"]) == 4
    assert capsys.readouterr().err.startswith(f"dragoman: change:{TOWN}: kind: “cty” is none of the allowed words")


def test_the_comment_keeps_to_any_limit(repository: Path) -> None:
    """Whatever the limit, the bytes stay below it and what is left out is counted."""
    files = {
        f"glossaries/pack/village/v{n:03}.yaml": f"id: v{n:03}\nkind: village\ncontested: true\n"
        f"names: [{{usage: international, en: Goris, ru: Горис, az: Gorus{n}}}]\n"
        for n in range(60)
    }
    _change(repository, {"files": files, "remove": ["glossaries/pack/town/goris.yaml"]})
    _git(repository, "worktree", "add", "-q", "--detach", str(repository.parent / "before"), "main")
    diff = glossary_diff(repository.parent / "before/glossaries", repository / "glossaries", repository / "seeds")
    for limit in (4_000, 7_000, 30_000):
        comment = as_markdown(diff, limit)
        assert len(comment.encode()) <= limit
        left_out = sum(int(count.replace(",", "")) for count in re.findall(r"… and ([\d,]+) more, left out", comment))
        in_heads = sum(
            int(count.replace(",", "")) for count in re.findall(r"^### .* \(([\d,]+)\)$", comment, re.MULTILINE)
        )
        assert len(re.findall(r"^\* (?!…)", comment, re.MULTILINE)) + left_out == in_heads
