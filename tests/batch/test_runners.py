"""One contract for all runners: in order, a little ahead at most, and no item takes another with it."""

from __future__ import annotations

import importlib.util
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.batch.hostile import MAKER, NUMBERS
from toolkit.batch.model import Answer, Chunk, Entry, Failure, Item, Kept, Task
from toolkit.batch.runners.cluster import cluster
from toolkit.batch.runners.inline import InlineRunner
from toolkit.batch.runners.pool import pool
from toolkit.batch.runners.protocol import Runner, RunnerUnusable
from toolkit.batch.runners.workers import Start, Workers
from toolkit.errors import BadOption, DragomanError, ModelUnusable

WORKERS = 2
needs_ray = pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="the extra [ray] is not installed")
RAY = pytest.param(lambda told: cluster(told, WORKERS), id="ray", marks=[pytest.mark.ray, needs_ray])
APART = [pytest.param(lambda told: pool(told, WORKERS), id="pool"), RAY]
ALL = [pytest.param(InlineRunner, id="inline"), *APART]
Make = Callable[[Task], Runner]


@pytest.fixture(scope="module", autouse=True)
def _cluster() -> Iterator[None]:
    """Ray, where there is one, ends with the module."""
    yield
    if importlib.util.find_spec("ray") is not None:
        import ray

        ray.shutdown()


def told(maker: str = MAKER) -> Task:
    return Task("restyle", "ru", maker=maker)


def chunk(number: int, *texts: str) -> Chunk:
    items = [Item(f"{number}.{i}", "", len(text), f"{number}.{i}", row={"text": text}) for i, text in enumerate(texts)]
    return Chunk(tuple(Entry(i, item, b"") for i, item in enumerate(items)))


def lines(runner: Runner, chunks: list[Chunk]) -> list[list[str]]:
    """What came back for each chunk: lines, or codes of failures."""
    with closing(runner):
        return [
            [answer.line or (answer.failure.code if answer.failure else "") for answer in answers]
            for _, answers in runner.run(chunks)
        ]


@pytest.mark.parametrize("make", ALL)
def test_answers_come_in_order(make: Make) -> None:
    """Quick chunks wait for slow ones before them."""
    chunks = [chunk(0, "slow", "slow"), *(chunk(n, f"quick {n}") for n in range(1, 9))]
    with closing(make(told())) as runner:
        found = list(runner.run(chunks))
    assert [one for one, _ in found] == chunks
    assert [len(answers) for _, answers in found] == [2] + [1] * 8


@pytest.mark.parametrize("make", APART)
def test_all_runners_answer_alike(make: Make) -> None:
    """Where a text is worked on makes no difference to what comes out."""
    chunks = [chunk(n, "Шуши", "\u2028 ", "fault", "x" * n) for n in range(6)]
    assert lines(make(told()), chunks) == lines(InlineRunner(told()), chunks)


@pytest.mark.parametrize("make", ALL)
def test_what_is_kept_or_broken_is_not_worked_on(make: Make) -> None:
    """A chunk comes back whole, with answers for the items that wait and for no others."""
    known = Entry(0, Item("a", "", 1, row={"text": "crash"}), b"", Kept(0, -1))
    broken = Entry(1, Item("b", "", 1, failure=Failure("E200", "broken")), b"")
    waiting = Entry(2, Item("c", "", 1, "c", row={"text": "c"}), b"")
    with closing(make(told())) as runner:
        found = list(runner.run([Chunk((known, broken)), Chunk((known, waiting, broken)), Chunk(())]))
    assert [len(answers) for _, answers in found] == [0, 1, 0]


@pytest.mark.parametrize("make", ALL)
def test_little_is_taken_ahead(make: Make) -> None:
    """An archive of any size is never in memory: chunks are read when there is room for them."""
    taken = 0

    def endless() -> Iterator[Chunk]:
        nonlocal taken
        while True:
            taken += 1
            yield chunk(taken, "x")

    with closing(make(told())) as runner:
        answers = runner.run(endless())
        for _ in range(3):
            next(answers)
    assert taken <= 3 + 2 * WORKERS + 1


@pytest.mark.parametrize("make", APART)
@pytest.mark.parametrize("poison", ["crash", "kill"])
def test_an_item_that_brings_its_worker_down_is_passed_by(make: Make, poison: str) -> None:
    """A segmentation fault and the kernel's killer cost the item that caused them, and no other."""
    found = lines(make(told()), [chunk(0, "a", "b"), chunk(1, "c", poison, "d"), chunk(2, "e")])
    assert [[line[:5] for line in group] for group in found] == [
        ['{"id"', '{"id"'], ['{"id"', "E501", '{"id"'], ['{"id"'],
    ]  # fmt: skip


