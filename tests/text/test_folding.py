"""Folding and its way back: offsets hold for every text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.languages import Language
from toolkit.text.folding import INVISIBLE, fold, fold_key
from toolkit.text.spans import Span

LETTERS = "aZıİIiəƏğqşŞçöüАбёЁыЖԱբևԵՎուՈւքև֊«»՛՞։'’-–  \n\t\r1٣🙂🏳️‍🌈漢" + INVISIBLE + "\u0301\u0308\u0307"
TEXTS = st.text(st.one_of(st.sampled_from(LETTERS), st.characters()), max_size=60)


@given(TEXTS, st.sampled_from(list(Language)))
def test_spans_lead_back_into_the_original(text: str, language: Language) -> None:
    """Every folded code point has a place in the original; places rise, and the whole covers all that is visible."""
    folded = fold(text, language)
    starts = [folded.offsets.start(index) for index in range(len(folded.text))]
    assert starts == sorted(starts)
    assert all(0 <= start < len(text) for start in starts)
    for index in range(len(folded.text)):
        span = folded.offsets.span(Span(index, index + 1))
        assert 0 <= span.start < span.end <= len(text)


@given(TEXTS, st.sampled_from(list(Language)))
def test_a_folded_word_is_found_where_it_stands(text: str, language: Language) -> None:
    """The original cut at mapped offsets folds to what stood there in the folded text."""
    padded = f"{text} Şuşa {text}" if not unicodedata.combining((text or " ")[0]) else f"{text} Şuşa"
    folded = fold(padded, language)
    place = folded.text.rfind(" şuşa")
    span = folded.offsets.span(Span(place + 1, place + 5))
    assert padded[span.start : span.end].strip(INVISIBLE) in ("Şuşa", unicodedata.normalize("NFC", "Şuşa"))


@given(TEXTS, st.sampled_from(list(Language)))
def test_folding_twice_changes_nothing(text: str, language: Language) -> None:
    """A folded text is its own fold, so names of the glossary and texts meet."""
    once = fold_key(text, language)
    if unicodedata.is_normalized("NFC", once):
        assert fold_key(once, language) == once


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("az", "İRƏVAN", "İrəvan"),
        ("az", "I\u0307rəvan", "İrəvan"),
        ("az", "LAÇIN", "Laçın"),
        ("az", "Xankәndi", "Xankəndi"),
        ("hy", "ԵՐԵՎԱՆ", "Երևան"),
        ("hy", "Երեւան", "Երևան"),
        ("ru", "Кёльн", "Кельн"),
        ("ru", "Ке\u0308льн", "Кельн"),
        ("ru", "КЁЛЬН", "Кельн"),
        ("en", "Shusha’s", "Shusha's"),
        ("en", "Ste\u00adpana\u200bkert", "Stepanakert"),
        ("en", "Nagorno‑Karabakh", "Nagorno-Karabakh"),
        ("en", "South\r\nCaucasus", "South Caucasus"),
    ],
)
def test_spellings_that_readers_take_for_one(language: str, one: str, other: str) -> None:
    """Capitals, composed and decomposed letters, look-alikes and invisible characters fold together."""
    assert fold_key(one, Language(language)) == fold_key(other, Language(language))


def test_az_keeps_dotted_and_dotless_apart() -> None:
    """ı and i are two letters in Azerbaijani, in capitals too."""
    assert fold_key("QIZ", Language.AZ) != fold_key("QİZ", Language.AZ)
