"""Building the site: wanted under 10 s from a warm cache. Each is a fresh process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def test_site(benchmark: Any, tmp_path: Path) -> None:
    """`dragoman glossary site` of the project's glossary, its names compiled already."""
    command = [sys.executable, "-m", "toolkit", "glossary", "site", str(tmp_path / "site")]
    environment = {**os.environ, "DRAGOMAN_CACHE": str(tmp_path / "cache")}

    def build() -> str:
        return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout

    benchmark.pedantic(build, rounds=3, warmup_rounds=1)
