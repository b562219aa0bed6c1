"""Sentence pairs out of two documents: nothing is lost, nothing is taken twice, and what is said is in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.documents.plain import read_plain
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.pipeline.align import Unit, align_by_cost
from toolkit.pipeline.harvest import harvest
from toolkit.text.spans import Span

EN, RU = Language.EN, Language.RU
LENGTHS = st.lists(st.tuples(st.integers(1, 60), st.frozensets(st.sampled_from("abc"), max_size=2)), max_size=12)


def _units(lengths: list[tuple[int, frozenset[str]]]) -> list[Unit]:
    units, start = [], 0
    for length, signs in lengths:
        units.append(Unit(Span(start, start + length), signs))
        start += length + 1
    return units


@given(LENGTHS, LENGTHS)
def test_every_sentence_stands_in_one_pair(
    source: list[tuple[int, frozenset[str]]], target: list[tuple[int, frozenset[str]]]
) -> None:
    """Whatever the lengths and names, the pairs cover both texts in order, each sentence once."""
    sides = _units(source), _units(target)
    pairs = align_by_cost(*sides, 1.0, 1.4)
    for side, units in enumerate(sides):
        spans = [pair[side] for pair in pairs if pair[side] is not None]
        inside = [unit for span in spans for unit in units if span is not None and span.contains(unit.span)]
        assert inside == units


def test_a_long_text_out_of_step_is_followed() -> None:
    """Forty sentences left out at the beginning do not shift the rest of two thousand."""
    names = [frozenset({f"name {number}"}) for number in range(2000)]
    units = _units([(20 + number % 50, signs) for number, signs in enumerate(names)])
    later = _units([(20 + number % 50, signs) for number, signs in enumerate(names) if number >= 40])
    pairs = align_by_cost(units, later, 1.0, 1.4)
    whole = [(a, b) for a, b in pairs if a is not None and b is not None]
    assert len(whole) == len(later)
    assert all(len(a) == len(b) for a, b in whole)


CASES = [
    ("Bread was dear. The road to Agdam was open.", "Хлеб был дорог. Дорога в Агдам была открыта.", ["", ""]),
    ("Bread was dear. Nobody sold it in those days.", "Хлеб был дорог.", ["", "no counterpart"]),
    ("The road to Agdam was open.", "Дорога в Гадрут была открыта.", ["the score is"]),
    ("It cost 40 coins.", "Это стоило 50 монет.", ["the score is"]),
]


@pytest.mark.parametrize(("source", "target", "reasons"), CASES)
def test_what_is_uncertain_is_left_out_with_its_reason(
    source: str, target: str, reasons: list[str], glossary: Glossary
) -> None:
    """A pair is taken, or the reason says what speaks against it."""
    found = list(harvest((read_plain(source), EN), (read_plain(target), RU), glossary))
    assert len(found) == len(reasons)
    for one, reason in zip(found, reasons, strict=True):
        assert bool(one.vetted.refused) == bool(reason)
        assert reason in one.vetted.refused
        assert 0 <= one.score <= 1
