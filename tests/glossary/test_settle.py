"""Policies that look at countries and dates, brought down to entities."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CASES
from toolkit.errors import BadOption
from toolkit.glossary.dates import InForce, days_of, in_force, parse_date
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.glossary.settle import settle

ROWS = [
    line.split("\t")
    for line in (CASES / "dates.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("date", "since", "until", "expected"), ROWS)
def test_a_period_known_to_the_year_is_unsure_within_it(date: str, since: str, until: str, expected: str) -> None:
    """What neither the date nor the period tells is said to be unsure, and never guessed."""
    assert in_force(date, since or None, until or None) is InForce(expected)


@given(st.dates(), st.dates(), st.sampled_from([4, 7, 10]))
def test_a_wider_date_is_never_surer(day: object, edge: object, width: int) -> None:
    """A date cut to its month or year says the same as the day, or that it is unsure."""
    exact = in_force(str(day), str(edge), None)
    assert in_force(str(day)[:width], str(edge), None) in (exact, InForce.UNSURE)


@pytest.mark.parametrize(
    "text", ["", "2020-13", "2020-10-32", "yesterday", "2020/10/03", "20201003", "2020-1", "٢٠٢٠x"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """One line says how a date is written."""
    with pytest.raises(BadOption, match="is no date"):
        parse_date(text)


def test_a_year_means_all_its_days() -> None:
    """From the first of January to the end of December."""
    assert days_of("1959") == ((1959, 1, 1), (1959, 12, 31))


def test_by_date_needs_a_date(glossary: Glossary, policies: Path) -> None:
    """Without one nothing is chosen; the remedy shows the option."""
    with pytest.raises(BadOption, match="--date"):
        settle(load_policy("by-date", policies), glossary)


@pytest.mark.parametrize(
    "name", ["armenian", "avoid", "azerbaijani", "dual", "dual-always", "follow-source", "speaker"]
)
def test_other_policies_do_not_look_at_dates(name: str, glossary: Glossary, policies: Path) -> None:
    """They come out as they are, with a date or without."""
    policy = load_policy(name, policies)
    assert settle(policy, glossary, "1959") is policy


def test_the_recognised_state_names_places_on_both_sides_alike(glossary: Glossary, policies: Path) -> None:
    """official-bgn takes neither side's names across the border."""
    entities = settle(load_policy("official-bgn", policies), glossary).entities
    assert entities["irevan-yerevan"] == "armenian"
    assert entities["khankendi-stepanakert"] == "azerbaijani"
    assert "araks-araz" not in entities
