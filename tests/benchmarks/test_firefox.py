"""Words a second of the `firefox` engine, and beside it of Marian (WASM) where Node and its package are.

    make bench-mt        or        pytest tests/benchmarks/test_firefox.py --benchmark-only -s

The three published architectures with weights without meaning (they write to the length limit, both engines alike),
and the small trained model, free and held to names.
"""

from __future__ import annotations

import random
import struct
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import yaml

from tests.engines.firefox.conftest import MODEL
from tests.engines.firefox.wasm import marian, worker_folder
from tests.models.invented_language import HELD_OUT_SEED, PERSONS, PLACES, Pair, forms, sentences
from toolkit.engines.firefox.alignment import words
from toolkit.engines.firefox.architecture import PUBLISHED, random_tensors
from toolkit.engines.firefox.engine import FirefoxEngine
from toolkit.engines.firefox.marian import write_model
from toolkit.engines.protocol import Constraint, Request
from toolkit.languages import Language

PAIRS = sentences(200, HELD_OUT_SEED)
VOCABULARY = 32_000


def padded_vocabulary() -> bytes:
    """The vocabulary of the small model with as many more pieces as a real one has; none of them is ever used.

    Pieces are repeated messages of a protocol buffer, which may be appended.
    """
    data = (MODEL / "vocab.spm").read_bytes()
    for number in range(VOCABULARY - 1000):
        piece = f"~{number}".encode()
        message = b"\x0a" + bytes([len(piece)]) + piece + b"\x15" + struct.pack("<f", -99.0)
        data += b"\x0a" + bytes([len(message)]) + message
    return data


def random_model(folder: Path, name: str) -> Path:
    """A folder with a random model of a published architecture."""
    folder.mkdir()
    architecture = PUBLISHED[name]
    write_model(folder / "model.bin", architecture.configuration(), random_tensors(architecture), quantise=True)
    (folder / "vocab.spm").write_bytes(padded_vocabulary())
    files = {"model.bin": None, "vocab.spm": None}
    manifest = {"engine": "firefox", "from": "en", "to": "az", "architecture": name, "files": files}
    (folder / "model.yaml").write_text(yaml.safe_dump(manifest), "utf-8")
    return folder


def words_of(pairs: Sequence[Pair]) -> int:
    return sum(len(pair.source.split()) for pair in pairs)


def translate(engine: FirefoxEngine, requests: Sequence[Request]) -> list[str]:
    return [draft.text if draft else "" for draft in engine.translate(requests, Language.EN, Language.AZ)]


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_published_architectures(benchmark: Any, name: str, tmp_path: Path) -> None:
    """At least twice the words a second of Marian in the same run, on each architecture."""
    pairs = PAIRS[:128]
    folder = random_model(tmp_path / name, name)
    engine = FirefoxEngine.load(folder)
    requests = [Request(pair.source) for pair in pairs]
    translate(engine, requests[:2])
    texts = benchmark.pedantic(translate, (engine, requests), rounds=2)
    ours = words_of(pairs) / benchmark.stats.stats.min
    benchmark.extra_info["words/s"] = round(ours)
    print(f"\n{name}: firefox {ours:.0f} words/s")
    worker = worker_folder(tmp_path)
    reference = marian(worker, [pair.source for pair in pairs], folder / "model.bin", folder / "vocab.spm")
    theirs = words_of(pairs) / reference.seconds
    # Without meaning to stop them, both write to their limits, which are not quite the same.
    written, wanted = (sum(map(len, some)) for some in (texts, reference.texts))
    ratio = (ours * written) / (theirs * wanted)
    print(f"{name}: marian {theirs:.0f} words/s; letters written a second: ratio {ratio:.1f}")
    benchmark.extra_info |= {"marian words/s": round(theirs), "ratio": round(ratio, 2)}


def test_trained_model(benchmark: Any, tmp_path: Path) -> None:
    """At least twice the words a second of Marian in the same run, on the trained model, whose sentences end."""
    engine = FirefoxEngine.load(MODEL)
    requests = [Request(pair.source) for pair in PAIRS]
    translate(engine, requests)
    worker = worker_folder(tmp_path)
    ratios = []
    for _ in range(3):
        started = time.perf_counter()
        translate(engine, requests)
        ours = time.perf_counter() - started
        theirs = marian(worker, [pair.source for pair in PAIRS], MODEL / "model.bin", MODEL / "vocab.spm").seconds
        ratios.append(theirs / ours)
    benchmark.pedantic(translate, (engine, requests), rounds=2)
    rate = words_of(PAIRS) / benchmark.stats.stats.min
    print(f"\ntrained model: firefox {rate:.0f} words/s, {median(ratios):.1f} times Marian's")
    benchmark.extra_info |= {"words/s": round(rate), "ratio": round(median(ratios), 2)}


def test_held_to_names(benchmark: Any) -> None:
    """Held to a name in nearly every sentence, the trained model is at most a quarter slower."""
    engine = FirefoxEngine.load(MODEL)
    chance = random.Random(3)
    free = [Request(pair.source) for pair in PAIRS] * 2
    held = [
        Request(
            pair.source,
            tuple(
                Constraint(
                    words(pair.source)[place], forms(chance.choice(PLACES if name in PLACES else PERSONS)), forms(name)
                )
                for name, place in pair.names
            ),
        )
        for pair in PAIRS
    ] * 2

    def seconds(requests: list[Request]) -> float:
        started = time.process_time()
        translate(engine, requests)
        return time.process_time() - started

    seconds(held)
    rounds = [(seconds(free), seconds(held), seconds(free)) for _ in range(9)]
    slower = median(2 * middle / (before + after) for before, middle, after in rounds) - 1
    benchmark.pedantic(translate, (engine, free), rounds=3)
    rate = 2 * words_of(PAIRS) / benchmark.stats.stats.min
    print(f"\ntrained model: {rate:.0f} words/s; held to names {slower:+.0%} of processor time")
    benchmark.extra_info |= {"words/s": round(rate), "slower": round(slower, 3)}
