"""Words of a translation that sound like a name and are none the glossary knows: misspelled or mangled names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.names import CompiledName, Role
from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.morphology.base import Features, Part
from toolkit.pipeline.checks.kin import is_kin_of_any, is_made_of
from toolkit.pipeline.checks.pair import Pair
from toolkit.text.folding import fold_key
from toolkit.text.spans import Span
from toolkit.translit.key import similarity

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_LEAST_ALIKE = 0.74
"""Of the letters of a form, how many the word must share before its sound is compared."""
_FIRST_WORD = 0.5
_SHORTEST = 4
_JOINED = re.compile(r"(\w.{2,})[-'’](\w{1,6})")


@dataclass(frozen=True, slots=True)
class NearForm:
    """A misspelled form: its place, and the form of a name that it is nearest to."""

    span: Span
    name: CompiledName
    features: Features
    score: float = 1.0
    """How much of its letters the written form shares."""


def near_form(mention: Mention, pair: Pair, taken: Iterable[Span]) -> NearForm | None:
    """The words of the translation that sound most like a name of the mention's entity; None where nothing does.

    Words must begin with a capital and belong to no name that the glossary knows (`taken`); a word that is made of
    the name (Bostonian) is derived from it, not misspelled.
    """
    target = pair.target
    spans = list(taken)
    words = [Span(*match.span()) for match in _WORD.finditer(target.text)]
    best: tuple[float, NearForm] | None = None
    peoples = any(reading.features.part is not Part.NAME for reading in mention.readings)
    for entity in mention.entities:
        for name, all_forms in _forms(target.glossary, target.language, entity):
            forms = [form for form in all_forms if peoples or form[1].part is not Part.DEMONYM]
            size = len(name.lexeme.text.split())
            for place in _windows(words, size, target.text):
                surface = place.of(target.text)
                folded = fold_key(surface, target.language)
                if len(surface) < _SHORTEST or any(place.overlaps(span) for span in spans):
                    continue
                if is_kin_of_any(folded, target.language) or is_made_of(folded, forms[0][0], target.language):
                    continue
                score, features = _nearest(folded, forms)
                if score >= _LEAST_ALIKE and (best is None or score > best[0]):
                    form = next(text for text, known in forms if known == features)
                    if similarity(surface, form, target.language, target.language).same:
                        best = score, NearForm(place, name, features, score)
    return best[1] if best else None


def _windows(words: Sequence[Span], size: int, text: str) -> Iterable[Span]:
    """Stretches of `size` words that begin with a capital."""
    for index in range(len(words) - size + 1):
        if text[words[index].start].isupper():
            yield Span(words[index].start, words[index + size - 1].end)


def _nearest(surface: str, forms: Sequence[tuple[str, Features]]) -> tuple[float, Features]:
    """The form that a word is most like; one written with a joiner (Kopenhag-ın) by its ending."""
    joined = _JOINED.fullmatch(surface)
    if joined:
        base, ending = forms[0][0], _plain_vowels(joined.group(2))
        same = [form for form in forms if form[0].startswith(base) and _plain_vowels(form[0][len(base) :]) == ending]
        if same:
            return Levenshtein.normalized_similarity(joined.group(1), base), same[0][1]
    best = max(forms, key=lambda form: Levenshtein.normalized_similarity(surface, form[0]))
    first = Levenshtein.normalized_similarity(surface.split()[0], best[0].split()[0])
    score = Levenshtein.normalized_similarity(surface, best[0])
    return score if first >= _FIRST_WORD else 0.0, best[1]


def _plain_vowels(ending: str) -> str:
    """An ending without the harmony of its vowels."""
    return re.sub("[aeəıioöuü]", "*", ending)


@lru_cache(maxsize=4096)
def _forms(
    glossary: Glossary, language: Language, entity: str
) -> tuple[tuple[CompiledName, tuple[tuple[str, Features], ...]], ...]:
    """The names of an entity with every form, folded; the likeliest features of a text first."""
    table = glossary.table(language)
    found = []
    for name in table.of_entity(entity):
        if not name.role.is_name or name.role is Role.ACRONYM or len(name.lexeme.text) < _SHORTEST:
            continue
        texts: dict[str, Features] = {}
        for features in table.features:
            for form in table.forms(name, features):
                if form.preferred:
                    texts.setdefault(fold_key(form.text, language), features)
        found.append((name, tuple(texts.items())))
    return tuple(found)
