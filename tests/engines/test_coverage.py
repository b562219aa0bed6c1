"""What a draft leaves out of a long source is found, and drafted after all where a model only shortened it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.models.invented_language import HELD_OUT_SEED, sentences
from toolkit.engines.coverage import lost_stretch
from toolkit.engines.firefox.engine import FirefoxEngine
from toolkit.engines.protocol import Draft, Request
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.pipeline.checks.pair import Side
from toolkit.pipeline.obey.left_out import left_out
from toolkit.text.spans import Span

MODEL = Path(__file__).parents[1] / "models" / "invented"
EN, AZ, RU = Language.EN, Language.AZ, Language.RU


def _words(text: str) -> list[Span]:
    places, start = [], 0
    for word in text.split(" "):
        places.append(Span(start, start + len(word)))
        start += len(word) + 1
    return places


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.integers(1, 8))
def test_the_longest_lost_stretch_is_found(aligned: list[bool], least: int) -> None:
    """It begins and ends with words without counterpart, and none longer is elsewhere; without alignment there is
    nothing to tell."""
    text = " ".join(f"w{number}" for number in range(len(aligned)))
    places = _words(text)
    pairs = [(place, Span(0, 1)) for place, known in zip(places, aligned, strict=True) if known]
    runs = "".join("x" if known else "." for known in aligned).split("x")
    longest = max(len(run) for run in runs)
    found = lost_stretch(text, pairs, least)
    if not pairs or longest < least:
        assert found is None
    else:
        assert found is not None
        assert len(found.of(text).split()) == longest
        assert not any(place.overlaps(found) for place, _ in pairs)


@pytest.mark.parametrize("joiner", [", ", " and "])
def test_a_run_on_sentence_keeps_its_clauses(joiner: str) -> None:
    """A model that was trained on short sentences leaves clauses out of long ones; these are drafted in halves."""
    pairs = sentences(60, HELD_OUT_SEED)
    engine = FirefoxEngine.load(MODEL)
    text = joiner.join(pair.source.rstrip(".") for pair in pairs) + "."
    draft = engine.translate([Request(text)], EN, AZ)[0]
    assert draft is not None
    wanted = Counter(word for pair in pairs for word in pair.target.rstrip(".").split())
    written = Counter(draft.text.replace(",", " ").replace(";", " ").replace(".", " ").split())
    assert (wanted & written).total() > 0.7 * wanted.total()
    assert lost_stretch(text, draft.alignment) is None


def _left_out(source: str, target: str, known: range, glossary: Glossary) -> list[str]:
    ours, theirs = _words(source), _words(target)
    aligned = tuple((ours[number], theirs[number % len(theirs)]) for number in known)
    found = left_out(Side(source, EN, glossary, ()), Draft(target, alignment=aligned), RU)
    assert all(remark.code == "T017" and remark.source is not None for remark in found)
    return [remark.source.of(source) for remark in found if remark.source is not None]


def test_a_passage_left_out_is_told(glossary: Glossary) -> None:
    """T017 names the passage: of a short draft by seven words, of a run-on by twelve, whatever its length."""
    lost = "and nobody from the three villages could reach the market"
    source = f"The road was closed in winter {lost}"
    assert _left_out(source, "Дорога зимой была закрыта", range(6), glossary) == [
        source[len("The road was closed in winter ") :]
    ]
    assert _left_out(source, "Дорога зимой была закрыта", range(10), glossary) == []
    full = "Дорога зимой была закрыта и никто из трех деревень не мог добраться до рынка в долине"
    assert _left_out(source, full, range(6), glossary) == []
    run_on = " ".join(["word"] * 100)
    assert _left_out(run_on, run_on, range(80), glossary) == [" ".join(["word"] * 20)]
    assert _left_out(run_on, run_on, range(90), glossary) == []
