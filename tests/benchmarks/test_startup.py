"""Start-up: what a user waits for before anything happens. Each is a fresh process, the best of several."""

from __future__ import annotations

import os
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
for language in Language:
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


def test_load_compiled_glossary(benchmark: Any, tmp_path: Path) -> None:
    """Wanted: entities and the names of all four languages, with their automata, under 200 ms (`extra_info`)."""
    code = _LOAD.format(root=str(share_folder() / "glossaries"), cache=str(tmp_path))
    _python(code)
    times: list[float] = []
    benchmark.pedantic(lambda: times.append(float(_python(code))), rounds=5)
    benchmark.extra_info["load_ms"] = round(1000 * min(times))


@pytest.mark.parametrize("language", ["az", "en", "hy", "ru"])
def test_find_mentions_against_the_bare_automaton(benchmark: Any, language: str) -> None:
    """Wanted: finding at 30 % of the bare automaton's speed or better; `extra_info` holds both in MB/s."""
    import time

    from ahocorasick_rs import AhoCorasick, MatchKind

    from toolkit.glossary.glossary import Glossary
    from toolkit.languages import Language
    from toolkit.mentions.find import Finder

    glossary = Glossary.load(share_folder() / "glossaries", cache=Path(os.environ.get("TMPDIR", "/tmp")) / "bench")  # noqa: S108
    table = glossary.table(Language(language))
    articles = sorted((share_folder() / "seeds" / "articles").glob(f"*.{language}.md"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in articles) * 60
    finder = Finder(table)
    bare = AhoCorasick(list(table.patterns), matchkind=MatchKind.Standard)
    folded = text.lower()
    start = time.perf_counter()
    bare.find_matches_as_indexes(folded, overlapping=True)
    bare_time = time.perf_counter() - start
    benchmark.pedantic(lambda: finder.find(text), rounds=3)
    megabytes = len(text.encode()) / 1e6
    benchmark.extra_info["bare_mb_s"] = round(megabytes / bare_time, 1)
    benchmark.extra_info["find_mb_s"] = round(megabytes / benchmark.stats.stats.min, 1)
