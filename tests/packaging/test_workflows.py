"""The hosting platform's files: valid by its own schemas, and the shell steps do what they are there for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.files import write_files
from toolkit.pipeline.changes.written import MARKER

ROOT = Path(__file__).resolve().parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
SCHEMAS = {
    "github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
    "github-issue-forms": FORMS,
    "github-workflows": WORKFLOWS,
}
GLOSSARY: dict[str, str] = yaml.safe_load((ROOT / "tests/cases/glossary-diff.yaml").read_text("utf-8"))["files"]
TOWN = "glossaries/pack/town/goris.yaml"


def _steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values():
        yield from job["steps"]


def _scripts() -> list[tuple[str, str]]:
    """The name of the workflow and the shell script of every step that has one."""
    return [(path.name, step["run"]) for path in WORKFLOWS for step in _steps(path) if "run" in step]


def _script(workflow: str, words: str) -> str:
    """The one script of a workflow that holds these words."""
    [found] = [script for name, script in _scripts() if name == workflow and words in script]
    return found


def _fit(paths: list[Path], schema: str) -> bool:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, paths)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("schema", SCHEMAS)
def test_files_are_as_the_platform_wants_them(schema: str) -> None:
    """By the published schemas, of which check-jsonschema brings copies; nothing is fetched."""
    assert SCHEMAS[schema]
    assert _fit(SCHEMAS[schema], schema)


def test_the_schemas_refuse_what_is_wrong(tmp_path: Path) -> None:
    """A misspelt field of a step is seen."""
    text = (GITHUB / "workflows" / "ci.yml").read_text(encoding="utf-8")
    (tmp_path / "ci.yml").write_text(text.replace("- run: make test", "- runs: make test"), encoding="utf-8")
    assert not _fit([tmp_path / "ci.yml"], "github-workflows")


@pytest.mark.parametrize(("workflow", "script"), _scripts())
def test_every_step_is_sound_and_names_what_exists(workflow: str, script: str) -> None:
    """Bash reads the script, and every target of make that it names is there."""
    assert subprocess.run(["bash", "-n", "-c", script], capture_output=True, check=False).returncode == 0
    for target in re.findall(r"^make ([a-z-]+)", script, re.MULTILINE):
        dry = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, check=False)
        assert dry.returncode == 0, dry.stderr


class Clone:
    """A repository with a small glossary, and a shell such as the platform gives to a step."""

    def __init__(self, root: Path) -> None:
        self.root = root / "clone"
        self.bin = root / "bin"
        self.bin.mkdir()
        (self.bin / "dragoman").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m toolkit "$@"\n', encoding="utf-8")
        (self.bin / "dragoman").chmod(0o755)
        person = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self.environment = {
            **kept,
            **person,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "PATH": f"{self.bin}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "DRAGOMAN_CACHE": str(root / "cache"),
            "DRAGOMAN_SEEDS": str(self.root / "seeds"),
            "GITHUB_STEP_SUMMARY": str(root / "summary"),
        }
        self.write(GLOSSARY)
        assert self.step("git init -q -b main").returncode == 0
        self.commit()

    def write(self, files: dict[str, str]) -> None:
        write_files(self.root, files)

    def commit(self) -> None:
        assert self.step("git add --all && git commit -q -m x").returncode == 0

    def step(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the script of a step as the platform does: by bash, and the first failure ends it."""
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.root,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def test_the_comment_says_what_a_pull_request_does(clone: Clone) -> None:
    """The step writes number and comment for the workflow that posts them, and shows the same on the run's page."""
    clone.write({TOWN: GLOSSARY[TOWN].replace("en: Goris", "en: Gorys")})
    clone.commit()
    done = clone.step(_script("glossary.yml", "glossary diff"), NUMBER="7")
    assert done.returncode == 0, done.stderr
    comment = (clone.root / "comment/comment.md").read_text(encoding="utf-8")
    assert comment.startswith(MARKER)
    assert "Changed: 1 entry." in comment
    assert (clone.root / "comment/number").read_text(encoding="utf-8") == "7\n"
    assert Path(clone.environment["GITHUB_STEP_SUMMARY"]).read_text(encoding="utf-8") == comment


def test_the_comment_says_what_is_broken(clone: Clone) -> None:
    """An entry that can't be read gets a comment all the same: file, line and remedy; validation then fails the run."""
    clone.write({TOWN: GLOSSARY[TOWN].replace("en: Goris", 'en: "Goris')})
    clone.commit()
    assert clone.step(_script("glossary.yml", "glossary diff"), NUMBER="7").returncode == 0
    comment = (clone.root / "comment/comment.md").read_text(encoding="utf-8")
    assert comment.startswith(MARKER)
    assert "    pack/town/goris.yaml:5: error G001" in comment
    done = clone.step(_script("glossary.yml", "validate glossaries --output github"))
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=glossaries/pack/town/goris.yaml,line=5")


def test_a_sound_pull_request_passes_the_checks(clone: Clone) -> None:
    """Validation, format and code owners are silent about a glossary in good order."""
    assert clone.step("dragoman glossary format glossaries && mkdir .github").returncode == 0
    assert clone.step("dragoman glossary codeowners glossaries > .github/CODEOWNERS").returncode == 0
    for words in ("validate glossaries --output", "format --check", "codeowners glossaries"):
        done = clone.step(_script("glossary.yml", f"dragoman glossary {words}"))
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_tag_makes_a_pack_with_its_checksum(clone: Clone) -> None:
    """The zip file holds the pack, policies, schema and licence; another version than the tag's is refused."""
    clone.write({f"glossaries/{name}": "x\n" for name in ("LICENSE", "README.md", "schema/entry.schema.json")})
    clone.commit()
    script = _script("release-pack.yml", "git archive")
    refused = clone.step(script, TAG="pack-v0.2.0")
    assert refused.returncode == 1
    assert "::error::" in refused.stdout
    done = clone.step(script, TAG="pack-v0.1.0")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(clone.root / "dist/pack-0.1.0.zip") as archive:
        names = archive.namelist()
    assert {"pack-0.1.0/pack/town/goris.yaml", "pack-0.1.0/LICENSE", "pack-0.1.0/schema/entry.schema.json"} <= {*names}
    assert clone.step("cd dist && sha256sum --check --quiet pack-0.1.0.zip.sha256").returncode == 0
