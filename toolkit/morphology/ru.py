"""Russian: the forms of a name, its adjective and its demonym; what a sentence allows and what it must change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from toolkit.languages import Language
from toolkit.morphology import ru_agreement, ru_context, ru_names
from toolkit.morphology.base import (
    Adjustment,
    Case,
    Context,
    Features,
    Form,
    Gender,
    Lexeme,
    Number,
    Part,
    Replacement,
)
from toolkit.morphology.ru_demonyms import demonym
from toolkit.morphology.ru_endings import CASES, Paradigm, adjectival, looks_adjectival


class Russian:
    """The grammar of Russian names."""

    language = Language.RU

    def forms(self, lexeme: Lexeme) -> Sequence[Form]:
        """Every form of the name, its adjective and its demonym; the first text of each Features is the written one.

        A name has one paradigm, so its number is singular here, also for plural names (Эмираты); weapons and
        surnames have a plural besides (Искандеры, Алиевы).
        """
        found = (
            *_spelt(_name_forms(lexeme), lexeme.text),
            *_spelt(_plural_forms(lexeme), lexeme.text),
            *_spelt(_adjective_forms(lexeme), lexeme.adjective),
            *_spelt(_demonym_forms(lexeme), lexeme.demonym),
        )
        return tuple(dict.fromkeys(found))

    def narrow(self, readings: Sequence[Features], context: Context) -> Sequence[Features]:
        """The readings that the preposition, noun or verb around the mention allows (see ru_context)."""
        return ru_context.narrow(readings, context)

    def select(self, forms: Sequence[Form], context: Context) -> Form:
        """The second locative after в, на (в Крыму, but о Крыме), «Карабах» unchanged after a noun; else the first."""
        preferred = [form for form in forms if form.preferred] or list(forms)
        if len(preferred) > 1 and preferred[0].text.startswith("«"):
            return preferred[-1] if ru_context.follows_noun(context) else preferred[0]
        if len(preferred) > 1 and preferred[0].features.case is Case.PREP and ru_context.is_locative(context):
            return preferred[-1]
        return preferred[0]

    def adjust(self, replacement: Replacement) -> Adjustment:
        """Prepositions (о, об) and agreement in gender around the new name (see ru_agreement)."""
        return ru_agreement.adjust(replacement)


def _name_forms(lexeme: Lexeme) -> Iterator[Form]:
    name = ru_names.name(lexeme)
    written = {Case.PREP: name.locative}
    if lexeme.text.startswith("«") and " " not in lexeme.text:
        written = dict.fromkeys(CASES, lexeme.text)
    yield from _paradigm_forms(name.cells, Features(), written=written)


def _plural_forms(lexeme: Lexeme) -> Iterator[Form]:
    """Several of a weapon (Искандеров); a family's surname is recognised only, since most -ым are of one man."""
    if lexeme.kind not in ("person", "weapon") or lexeme.plural:
        return
    cells = ru_names.several(lexeme)
    if cells is not None:
        for form in _paradigm_forms(cells, Features(number=Number.PLURAL)):
            yield form if lexeme.kind == "weapon" else replace(form, preferred=False)


def _spelt(forms: Iterable[Form], like: str) -> Iterator[Form]:
    """The forms with ё only where the entry writes it: its text is Черный январь, so its cases are январем, января."""
    for form in forms:
        text = form.text if "ё" in like.lower() else form.text.replace("ё", "е").replace("Ё", "Е")
        yield form if text == form.text else replace(form, text=text)


def _paradigm_forms(cells: Paradigm, like: Features, written: dict[Case, str] | None = None) -> Iterator[Form]:
    """The forms of a paradigm with the features `like`, but the case; `written` texts are preferred as well."""
    for case in CASES:
        features = Features(like.part, case, like.number, gender=like.gender, animate=like.animate)
        for index, text in enumerate(cells[case]):
            yield Form(text, features, preferred=index == 0 or text == (written or {}).get(case))


def _adjective_forms(lexeme: Lexeme) -> Iterator[Form]:
    """The adjective in all genders and cases; the accusative before a living being is marked `animate`."""
    word = lexeme.adjective
    if not looks_adjectival(word):
        return
    for gender in Gender:
        number = Number.PLURAL if gender is Gender.PLURAL else Number.SINGULAR
        like = Features(Part.ADJECTIVE, number=number, gender=gender)
        yield from _paradigm_forms(adjectival(word, gender), like)
        if gender in (Gender.MASCULINE, Gender.PLURAL):
            text = adjectival(word, gender, animate=True)[Case.ACC][0]
            yield Form(text, Features(Part.ADJECTIVE, Case.ACC, number, gender=gender, animate=True))


def _demonym_forms(lexeme: Lexeme) -> Iterator[Form]:
    """The inhabitant, one and many, and the woman of the place where a rule makes the word (шушинец → шушинка)."""
    if not lexeme.demonym:
        return
    for paradigm in demonym(lexeme.demonym):
        like = Features(Part.DEMONYM, number=paradigm.number, gender=paradigm.gender)
        yield from _paradigm_forms(paradigm.cells, like)


GRAMMAR = Russian()
