"""The promises of the Azerbaijani grammar."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.morphology.az import AzerbaijaniGrammar
from toolkit.morphology.base import Adjustment, Case, Context, Features, Form, Grammar, Lexeme, Replacement
from toolkit.text.spans import Span, apply_edits

CASES = Path(__file__).parent.parent / "cases" / "morphology-az.tsv"
GRAMMAR: Grammar = AzerbaijaniGrammar()
BACK, FRONT = set("aıou"), set("eəiöü")
# Of every stock: the particles -dək and -tək do not harmonise.
STIFF = ("sim", "lim")


def rows() -> Iterator[list[str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t"):
            if row and not row[0].startswith("#"):
                yield row


def lexeme(row: list[str]) -> Lexeme:
    extra: dict[str, Any] = dict(pair.split("=") for pair in row[5].split("; ")) if len(row) > 5 else {}
    return replace(Lexeme(row[0], row[1]), **extra)


def readings(name: Lexeme, text: str) -> list[Features]:
    return [form.features for form in GRAMMAR.forms(name) if form.text == text]


def labels(found: list[Features]) -> set[str]:
    return {str(features) for features in found}


def narrowed(text: str, before: str = "", after: str = "", name: str = "Laçın") -> set[str]:
    return labels(list(GRAMMAR.narrow(readings(Lexeme(name, "city"), text), Context(before, after))))


words = st.builds(
    "".join,
    st.lists(st.sampled_from(["şu", "la", "gən", "bər", "dzor", "ki", "çın", "köl", "lük", "daq", "mı"]), min_size=1),
).map(str.capitalize)
kinds = st.sampled_from(["city", "lake", "organisation", "person", "region"])


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: f"{row[0]} {row[2]} {row[4]}")
def test_form_of_the_table(row: list[str]) -> None:
    """Every form of the linguists' table is given with its grammar, and written or only read as it says."""
    found = {(form.text, str(form.features)): form.preferred for form in GRAMMAR.forms(lexeme(row))}
    assert (row[3], row[2]) in found
    assert found[row[3], row[2]] == (row[4] == "write")


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: f"{row[0]} {row[2]} {row[4]}")
def test_list_of_forms(row: list[str]) -> None:
    """The base form comes first, no form is given twice, each grammar has one written form, the list is short."""
    forms = GRAMMAR.forms(lexeme(row))
    assert forms[0] == Form(row[0], Features())
    assert len({(form.text, form.features) for form in forms}) == len(forms) < 400
    written = [form.features for form in forms if form.preferred]
    assert len(set(written)) == len(written)


@given(words, kinds)
def test_any_name(text: str, kind: str) -> None:
    """Any name keeps its letters (a final k or q excepted), and every ending harmonises with it."""
    forms = GRAMMAR.forms(Lexeme(text, kind))
    assert len({(form.text, form.features) for form in forms}) == len(forms)
    last = next(char for char in reversed(text.lower()) if char in BACK | FRONT)
    side = BACK if last in BACK else FRONT
    for form in forms:
        assert form.text.lower().startswith(text[:-1].lower())
        ending = form.text[len(text) :]
        assert form.features.tail in STIFF or set(ending) & (BACK | FRONT) <= side


@given(st.text(max_size=12).filter(str.strip), kinds)
def test_any_text(text: str, kind: str) -> None:
    """Whatever stands for a name, its forms are given, the text itself first."""
    assert GRAMMAR.forms(Lexeme(text, kind))[0].text == text


def test_people_of_places_only() -> None:
    """A person, an event or an izafet name has no word for inhabitants, unless one is given."""
    for name in (Lexeme("Nizami", "person"), Lexeme("Xəzər dənizi", "sea"), Lexeme("Laçın rayonu", "district")):
        assert not any(form.features.part == "demonym" for form in GRAMMAR.forms(name))
    assert readings(Lexeme("Xəzər dənizi", "sea", demonym="xəzərli"), "xəzərlilər")


def test_indeclinable() -> None:
    """A name whose head is "none" has its base form only."""
    assert GRAMMAR.forms(Lexeme("Şuşa", "city", head="none")) == [Form("Şuşa", Features())]


def test_genitive_before_your() -> None:
    """Laçının is "of Lachin" unless sənin stands before it."""
    assert narrowed("Laçının", "Biz ", " yolundayıq.") == {"gen"}
    assert narrowed("Laçının", "sənin ", " ") == {"p2sg.nom"}


