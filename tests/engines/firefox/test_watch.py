"""The watch over a batch finds, for all rows at once, what each row alone would find."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.firefox.conftest import MODEL
from toolkit.engines.firefox.borders import Borders
from toolkit.engines.firefox.doubts import FOLLOWING, POOR
from toolkit.engines.firefox.guide import Moment
from toolkit.engines.firefox.looks import CLEAR
from toolkit.engines.firefox.marian import Array
from toolkit.engines.firefox.vocabulary import END, UNKNOWN, Vocabulary
from toolkit.engines.firefox.watch import BETWEEN, BUSY, IS_CLEAR, WAS_CLEAR, Watch

BORDERS = Borders(Vocabulary.load(MODEL / "vocab.spm"))
POSITIONS = 8
PIECES = st.integers(UNKNOWN + 1, BORDERS.vocabulary.size - 1)
CHANCES = st.sampled_from((-0.1, 2 * POOR))
LOOKS = st.lists(st.integers(0, 9), min_size=POSITIONS, max_size=POSITIONS).filter(any)


@dataclass
class Waiting:
    """A guide that waits for looks at some positions, or is busy, or has just ended a form, and never chooses."""

    awaited: Array
    waits: bool
    busy: bool
    parted: bool
    borders: Borders = BORDERS
    ahead: tuple[int, ...] = ()

    def extra_pieces(self) -> Collection[int]:
        return ()

    def forbids(self, ids: Sequence[int]) -> bool:
        return False

    def choose(self, moment: Moment) -> int:
        return moment.best

    def stopped(self) -> int | None:
        return None


@dataclass(frozen=True)
class Sentence:
    """A row of a batch: what its guide waits for, if it has one, and at each step where it looks and what it writes."""

    guide: Waiting | None
    steps: list[tuple[Array, int, float]]
    """(where it looks, the likeliest piece, its logarithmic probability)."""

    def asks(self) -> list[int]:
        """What is to be asked at each step, by the rule as the module states it."""
        found, ids, word = [], list[int](), False
        for step, (look, piece, chance) in enumerate(self.steps):
            assert self.guide is not None
            doubtful = (step < FOLLOWING and chance < POOR) or (step == 0 and BORDERS.lengthens(piece))
            busy = self.guide.busy or (self.guide.parted and doubtful)
            clear = self.guide.waits and float(look @ self.guide.awaited) > CLEAR - 1e-4
            between = not BORDERS.goes_on(piece, ids)
            found.append((between or busy) * (BETWEEN + IS_CLEAR * clear + WAS_CLEAR * word + BUSY * busy))
            word = clear or (word and not between)
            ids.append(piece)
        return found


@st.composite
def sentences(draw: st.DrawFn, steps: int) -> Sentence:
    awaited = np.array(draw(st.lists(st.sampled_from((0, 1)), min_size=POSITIONS, max_size=POSITIONS)), np.float32)
    guide = draw(st.none() | st.builds(Waiting, st.just(awaited), *[st.booleans()] * 3))
    looks = [np.array(draw(LOOKS), np.float32) for _ in range(steps)]
    return Sentence(guide, [(look / look.sum(), draw(PIECES), draw(CHANCES)) for look in looks])


@st.composite
def batches(draw: st.DrawFn) -> list[Sentence]:
    steps = draw(st.integers(1, 6))
    return draw(st.lists(sentences(steps), min_size=1, max_size=6))


@given(batches())
def test_all_rows_at_once_as_each_alone(batch: list[Sentence]) -> None:
    """Each row with a guide is asked where the rule for one row asks it, whatever the others do."""
    watch, last = Watch([one.guide for one in batch], POSITIONS), np.full(len(batch), END)
    wanted = {row: one.asks() for row, one in enumerate(batch) if one.guide is not None}
    for step in range(len(batch[0].steps)):
        looks = np.stack([one.steps[step][0] for one in batch])
        best = np.array([one.steps[step][1] for one in batch])
        found = watch.asks(looks, last, best, np.array([one.steps[step][2] for one in batch], np.float32))
        for row, asks in wanted.items():
            assert found[row] == asks[step]
        last = best


@given(st.lists(LOOKS, min_size=2, max_size=6), st.data())
def test_what_was_seen_after_going_back(looks: list[list[int]], data: st.DataObject) -> None:
    """What a row has seen is the sum of the looks that count, also where it was sent back, and in company."""
    guide = Waiting(np.ones(POSITIONS, np.float32), waits=True, busy=False, parted=False)
    watch = Watch([guide, guide], POSITIONS)
    kept = data.draw(st.integers(0, len(looks) - 1))
    rows = [np.array(look, np.float32) for look in looks]
    for number, look in enumerate(rows):
        last = number == len(rows) - 1
        watch.saw(np.stack((look, look)), [(1, rows[:kept])] if last else [])
    watch.take(np.array([1, 0]), POSITIONS)
    joined = watch.joined([guide], POSITIONS + 8)
    assert joined.seen[0].sum() == pytest.approx(sum(map(sum, looks[:kept])))
    assert joined.seen[1].sum() == pytest.approx(sum(map(sum, looks)))
    assert not joined.seen[2].any()
