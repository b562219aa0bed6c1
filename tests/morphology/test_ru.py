"""The Russian grammar keeps its promises; the cases are in tests/cases, for a linguist to edit."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.morphology.base import Case, Context, Features, Form, Lexeme, Part, Replacement
from toolkit.morphology.ru import Russian
from toolkit.text.spans import Edit, Span, apply_edits

CASES = Path(__file__).parents[1] / "cases"
RUSSIAN = Russian()
SIX = [Features(case=case) for case in (Case.NOM, Case.GEN, Case.DAT, Case.ACC, Case.INS, Case.PREP)]


def rows(name: str) -> list[list[str]]:
    """The rows of a table of cases, comments left out."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def lexeme(name: str, kind: str = "city", options: str = "") -> Lexeme:
    values = dict(option.split("=") for option in options.split() if "=" in option)
    return Lexeme(name, kind, plural="plural" in options.split(), **values)  # type: ignore[arg-type]


def marked(sentence: str) -> tuple[str, Span]:
    """A sentence without its brackets, and the span they held."""
    start, end = sentence.index("["), sentence.index("]")
    return sentence[:start] + sentence[start + 1 : end] + sentence[end + 1 :], Span(start, end - 1)


def written(name: Lexeme, label: str) -> Form:
    return next(form for form in RUSSIAN.forms(name) if str(form.features) == label and form.preferred)


@pytest.mark.parametrize(("name", "kind", "options", "labels", "expected"), rows("morphology-ru.tsv"))
def test_forms(name: str, kind: str, options: str, labels: str, expected: str) -> None:
    """Each form is written as a Russian editor writes it, and rarer endings are recognised."""
    forms = RUSSIAN.forms(lexeme(name, kind, options))
    for label, texts in zip(labels.split(), expected.split("/"), strict=True):
        of_label = [form for form in forms if str(form.features) == label]
        first, *others = texts.split("|")
        assert [form.text for form in of_label if form.preferred][:1] == [first], label
        assert set(others) <= {form.text for form in of_label if not form.preferred}, label


@pytest.mark.parametrize(("sentence", "expected"), rows("ru-government.tsv"))
def test_narrow(sentence: str, expected: str) -> None:
    """A preposition, noun or verb leaves the cases it governs; where nothing tells, all stay."""
    text, span = marked(sentence)
    kept = RUSSIAN.narrow(SIX, Context(text[: span.start], text[span.end :]))
    assert {str(reading) for reading in kept} == set(
        (expected if expected != "any" else " ".join(map(str, SIX))).split()
    )


@pytest.mark.parametrize(("sentence", "old", "new", "case", "result", "doubt"), rows("ru-agreement.tsv"))
def test_adjust(sentence: str, old: str, new: str, case: str, result: str, doubt: str) -> None:
    """What agreed with the old name agrees with the new one, or a doubt says what may have to."""
    text, span = marked(sentence)
    form = written(lexeme(new), case)
    adjustment = RUSSIAN.adjust(Replacement(text, span, lexeme(old), lexeme(new), form, (span,)))
    assert apply_edits(text, [*adjustment.edits, Edit(span, form.text)]) == result
    assert bool(doubt) == bool(adjustment.doubts)
    assert all(doubt in found for found in adjustment.doubts)


def test_adjust_never_edits_inside_a_name() -> None:
    """A word that belongs to another mention is left alone even where it would agree."""
    text = "Старый Агдам опустел."
    form = written(lexeme("Акна"), "nom")
    names = (Span(0, 6), Span(7, 12))
    adjustment = RUSSIAN.adjust(Replacement(text, names[1], lexeme("Агдам"), lexeme("Акна"), form, names))
    assert [edit.text for edit in adjustment.edits] == ["опустела"]


def test_adjust_doubts_where_the_gender_is_unknown() -> None:
    """A new name of unknown gender brings a doubt, not a guess."""
    form = Form("ОБСЕ", Features())
    adjustment = RUSSIAN.adjust(
        Replacement("Агдам пал.", Span(0, 5), lexeme("Агдам"), lexeme("ОБСЕ", "organisation"), form)
    )
    assert not adjustment.edits
    assert adjustment.doubts == ('the verb "пал" may have to agree with ОБСЕ',)


def test_preposition_keeps_its_capitals() -> None:
    """О at the head of a sentence becomes Об, and ОБ where the sentence is in capitals."""
    old, new = lexeme("Шуша"), lexeme("Агдам")
    for text, name, wanted in (("О Шуше", "Агдаме", "Об"), ("О ШУШЕ", "АГДАМЕ", "ОБ")):
        form = Form(name, Features(case=Case.PREP))
        (edit,) = RUSSIAN.adjust(Replacement(text, Span(2, 6), old, new, form)).edits
        assert edit.text == wanted


