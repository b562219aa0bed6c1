"""`make bench-api`: our server on loopback against a bare route and against LibreTranslate, on one model, in one run.

`--minutes N` is how long the mixed load lasts, `--libretranslate PYTHON` an environment that has LibreTranslate.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
# Run as a script, before the project is on the path: the imports below need it there (hence noqa: E402).
sys.path.insert(0, str(ROOT))

from tests.benchmarks.api_asks import made, mixed, short_texts  # noqa: E402
from tests.benchmarks.api_load import Ask, Connection, Load, load, timed  # noqa: E402
from tests.benchmarks.api_processes import free_port, memory_of, processor_seconds, server  # noqa: E402
from tests.benchmarks.mt_model import sentences, write_package  # noqa: E402
from toolkit.documents.plain import read_plain  # noqa: E402
from toolkit.engines.ct2 import Quality, cores  # noqa: E402
from toolkit.engines.registry import engines_for  # noqa: E402
from toolkit.glossary.glossary import Glossary  # noqa: E402
from toolkit.glossary.policy import load_policy  # noqa: E402
from toolkit.languages import Language  # noqa: E402
from toolkit.memory.store import Memory  # noqa: E402
from toolkit.pipeline.translate import translate  # noqa: E402
from toolkit.settings import read_settings  # noqa: E402

CLIENTS = 16
ROUNDS = 10
Server = tuple[int, "subprocess.Popen[bytes]"]
"""Port and process."""
EN, RU = Language.EN, Language.RU
PEERS: dict[str, dict[str, str]] = {
    "LibreTranslate as shipped (beam 4)": {},
    f"LibreTranslate, beam {Quality.NORMAL.beam}, {cores()} threads": {
        "ARGOS_BEAM_SIZE": str(Quality.NORMAL.beam),
        "ARGOS_INTER_THREADS": str(cores()),
        "ARGOS_INTRA_THREADS": "1",
    },
}
"""What LibreTranslate is told: nothing, or what our own server does by default (quality `normal`)."""
MADE = 5
"""Requests that schemathesis makes for each route."""
LARGE = 2_000_000
"""Bytes of the document that is translated while /livez is asked."""
FLAT = 0.02
"""Memory is flat where the second half of the mixed load adds less than so much of it."""


def rates(servers: dict[str, Server], texts: Sequence[str], seconds: float) -> dict[str, Load]:
    """Requests of LibreTranslate's shape; the servers take turns, so that a busy machine is busy for all of them."""
    asks = [Ask("POST", "/translate", {"q": text, "source": "en", "target": "ru"}) for text in texts]
    found = {name: Load() for name in servers}
    for round_ in range(4):
        for name, (port, process) in servers.items():
            before = processor_seconds(process)
            part = asyncio.run(load(port, asks, CLIENTS, seconds / 3))
            if round_:  # the first one warms up
                found[name].processor += processor_seconds(process) - before
                found[name].times += part.times
                found[name].seconds += part.seconds
                found[name].statuses += part.statuses
    return found


