"""A number put in the place of another: the ending tied to it, and the words beside it that follow its value.

Returned doubts say what could not be decided; the caller shows them. Rules: Russian counts two to four with the
genitive singular and more with the genitive plural, except where a word before the number wants the genitive
anyway (CLDR plural categories); Azerbaijani endings harmonise with the numeral as it is read aloud.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.languages import Language
from toolkit.memory.calendar import calendar_of
from toolkit.memory.numbers import Figure, write_number
from toolkit.morphology.az_sounds import readings, sound_of
from toolkit.morphology.base import Lexeme
from toolkit.morphology.grammars import grammar_of
from toolkit.morphology.ru_dictionary import parses
from toolkit.text.spans import Edit, Span

_SUFFIX = re.compile(r"[-\u2010\u2011]([^\W\d_]+)")
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_LAST_WORD = re.compile(r"([^\W\d_]+)\s+$")
_ORDINAL = dict(zip("aıeəiouöü", ["cı", "cı", "ci", "ci", "ci", "cu", "cu", "cü", "cü"], strict=True))
_RUSSIAN_SURE = re.compile(r"й|я|е|го|му|м|[а-яё]{4,}")
_GENITIVE_BEFORE = frozenset(
    ("без", "более", "больше", "для", "до", "из", "кроме", "менее", "меньше", "около", "от", "порядка", "свыше")
)
_UNSURE_BEFORE = re.compile(
    r"против|среди|у|со?|ко?|об?|при|по|над|под|перед|между|не|достиг\w*|лиши\w*|добил\w*|требу\w*|потребова\w*"
)
"""Words after which a number is or may be in another case than the nominative or accusative."""
_PERSONS = ("человек", "человека")
"""Many, few: the dictionary would say людей."""
_MEASURE_BEFORE = ("на", "за", "через")
"""Before the number of a measure, which is no subject: no verb agrees with it."""
_COUNTED_AS = {"one": {"sing", "accs"}, "few": {"sing", "gent"}, "many": {"plur", "gent"}}
_ABBREVIATED = frozenset(("млн", "млрд", "тыс", "км", "м", "кг", "га", "г", "мм", "см", "т"))


@dataclass(frozen=True, slots=True)
class Fitted:
    """Edits of the target text for one number, and what is in doubt."""

    edits: tuple[Edit, ...]
    doubt: str = ""


def fit_number(text: str, span: Span, old: Figure, new: Figure, language: Language) -> Fitted:
    """Put `new` at `span` of a text that has `old` there."""
    written = write_number(new, language, like=span.of(text) if old.value.partition(".")[0][3:] else "")
    suffix = _SUFFIX.match(text, span.end)
    if suffix:
        ending = _suffix(suffix.group(1), span.of(text), written, old, new, language)
        if ending is None:
            return Fitted((Edit(span, written),), f"the ending “-{suffix.group(1)}” may have to change")
        return Fitted((Edit(Span(span.start, suffix.end()), f"{written}{suffix.group()[0]}{ending}"),))
    doubt, agreed = _agreement(text, span, old, new, language)
    return Fitted((Edit(span, written), *agreed), doubt)


def _suffix(suffix: str, before: str, after: str, old: Figure, new: Figure, language: Language) -> str | None:
    """The ending after the new number; None where no rule is certain."""
    if language is Language.AZ:
        return _azerbaijani(suffix, before, after)
    if language is Language.RU:
        return suffix if _RUSSIAN_SURE.fullmatch(suffix) else None
    if language is Language.HY:
        return _armenian(suffix, old.value, new.value)
    return suffix


def _armenian(suffix: str, before: str, after: str) -> str | None:
    """The first is 1-ին, all others -րդ; a date has -ին too, so that a 1 does not tell which it is."""
    if suffix == "րդ" and after == "1":
        return "ին"
    return None if suffix == "ին" and before == "1" != after else suffix


def _azerbaijani(suffix: str, before: str, after: str) -> str | None:
    digits = re.sub(r"\D", "", after)
    if suffix in _ORDINAL.values():
        return _ORDINAL[sound_of(readings(digits)[0]).vowel]
    if suffix == "dək":
        return suffix
    if suffix in ("na", "nə"):  # martın 17-nə, 16-na
        return "na" if sound_of(readings(digits)[0]).vowel in "aıou" else "nə"
    grammar = grammar_of(Language.AZ)
    wanted = {f.features for f in grammar.forms(Lexeme(before, "other")) if f.text == f"{before}-{suffix}"}
    for form in grammar.forms(Lexeme(after, "other")):
        if form.features in wanted and form.preferred and form.text.startswith(f"{after}-"):
            return form.text[len(after) + 1 :]
    return None


def _agreement(text: str, span: Span, old: Figure, new: Figure, language: Language) -> tuple[str, Sequence[Edit]]:
    before, after = _category(old, language), _category(new, language)
    word = _NEXT_WORD.match(text, span.end)
    if before == after or word is None:
        return "", ()
    doubt = f"“{word.group(1)}” may have to change after the number"
    if language is not Language.RU:
        return doubt, ()
    noun = word.group(1).lower()
    if noun in _ABBREVIATED or (noun.startswith("год") and 1000 <= Decimal(old.value) <= 2100) or _is_month(noun):
        return "", ()
    last = _LAST_WORD.search(text, 0, span.start)
    governor = last.group(1).lower() if last else ""
    measured = governor in _MEASURE_BEFORE
    if {before, after} - ({"one", "few", "many"} if measured else {"few", "many"}):
        return doubt, ()
    if governor in _GENITIVE_BEFORE:
        return "", ()
    agreed = None if _UNSURE_BEFORE.fullmatch(governor) else _agreed(noun, after)
    if agreed is None:
        return doubt, ()
    return "", (Edit(Span(*word.span(1)), agreed),) if agreed != noun else ()


def _category(figure: Figure, language: Language) -> str:
    """The CLDR plural category; languages that count with the singular have but one here."""
    if language in (Language.AZ, Language.HY):
        return "other"
    from babel import Locale

    value = Decimal(figure.value)
    return str(Locale(language.value).plural_form(value))


def _is_month(noun: str) -> bool:
    return bool(calendar_of(Language.RU).find(noun))


def _agreed(noun: str, category: str) -> str | None:
    """A counted noun after another number; None where the word is not surely a noun counted so."""
    if noun in _PERSONS and category != "one":
        return _PERSONS[category == "few"]
    cases = ("gent", "accs")
    counted = next((parse for parse in parses(noun) if "NOUN" in parse.tag and parse.tag.case in cases), None)
    form = counted.inflect(_COUNTED_AS[category]) if counted else None
    return str(form.word) if form else None
