"""Words of a translation that sound like a name and are none the glossary knows: misspelled or mangled names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.names import CompiledName, Role
from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.morphology.adpositions import governor
from toolkit.morphology.base import Case, Context, Features, Part
from toolkit.morphology.grammars import grammar_of
from toolkit.pipeline.checks.kin import is_kin_of_any, is_made_of
from toolkit.pipeline.checks.pair import Pair, Side
from toolkit.text.folding import fold_key
from toolkit.text.spans import Span
from toolkit.translit.key import similarity

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_LEAST_ALIKE = 0.74
"""Of the letters of a form, how many the word must share before its sound is compared."""
_FIRST_WORD = 0.5
_FOR_CASE = 0.2
"""By how much a form may be less like the word than the likest one and yet be chosen for its case."""
_SHORTEST = 4
_SOFT = "ьй"
"""Letters that end a Russian name without being an ending."""
_JOINED = re.compile(r"(\w.{2,})[-'’](\w{1,6})")


@dataclass(frozen=True, slots=True)
class NearForm:
    """A misspelled form: its place, and the form of a name that it is nearest to."""

    span: Span
    name: CompiledName
    features: Features
    score: float = 1.0
    """How much of its letters the written form shares."""


class _Form(NamedTuple):
    """A folded form and all that it can be."""

    text: str
    features: tuple[Features, ...]


def near_form(mention: Mention, pair: Pair, taken: Iterable[Span]) -> NearForm | None:
    """The words of the translation that sound most like a name of the mention's entity; None where nothing does.

    Words must begin with a capital and belong to no name that the glossary knows (`taken`); a word that is made of
    the name (Bostonian) is derived from it, not misspelled.
    """
    target = pair.target
    spans = list(taken)
    words = [Span(*match.span()) for match in _WORD.finditer(target.text)]
    best: NearForm | None = None
    peoples = any(reading.features.part is not Part.NAME for reading in mention.readings)
    for entity in mention.entities:
        for name, every in _forms(target.glossary, target.language, entity):
            forms = [form for form in every if peoples or form.features[0].part is not Part.DEMONYM]
            for place in _windows(words, len(name.lexeme.text.split()), target.text):
                surface = place.of(target.text)
                folded = fold_key(surface, target.language)
                if len(surface) < _SHORTEST or any(place.overlaps(span) for span in spans):
                    continue
                if any(folded == form.text for form in every):
                    continue
                if is_kin_of_any(folded, target.language) or is_made_of(folded, forms[0].text, target.language):
                    continue
                score, form, features = _nearest(folded, forms, _cases_at(place, target))
                if score < _LEAST_ALIKE or (best is not None and score <= best.score):
                    continue
                if similarity(surface, form, target.language, target.language).same:
                    best = NearForm(place, name, features, score)
    return best


def _windows(words: Sequence[Span], size: int, text: str) -> Iterable[Span]:
    """Stretches of `size` words that begin with a capital."""
    for index in range(len(words) - size + 1):
        if text[words[index].start].isupper():
            yield Span(words[index].start, words[index + size - 1].end)


def _cases_at(place: Span, side: Side) -> Sequence[Case]:
    """The cases that the word beside a place takes; in Russian the clause tells whither from where."""
    context = Context(side.text[: place.start], side.text[place.end :])
    governed = governor(context, side.language)
    if governed is None:
        return ()
    possible = [Features(case=case) for case in governed.cases]
    if side.language is Language.RU:
        possible = list(grammar_of(side.language).narrow(possible, context))
    return [features.case for features in possible]


def _nearest(surface: str, forms: Sequence[_Form], cases: Sequence[Case]) -> tuple[float, str, Features]:
    """How like a word is to the form that it is most like, that form, and what it is meant for: that form, or one in a
    case that the word beside it takes if that is nearly as like. A word with a joiner (Kopenhag-ın) goes by its
    ending."""
    base = forms[0].text
    joined = _JOINED.fullmatch(surface)
    if joined:
        ending = _plain_vowels(joined.group(2))
        same = [
            form for form in forms if form.text.startswith(base) and _plain_vowels(form.text[len(base) :]) == ending
        ]
        if same:
            return Levenshtein.normalized_similarity(joined.group(1), base), same[0].text, same[0].features[0]
    if not re.search("['’]", surface):
        forms = [form for form in forms if form.features[0].case is not Case.POSS]
    has_ending = _has_ending(surface, base)

    def likeness(form: _Form) -> tuple[float, bool]:
        return Levenshtein.normalized_similarity(surface, form.text), has_ending == (form.text != base)

    best = max(forms, key=likeness)
    first = Levenshtein.normalized_similarity(surface.split()[0], best.text.split()[0])
    score = likeness(best)[0] if first >= _FIRST_WORD else 0.0
    chosen = best
    fitting = [form for form in forms if any(features.case in cases for features in form.features)]
    if fitting:
        fit = max(fitting, key=likeness)
        chosen = fit if likeness(fit)[0] >= likeness(best)[0] - _FOR_CASE else best
    return score, best.text, next((f for f in chosen.features if f.case in cases), chosen.features[0])


def _has_ending(surface: str, base: str) -> bool:
    """Whether a misspelled word seems to have an ending of its own: Ленкорана is like Ленкорань and Ленкорани, and
    rather the latter."""
    return len(surface) >= len(base) and surface.rstrip(_SOFT)[-1:] != base.rstrip(_SOFT)[-1:]


def _plain_vowels(ending: str) -> str:
    """An ending without the harmony of its vowels."""
    return re.sub("[aeəıioöuü]", "*", ending)


@lru_cache(maxsize=4096)
def _forms(glossary: Glossary, language: Language, entity: str) -> tuple[tuple[CompiledName, tuple[_Form, ...]], ...]:
    """The names of an entity with every form, folded; the likeliest features of a text first."""
    table = glossary.table(language)
    found = []
    for name in table.of_entity(entity):
        if not name.role.is_name or name.role is Role.ACRONYM or len(name.lexeme.text) < _SHORTEST:
            continue
        texts: dict[str, list[Features]] = {}
        for features in table.features:
            for form in table.forms(name, features):
                if form.preferred and not features.possessor:
                    texts.setdefault(fold_key(form.text, language), []).append(features)
        found.append((name, tuple(_Form(text, tuple(can_be)) for text, can_be in texts.items())))
    return tuple(found)
