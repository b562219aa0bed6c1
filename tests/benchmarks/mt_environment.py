"""The environment of the peers: Argos Translate and what it takes, made once, without CUDA."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PACKAGES = ("torch==2.13.0", "argostranslate==1.11.0", "ctranslate2")
_CUDA = re.compile(r"(nvidia|cuda)[-_].*|triton", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What Argos Translate says of itself: seconds by the clock and of the processor, and what it wrote."""

    seconds: float
    cpu: float
    texts: list[str]
    batch: int


def peers(folder: Path) -> Path:
    """The python of the environment that has Argos Translate, made if it is not there."""
    python = folder / "bin" / "python"
    if not (folder / ".ready").is_file():
        print(f"making {folder}: about a gigabyte", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        _refuse_cuda(python)
        subprocess.run([str(python), "-m", "pip", "install", "-qq", *_PACKAGES], check=True)
        (folder / ".ready").touch()
    return python


def _refuse_cuda(python: Path) -> None:
    """End here where torch would bring gigabytes that nothing on two cores can use."""
    done = subprocess.run(
        [str(python), "-m", "pip", "install", "-qq", "--dry-run", "--report", "-", *_PACKAGES],
        check=True,
        stdout=subprocess.PIPE,
    )
    names = [str(one["metadata"]["name"]) for one in json.loads(done.stdout)["install"]]
    unwanted = sorted(name for name in names if _CUDA.fullmatch(name))
    if unwanted:
        raise SystemExit(
            f"bench-mt: torch would come with {len(unwanted)} packages of CUDA ({unwanted[0]} …); "
            "name a place that has a build of torch for processors in PIP_FIND_LINKS or PIP_EXTRA_INDEX_URL"
        )


def ask_peer(python: Path, package: Path, texts: Sequence[str], batch: int) -> Answer:
    """What Argos Translate makes of these texts with this package; `batch` 0 is what it ships with."""
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [str(python), "-W", "ignore", str(Path(__file__).with_name("mt_peer.py"))],
            input=json.dumps({"texts": list(texts), "batch": batch}),
            env={**os.environ, "HOME": home, "ARGOS_PACKAGES_DIR": str(package.parent)},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(f"the peer failed: {done.stderr[-500:]}")
    return Answer(**json.loads(done.stdout))
