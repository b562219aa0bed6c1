"""Archives: articles a second, memory, and how soon a second run is at work. All figures are in `extra_info`.

An article is 3,500 characters of sentences of the memory in an order of its own. Every run is a fresh
process. The machine's other work counts: run it on a machine that has none.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.batch.hostile import MAKER
from tests.engines import packages
from tests.engines.packages import install_argos, write_argos_package, written
from toolkit.batch.model import Task
from toolkit.batch.run import Job, RunnerName, run_batch
from toolkit.errors import ModelUnusable
from toolkit.languages import Language
from toolkit.memory.markup import parse_marks
from toolkit.settings import share_folder

RESTYLE = ("--verb", "restyle", "--lang", "ru", "--policy", "azerbaijani", "--brief")
TRANSLATE = ("--verb", "translate", "--from", "ru", "--to", "en", "--brief")
FEW = 20
_WRAPPED = """
import json, resource, sys
from toolkit.cli.main import _run
code = _run(sys.argv[1:])
peaks = [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
sys.stderr.write(json.dumps([code, *peaks]) + "\\n")
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A cache that is warm after the first run, and no models but those of a benchmark."""
    folder = tmp_path_factory.mktemp("batch")
    home = {f"DRAGOMAN_{name}": str(folder / name.lower()) for name in ("ARGOS", "CACHE", "MODELS")}
    return {**os.environ, **home, "PYTHONPATH": os.pathsep.join(sys.path)}


@cache
def sentences() -> list[str]:
    folder = share_folder() / "seeds" / "memory"
    rows = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [parse_marks(json.loads(row)["ru"]).text for row in rows]


def article(number: int) -> str:
    chance = random.Random(number)
    return " ".join(chance.choices(sentences(), k=60))[:3500]


def archive(path: Path, articles: int, **more: str) -> Path:
    with path.open("w", encoding="utf-8") as stream:
        for number in range(articles):
            stream.write(json.dumps({"id": number, "text": article(number), **more}, ensure_ascii=False) + "\n")
    return path


def batch(environment: dict[str, str], source: Path, out: Path, *options: str) -> tuple[float, int, int]:
    """Seconds, and the peaks of memory in MB: of the process, and of its largest worker."""
    began = time.perf_counter()
    command = [sys.executable, "-c", _WRAPPED, "batch", str(source), "--out", str(out), *options]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - began
    code, own, worker = json.loads(done.stderr.splitlines()[-1])
    assert code in (0, 3), done.stderr
    return seconds, own, worker


def rate(environment: dict[str, str], folder: Path, articles: int, options: Sequence[str]) -> tuple[float, int, int]:
    """Articles a second without what a start costs, which is measured by as many as all workers start for; and the
    peaks of memory."""
    many, few = archive(folder / "many.jsonl", articles), archive(folder / "few.jsonl", FEW)
    batch(environment, few, folder / "warm", *options)
    start, _, _ = batch(environment, few, folder / "start", *options)
    seconds, own, worker = batch(environment, many, folder / "out", *options)
    return (articles - FEW) / (seconds - start), own, worker


@pytest.mark.benchmark(group="batch")
@pytest.mark.parametrize(
    ("options", "articles"), [(RESTYLE, 1200), ((*TRANSLATE, "--engine", "memory"), 240)], ids=["restyle", "memory"]
)
def test_a_pool_of_two(
    benchmark: Any, environment: dict[str, str], tmp_path: Path, options: Sequence[str], articles: int
) -> None:
    """Wanted: two processes at 1.8 times one, on two cores."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, own, _ = rate(environment, tmp_path / "one", articles, [*options, "--runner", "inline"])
    found: list[tuple[float, int, int]] = []
    benchmark.pedantic(
        lambda: found.append(rate(environment, tmp_path / "two", articles, [*options, "--workers", "2"])), rounds=1
    )
    two, parent, worker = found[0]
    benchmark.extra_info.update(
        articles_s_inline=round(one, 1), articles_s_pool=round(two, 1), times=round(two / one, 2), inline_mb=own,
        parent_mb=parent, worker_mb=worker,
    )  # fmt: skip


@pytest.mark.benchmark(group="batch")
def test_a_model(benchmark: Any, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small CTranslate2 model made here: what the way through an engine costs, not what a trained model does."""
    package = write_argos_package(tmp_path / "ru_en.argosmodel", Language.RU, Language.EN)
    models = tmp_path / "models"
    models.mkdir()
    install_argos(models, package)
    told = {**environment, "DRAGOMAN_MODELS": str(models), "DRAGOMAN_SEEDS": str(tmp_path / "none")}
    (tmp_path / "none").mkdir()
    found: list[tuple[float, int, int]] = []
    known = [written(keys, Language.RU) for keys in packages.sentences()]  # the model knows no other words
    monkeypatch.setitem(globals(), "sentences", lambda: known)
    options = [*TRANSLATE, "--engine", "argos", "--runner", "inline"]
    benchmark.pedantic(lambda: found.append(rate(told, tmp_path, 40, options)), rounds=1)
    benchmark.extra_info.update(articles_s_inline=round(found[0][0], 2), inline_mb=found[0][1])


@pytest.mark.benchmark(group="batch")
def test_a_gigabyte(benchmark: Any, environment: dict[str, str], tmp_path: Path) -> None:
    """Wanted: 1 GB of JSONL under 500 MB of memory, all processes together. Rows carry 700 kB beside their text, as an
    export with pictures does; texts alone would take an hour and the same memory."""
    source = archive(tmp_path / "news.jsonl", 1500, picture="A" * 700_000)
    assert source.stat().st_size > 10**9
    found: list[tuple[float, int, int]] = []
    benchmark.pedantic(
        lambda: found.append(batch(environment, source, tmp_path / "out", *RESTYLE, "--workers", "2")), rounds=1
    )
    _, own, worker = found[0]
    benchmark.extra_info.update(parent_mb=own, worker_mb=worker, all_mb=own + 2 * worker)


@pytest.mark.benchmark(group="batch")
def test_a_resumed_run(
    benchmark: Any, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wanted: with 100,000 finished articles, new work within 5 s. Measured from the start of the command to the end of
    the run, whose one article was left; the finished ones were written by a worker that only copies."""
    for name in ("ARGOS", "CACHE", "MODELS"):
        monkeypatch.setenv(f"DRAGOMAN_{name}", environment[f"DRAGOMAN_{name}"])
    source = archive(tmp_path / "news.jsonl", 100_000)
    size = source.stat().st_size
    with source.open("a", encoding="utf-8") as stream:
        stream.writelines([json.dumps({"id": "last", "text": "fatal"}) + "\n"] * 20)
    told = Task("restyle", "ru", policy="azerbaijani", brief=True, maker=MAKER)
    with pytest.raises(ModelUnusable):
        run_batch(Job(source, tmp_path / "out", told, RunnerName.INLINE), lambda counts, gone, total: None)
    os.truncate(source, size)
    with source.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({"id": "last", "text": article(-1)}, ensure_ascii=False) + "\n")
    found: list[tuple[float, int, int]] = []
    benchmark.pedantic(
        lambda: found.append(batch(environment, source, tmp_path / "out", *RESTYLE, "--workers", "2")), rounds=1
    )
    with (tmp_path / "out" / "news.jsonl").open("rb") as stream:
        assert sum(1 for _ in stream) > 99_900
    benchmark.extra_info.update(seconds=round(found[0][0], 2), megabytes=round(source.stat().st_size / 10**6))
