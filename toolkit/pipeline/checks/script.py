"""Letters of the wrong writing system, and passages that were left in the language of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from toolkit.languages import Language
from toolkit.pipeline.checks.pair import Pair, Remarks, Side
from toolkit.text.scripts import SCRIPT_OF, Script, script_of
from toolkit.text.spans import Span

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_COPIED = 3
"""Words in a row, taken over from the source, that make a passage."""
_FEWEST_STRANGE = 2
"""The same in a script that the language borrows nothing from."""
_LONGEST_FOREIGN = 3
_LATIN = re.compile("[a-zA-Z]")
_OTHER = {
    Script.LATIN: re.compile("[\u0370-\u1cff]"),
    Script.CYRILLIC: re.compile("[\u0530-\u1cff]"),
    Script.ARMENIAN: re.compile("[\u0370-\u052f\u0590-\u1cff]"),
}
"""Letters that a text in a script has no business with."""
_BORROWED = frozenset((Script.LATIN, Script.OTHER))


def check_script(pair: Pair, remarks: Remarks) -> None:
    """T012 for words in letters that neither language writes or that mix two scripts; T013 for copied passages."""
    own = SCRIPT_OF[pair.target.language]
    if own is not Script.LATIN and not _LATIN.search(pair.target.text) and not _OTHER[own].search(pair.target.text):
        return
    if own is Script.LATIN and not _OTHER[own].search(pair.target.text) and not _shares_words(pair):
        return
    known = set(_WORD.findall(pair.source.text))
    for place in _words(pair.target):
        word = place.of(pair.target.text)
        scripts = {script_of(char) for char in word} - {Script.OTHER}
        odd = scripts - {own} - _BORROWED
        if word not in known and (odd or (len(scripts) > 1 and own is not Script.LATIN and len(word) > 1)):
            if len(scripts) > 1 and _is_inflected(word, own):
                continue
            remarks.add("T012", None, place, surface=word)
    passage = _copied(pair)
    if passage is not None:
        remarks.add("T013", None, passage, surface=passage.of(pair.target.text)[:60])


def _shares_words(pair: Pair) -> bool:
    """Whether enough words of the source stand in the translation for a passage to have been copied."""
    common = set(_WORD.findall(pair.source.text)) & set(_WORD.findall(pair.target.text))
    return len(common) > 1


def _words(side: Side) -> Iterator[Span]:
    hidden = side.zones.protected
    for match in _WORD.finditer(side.text):
        place = Span(*match.span())
        if not any(span.overlaps(place) for span in hidden):
            yield place


def _is_inflected(word: str, own: Script) -> bool:
    """A foreign word with an ending of the language: NATO-ն, AfCFTAին."""
    scripts = [script_of(char) for char in word]
    change = next((i for i, script in enumerate(scripts) if script is own), 0)
    return change > 1 and all(script is own for script in scripts[change:]) and Script.LATIN in scripts[:change]


def _copied(pair: Pair) -> Span | None:
    """A run of small words that stand in the source as they stand here, or that the target's script cannot be."""
    run: list[Span] = []
    text, own = pair.target.text, SCRIPT_OF[pair.target.language]
    source = f" {' '.join(_WORD.findall(pair.source.text))} "
    for place in [*_words(pair.target), None]:
        word = place.of(text) if place else ""
        if place and _is_foreign(word, pair.target.language, source):
            run.append(place)
            continue
        small = [span for span in run if span.of(text).islower() and len(span) > 1]
        fewest = _FEWEST_COPIED + (own is Script.LATIN or small != run)  # a title has capitals
        if run and not _LATIN.search(text, run[0].start, run[-1].end):
            fewest = _FEWEST_STRANGE
        if len(small) >= fewest and not _is_quoted(run, pair):
            return Span(run[0].start, run[-1].end)
        run = []
    return None


@lru_cache(maxsize=8192)
def _is_foreign(word: str, language: Language, source: str) -> bool:
    own = SCRIPT_OF[language]
    if own is Script.LATIN:
        return f" {word} " in source
    return all(script_of(char) is not own for char in word)


def _is_quoted(run: list[Span], pair: Pair) -> bool:
    whole = Span(run[0].start, run[-1].end)
    return any(quote.contains(whole) for quote in pair.target.zones.quotes)