def overhead(server: Server, environ: dict[str, str], text: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """The bare pipeline and /v1/translate, taking turns, for one text that the memory has: median seconds of each, and
    processor seconds of each for one request."""
    settings = read_settings({**os.environ, **environ})
    glossary = Glossary.load(settings.glossaries, cache=settings.cache)
    memory = Memory.load([settings.seeds], glossary, cache=settings.cache)
    policy = load_policy("follow-source", settings.policies)
    engines = engines_for(EN, RU, settings)

    def bare() -> object:
        return translate(read_plain(text), EN, RU, policy, glossary, memory, engines=engines)

    ask = Ask("POST", "/v1/translate", {"text": text, "from": "en", "to": "ru", "policy": "follow-source"})
    timed(bare, 20)
    direct: list[float] = []
    served: list[float] = []
    port, process = server
    asyncio.run(load(port, [ask], 1, 60, requests=40))
    own, its = time.process_time(), processor_seconds(process)
    for _ in range(ROUNDS):
        direct += timed(bare, 40)
    own = (time.process_time() - own) / len(direct)
    for _ in range(ROUNDS):
        served += asyncio.run(load(port, [ask], 1, 60, requests=40)).times
    its = (processor_seconds(process) - its) / len(served)
    return (statistics.median(direct), statistics.median(served)), (own, its)


async def during_a_document(port: int, text: str, engine: str, seconds: float) -> Load:
    """/livez, asked fifty times a second while a large document is translated (for so long at the most)."""
    alive, _ = await Connection(port).ask(Ask("GET", "/livez"))
    probe = Ask("GET", "/livez" if alive == 200 else "/health")
    body = {"text": text, "from": "en", "to": "ru", "engine": engine, "policy": "follow-source"}
    task = asyncio.ensure_future(Connection(port).ask(Ask("POST", "/v1/translate", body)))
    await asyncio.sleep(0.5)
    found = Load()
    connection = Connection(port)
    start = time.perf_counter()
    while not task.done() and time.perf_counter() - start < seconds:
        began = time.perf_counter()
        status, _ = await connection.ask(probe)
        found.times.append(time.perf_counter() - began)
        found.statuses[status] += 1
        await asyncio.sleep(0.02)
    found.seconds = time.perf_counter() - start
    if task.done():
        found.statuses[task.result()[0]] += 1
    else:
        task.cancel()
    return found


async def mixed_load(server: Server, asks: Sequence[Ask], minutes: float) -> tuple[Load, list[float]]:
    """The load, and the server's resident megabytes at its start and after each minute."""
    port, process = server
    task = asyncio.ensure_future(load(port, asks, CLIENTS, 60 * minutes))
    memory = [memory_of(process)]
    while not task.done():
        await asyncio.wait({task}, timeout=60)
        memory.append(memory_of(process))
    return await task, memory


def trend(memory: Sequence[float]) -> float:
    """How much memory grows over the second half of the time, by the straight line through it: a part of what it is
    there. The first half is left out: caches and pools fill."""
    half = memory[len(memory) // 2 :]
    if len(half) < 3:
        return float("nan")
    slope, _ = statistics.linear_regression(range(len(half)), half)
    return slope * (len(half) - 1) / statistics.mean(half)


def show(name: str, *figures: str) -> None:
    sys.stdout.write(f"{name:<50} {'  '.join(f'{figure:>16}' for figure in figures)}\n")
    sys.stdout.flush()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10, help="how long the mixed load lasts")
    options.add_argument("--seconds", type=float, default=15, help="how long each server is loaded with short texts")
    options.add_argument("--libretranslate", type=Path, help="python of an environment that has LibreTranslate")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        package = root / "packages" / "en_ru"
        package.mkdir(parents=True)
        write_package(package, ROOT / "seeds" / "memory")
        environ = {
            "DRAGOMAN_ARGOS": str(package.parent), "DRAGOMAN_MODELS": str(root / "models"),
            "DRAGOMAN_CACHE": str(root / "cache"), "DRAGOMAN_STORE": str(root / "store"),
            "DRAGOMAN_MAX_CHARACTERS": str(2 * LARGE), "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        measure(package, environ, given.seconds, given.minutes, given.libretranslate)


def measure(package: Path, environ: dict[str, str], seconds: float, minutes: float, peer: Path | None) -> None:
    texts = short_texts(200)
    ours, bare = free_port(), free_port()
    here = sys.executable
    route = [here, str(ROOT / "tests" / "benchmarks" / "api_bare.py")]
    looks = f"beam {Quality.NORMAL.beam}, {cores()} threads"
    with (
        server([here, "-m", "toolkit", "serve", "--port", str(ours)], environ, ours) as process,
        server([*route, str(package), str(bare), str(Quality.NORMAL.beam), str(cores())], {}, bare) as other,
        libretranslate(peer, package) as third,
    ):
        servers = {
            f"Dragoman ({looks})": (ours, process),
            f"bare FastAPI + CTranslate2 ({looks})": (bare, other),
            **third,
        }
        show(f"short texts, {CLIENTS} clients", "requests/s", "median ms", "p99 ms", "processor ms")
        for name, found in rates(servers, texts, seconds).items():
            times = (found.median, found.percentile(99), found.processor / len(found.times))
            show(name, f"{found.rate:.1f}", *(f"{time * 1000:.1f}" for time in times))
        stored = sentences(ROOT / "seeds" / "memory", 1)[0]
        show("\na text of the memory, one client", "pipeline ms", "/v1 ms", "overhead ms")
        for what, (direct, served) in zip(
            ("median", "processor"), overhead((ours, process), environ, stored), strict=True
        ):
            show(f"Dragoman, {what}", *(f"{time * 1000:.2f}" for time in (direct, served, served - direct)))
        document = "\n\n".join(short_texts(2_000) * 20)[:LARGE]
        show(f"\n/livez while {LARGE / 1e6:.0f} MB are translated", "requests", "median ms", "p99 ms")
        for engine in ("memory", "argos"):
            found = asyncio.run(during_a_document(ours, document, engine, 60))
            milliseconds = f"{found.median * 1000:.1f}", f"{found.percentile(99) * 1000:.1f}"
            show(f"Dragoman, engine {engine}", str(len(found.times)), *milliseconds)
    with server([here, "-m", "toolkit", "serve", "--port", str(ours)], environ, ours) as process:
        asks = [*mixed(texts), *made(MADE)]
        random.Random(9).shuffle(asks)
        found, memory = asyncio.run(mixed_load((ours, process), asks, minutes))
        show(f"\nmixed load, {minutes:g} minutes", "requests", "5xx but 503", "second half", "memory")
        grown = trend(memory)
        verdict = "flat" if grown < FLAT else "too short to tell" if grown != grown else "GROWS"
        show("Dragoman", str(len(found.times)), str(found.faults), f"{grown:+.1%}", verdict)
        show("  by status", *(f"{status}: {n}" for status, n in sorted(found.statuses.items())))
        sys.stdout.write(f"  MB each minute: {' '.join(f'{megabytes:.0f}' for megabytes in memory)}\n\n")
        sys.stdout.flush()


@contextmanager
def libretranslate(python: Path | None, package: Path) -> Iterator[dict[str, Server]]:
    """LibreTranslate's own server on the same package, without a network; nothing where there is none.

    Once as it is shipped, and once told to look as hard as ours does, with as many threads (see PEERS).
    """
    if python is None:
        sys.stdout.write("LibreTranslate: not measured (--libretranslate names an environment that has it)\n\n")
        yield {}
        return
    # With fewer than two packages it asks the network for more, again and again.
    described = json.loads((package / "metadata.json").read_text(encoding="utf-8"))
    back = package.parent / "ru_en"
    shutil.copytree(package, back)
    described |= {"from_code": "ru", "from_name": "Russian", "to_code": "en", "to_name": "English"}
    (back / "metadata.json").write_text(json.dumps(described), encoding="utf-8")
    peer = str(ROOT / "tests" / "benchmarks" / "api_peer.py")
    found: dict[str, Server] = {}
    with ExitStack() as stack:
        for number, (name, told) in enumerate(PEERS.items()):
            port, home = free_port(), package.parent.parent / f"home-{number}"
            home.mkdir()
            command = [str(python), "-W", "ignore", peer, "--port", str(port), "--load-only", "en,ru"]
            environ = {"ARGOS_PACKAGES_DIR": str(package.parent), "HOME": str(home), "PYTHONPATH": "", **told}
            options = ["--disable-web-ui", "--threads", str(CLIENTS)]
            found[name] = port, stack.enter_context(server([*command, *options], environ, port))
        yield found


if __name__ == "__main__":
    main()
