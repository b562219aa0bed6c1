"""`make bench-mt`: the whole pipeline against the bare engine and against Argos Translate, in one run.

The same package, beam and articles for all. What can be compared by turns takes turns, so that a busy machine is busy
for all; processor time, which hardly depends on what else runs, is told beside the time by the clock.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
# Run as a script, before the project is on the path: the imports below need it there (hence noqa: E402).
sys.path.insert(0, str(ROOT))

from tests.benchmarks.mt_archive import Article, archive  # noqa: E402
from tests.benchmarks.mt_environment import Answer, ask_peer, peers  # noqa: E402
from tests.benchmarks.mt_model import multiplications, write_package  # noqa: E402
from tests.benchmarks.mt_peer import BORDER  # noqa: E402
from toolkit.documents.formats import reader_of  # noqa: E402
from toolkit.engines.argos import argos_engine, read_package  # noqa: E402
from toolkit.engines.ct2 import LARGEST_BATCH, Quality, batch_size, cores  # noqa: E402
from toolkit.engines.ct2_engine import Ct2Engine  # noqa: E402
from toolkit.engines.protocol import Request  # noqa: E402
from toolkit.glossary.glossary import Glossary  # noqa: E402
from toolkit.glossary.model import Policy  # noqa: E402
from toolkit.glossary.policy import load_policy  # noqa: E402
from toolkit.languages import Language  # noqa: E402
from toolkit.pipeline.result import Result  # noqa: E402
from toolkit.pipeline.translate import translate  # noqa: E402
from toolkit.settings import read_settings  # noqa: E402

EN, RU = Language.EN, Language.RU


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock, and of the processor."""

    wall: float
    cpu: float


def timed(task: Callable[[], object]) -> Took:
    start, cpu = time.perf_counter(), time.process_time()
    task()
    return Took(time.perf_counter() - start, time.process_time() - cpu)


def best(tasks: dict[str, Callable[[], object]], rounds: int) -> dict[str, Took]:
    """The shortest times of each task; the tasks take turns."""
    times: dict[str, list[Took]] = {}
    for _ in range(rounds):
        for name, task in tasks.items():
            times.setdefault(name, []).append(timed(task))
    return {name: Took(min(t.wall for t in found), min(t.cpu for t in found)) for name, found in times.items()}


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


