"""`make bench-mt`: the whole pipeline against the bare engine and against Argos Translate, in one run.

The same package, beam and sentences for all; two cores. The peers get an environment of their own.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
# Run as a script, before the project is on the path: the imports below need it there (hence noqa: E402).
sys.path.insert(0, str(ROOT))

from tests.benchmarks.mt_model import sentences, write_package  # noqa: E402
from toolkit.documents.formats import reader_of  # noqa: E402
from toolkit.engines.argos import argos_engine, read_package  # noqa: E402
from toolkit.engines.ct2 import LARGEST_BATCH, Quality, batch_size, cores  # noqa: E402
from toolkit.engines.ct2_engine import Ct2Engine  # noqa: E402
from toolkit.engines.protocol import Request  # noqa: E402
from toolkit.glossary.glossary import Glossary  # noqa: E402
from toolkit.glossary.policy import load_policy  # noqa: E402
from toolkit.languages import Language  # noqa: E402
from toolkit.pipeline.translate import translate  # noqa: E402
from toolkit.settings import read_settings  # noqa: E402

PEERS = ("torch==2.13.0", "argostranslate==1.11.0", "ctranslate2")
"""In this order: what Argos Translate would take by itself brings gigabytes of CUDA."""
EN, RU = Language.EN, Language.RU


def peers(folder: Path) -> Path:
    """The python of the environment that has Argos Translate, made if it is not there."""
    python = folder / "bin" / "python"
    if not (folder / ".ready").is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        for package in PEERS:
            subprocess.run([str(python), "-m", "pip", "install", "-q", package], check=True)
        (folder / ".ready").touch()
    return python


def ask_peer(python: Path, package: Path, texts: Sequence[str], batch: int) -> dict[str, Any]:
    """What Argos Translate says of itself; `batch` 0 is what it ships with."""
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [str(python), "-W", "ignore", str(ROOT / "tests" / "benchmarks" / "mt_peer.py")],
            input=json.dumps({"sentences": list(texts), "batch": batch}),
            env={**os.environ, "HOME": home, "ARGOS_PACKAGES_DIR": str(package.parent)},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(f"the peer failed: {done.stderr[-500:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def best(tasks: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The shortest of several times of each; they take turns, so that a busy machine is busy for all of them.

    Processor seconds are there too, as "NAME cpu": they hardly depend on what else runs.
    """
    times: dict[str, float] = {}
    for _ in range(rounds):
        for name, task in tasks.items():
            start, cpu = time.perf_counter(), time.process_time()
            task()
            for key, took in ((name, time.perf_counter() - start), (f"{name} cpu", time.process_time() - cpu)):
                times[key] = min(took, times.get(key, took))
    return times


def bare(engine: Ct2Engine, texts: Sequence[str]) -> list[str]:
    """CTranslate2 and SentencePiece with nothing around them, on the batches that the engine makes."""
    translator = engine.runner._translator
    tokens = [engine.source.encode(text) for text in texts]
    found = translator.translate_batch(
        tokens,
        beam_size=engine.quality.beam,
        length_penalty=engine.length_penalty,
        max_batch_size=batch_size(tokens),
        batch_type="tokens",
        max_input_length=0,
        max_decoding_length=2 * engine.longest + 64,
        replace_unknowns=True,
    )
    return [engine.target.decode(result.hypotheses[0]) for result in found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, default=ROOT / "build" / "bench-mt", help="environment of the peers")
    parser.add_argument("--sentences", type=int, default=160)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    settings = read_settings()
    with tempfile.TemporaryDirectory() as scratch:
        package = write_package(Path(scratch) / "packages" / "en_ru", settings.seeds / "memory")
        texts = sentences(settings.seeds / "memory", options.sentences)
        found = measure(package, texts, options.rounds, Path(scratch))
        if not options.no_peers:
            compare(package, texts, found, peers(options.peers))


def measure(package: Path, texts: Sequence[str], rounds: int, scratch: Path) -> dict[str, Any]:
    described = read_package(package)
    if described is None:
        raise SystemExit("the package is not ours")
    engine = argos_engine(described, Quality.BEST)
    settings = read_settings()
    glossary = Glossary.load(settings.glossaries, cache=scratch)
    policy = load_policy("follow-source", settings.policies)
    read = reader_of("text")
    text = "\n\n".join(texts)

    def pipeline(part: str) -> Any:
        return translate(read(part), EN, RU, policy, glossary, engines=[engine])

    words = sum(len(one.split()) for one in texts)
    requests = [Request(one) for one in texts]
    ours = [draft.text if draft else "" for draft in engine.translate(requests, EN, RU)]
    whole = pipeline(text)
    print(f"{len(texts)} sentences, {words} words, {len(whole.mentions)} mentions, {len(whole.findings)} findings")
    print(f"beam {engine.quality.beam}, {cores()} cores")
    times = best(
        {
            "bare": lambda: bare(engine, texts),
            "engine": lambda: engine.translate(requests, EN, RU),
            "pipeline": lambda: pipeline(text),
        },
        rounds,
    )
    for name in ("bare", "engine", "pipeline"):
        wall, cpu = times[name], times[f"{name} cpu"]
        ratios = (
            f"{wall / times['bare']:.3f} of the bare engine's time, {cpu / times['bare cpu']:.3f} of its processor time"
        )
        print(f"{name:28}{words / wall:8.0f} words/s  {ratios}", flush=True)
    alone = []
    for one in [one for one in texts if len(one.split()) <= 30][:30]:
        single = best({"bare": lambda one=one: bare(engine, [one]), "pipeline": lambda one=one: pipeline(one)}, rounds)  # type: ignore[misc]
        alone.append(single["pipeline"] / single["bare"])
    print(f"one sentence: {statistics.median(alone):.2f} times the bare engine (wanted: < 1.3)", flush=True)
    return {"words": words, "pipeline": lambda: pipeline(text), "drafts": ours}


def compare(package: Path, texts: Sequence[str], found: dict[str, Any], python: Path) -> None:
    for title, batch, wanted in (
        ("argostranslate as shipped", 0, 10),
        ("argostranslate, large batch", LARGEST_BATCH, 3),
    ):
        before = best({"": found["pipeline"]}, 1)
        answer = ask_peer(python, package, texts, batch)
        after = best({"": found["pipeline"]}, 1)
        seconds, ours = answer["seconds"], (before[""] + after[""]) / 2
        cpu = answer["cpu"] / min(before[" cpu"], after[" cpu"])
        print(
            f"{title:28}{found['words'] / seconds:8.0f} words/s, batch {answer['batch']}; the pipeline just before and "
            f"after: {found['words'] / ours:.0f}, {seconds / ours:.1f} times as fast (wanted: {wanted}), "
            f"at {cpu:.1f} times less processor time",
            flush=True,
        )
        same = answer["text"].split() == " ".join(found["drafts"]).split()
        print(f"{'':28}{'the same words as ours' if same else 'OTHER WORDS than ours'}")


if __name__ == "__main__":
    main()
