"""The engine: context, case, marks, and what holds for any text."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.translit.case_rows import rows
from toolkit.languages import Language
from toolkit.text.casing import upper
from toolkit.translit.engine import compiled
from toolkit.translit.names import transliterate, transliterate_name
from toolkit.translit.schemes import scheme_ids

PAIRS = tuple(itertools.permutations(Language, 2))
# Directions between scripts; az and en share theirs, so a word does not show which it is in.
CROSSING = tuple(pair for pair in PAIRS if set(pair) != {Language.AZ, Language.EN})
LETTERS = {
    Language.AZ: "abcçdeəfgğhxıijkqlmnoöprsştuüvyz",
    Language.EN: "abcdefghijklmnopqrstuvwxyz",
    Language.HY: "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
    Language.RU: "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}
any_text = st.text(
    st.one_of(
        st.sampled_from("".join(LETTERS.values())),
        st.sampled_from("ԱԵԻՈՈՒՇԳABEIİÇƏАЕИЯЮЩ՞՜՛։’'- \n\u200b\u00ad\u0301\u0307"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)


@pytest.mark.parametrize("row", rows("transliteration_schemes.tsv"), ids=lambda row: f"{row['scheme']}-{row['source']}")
def test_scheme_examples(row: dict[str, str]) -> None:
    """Each scheme writes the examples of its standard or decision."""
    assert compiled(row["scheme"]).text(row["source"]) == row["target"]


@pytest.mark.parametrize(
    ("source", "target", "text", "written"),
    [
        (Language.RU, Language.EN, "ШУША", "SHUSHA"),
        (Language.RU, Language.EN, "Шуша", "Shusha"),
        (Language.RU, Language.EN, "шуша", "shusha"),
        (Language.RU, Language.EN, "Щ. Ян", "Shch. Yan"),
        (Language.HY, Language.EN, "ԵՐԵՎԱՆ", "YEREVAN"),
        (Language.HY, Language.EN, "ԵՐԵՒԱՆ", "YEREVAN"),
        (Language.HY, Language.EN, "Երեւան", "Yerevan"),
        (Language.HY, Language.EN, "Ուրարտու և Ոսկեպար", "Urartu yev Voskepar"),
        (Language.HY, Language.EN, "Տեր-Ոսկանյան", "Ter-Voskanyan"),
        (Language.HY, Language.EN, "ինչո՞ւ", "inchu?"),
        (Language.HY, Language.EN, "ՀՀ-ում", "HH-um"),
        (Language.HY, Language.EN, "Շու\u200bշի\u00ad", "Shushi"),
        (Language.RU, Language.HY, "ЕРЕВАН", "ԵՐԵՎԱՆ"),
        (Language.RU, Language.AZ, "ИРИНА", "İRİNA"),
        (Language.AZ, Language.EN, "İLHAM IŞIQ", "ILHAM ISHIG"),
        (Language.AZ, Language.EN, "S\u0327us\u0327a", "Shusha"),
        (Language.AZ, Language.EN, "Gǝncә", "Ganja"),
        (Language.AZ, Language.EN, "Washington", "Washington"),
        (Language.RU, Language.EN, "Моско\u0301вский", "Moskovsky"),
        (Language.EN, Language.RU, "WASHINGTON", "ВАШИНГТОН"),
    ],
)
def test_case_and_marks(source: Language, target: Language, text: str, written: str) -> None:
    """Case goes by the word, digraphs follow it; marks inside words and invisible characters do no harm."""
    assert transliterate(text, source, target) == written


@settings(deadline=None)
@given(any_text, st.sampled_from(PAIRS))
def test_never_raises(text: str, pair: tuple[Language, Language]) -> None:
    """Any text in any direction gives a text in NFC, and any name an answer."""
    written = transliterate(text, *pair)
    assert unicodedata.is_normalized("NFC", written)
    assert isinstance(transliterate_name(text, *pair).text, str)


@settings(deadline=None)
@given(any_text, st.sampled_from(CROSSING))
def test_idempotent(text: str, pair: tuple[Language, Language]) -> None:
    """What is in the target script already stays as it is."""
    once = transliterate(text, *pair)
    assert transliterate(once, *pair) == once


@settings(deadline=None)
@given(st.sampled_from(CROSSING), st.data())
def test_no_source_letter_is_left(pair: tuple[Language, Language], data: st.DataObject) -> None:
    """Every letter of the source alphabet has a letter, or nothing, in the target."""
    word = data.draw(st.text(st.sampled_from(LETTERS[pair[0]]), min_size=1, max_size=12))
    assert not set(transliterate(word, *pair)) & (set(LETTERS[pair[0]]) - set(LETTERS[pair[1]]) - {"ı"})


@settings(deadline=None)
@given(st.sampled_from(PAIRS), st.data())
def test_words_do_not_disturb_each_other(pair: tuple[Language, Language], data: st.DataObject) -> None:
    """A word is written alike wherever it stands, and the blanks between words stay."""
    words = st.text(st.sampled_from(LETTERS[pair[0]]), min_size=1, max_size=8)
    a, b = data.draw(words), data.draw(words)
    both = transliterate(f"{a}\n\t{b} {a}", *pair)
    assert both == f"{transliterate(a, *pair)}\n\t{transliterate(b, *pair)} {transliterate(a, *pair)}"


@settings(deadline=None)
@given(st.sampled_from(PAIRS), st.data())
def test_shape_is_kept(pair: tuple[Language, Language], data: st.DataObject) -> None:
    """A word all in capitals comes out all in capitals."""
    word = data.draw(st.text(st.sampled_from(LETTERS[pair[0]].replace("և", "")), min_size=2, max_size=8))
    loud = transliterate(upper(word, pair[0]), *pair)
    assert loud == loud.upper().replace("ԵՒ", "ԵՎ")


@settings(deadline=None)
@given(any_text, st.sampled_from(scheme_ids()))
def test_every_scheme_takes_any_text(text: str, scheme_id: str) -> None:
    """No scheme raises."""
    assert isinstance(compiled(scheme_id).text(text), str)
