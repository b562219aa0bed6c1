"""Requests that come at the same time share batches, and notice nothing else of each other."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.engines.batching import BatchedEngine, Batcher, _Line
from toolkit.engines.protocol import Ability, Constraint, Draft, Engine, Held, Request
from toolkit.errors import ModelUnusable
from toolkit.languages import Language
from toolkit.text.spans import Span

EN, RU, HY = Language.EN, Language.RU, Language.HY


@dataclass
class Echo:
    """Writes what it is given in capitals; keeps its batches; waits while `hold` is not set."""

    id: str = "echo"
    abilities: Ability = Ability.CONSTRAINTS
    batches: list[list[str]] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)
    inside: int = 0

    def can(self, source: Language, target: Language) -> bool:
        return source is not target

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        self.inside += 1
        assert self.inside == 1, "two batches at once"
        self.begun.set()
        assert self.hold.wait(20)
        texts = [segment.text for segment in segments]
        self.batches.append(texts)
        self.inside -= 1
        if "broken" in texts:
            raise ModelUnusable("a broken segment")
        held = [tuple(Held(i, c.span) for i, c in enumerate(segment.constraints)) for segment in segments]
        return [
            None if text == "none" else Draft(f"{text.upper()}>{target}#{n_best}", held=h)
            for text, h in zip(texts, held, strict=True)
        ]


class Scoring(Echo):
    """One that can tell how likely a translation is."""

    def score(self, pairs: Sequence[tuple[str, str]], source: Language, target: Language) -> Sequence[float]:
        return [-1.0] * len(pairs)


def _requests(*texts: str) -> list[Request]:
    return [Request(text) for text in texts]


def _texts(drafts: Sequence[Draft | None]) -> list[str | None]:
    return [draft.text if draft else None for draft in drafts]


@pytest.fixture
def sizes() -> list[int]:
    return []


@pytest.fixture
def batcher(sizes: list[int]) -> Batcher:
    """One whose requests never wait for company: what gathers, gathers while the engine is busy."""
    return Batcher(lambda: 0, sizes.append, largest=4)


def _await_calls(line: _Line, number: int) -> None:
    with line.changed:
        assert line.changed.wait_for(lambda: len(line.calls) >= number, 20)


def _while_busy(batcher: Batcher, engine: Echo, calls: Sequence[Sequence[Request]]) -> list[Sequence[Draft | None]]:
    """The answers to calls of as many threads that come while the engine is at a first batch."""
    shared = batcher.over(engine)
    with ThreadPoolExecutor(len(calls) + 1) as pool:
        first = pool.submit(shared.translate, _requests("first"), EN, RU)
        assert engine.begun.wait(20)
        line = batcher._lines["echo", EN, RU, 1]
        found = []
        for number, call in enumerate(calls):
            found.append(pool.submit(shared.translate, call, EN, RU))
            _await_calls(line, number + 2)
        engine.hold.set()
        assert _texts(first.result(20)) == ["FIRST>ru#1"]
        return [future.result(20) for future in found]


def test_what_waits_is_one_batch(batcher: Batcher, sizes: list[int]) -> None:
    """Three requests that came while the engine was busy are answered by one batch, each with its own drafts."""
    engine = Echo()
    answers = _while_busy(batcher, engine, [_requests("a"), _requests("b", "none"), _requests("c")])
    assert [_texts(drafts) for drafts in answers] == [["A>ru#1"], ["B>ru#1", None], ["C>ru#1"]]
    assert [sorted(batch) for batch in engine.batches] == [["first"], ["a", "b", "c", "none"]]
    assert sizes == [1, 4]


def test_a_long_text_does_not_keep_short_ones_waiting(batcher: Batcher) -> None:
    """They take turns: the short one is in the first batch after it came."""
    engine = Echo()
    long = [f"long {number}" for number in range(20)]
    answers = _while_busy(batcher, engine, [_requests(*long), _requests("short")])
    assert _texts(answers[0]) == [f"{text.upper()}>ru#1" for text in long]
    assert "short" in engine.batches[1]
    assert all(len(batch) <= 4 for batch in engine.batches)


def test_a_failure_is_not_shared(batcher: Batcher) -> None:
    """Who sent nothing that breaks the engine gets drafts; who did gets its error."""
    engine = Echo()
    shared = batcher.over(engine)
    engine.hold.set()
    with pytest.raises(ModelUnusable):
        shared.translate(_requests("broken"), EN, RU)
    engine = Echo()
    batcher = Batcher(lambda: 0, lambda size: None, largest=4)
    shared = batcher.over(engine)
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(shared.translate, _requests("x"), EN, RU)
        assert engine.begun.wait(20)
        line = batcher._lines["echo", EN, RU, 1]
        bad, good = (pool.submit(shared.translate, _requests(text), EN, RU) for text in ("broken", "good"))
        _await_calls(line, 3)
        engine.hold.set()
        assert _texts(first.result(20)) == ["X>ru#1"]
        assert _texts(good.result(20)) == ["GOOD>ru#1"]
        with pytest.raises(ModelUnusable, match="a broken segment"):
            bad.result(20)


def test_company_is_waited_for(sizes: list[int]) -> None:
    """Where other requests are being worked on, an idle engine waits for them, but not for ever."""
    engine = Echo()
    engine.hold.set()
    shared = Batcher(lambda: 2, sizes.append, window=20).over(engine)
    with ThreadPoolExecutor(2) as pool:
        found = [pool.submit(shared.translate, _requests(text), EN, RU) for text in "ab"]
        assert [_texts(future.result(20)) for future in found] == [["A>ru#1"], ["B>ru#1"]]
    assert sizes == [2]
    lonely = Batcher(lambda: 2, sizes.append, window=0.001).over(engine)
    assert _texts(lonely.translate(_requests("c"), EN, RU)) == ["C>ru#1"]


def test_pairs_and_numbers_of_drafts_do_not_mix(batcher: Batcher) -> None:
    """What goes into one batch is asked of the engine alike."""
    engine = Echo()
    engine.hold.set()
    shared = batcher.over(engine)
    assert _texts(shared.translate(_requests("a"), EN, HY, n_best=3)) == ["A>hy#3"]
    assert _texts(shared.translate(_requests("a"), EN, RU)) == ["A>ru#1"]
    assert shared.translate([], EN, RU) == []


def test_an_engine_behind_it_is_the_same_engine(batcher: Batcher) -> None:
    """Id, abilities and constraints pass; servers of others batch for themselves."""
    engine = Echo()
    engine.hold.set()
    shared = batcher.over(engine)
    assert (shared.id, shared.abilities, shared.can(EN, RU)) == ("echo", Ability.CONSTRAINTS, True)
    request = Request("Goris", (Constraint(Span(0, 5), ("Горис",)),))
    draft = shared.translate([request], EN, RU)[0]
    assert draft is not None
    assert draft.held == (Held(0, Span(0, 5)),)
    remote: Engine = Echo(id="llm:model")
    assert batcher.over(remote) is remote
    scoring = batcher.over(Scoring(abilities=Ability.SCORES))
    assert isinstance(scoring, BatchedEngine)
    assert scoring.score([("a", "b"), ("c", "d")], Language.EN, Language.RU) == [-1.0, -1.0]


@settings(max_examples=25)
@given(st.lists(st.lists(st.text("abc", max_size=3), max_size=12), min_size=1, max_size=8), st.integers(1, 5))
def test_every_request_gets_its_own_answer(calls: list[list[str]], largest: int) -> None:
    """Whatever comes together, each gets what it would have got alone, in order."""
    engine = Echo()
    engine.hold.set()
    shared = Batcher(lambda: len(calls), lambda size: None, window=0.001, largest=largest).over(engine)
    with ThreadPoolExecutor(len(calls)) as pool:
        found = list(pool.map(lambda texts: shared.translate(_requests(*texts), EN, RU), calls, timeout=20))
    assert [_texts(drafts) for drafts in found] == [[f"{text.upper()}>ru#1" for text in texts] for texts in calls]
    assert all(len(batch) <= largest for batch in engine.batches)
