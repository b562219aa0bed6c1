"""Find contested terms in a text, whatever their endings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from toolkit.glossary.entities import ContestedTerm
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.morphology.base import Lexeme
from toolkit.morphology.grammars import grammar_of
from toolkit.morphology.ru_phrases import phrase_forms
from toolkit.pipeline.result import Finding, finding
from toolkit.text.folding import fold, fold_key
from toolkit.text.scripts import is_word_char
from toolkit.text.spans import Span, leftmost_longest

_CHANGING = {Language.AZ: ("k", "q"), Language.EN: ("y",), Language.HY: ("բ", "ի", "ում", "ություն"), Language.RU: ()}
"""Last letters before which an ending may change the word: torpaq, torpağı; զտում, զտման."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording of a term, folded; `whole` where it must end where the word ends."""

    text: str
    term: ContestedTerm
    whole: bool = False


def contested_terms(text: str, language: Language, glossary: Glossary) -> list[Finding]:
    """A finding (N008) at each contested term of `text`.

    Matched from the beginning of a word to its end, since endings follow the word; where they change it (խումբ, խմբի),
    its forms are looked for too. In Russian each word that agrees is declined, and a form must be the whole word.
    """
    automaton, wordings = _term_finder(glossary, language)
    folded = fold(text, language)
    found: dict[tuple[Span, ContestedTerm], None] = {}
    for index, start, end in automaton.find_matches_as_indexes(folded.text, overlapping=True):
        if start and is_word_char(folded.text[start - 1]):
            continue
        past = end
        while past < len(folded.text) and is_word_char(folded.text[past]):
            past += 1
        if past == end or not wordings[index].whole:
            found[folded.offsets.span(Span(start, past)), wordings[index].term] = None
    return [_remark(text, span, term) for span, term in leftmost_longest(list(found), lambda pair: pair[0])]


@lru_cache(maxsize=16)
def _term_finder(glossary: Glossary, language: Language) -> tuple[AhoCorasick, tuple[Wording, ...]]:
    wordings = tuple(wording for term in glossary.terms if term.language is language for wording in _wordings(term))
    return AhoCorasick([wording.text for wording in wordings], matchkind=MatchKind.Standard), wordings


def _wordings(term: ContestedTerm) -> Iterator[Wording]:
    for word in term.words:
        written = fold_key(word, term.language)
        yield Wording(written, term)
        if term.language is Language.RU:
            forms = {fold_key(form, term.language) for form in phrase_forms(word)}
            yield from (Wording(form, term, whole=True) for form in sorted(forms - {written}))
        elif written.endswith(_CHANGING[term.language]):
            lexeme = Lexeme(word, "other", genitive=_genitive(word, term.language))
            forms = {fold_key(form.text, term.language) for form in grammar_of(term.language).forms(lexeme)}
            yield from (Wording(form, term) for form in sorted(forms) if not form.startswith(written))


def _genitive(word: str, language: Language) -> str:
    """The genitive of an Armenian common noun in -ի or -ում (թշնամու, զտման), for the grammar is one of names."""
    if language is not Language.HY:
        return ""
    if word.endswith("ի"):
        return f"{word[:-1]}ու"
    return f"{word.removesuffix('ում')}ման" if word.endswith("ում") else ""


def _remark(text: str, span: Span, term: ContestedTerm) -> Finding:
    return finding(
        "N008",
        span.start,
        span.end,
        surface=span.of(text),
        usages=" and ".join(term.used_by),
        note=term.note or term.topic,
        neutral=f"neutral: {term.neutral}" if term.neutral else "attribute it to who says so",
    )
