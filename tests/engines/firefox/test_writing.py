"""A form on its way: whatever the network says and whatever is doubted, what comes out is one of the forms."""

from __future__ import annotations

from collections.abc import Set

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.firefox.conftest import MODEL
from toolkit.engines.firefox.borders import Borders
from toolkit.engines.firefox.doubts import Doubts
from toolkit.engines.firefox.forms import Node
from toolkit.engines.firefox.guide import Logits
from toolkit.engines.firefox.placed import ENDING, Decision, Placed
from toolkit.engines.firefox.vocabulary import Vocabulary
from toolkit.engines.firefox.writing import Writing

BORDERS = Borders(Vocabulary.load(MODEL / "vocab.spm"))
SIZE = BORDERS.vocabulary.size
PIECES = st.sampled_from([piece for piece in range(2, SIZE) if BORDERS.lengthens(piece)][:6])
FORMS = st.lists(st.lists(PIECES, min_size=1, max_size=4).map(tuple), min_size=1, max_size=8, unique=True)
SEEDS = st.integers(0, 1 << 16)


def numbers(seed: int) -> Logits:
    return Logits(np.random.default_rng(seed).normal(0, 3, SIZE).astype(np.float32), None)


def written(writing: Writing, begun: tuple[int, ...], seed: int, banned: dict[int, Set[int]]) -> tuple[int, ...]:
    """The form that comes out after what is begun, with other numbers at each position."""
    ids = [*begun]
    while not writing.must_end:
        logits = numbers(seed + len(ids))
        piece = writing.go_on(logits, logits.best(()), banned.get(len(ids), frozenset()), len(ids), BORDERS)
        if piece is None:
            break
        ids += [piece, *writing.ahead()]
    return tuple(ids)


@given(FORMS, SEEDS)
def test_one_of_the_forms_is_written(forms: list[tuple[int, ...]], seed: int) -> None:
    """Pieces by choice and pieces that leave none together make a form."""
    assert written(Writing(0, 0, Node.trie(forms)), (), seed, {}) in forms


@given(FORMS, SEEDS)
def test_a_decision_taken_otherwise_and_back(forms: list[tuple[int, ...]], seed: int) -> None:
    """Each decision may fall otherwise, which gives another form; taken back, the first form is written again."""
    trie = Node.trie(forms)
    writing = Writing(0, 0, trie)
    first = written(writing, (), seed, {})
    for decision in writing.placed(len(first)).decisions:
        position, begun = decision.position, first[: decision.position]
        again = Writing(0, 0, trie.after(begun), (), decision)
        other = written(again, begun, seed, {position: {*decision.chosen}})
        assert other in forms
        assert other != first
        (back,) = [one for one in again.placed(len(other)).decisions if one.instead]
        assert back.chosen == (other[position] if position < len(other) else ENDING,)
        assert written(Writing(0, 0, trie.after(begun)), begun, seed, {position: {*back.chosen}}) == first


def test_a_form_is_doubted_once_and_taken_back_once() -> None:
    """The least sure decision falls otherwise; it is taken back where what follows is less likely still."""
    sure, unsure = Decision(5.0, 1, (7,)), Decision(2.0, 2, (8,))
    back = Decision(-2.0, 2, (ENDING,), (8,))
    first, second = Placed(0, 1, 3, (sure, unsure)), Placed(0, 1, 2, (sure, back))
    better, worse = Doubts(), Doubts()
    assert better.about(first, -3.0) == worse.about(first, -3.0) == unsure
    assert better.about(second, -2.0) is None
    assert worse.about(second, -4.0) == back
    assert worse.about(first, -3.0) is None
    assert Doubts().about(Placed(0, 1, 3), -3.0) is None
