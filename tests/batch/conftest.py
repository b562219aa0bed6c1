"""Settings of its own for every test of a batch: no packs, two policies, nothing of the user's."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.batch.hostile import MAKER
from toolkit.batch.model import Counts, Task
from toolkit.batch.run import Job, RunnerName, run_batch

Rows = Sequence[dict[str, Any] | str]
Run = Callable[..., Counts]


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A glossary of a pack without entries: what workers of a test do not need is not loaded."""
    policies = tmp_path / "glossaries" / "policies"
    policies.mkdir(parents=True)
    pack = tmp_path / "glossaries" / "small"
    pack.mkdir()
    (pack / "pack.yaml").write_text(
        "id: small\ntitle: Small\nversion: 0.1.0\nlicence: CC-BY-4.0\ndescription: A pack without entries.\n"
        "maintainers: ['@nobody/small']\n",
        encoding="utf-8",
    )
    for name in ("first", "follow-source", "second"):
        (policies / f"{name}.yaml").write_text(f"id: {name}\ntitle: {name}\nusage: source\n", encoding="utf-8")
    monkeypatch.setenv("DRAGOMAN_GLOSSARIES", str(tmp_path / "glossaries"))
    (tmp_path / "seeds").mkdir()
    monkeypatch.setenv("DRAGOMAN_SEEDS", str(tmp_path / "seeds"))
    monkeypatch.setenv("DRAGOMAN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DRAGOMAN_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("DRAGOMAN_ARGOS", str(tmp_path / "argos"))
    return policies


def write_rows(path: Path, rows: Rows) -> Path:
    """A JSONL archive; a string is a line as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def read_errors(out: Path) -> list[dict[str, Any]]:
    """What was passed by."""
    return read_rows(out / "errors.jsonl")


def read_texts(path: Path) -> list[str]:
    return [row["text"] for row in read_rows(path)]


def task(policy: str | None = None, **fields: Any) -> Task:
    return Task("restyle", "ru", policy=policy, maker=fields.pop("maker", MAKER), **fields)


def run(archive: Path, out: Path, told: Task | None = None, **fields: Any) -> Counts:
    """A batch by the tests' workers, in this process unless a runner is named."""
    chosen = fields.pop("runner", RunnerName.INLINE)
    watch = fields.pop("watch", lambda counts, gone, total: None)
    return run_batch(Job(archive, out, told or task(), chosen, **fields), watch)