@pytest.mark.parametrize("make", APART)
def test_a_worker_that_is_killed_from_outside_loses_nothing(make: Make) -> None:
    """Whoever kills workers in the middle of their work gets the same answers."""
    with closing(make(told(NUMBERS))) as runner:
        first = {int(answers[0].line or 0) for _, answers in runner.run([chunk(n, "x") for n in range(6)])}
        for number in first:
            os.kill(number, signal.SIGKILL)
        again = [int(answers[0].line or 0) for _, answers in runner.run([chunk(n, "x") for n in range(6)])]
    assert len(again) == 6
    assert not first & set(again)
    assert os.getpid() not in again


@pytest.mark.parametrize("make", APART)
def test_workers_stay_warm(make: Make) -> None:
    """What was loaded serves all chunks: there are no more processes than workers."""
    with closing(make(told(NUMBERS))) as runner:
        numbers = {answers[0].line for _, answers in runner.run([chunk(n, "x") for n in range(20)])}
    assert 1 <= len(numbers) <= WORKERS


def test_workers_can_start_before_there_is_work() -> None:
    """While much of an archive is only read, the workers load; the first work finds them all ready."""
    all_start = threading.Barrier(WORKERS)
    ready = threading.Event()

    class Known:
        def __init__(self) -> None:
            all_start.wait(20)
            ready.set()

        def ask(self, items: Sequence[Item]) -> Sequence[Answer]:
            return [Answer(line=item.place) for item in items]

        def end(self) -> None:
            """There is nothing to end."""

    def late() -> Iterator[Chunk]:
        assert ready.wait(20), "nobody started"
        yield chunk(0, "x")

    with closing(Workers(Known, WORKERS, Start(together=True, early=True))) as runner:
        assert [answers[0].line for _, answers in runner.run(late())] == ["0.0"]


@pytest.mark.parametrize("make", APART)
def test_none_outlives_its_runner(make: Make) -> None:
    """After `close` every worker is gone."""
    with closing(make(told(NUMBERS))) as runner:
        numbers = {int(answers[0].line or 0) for _, answers in runner.run([chunk(n, "x") for n in range(4)])}
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(_lives(number) for number in numbers):
        time.sleep(0.02)
    assert not any(_lives(number) for number in numbers)


@pytest.mark.parametrize("make", ALL)
@pytest.mark.usefixtures("bare")
def test_what_cannot_be_loaded_is_said(make: Make, tmp_path: Path) -> None:
    """A pack that is broken stops the batch with its own words, an option that is wrong with its own exit code."""
    maker = "toolkit.batch.answer:make_answerer"
    with (
        closing(make(Task("translate", "ru", ("en",), engine="nonesuch", maker=maker))) as runner,
        pytest.raises(BadOption, match="unknown engine 'nonesuch'"),
    ):
        list(runner.run([chunk(0, "x")]))
    (tmp_path / "glossaries" / "small" / "pack.yaml").write_text("[", encoding="utf-8")
    with closing(make(Task("restyle", "ru", maker=maker))) as runner, pytest.raises(DragomanError) as caught:
        list(runner.run([chunk(0, "x")]))
    assert caught.value.exit_code == ModelUnusable.exit_code


@pytest.mark.parametrize("make", ALL)
@pytest.mark.usefixtures("bare")
def test_a_worker_with_another_glossary_does_not_begin(make: Make) -> None:
    """What the ledger says an output was made of is what it was made of, on whichever machine."""
    told = Task("restyle", "ru", expected="dragoman:0|another", maker="toolkit.batch.answer:make_answerer")
    with closing(make(told)) as runner, pytest.raises(ModelUnusable, match="not those that the batch began with"):
        list(runner.run([chunk(0, "x")]))


@pytest.mark.skipif(importlib.util.find_spec("ray") is not None, reason="Ray is installed")
def test_without_ray_the_extra_is_named() -> None:
    """Whoever asks for a cluster without Ray is told what to install."""
    with pytest.raises(RunnerUnusable, match=r"dragoman\[ray\]"):
        cluster(told(), 1)


def _lives(number: int) -> bool:
    """Whether a process runs (one that ended and was not yet asked about does not)."""
    try:
        return Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
