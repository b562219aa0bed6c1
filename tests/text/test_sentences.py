"""The sentence splitter, by cases a linguist can extend (`|` marks the borders)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import CASES
from toolkit.languages import Language
from toolkit.text.sentences import split_sentences
from toolkit.text.spans import Span

ROWS = [
    tuple(line.split("\t"))
    for line in (CASES / "sentences.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("language", "marked"), ROWS)
def test_sentences_end_where_the_case_says(language: str, marked: str) -> None:
    """Abbreviations, initials, figures and quotes end nothing; ։ and a typed colon do in Armenian."""
    text = marked.replace(" | ", " ")
    assert [span.of(text) for span in split_sentences(text, Language(language))] == marked.split(" | ")


@given(st.text(st.sampled_from('aБԳş .!?…։:«»\n\r"1г'), max_size=80), st.sampled_from(list(Language)))
def test_nothing_is_lost_between_sentences(text: str, language: Language) -> None:
    """Sentences are in order, do not overlap, and leave only white space out."""
    position = 0
    for span in split_sentences(text, language):
        assert span.start >= position
        assert not text[position : span.start].strip()
        assert span.of(text) == span.of(text).strip()
        position = span.end
    assert not text[position:].strip()


def test_no_border_inside_what_is_kept_whole() -> None:
    """A mention such as "St. Petersburg Times. Daily" is never cut."""
    text = "He reads Novy Mir. Daily at noon. He sleeps."
    whole = Span(9, 24)
    assert [span.of(text) for span in split_sentences(text, Language.EN, [whole])] == [
        "He reads Novy Mir. Daily at noon.",
        "He sleeps.",
    ]


def test_no_sentence_is_endless() -> None:
    """A list without a stop is cut at spaces, never inside what is kept whole, and nothing is lost."""
    text = "Shusha Lachin, " * 1000
    whole = [Span(start, start + 13) for start in range(0, len(text), 15)]
    sentences = split_sentences(text, Language.EN, whole)
    assert max(map(len, sentences)) <= 2000
    assert " ".join(span.of(text) for span in sentences) == text.strip()
    assert all(not (span.start < sentence.end < span.end) for sentence in sentences for span in whole)
