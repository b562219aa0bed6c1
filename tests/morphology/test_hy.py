"""The grammar of Armenian names."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.morphology.base import Adjustment, Case, Context, Features, Form, Grammar, Lexeme, Replacement
from toolkit.morphology.hy import Armenian, starts_with_vowel_sound
from toolkit.text.spans import Span

CASES = Path(__file__).parent.parent / "cases" / "morphology-hy.tsv"
ARMENIAN: Grammar = Armenian()

sounds = st.sampled_from([*"աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցփքօֆև", "ու", "ի", "ություն"])
names = st.builds(
    lambda head, rest: head.upper() + "".join(rest),
    st.sampled_from("աբգդզէլխկմնշոպսվտ"),
    st.lists(sounds, min_size=1, max_size=8),
)
what_follows = st.builds(
    "".join, st.tuples(st.sampled_from(["", " ", "  ", ", ", " «", "-"]), sounds, st.text(max_size=5))
)
lexemes = st.builds(
    Lexeme,
    text=names | st.sampled_from(["BBC", "F-16", "ՆԱՏՕ", "Լեռնային Ղարաբաղ", "«Արաքս»"]),
    kind=st.sampled_from(["city", "organisation", "person", "weapon"]),
    demonym=st.sampled_from(["", "շուշեցի"]),
    head=st.sampled_from(["", "all", "none"]),
)


def rows() -> list[dict[str, str]]:
    lines = [line for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


def lexeme_of(row: dict[str, str]) -> Lexeme:
    also: dict[str, Any] = dict(field.split("=") for field in row["also"].split(";") if field)
    return Lexeme(row["text"], row["kind"], genitive=row["genitive"], **also)


def forms_of(lexeme: Lexeme, label: str) -> list[Form]:
    return [form for form in ARMENIAN.forms(lexeme) if str(form.features) == label]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['text']}-{row['features']}-{row['form']}")
def test_a_name_takes_the_forms_of_the_table(row: dict[str, str]) -> None:
    """Written forms are exactly those of the table; recognised ones are read and not written."""
    forms = forms_of(lexeme_of(row), row["features"])
    if row["rank"] == "absent":
        assert not forms
    elif row["rank"] == "written":
        assert [form.text for form in forms if form.preferred] == row["form"].split(" / ")
    else:
        assert row["form"] in [form.text for form in forms if not form.preferred]


@given(lexemes)
def test_the_base_form_comes_first_and_no_form_twice(lexeme: Lexeme) -> None:
    """The first form is the name itself; each pair of text and Features comes once."""
    forms = ARMENIAN.forms(lexeme)
    assert forms[0] == Form(lexeme.text, Features())
    pairs = [(form.text, form.features) for form in forms]
    assert len(pairs) == len(set(pairs))


@given(lexemes)
def test_every_case_of_a_name_can_be_written(lexeme: Lexeme) -> None:
    """Whatever the name, each of the six cases has a preferred form, so that no mention is left without one."""
    written = {form.features for form in ARMENIAN.forms(lexeme) if form.preferred}
    assert {Features(case=case) for case in Case if case not in {Case.ACC, Case.PREP, Case.POSS}} <= written


@given(names, what_follows)
def test_only_a_vowel_after_spaces_brings_the_short_article(name: str, after: str) -> None:
    """select() gives one of the forms it was given, with ն only before a vowel sound or after a vowel."""
    forms = [form for form in forms_of(Lexeme(name, "city"), "nom.def") if form.preferred]
    chosen = ARMENIAN.select(forms, Context(after=after))
    assert chosen in forms
    if len(forms) > 1 and chosen.text.endswith("ն"):
        word = after.lstrip(" ")
        assert after.startswith(" ")
        assert starts_with_vowel_sound(word) or word.startswith("ե")


@pytest.mark.parametrize(
    ("after", "article"),
    [
        (" ազատ է։", "ն"),
        (" է։", "ն"),
        (" են հիշել։", "ն"),
        (" ու Շուշին", "ն"),
        (" Ուկրաինայի հետ", "ն"),
        (" ով կհիշի", "ն"),
        (" և Շուշին", "ը"),
        (" եղել է", "ը"),
        (" որոշել է", "ը"),
        (" հայտնել է", "ը"),
        (", ասել է նա", "ը"),
        ("։ Այսօր", "ը"),
        (" «Արաքս» թերթին", "ը"),
        (" — ասել է նա", "ը"),
        ("", "ը"),
    ],
)
def test_the_article_follows_the_next_word(after: str, article: str) -> None:
    """ն before a vowel sound when only a space stands between; ը before all else, punctuation included."""
    forms = forms_of(Lexeme("Ստեփանակերտ", "city"), "nom.def")
    assert ARMENIAN.select(forms, Context(after=after)).text == f"Ստեփանակերտ{article}"


def test_a_form_without_a_choice_is_taken_as_it_is() -> None:
    """After a vowel the article is ն whatever follows, and forms without article do not look at the context."""
    assert ARMENIAN.select(forms_of(Lexeme("Շուշա", "city"), "nom.def"), Context(after=" հայտնի")).text == "Շուշան"
    assert ARMENIAN.select(forms_of(Lexeme("Գորիս", "town"), "loc"), Context(after=" է")).text == "Գորիսում"


@pytest.mark.parametrize(("after", "kept"), [(" մասին", ["gen"]), (" փողոցները", ["gen", "dat"]), ("", ["gen", "dat"])])
def test_genitive_and_dative_stay_apart_only_where_it_is_certain(after: str, kept: list[str]) -> None:
    """A postposition tells the genitive; elsewhere both readings stay."""
    readings = [Features(case=Case.GEN), Features(case=Case.DAT)]
    assert [str(reading) for reading in ARMENIAN.narrow(readings, Context(after=after))] == kept


def test_no_reading_is_lost_to_a_context_that_fits_none() -> None:
    """narrow() never answers with nothing."""
    readings = [Features(case=Case.DAT)]
    assert list(ARMENIAN.narrow(readings, Context(after=" մասին"))) == readings


def test_nothing_outside_the_name_changes() -> None:
    """Armenian attributes do not agree: a replacement needs no further edit."""
    old, new = Lexeme("Շուշա", "city"), Lexeme("Շուշի", "city")
    sentence = "Գեղեցիկ Շուշան հեռու է։"
    form = Form("Շուշին", Features(definite=True))
    assert ARMENIAN.adjust(Replacement(sentence, Span(8, 14), old, new, form)) == Adjustment()


def test_every_word_inflects_where_the_entry_says_so() -> None:
    """head "all" puts each word into the case, the article on the last alone."""
    lexeme = Lexeme("Շուշի Ակնա", "other", head="all")
    assert [form.text for form in forms_of(lexeme, "dat.def") if form.preferred] == ["Շուշիի Ակնային"]


def test_the_reading_of_a_foreign_spelling_decides_its_article() -> None:
    """`reading` tells the last sound where the letters mislead."""
    forms = forms_of(Lexeme("Le Monde", "media", reading="Լը Մոնդ"), "nom.def")
    assert [form.text for form in forms if form.preferred] == ["Le Monde-ը", "Le Monde-ն"]
