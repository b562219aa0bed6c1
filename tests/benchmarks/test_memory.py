"""Near matches in a memory of a million sentence pairs (wanted: under 50 ms at the median), and how it is made.

Sentences are chains of words as they follow one another in the seeds, so that common words and pairs are as common as
in real ones. DRAGOMAN_BENCH_SEGMENTS sets another number of pairs.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.own.model import Record
from toolkit.memory.own.store import OwnMemory
from toolkit.memory.store import Memory
from toolkit.memory.template import Template, make_template
from toolkit.mentions.resolve import analyse
from toolkit.settings import share_folder

PAIRS = int(os.environ.get("DRAGOMAN_BENCH_SEGMENTS", "1000000"))
EN, RU = Language.EN, Language.RU
LOT = 5_000
QUERIES = 300


class Chains:
    """Makes sentences of a language out of the seeds' words."""

    def __init__(self, seeds: Memory, language: Language, seed: int) -> None:
        self._random = random.Random(seed)
        self._after: dict[str, list[str]] = defaultdict(list)
        for number in range(len(seeds)):
            words = seeds.entry(number).text(language).rstrip(".։:").split()
            for word, following in zip(["", *words], [*words, ""], strict=True):
                self._after[word].append(following)

    def sentence(self) -> str:
        words: list[str] = []
        word = ""
        while len(words) < 25:
            word = self._random.choice(self._after[word])
            if word:
                words.append(word)
            elif len(words) >= 5:
                break
        return " ".join(words) + "."


def _lots(english: Chains, russian: Chains, count: int) -> Iterator[list[Record]]:
    for start in range(0, count, LOT):
        rows = range(start, min(count, start + LOT))
        yield [Record({EN: english.sentence(), RU: russian.sentence()}, "made", date="2026-01-01") for _ in rows]


def _bare(record: Record, glossary: Glossary) -> dict[Language, Template]:
    """Templates without a search for names: what the store does is measured, not the analysis."""
    return {language: make_template(text, language, glossary, ()) for language, text in record.sides.items()}


def _mutated(text: str, chance: random.Random) -> str:
    """The sentence with one word replaced or left out."""
    words = text.split()
    place = chance.randrange(len(words) - 1)
    words[place : place + 1] = [] if chance.random() < 0.3 else [f"another{chance.randrange(1000)}"]
    return " ".join(words)


def test_a_million_pairs(
    benchmark: Any, glossary: Glossary, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A near match is found in under 50 ms at the median."""
    seeds = Memory.load([share_folder() / "seeds"], glossary)
    english, russian = Chains(seeds, EN, 1), Chains(seeds, RU, 2)
    path = tmp_path / "memory.sqlite"
    memory = OwnMemory(path, glossary)
    before, spent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, 0.0
    kept: list[str] = []
    for lot in _lots(english, russian, PAIRS):
        templates = {record.digest: _bare(record, glossary) for record in lot}
        start = time.perf_counter()
        memory.add(lot, templates)
        spent += time.perf_counter() - start
        kept += [record.sides[EN] for record in lot[:: max(1, PAIRS // QUERIES)]]
        kept += [lot[-1].sides[EN]] if len(kept) < QUERIES else []
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    sample = next(_lots(english, russian, 500))
    start = time.perf_counter()
    memory.add(sample)
    whole = len(sample) / (time.perf_counter() - start)
    chance = random.Random(3)
    times, hits = [], 0
    wanted = [text for text in kept if len(text.split()) >= 8][:QUERIES]
    for text in wanted:
        changed = _mutated(text, chance)
        template = make_template(changed, EN, glossary, ())
        start = time.perf_counter()
        near = memory.near(template, 0.7, 5)
        times.append(time.perf_counter() - start)
        hits += any(memory.entry(number).sides[EN] == text for _, number in near)
    times.sort()
    size = sum(part.stat().st_size for part in tmp_path.glob("memory.sqlite*")) / 2**20
    with capsys.disabled():
        print(
            f"\n{len(memory):,} pairs: {PAIRS / spent:,.0f} pairs/s into the store, {whole:,.0f} with the search for "
            f"names; {size:,.0f} MB on disk, {grown:,.0f} MB more in memory"
        )
        print(
            f"near match of {len(times)} changed sentences: median {statistics.median(times) * 1000:.1f} ms, "
            f"p99 {times[int(len(times) * 0.99)] * 1000:.1f} ms, {hits} found"
        )
    benchmark.group = "memory"
    benchmark.extra_info.update(
        {
            "pairs": len(memory),
            "median ms": round(statistics.median(times) * 1000, 1),
            "p99 ms": round(times[int(len(times) * 0.99)] * 1000, 1),
            "pairs/s": round(PAIRS / spent),
            "MB": round(size),
        }
    )
    query = analyse(wanted[0], EN, glossary)
    template = make_template(wanted[0], EN, glossary, query.mentions)
    benchmark(lambda: memory.near(template, 0.85, 5))
    assert statistics.median(times) < 0.05