def test_object_before_possession() -> None:
    """Laçını is the object; after a genitive it is possessed, unless a verbal noun needs the object."""
    assert narrowed("Laçını", "Onlar ", " gördü.") == {"acc"}
    assert narrowed("Laçını", "Azərbaycanın ", " gözəldir.") == {"p3.nom"}
    assert narrowed("Laçını", "Ordunun ", " tərk etməsi gözlənilir.") == {"acc"}
    assert narrowed("Laçını", "Bunun üçün ", " seçdilər.") == {"acc"}


def test_third_person_before_second() -> None:
    """Şuşasında has one possessor, Laçınında more: the third person is the likelier one."""
    assert narrowed("Laçınında", "Bu ", " oldu.") == {"p3.loc"}
    assert narrowed("Laçınında", "sənin ", " oldu.") == {"p2sg.loc"}


def test_question() -> None:
    """Şuşamı asks where the sentence is a question, else it is "my Shusha" as an object."""
    assert narrowed("Şuşamı", "", "?", "Şuşa") == {"nom.q"}
    assert narrowed("Şuşamı", "", " gördüm.", "Şuşa") == {"p1sg.acc"}


def test_plural_names_are_read_as_singular() -> None:
    """A name that is a plural already moves to a singular name without a plural ending."""
    states = Lexeme("Amerika Birləşmiş Ştatları", "country")
    found = readings(states, "Amerika Birləşmiş Ştatlarının")
    assert labels(list(GRAMMAR.narrow(found, Context()))) == {"gen"}


@given(words, st.text(max_size=20), st.text(max_size=20))
def test_narrow_never_empties(text: str, before: str, after: str) -> None:
    """Some reading is always left, and all of them were among those given."""
    by_text: dict[str, list[Features]] = {}
    for form in GRAMMAR.forms(Lexeme(text, "city")):
        by_text.setdefault(form.text, []).append(form.features)
    for given_readings in by_text.values():
        kept = GRAMMAR.narrow(given_readings, Context(before, after))
        assert kept
        assert set(kept) <= set(given_readings)


def test_select() -> None:
    """Of several forms the written one is chosen."""
    forms = [form for form in GRAMMAR.forms(Lexeme("Sünik", "region")) if form.features == Features(case=Case.DAT)]
    assert {form.text for form in forms} == {"Sünikə", "Süniyə"}
    assert GRAMMAR.select(forms[::-1], Context()).text == "Sünikə"


def adjusted(sentence: str, old: str, new: Lexeme, form: str, names: tuple[Span, ...] = ()) -> str:
    start = sentence.index(old)
    span = Span(start, start + len(old))
    replacement = Replacement(sentence, span, Lexeme(old, "city"), new, Form(form, Features()), names)
    return apply_edits(sentence, GRAMMAR.adjust(replacement).edits)


def test_particle_harmonises() -> None:
    """The particle da/də ("too") after the name follows the new form; da in a word or elsewhere stays."""
    shushi = Lexeme("Şuşi", "city")
    assert adjusted("Laçın da gəldi.", "Laçın", shushi, "Şuşi") == "Laçın də gəldi."
    assert adjusted("LAÇIN DA GƏLDİ", "LAÇIN", shushi, "ŞUŞİ") == "LAÇIN DƏ GƏLDİ"
    assert adjusted("Laçın dağı da var.", "Laçın", shushi, "Şuşi") == "Laçın dağı da var."
    assert adjusted("Laçın da, biz də.", "Laçın", Lexeme("Ağdam", "city"), "Ağdam") == "Laçın da, biz də."
    assert adjusted("Laçın da gəldi.", "Laçın", Lexeme("BMT", "organisation"), "BMT") == "Laçın də gəldi."
    assert adjusted("Laçından da gəldi.", "Laçından", shushi, "Şuşidən") == "Laçından də gəldi."


def test_particle_inside_a_name_stays() -> None:
    """Nothing inside another mention is edited."""
    sentence = "Laçın da"
    span = Span(0, 5)
    new = Lexeme("Şuşi", "city")
    replacement = Replacement(sentence, span, new, new, Form("Şuşi", Features()), (span, Span(6, 8)))
    assert GRAMMAR.adjust(replacement) == Adjustment()
