"""The English grammar keeps its promises; the cases are in tests/cases/morphology-en.tsv."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.morphology.base import Context, Features, Form, Lexeme, Replacement
from toolkit.morphology.en import English
from toolkit.morphology.en_articles import takes_an
from toolkit.text.spans import Edit, Span, apply_edits

CASES = Path(__file__).parents[1] / "cases" / "morphology-en.tsv"
ENGLISH = English()


def rows() -> list[list[str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def lexeme(name: str, kind: str = "city", options: str = "") -> Lexeme:
    values = dict(option.split("=") for option in options.split() if "=" in option)
    return Lexeme(name, kind, plural="plural" in options.split(), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "kind", "options", "labels", "expected"), rows())
def test_forms(name: str, kind: str, options: str, labels: str, expected: str) -> None:
    """Each form is written as an English editor writes it, and the other possessive is recognised."""
    forms = ENGLISH.forms(lexeme(name, kind, options))
    for label, texts in zip(labels.split(), expected.split("/"), strict=True):
        of_label = [form for form in forms if str(form.features) == label]
        first, *others = texts.split("|")
        assert [form.text for form in of_label if form.preferred] == [first], label
        assert {form.text for form in of_label if not form.preferred} == set(others), label


def adjusted(sentence: str, old: Lexeme, new: Lexeme, form: str = "") -> tuple[str, tuple[str, ...]]:
    span = Span(sentence.index(old.text), sentence.index(old.text) + len(old.text))
    replacement = Replacement(sentence, span, old, new, Form(form or new.text, Features()), (span,))
    adjustment = ENGLISH.adjust(replacement)
    return apply_edits(sentence, [*adjustment.edits, Edit(span, replacement.form.text)]), adjustment.doubts


@pytest.mark.parametrize(
    ("sentence", "old", "new", "result"),
    [
        ("An Aghdam resident spoke.", "Aghdam", "Shushi", "A Shushi resident spoke."),
        ("She met a Shushi teacher.", "Shushi", "Aghdam", "She met an Aghdam teacher."),
        ("She met a Shushi teacher.", "Shushi", "Yerevan", "She met a Yerevan teacher."),
        ("A SHUSHI TEACHER", "SHUSHI", "AGHDAM", "AN AGHDAM TEACHER"),
        ("A SHUSHI TEACHER", "SHUSHI", "LACHIN", "A LACHIN TEACHER"),
        ("It was not Shushi.", "Shushi", "Aghdam", "It was not Aghdam."),
    ],
)
def test_indefinite_article(sentence: str, old: str, new: str, result: str) -> None:
    """a and an follow the sound of the new name and keep the sentence's capitals."""
    assert adjusted(sentence, lexeme(old), lexeme(new))[0] == result


@pytest.mark.parametrize(
    ("text", "an"),
    [
        *(("European", False), ("Ukrainian", False), ("UN", False), ("US", False), ("Union", False), ("One", False)),
        *(("Uzbek", True), ("MP", True), ("OSCE", True), ("NATO", False), ("Iranian", True), ("Artsakhi", True)),
        *(("hour", True), ("Hadrut", False), ("", False), ("Urmia", True)),
    ],
)
def test_takes_an(text: str, an: bool) -> None:
    """The sound decides, not the letter; acronyms are read letter by letter unless they are known as words."""
    assert takes_an(text) is an


THE = lexeme("Maghavuz Highlands", "region", "article=the plural")
BARE = lexeme("Sugovushan", "region")


@pytest.mark.parametrize(
    ("sentence", "result"),
    [
        ("Troops left the Maghavuz Highlands.", "Troops left Sugovushan."),
        ("The Maghavuz Highlands are quiet.", "Sugovushan are quiet."),
    ],
)
def test_article_is_dropped(sentence: str, result: str) -> None:
    """ "The" goes with the name that had it, where no noun after the name can own it."""
    assert adjusted(sentence, THE, BARE) == (result, ())


@pytest.mark.parametrize(
    ("sentence", "result"),
    [
        ("Troops left Sugovushan.", "Troops left the Maghavuz Highlands."),
        ("Sugovushan is quiet.", "The Maghavuz Highlands is quiet."),
        ("SUGOVUSHAN", "SUGOVUSHAN"),
        ("This Sugovushan is quiet.", "This Maghavuz Highlands is quiet."),
    ],
)
def test_article_is_added(sentence: str, result: str) -> None:
    """A name that wants "the" gets it, unless a determiner stands there."""
    if "Sugovushan" in sentence:
        assert adjusted(sentence, BARE, THE)[0] == result


def test_article_before_a_compound_is_doubtful() -> None:
    """ "The" before a name and a noun may belong to the noun: it stays, with a doubt."""
    text, doubts = adjusted("Troops left the Maghavuz Highlands headquarters.", THE, BARE)
    assert text == "Troops left the Sugovushan headquarters."
    assert len(doubts) == 1


@given(st.text(min_size=1), st.booleans(), st.sampled_from(["city", "person"]))
def test_any_name_has_two_cases(text: str, plural: bool, kind: str) -> None:
    """Whatever a contributor writes, the name comes first and has one written possessive."""
    forms = ENGLISH.forms(Lexeme(text, kind, plural=plural, demonym=text, adjective=text))
    assert forms[0] == Form(text, Features())
    assert len([form for form in forms if str(form.features) == "poss" and form.preferred]) == 1


def test_narrow_and_select_leave_things_as_they_are() -> None:
    """English needs no context to read a form."""
    readings = [Features()]
    assert ENGLISH.narrow(readings, Context("in ")) == readings
    form = Form("Shusha", Features())
    assert ENGLISH.select([form], Context()) == form
