"""Names: first answers, where they are from, alternatives, the glossary before everything."""

from __future__ import annotations

import pytest

from tests.translit.case_rows import accepted, rows
from toolkit.errors import BadOption, UnknownLanguage
from toolkit.languages import Language
from toolkit.translit.names import (
    TransliteratedName,
    Writing,
    parse_writing,
    transliterate,
    transliterate_name,
)

COLUMNS = ("en", "hy", "az", "ru")
CASES = [
    pytest.param(
        row["src_lang"], row["src"], target, accepted(row[target]), id=f"{row['src_lang']}-{target}-{row['src']}"
    )
    for row in rows("transliteration.tsv")
    for target in COLUMNS
    if accepted(row[target]) and target != row["src_lang"]
]


@pytest.mark.parametrize(("source", "name", "target", "answers"), CASES)
def test_sample(source: str, name: str, target: str, answers: tuple[str, ...]) -> None:
    """The first answer is one that editors accept; from English one of the first three."""
    writing = parse_writing(source)
    given = transliterate_name(name, writing.language, Language(target), variety=writing.variety)
    shown = (given.text, *given.alternatives[:2]) if source == "en" else (given.text,)
    assert set(shown) & set(answers), f"{shown} for {answers}"


def test_rule_and_guess() -> None:
    """Letters are a rule, English sounds a guess."""
    assert transliterate_name("Շուշի", Language.HY, Language.EN).source == "rule"
    assert transliterate_name("Robinson", Language.EN, Language.RU).source == "guess"


def test_glossary_first() -> None:
    """What the glossary knows comes first, the letters stay as alternatives, nothing twice."""
    known = {"Bakı": ["Baku"]}
    given = transliterate_name("Bakı", Language.AZ, Language.EN, known=lambda name: known.get(name, ()))
    assert (given.text, given.source) == ("Baku", "glossary")
    assert "Baku" not in given.alternatives
    unknown = transliterate_name("Ağzıbir", Language.AZ, Language.EN, known=lambda name: known.get(name, ()))
    assert unknown.source == "rule"


@pytest.mark.parametrize("target", [Language.AZ, Language.HY, Language.RU])
def test_english_offers_alternatives(target: Language) -> None:
    """A guess from English offers at least three answers, all different."""
    given = transliterate_name("Laurence Whitaker", Language.EN, target)
    answers = (given.text, *given.alternatives)
    assert len(answers) >= 4
    assert len(set(answers)) == len(answers)


def test_texts_and_names_agree() -> None:
    """A name in a text is written as the name alone."""
    text = "Həsən Hüseynov Gəncədən Şuşaya getdi."
    assert transliterate(text, Language.AZ, Language.RU).startswith("Гасан Гусейнов ")


def test_exonyms_are_names_only() -> None:
    """Exonyms answer a name; a running text is spelled, not translated."""
    assert transliterate_name("Հայաստան", Language.HY, Language.EN).text == "Armenia"
    assert transliterate("Հայաստան", Language.HY, Language.EN) == "Hayastan"


def test_same_language_is_left() -> None:
    """From a language into itself nothing changes."""
    assert transliterate("Şuşa", Language.AZ, Language.AZ) == "Şuşa"
    assert transliterate_name("Şuşa", Language.AZ, Language.AZ) == TransliteratedName("Şuşa", "rule")


def test_cyrillic_azerbaijani_is_told_by_its_script() -> None:
    """Azerbaijani in Cyrillic goes through the Latin alphabet, also into another language."""
    assert transliterate("Ҝәнҹә", Language.AZ, Language.AZ) == "Gəncə"
    assert transliterate("Шуша", Language.AZ, Language.EN) == "Shusha"


@pytest.mark.parametrize(
    ("code", "writing"),
    [
        ("hy", Writing(Language.HY)),
        ("hyw", Writing(Language.HY, "western")),
        ("hy-classical", Writing(Language.HY, "classical")),
        ("az_Cyrl", Writing(Language.AZ, "cyrl")),
        ("az-Latn", Writing(Language.AZ)),
    ],
)
def test_writings(code: str, writing: Writing) -> None:
    """Codes name a language and, where the spelling differs, its variety."""
    assert parse_writing(code) == writing


def test_asked_wrongly() -> None:
    """A scheme, variety or language there is not is named with a remedy."""
    with pytest.raises(BadOption, match="use hy-en-bgn-pcgn"):
        transliterate("Շուշի", Language.HY, Language.EN, scheme="gost")
    with pytest.raises(BadOption, match="varieties: classical, western"):
        transliterate("Շուշի", Language.HY, Language.EN, variety="cyrl")
    with pytest.raises(UnknownLanguage):
        parse_writing("ka")
