"""The files that a contributor and the hosting platform meet: they are current, harmless and speak of what exists."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from toolkit.cli.glossary import app
from toolkit.cli.main import _run
from toolkit.glossary.codeowners import codeowners
from toolkit.glossary.model import Pack
from toolkit.glossary.pack import PACK_FILE, find_packs, read_model
from toolkit.pipeline.changes.written import LIMIT, MARKER

ROOT = Path(__file__).resolve().parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
GUIDES = [
    ROOT / "CONTRIBUTING.md", ROOT / "glossaries/README.md", GITHUB / "PULL_REQUEST_TEMPLATE.md",
    ROOT / ".pre-commit-config.yaml", *WORKFLOWS,
]  # fmt: skip


def _read(path: Path) -> dict[Any, Any]:
    read: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def _permissions(workflow: dict[Any, Any]) -> list[dict[str, str]]:
    return [workflow["permissions"], *(job["permissions"] for job in workflow["jobs"].values() if "permissions" in job)]


def test_codeowners_are_the_maintainers_of_the_packs() -> None:
    """The committed file is what `glossary codeowners` makes of the packs."""
    assert (GITHUB / "CODEOWNERS").read_text(encoding="utf-8") == codeowners(ROOT / "glossaries")


def test_codeowners_say_when_they_are_old(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--check fails with the command that mends it, and is silent where the file is current."""
    path = tmp_path / "CODEOWNERS"
    path.write_text("* @somebody\n", encoding="utf-8")
    assert _run(["glossary", "codeowners", str(ROOT / "glossaries"), "--check", str(path)]) == 1
    assert f"dragoman glossary codeowners > {path}" in capsys.readouterr().err
    assert _run(["glossary", "codeowners", str(ROOT / "glossaries"), "--check", str(GITHUB / "CODEOWNERS")]) == 0


def test_every_pack_has_a_team() -> None:
    """A change of any pack asks somebody for a review; a maintainer is a team of the project, not a person."""
    for folder in find_packs(ROOT / "glossaries"):
        maintainers = read_model(folder / PACK_FILE, Pack).maintainers
        assert maintainers
        assert all(re.fullmatch(r"@[a-z-]+/[a-z-]+", name) for name in maintainers)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_that_runs_foreign_code_cannot_write(path: Path) -> None:
    """Only what checks out no pull request may write; no token stays behind; every action has a version."""
    workflow = _read(path)
    triggers = workflow[True]  # YAML 1.1 reads the key `on` as true
    assert "pull_request_target" not in triggers
    if "pull_request" in triggers:
        assert {right for granted in _permissions(workflow) for right in granted.values()} == {"read"}
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    for step in steps:
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@(v\d+|[0-9a-f]{40})", step["uses"])
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
            assert "workflow_run" not in triggers
        # What a contributor chooses (titles, branches) reaches a shell by the environment, never as code.
        assert "${{" not in step.get("run", "")


def test_the_comment_is_found_by_the_marker_of_the_diff() -> None:
    """Both workflows know the first line of the comment as `glossary diff` writes it, and it fits."""
    for name in ("glossary.yml", "glossary-comment.yml"):
        assert MARKER in (GITHUB / "workflows" / name).read_text(encoding="utf-8")
    cut = re.search(r"slice\(0, (\d+)\)", (GITHUB / "workflows/glossary-comment.yml").read_text(encoding="utf-8"))
    assert cut is not None
    assert LIMIT <= int(cut.group(1)) <= 65_536


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_commands_that_are_named_exist(path: Path) -> None:
    """No guide or workflow names a command of the glossary, or an option of one, that is not there."""
    group: Any = typer.main.get_command(app)
    for name, rest in re.findall(r"dragoman glossary ([a-z]+)([^\n`]*)", path.read_text(encoding="utf-8")):
        assert name in group.commands, name
        known = {option for parameter in group.commands[name].params for option in parameter.opts}
        assert set(re.findall(r"(?<!\S)--[a-z-]+", rest.partition(" > ")[0])) <= known


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_a_form_has_what_the_platform_asks_for(path: Path) -> None:
    """Every question has a label, ids are unique, and the choices of a list are many and different."""
    form = _read(path)
    assert form.keys() >= {"name", "description", "body"}
    questions = [part for part in form["body"] if part["type"] != "markdown"]
    ids = [part["id"] for part in questions]
    assert len(set(ids)) == len(ids)
    for part in questions:
        assert part["attributes"]["label"]
        options = part["attributes"].get("options", [])
        shown = [option["label"] if isinstance(option, dict) else option for option in options]
        assert len(set(shown)) == len(shown)


def test_the_name_form_asks_for_all_languages_in_alphabetical_order() -> None:
    """A person without git can give a name in each language; no language or side comes first but by the alphabet."""
    form = _read(GITHUB / "ISSUE_TEMPLATE" / "name.yml")
    ids = [part.get("id") for part in form["body"]]
    assert [name for name in ids if name in ("az", "en", "hy", "ru")] == ["az", "en", "hy", "ru"]
    usages = next(part for part in form["body"] if part.get("id") == "usage")["attributes"]["options"]
    assert usages[:3] == sorted(usages[:3])


GH = """#!/bin/sh
printf '%s' "$APPROVALS"
"""
CONTESTED = [
    ("contested: true\n", "", 1),
    ("contested: true\n", "a\tAPPROVED\n", 1),
    ("contested: true\n", "a\tAPPROVED\nauthor\tAPPROVED\n", 1),
    ("contested: true\n", "a\tAPPROVED\nb\tAPPROVED\nb\tDISMISSED\n", 1),
    ("contested: true\n", "a\tCHANGES_REQUESTED\na\tAPPROVED\nb\tAPPROVED\n", 0),
    ("", "", 0),
]


@pytest.mark.parametrize(("mark", "reviews", "code"), CONTESTED)
def test_a_contested_entry_needs_two_reviewers(tmp_path: Path, mark: str, reviews: str, code: int) -> None:
    """The check is red until two people other than the author approve; the mark before the change counts as well."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text(GH, encoding="utf-8")
    (tmp_path / "bin/gh").chmod(0o755)
    entry = tmp_path / "glossaries/pack/city/here.yaml"
    entry.parent.mkdir(parents=True)
    environment = {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "APPROVALS": reviews,
        "AUTHOR": "author",
        "REVIEWS": "repos/x/y/pulls/1/reviews",
        **{f"GIT_{who}_{what}": "test@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }

    def run(*command: str) -> int:
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False).returncode

    for number, text in enumerate((f"id: here\n{mark}", "id: here\n")):
        entry.write_text(text + f"note: {number}\n", encoding="utf-8")
        for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
            assert run("git", *command) == 0
    script = _read(GITHUB / "workflows/contested.yml")["jobs"]["two-reviewers"]["steps"][1]["run"]
    assert run("bash", "-eo", "pipefail", "-c", script) == code
