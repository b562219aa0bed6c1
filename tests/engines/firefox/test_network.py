"""The arithmetic and the search: the same sentence gives the same translation in any company."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.firefox.conftest import SMALL
from toolkit.engines.firefox.architecture import random_tensors
from toolkit.engines.firefox.beam import beam
from toolkit.engines.firefox.encoded import padded
from toolkit.engines.firefox.network import Network
from toolkit.engines.firefox.scoring import score
from toolkit.engines.firefox.search import Batch, greedy, in_turn
from toolkit.engines.firefox.track import Hypothesis, longest

NETWORK = Network(SMALL, random_tensors(SMALL))
SOURCES = st.lists(st.integers(2, SMALL.vocabulary - 1), min_size=1, max_size=60).map(tuple)
BATCHES = st.lists(SOURCES, min_size=1, max_size=20)


def same(one: Hypothesis, other: Hypothesis) -> bool:
    """Equal pieces; scores and looks equal up to the rounding of the last bit or two."""
    close = np.allclose(one.attention, other.attention, atol=1e-5) and abs(one.score - other.score) < 1e-5
    return one.ids == other.ids and bool(close)


@given(BATCHES)
@settings(max_examples=40, deadline=None)
def test_independent_of_the_batch(sources: list[tuple[int, ...]]) -> None:
    """A source is translated in a batch, in any order, as it is alone."""
    together = greedy(NETWORK, sources)
    again = greedy(NETWORK, sources[::-1])[::-1]
    for source, one, other in zip(sources, together, again, strict=True):
        assert same(one, greedy(NETWORK, [source])[0])
        assert same(one, other)


@given(st.lists(BATCHES, min_size=1, max_size=4))
@settings(max_examples=15, deadline=None)
def test_batch_after_batch(batches: list[list[tuple[int, ...]]]) -> None:
    """Batches of which the last rows go on among the next ones come out in order, each as on its own."""
    found = in_turn(NETWORK, [Batch(sources) for sources in batches], lambda _: None)
    for sources, many in zip(batches, found, strict=True):
        for one, other in zip(many, greedy(NETWORK, sources), strict=True):
            assert same(one, other)


@given(BATCHES)
@settings(max_examples=15, deadline=None)
def test_deterministic(sources: list[tuple[int, ...]]) -> None:
    """The same batch gives the same numbers, to the bit."""
    for one, other in zip(greedy(NETWORK, sources), greedy(NETWORK, sources), strict=True):
        assert (one.ids, one.score) == (other.ids, other.score)
        assert np.array_equal(one.attention, other.attention)


@given(st.lists(SOURCES, min_size=1, max_size=4), st.integers(2, 5))
@settings(max_examples=20, deadline=None)
def test_a_beam_is_never_less_likely(sources: list[tuple[int, ...]], width: int) -> None:
    """What a beam finds is at least as likely as what greedy search finds, and ranked; also alone."""
    for source, one, many in zip(sources, greedy(NETWORK, sources), beam(NETWORK, sources, width), strict=True):
        assert many[0].score >= one.score or not one.finished
        assert [found.score for found in many if found.finished] == sorted(
            (found.score for found in many if found.finished), reverse=True
        )
        assert len({found.ids for found in many}) == len(many)
        assert same(many[0], beam(NETWORK, [source], width)[0][0])


@given(BATCHES)
@settings(max_examples=20, deadline=None)
def test_scores_are_those_of_the_search(sources: list[tuple[int, ...]]) -> None:
    """Scoring a translation again gives the score that it was found with."""
    found = greedy(NETWORK, sources)
    ended = [(source, one) for source, one in zip(sources, found, strict=True) if one.finished]
    again = score(NETWORK, [source for source, _ in ended], [one.ids for _, one in ended]) if ended else []
    assert np.allclose([one.score for _, one in ended], again, atol=1e-4)


@given(BATCHES)
@settings(max_examples=20, deadline=None)
def test_length_has_a_limit(sources: list[tuple[int, ...]]) -> None:
    """No translation is longer than the limit; each piece has looked at all of its source, and at nothing else."""
    for source, one in zip(sources, greedy(NETWORK, sources), strict=True):
        assert len(one.ids) + one.finished <= longest(source)
        assert one.attention.shape == (len(one.ids), len(source) + 1)
        assert np.allclose(one.attention.sum(1), 1, atol=1e-5)


@given(st.integers(1, 500))
def test_padding(length: int) -> None:
    """Sources are padded to a length that holds them, the same for all near it."""
    assert length <= padded(length) < length + 16
    assert padded(padded(length)) == padded(length)
