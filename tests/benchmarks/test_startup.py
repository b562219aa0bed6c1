"""Start-up: what a user waits for before anything happens. Each is a fresh process, the best of several."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from toolkit.settings import share_folder

_LOAD = """
import time
from pathlib import Path
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.mentions.resolve import finder_of
start = time.perf_counter()
glossary = Glossary.load(Path({root!r}), cache=Path({cache!r}))
glossary.entities
for language in {languages}:
    finder_of(glossary, language)
print(time.perf_counter() - start)
"""


def _python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_import_toolkit(benchmark: Any) -> None:
    """Wanted: under 150 ms with the interpreter's own start."""
    benchmark.pedantic(lambda: _python("import toolkit"), rounds=7, warmup_rounds=1)


def test_help(benchmark: Any) -> None:
    """Wanted: `dragoman --help` under 300 ms."""
    command = [sys.executable, "-m", "toolkit", "--help"]
    benchmark.pedantic(lambda: subprocess.run(command, capture_output=True, check=True), rounds=7, warmup_rounds=1)


@pytest.mark.parametrize("languages", ["[Language.RU]", "list(Language)"], ids=["one language", "all four"])
def test_load_compiled_glossary(benchmark: Any, tmp_path: Path, languages: str) -> None:
    """Wanted: entities and names of a language, ready to find them, under 200 ms (`extra_info`)."""
    code = _LOAD.format(root=str(share_folder() / "glossaries"), cache=str(tmp_path), languages=languages)
    _python(code)
    times: list[float] = []
    benchmark.pedantic(lambda: times.append(float(_python(code))), rounds=5)
    benchmark.extra_info["load_ms"] = round(1000 * min(times))
