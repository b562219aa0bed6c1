"""Contested terms are found in every form that a sentence gives them, and nothing else is."""

from __future__ import annotations

import pytest

from tests.conftest import CASES
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.morphology.ru_phrases import phrase_forms
from toolkit.pipeline.terms import contested_terms

LINES = (CASES / "contested-terms.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize(("language", "sentence", "wanted"), ROWS, ids=[row[1] for row in ROWS])
def test_a_contested_term_is_found_in_any_case(language: str, sentence: str, wanted: str, glossary: Glossary) -> None:
    """Inflected wording is warned about as the base form is; a word that only begins alike is not."""
    spans = {(found.start, found.end): None for found in contested_terms(sentence, Language(language), glossary)}
    assert [sentence[start:end] for start, end in spans] == (wanted.split("|") if wanted else [])


def test_a_term_is_named_once_where_two_of_its_wordings_meet(glossary: Glossary) -> None:
    """One finding a term and place, though its list holds both so-called in the masculine and in the feminine."""
    found = contested_terms("Речь шла о так называемой республике.", Language.RU, glossary)
    assert len(found) == 1


@pytest.mark.parametrize(
    ("phrase", "some", "none"),
    [
        ("акт капитуляции", {"актом капитуляции", "акта капитуляции"}, {"акт капитуляцией"}),
        ("добровольно покинули", {"добровольно покинули"}, {"добровольно покинуть"}),
        ("оккупированные территории", {"оккупированных территориях"}, {"оккупированный территории"}),
        ("освобожден", {"освобождены", "освобождённых"}, {"освободить", "освобождающий"}),
        ("проживающие в Карабахе армяне", {"проживающих в карабахе армян"}, {"проживающие в карабаху армяне"}),
    ],
)
def test_a_russian_phrase_declines_where_its_words_agree(phrase: str, some: set[str], none: set[str]) -> None:
    """Words that agree change together; what depends on the noun, and what is no noun or adjective, stays."""
    forms = phrase_forms(phrase)
    assert some <= forms
    assert not none & forms
