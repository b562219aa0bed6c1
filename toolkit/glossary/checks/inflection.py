"""Whether the grammar can inflect a name with what the entry declares of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.glossary.checks.grammar import name_texts
from toolkit.glossary.checks.problems import Remark
from toolkit.glossary.compile import lexeme_of
from toolkit.glossary.model import Entry, Kind, NameText
from toolkit.glossary.yaml_safe import FieldPath
from toolkit.languages import Language
from toolkit.morphology.base import Part
from toolkit.morphology.grammars import grammar_of

# Heads that are no word of the name but say how its words go together (see the grammars).
_HEADS = {language: frozenset({"all", "none"}) for language in Language} | {
    Language.AZ: frozenset({"all", "izafet", "none", "plain"})
}
# Languages in which a name can stay without endings where the grammar finds nothing to inflect.
_WITH_GAPS = frozenset({Language.HY, Language.RU})
_VOWEL_END = re.compile(r"[еёиоуыэю]$", re.IGNORECASE)
_LATIN = re.compile("[A-Za-z]$")
_MANY_WORDS = 3
# What a Russian name of each declension can end in; another ending than these may be a wrong declaration.
_CONSONANTS = tuple("бвгджзйклмнпрстфхцчшщь")
_ENDINGS: dict[str, tuple[str, ...]] = {
    "masculine": (*_CONSONANTS, "а", "я"),
    "feminine": ("а", "я", "ь"),
    "neuter": ("о", "е", "ё", "мя"),
    "plural": ("ы", "и", "а", "я"),
    "adjectival": ("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие"),
}


def check_inflection(entry: Entry) -> Iterator[Remark]:
    """Remarks on heads that are not there and on names that stay bare in every case without being declared so."""
    for index, name in enumerate(entry.names):
        for language in Language:
            text = name.in_language(language)
            if text is None:
                continue
            path = ("names", index, language.value)
            for inner, inner_path in name_texts(text, path):
                yield from _check_head(inner, language, inner_path)
            if language in _WITH_GAPS and _may_stay_bare(text, language, entry) and _is_bare(text, language, entry):
                yield _bare(text, language, path)


def _check_head(text: NameText, language: Language, path: FieldPath) -> Iterator[Remark]:
    if not text.head or text.head in _HEADS[language]:
        return
    if not re.search(rf"(?<!\w){re.escape(text.head)}(?!\w)", text.text):
        yield Remark(
            "G108",
            (*path, "head"),
            f"“{text.head}” is no word of “{text.text}”",
            "write the word that takes the endings, exactly as it stands in the name",
        )


def _may_stay_bare(text: NameText, language: Language, entry: Entry) -> bool:
    """Whether it is worth asking the grammar: any other name takes endings. A woman's surname may well take none."""
    if text.declension == "indeclinable" or text.head == "none" or entry.kind is Kind.PERSON:
        return False
    declined = text.head or text.text
    if language is Language.RU and (_VOWEL_END.search(declined) or _LATIN.search(declined)):
        return False
    if language is Language.RU and text.text.isupper():
        return True
    if text.declension:
        return not declined.lower().endswith(_ENDINGS[text.declension])
    return len(text.text.split()) >= _MANY_WORDS


def _is_bare(text: NameText, language: Language, entry: Entry) -> bool:
    forms = grammar_of(language).forms(lexeme_of(entry, text, language))
    return len({form.text for form in forms if form.features.part is Part.NAME}) == 1


def _bare(text: NameText, language: Language, path: FieldPath) -> Remark:
    if text.declension:
        return Remark(
            "G109",
            (*path, "declension"),
            f"“{text.text}” cannot be declined as {text.declension}",
            "correct the declension, or write `declension: indeclinable`",
        )
    declare = "`declension: indeclinable`" if language is Language.RU else "`head: none`"
    return Remark(
        "G109",
        path,
        f"“{text.text}” would stand without an ending in every case",
        f"write the word that takes the endings as `head`, or write {declare}",
    )