@dataclass(frozen=True, slots=True)
class Ours:
    """Our side: articles, an engine and what the pipeline needs."""

    articles: list[Article]
    engine: Ct2Engine
    glossary: Glossary
    policy: Policy

    @property
    def sentences(self) -> list[str]:
        return [sentence for article in self.articles for sentence in article.sentences]

    @property
    def words(self) -> int:
        return sum(len(sentence.split()) for sentence in self.sentences)

    def drafts(self) -> list[str]:
        found = self.engine.translate([Request(text) for text in self.sentences], EN, RU)
        return [draft.text if draft else "" for draft in found]

    def pipeline(self, text: str, quality: Quality = Quality.BEST) -> Result:
        engine = replace(self.engine, quality=quality)
        return translate(reader_of("text")(text), EN, RU, self.policy, self.glossary, engines=[engine])

    def one_text(self, quality: Quality = Quality.BEST) -> list[Result]:
        return [self.pipeline("\n\n".join(article.text for article in self.articles), quality)]

    def by_article(self, quality: Quality = Quality.BEST) -> list[Result]:
        return [self.pipeline(article.text, quality) for article in self.articles]

    def line(self, name: str, took: Took, rest: str) -> str:
        return f"{name:44}{self.words / took.wall:8.0f} words/s {took.cpu:8.1f} s of processor time  {rest}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, default=ROOT / "build" / "bench-mt", help="environment of the peers")
    parser.add_argument("--segments", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--wrong-names", action="store_true", help="a model that gets every name wrong")
    options = parser.parse_args()
    python = None if options.no_peers else peers(options.peers)
    settings = read_settings()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "packages" / "en_ru"
        package = write_package(folder, settings.seeds / "memory", wrong_names=options.wrong_names)
        described = read_package(package)
        if described is None:
            raise SystemExit("the package is not ours")
        ours = Ours(
            archive(settings.seeds / "memory", options.segments),
            argos_engine(described, Quality.BEST),
            Glossary.load(settings.glossaries, cache=Path(scratch)),
            load_policy("follow-source", settings.policies),
        )
        alone(ours, options.rounds)
        times = against_the_bare_engine(ours, options.rounds)
        if python is not None:
            against_peers(ours, package, python, times)


def alone(ours: Ours, rounds: int) -> None:
    """One sentence after loading; it loads what is loaded once, too."""
    ours.pipeline(ours.articles[0].text)
    ratios = []
    for one in [one for one in ours.sentences if 8 <= len(one.split()) <= 30][:30]:
        tasks: dict[str, Callable[[], object]] = {
            "bare": lambda one=one: bare(ours.engine, [one]),  # type: ignore[misc]  # mypy gives defaults no type
            "pipeline": lambda one=one: ours.pipeline(one),  # type: ignore[misc]  # the same
        }
        times = best(tasks, max(rounds, 3))
        ratios.append(times["pipeline"].wall / times["bare"].wall)
    print(f"one sentence: {statistics.median(ratios):.2f} times the bare engine (wanted: < 1.3)", flush=True)


def against_the_bare_engine(ours: Ours, rounds: int) -> dict[str, Took]:
    """Also what a lower quality gains; returns the times by name."""
    count, lengths = len(ours.sentences), sorted(len(text.split()) for text in ours.sentences)
    print(
        f"{len(ours.articles)} articles, {count} sentences of {lengths[0]} to {lengths[-1]} words (half of them up to "
        f"{lengths[count // 2]}), {ours.words} words; {cores()} cores; beam 4 unless said otherwise"
    )
    # Names amiss in a draft are asked for again: what that costs depends on how often the model gets a name wrong.
    steps = Counter(str(mention.step) for result in ours.one_text() for mention in result.mentions)
    print("mentions by step: " + ", ".join(f"{step} {number}" for step, number in sorted(steps.items())), flush=True)
    tasks: dict[str, Callable[[], object]] = {
        "bare engine": lambda: bare(ours.engine, ours.sentences),
        "bare engine, article by article": lambda: [bare(ours.engine, one.sentences) for one in ours.articles],
        "engine": ours.drafts,
        "pipeline, all as one text": ours.one_text,
        "pipeline, article by article": ours.by_article,
        "pipeline, by article, normal: beam 2": lambda: ours.by_article(Quality.NORMAL),
        "pipeline, by article, fast: greedy": lambda: ours.by_article(Quality.FAST),
    }
    times = best(tasks, rounds)
    for name, took in times.items():
        base = times["bare engine, article by article" if "by article" in name else "bare engine"]
        share = f"{took.wall / base.wall:.3f} of the bare engine's time, {took.cpu / base.cpu:.3f} of its processor's"
        print(ours.line(name, took, share), flush=True)
    tokens = sum(len(ours.engine.source.encode(text)) + 1 for text in ours.sentences)
    rate = tokens * multiplications(ours.engine.quality.beam) / times["bare engine"].cpu
    print(f"{'':44}the bare engine multiplies {rate / 1e9:.0f} thousand million times a second of a core", flush=True)
    return times


def against_peers(ours: Ours, package: Path, python: Path, times: dict[str, Took]) -> None:
    articles = ["\n\n".join(BORDER.join(paragraph) for paragraph in article.paragraphs) for article in ours.articles]
    heap = [BORDER.join(ours.sentences)]
    drafts = ours.drafts()
    for title, texts, batch, wanted, task in (
        ("argostranslate as shipped, articles", articles, 0, 10, ours.by_article),
        ("argostranslate, large batch, articles", articles, LARGEST_BATCH, 3, ours.by_article),
        ("argostranslate, large batch, one paragraph", heap, LARGEST_BATCH, 3, ours.one_text),
    ):
        before = timed(task)
        answer = ask_peer(python, package, texts, batch)
        after = timed(task)
        between = Took((before.wall + after.wall) / 2, min(before.cpu, after.cpu))
        print(ours.line(title, Took(answer.seconds, answer.cpu), _compared(ours, answer, between, wanted)), flush=True)
        same = " ".join(answer.texts).split() == " ".join(drafts).split()
        print(f"{'':44}{'the same words as ours' if same else 'OTHER WORDS than ours'}", flush=True)
        if not batch:
            for name in ("pipeline, by article, normal: beam 2", "pipeline, by article, fast: greedy"):
                print(f"{'':44}{name}: {answer.cpu / times[name].cpu:.1f} times less processor time", flush=True)


def _compared(ours: Ours, answer: Answer, between: Took, wanted: int) -> str:
    return (
        f"batch {answer.batch}; the pipeline just before and after: {ours.words / between.wall:.0f} words/s, "
        f"{answer.seconds / between.wall:.1f} times as fast (wanted: {wanted}), "
        f"{answer.cpu / between.cpu:.1f} times less processor time"
    )


if __name__ == "__main__":
    main()