def test_second_locative() -> None:
    """After в the dictionary's second locative is written (в Крыму), elsewhere the usual form (о Крыме)."""
    forms = [form for form in RUSSIAN.forms(lexeme("Крым", "region")) if form.features.case is Case.PREP]
    assert RUSSIAN.select(forms, Context("Мы были в ")).text == "Крыму"
    assert RUSSIAN.select(forms, Context("Мы говорили о ")).text == "Крыме"


def test_a_name_in_quotes_after_a_noun_stays() -> None:
    """«Карабах» declines alone and stays after the word for what it is (ФК «Карабах»)."""
    forms = [form for form in RUSSIAN.forms(lexeme("«Карабах»", "organisation")) if form.features.case is Case.GEN]
    assert RUSSIAN.select(forms, Context("Тренер клуба ")).text == "«Карабах»"
    assert RUSSIAN.select(forms, Context("Тренер ФК ")).text == "«Карабах»"
    assert RUSSIAN.select(forms, Context("Матч ")).text == "«Карабаха»"


def test_one_text_of_all_cases() -> None:
    """An indeclinable name has its one text in all six cases."""
    forms = RUSSIAN.forms(lexeme("Ханкенди"))
    assert [form.features for form in forms] == SIX
    assert {form.text for form in forms} == {"Ханкенди"}


def test_surname_and_town_in_in() -> None:
    """The same word is Лачином as a town and Лачиным as a man."""
    assert written(lexeme("Лачин"), "ins").text == "Лачином"
    assert written(lexeme("Лачин", "person"), "ins").text == "Лачиным"


@pytest.mark.parametrize("head", ["", "all", "none"])
@given(
    text=st.text(alphabet="абвгежийклнорстуцчшыьэюяё- АБКШ'2", min_size=1, max_size=24),
    kind=st.sampled_from(["city", "person", "organisation", "village"]),
    declension=st.sampled_from(["", "masculine", "feminine", "neuter", "plural", "adjectival", "indeclinable"]),
)
def test_any_name_has_all_cases(head: str, text: str, kind: str, declension: str) -> None:
    """Whatever a contributor writes, the name has a written form in each case and its nominative comes first."""
    forms = RUSSIAN.forms(Lexeme(text, kind, declension=declension, head=head))
    assert {form.features.case for form in forms if form.preferred} == {reading.case for reading in SIX}
    assert all(form.text for form in forms)
    assert forms[0].features == Features()


@given(
    before=st.text(alphabet="абвиклостью ВСК.,«(—", max_size=30),
    after=st.text(alphabet="абвиклостью ВСК.,»)—", max_size=30),
    readings=st.lists(st.sampled_from(SIX), min_size=1, unique=True),
)
def test_narrow_keeps_some_of_what_it_was_given(before: str, after: str, readings: list[Features]) -> None:
    """Narrowing never adds a reading and never leaves none."""
    kept = RUSSIAN.narrow(readings, Context(before, after))
    assert kept
    assert set(kept) <= set(readings)


WORDS = ["весь", "самый", "был", "взят", "который", ",", ".", "и", "в", "о", "разрушенный", "он", "город", "Баку"]


@given(words=st.lists(st.sampled_from(WORDS)))
def test_edits_stay_outside_the_mention(words: list[str]) -> None:
    """Edits never overlap the mention nor each other."""
    middle = len(words) // 2
    before = "".join(word + " " for word in words[:middle])
    text = before + "Агдам" + "".join(" " + word for word in words[middle:])
    span = Span(len(before), len(before) + 5)
    form = Form("Акна", Features())
    adjustment = RUSSIAN.adjust(Replacement(text, span, lexeme("Агдам"), lexeme("Акна"), form, (span,)))
    assert "Акна" in apply_edits(text, [*adjustment.edits, Edit(span, form.text)])


def test_adjective_agrees_with_the_next_noun() -> None:
    """Of the readings of «шушинской» the noun after it leaves its own."""
    name = lexeme("Шуша", options="adjective=шушинский")
    readings = [form.features for form in RUSSIAN.forms(name) if form.text == "шушинской"]
    kept = RUSSIAN.narrow(readings, Context("После ", " школы"))
    assert [str(reading) for reading in kept] == ["adj.f.gen"]
    assert all(reading.part is Part.ADJECTIVE for reading in kept)
