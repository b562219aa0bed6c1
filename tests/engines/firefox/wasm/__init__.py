"""Runs the reference: Marian itself, compiled to WebAssembly, under Node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("translate.cjs")
PACKAGE = Path("@browsermt") / "bergamot-translator" / "worker"
"""Of the npm package @browsermt/bergamot-translator, version 0.4.9."""


@dataclass(frozen=True)
class Reference:
    """What Marian wrote, and the seconds it took once loaded."""

    texts: list[str]
    seconds: float


def worker_folder(scratch: Path) -> Path:
    """The worker of the npm package, copied to where it may be told that it is CommonJS. Skips where it is not."""
    modules = [Path(os.environ.get("DRAGOMAN_NODE_MODULES", "node_modules")), Path("/usr/lib/node_modules")]
    found = next((folder / PACKAGE for folder in modules if (folder / PACKAGE).is_dir()), None)
    if found is None or shutil.which("node") is None:
        pytest.skip("needs Node and `npm install @browsermt/bergamot-translator@0.4.9` (DRAGOMAN_NODE_MODULES)")
    folder = scratch / "worker"
    if not folder.exists():
        shutil.copytree(found, folder)
        (folder / "package.json").write_text('{"type": "commonjs"}', "utf-8")
    return folder


def marian(folder: Path, texts: list[str], model: Path, *vocabularies: Path) -> Reference:
    """Translate with Marian: greedily, int8 throughout. One vocabulary, or that of the source and of the target."""
    files = [str(path) for path in (model, *vocabularies)]
    done = subprocess.run(
        ["node", str(SCRIPT), str(folder), *files], input=json.dumps(texts), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answer = json.loads(done.stdout)
    return Reference(answer["texts"], answer["seconds"])
