"""Names that the glossary does not know and the engine mangled: Costello that has become Cochran.

A capitalised word inside a sentence is such a name where nothing in the draft is it, its transliteration or near to
that, and where just one capitalised word of the draft begins with the same sound and goes on otherwise, by alignment
or because nothing else is left over. It is transliterated by scheme, in the form that the mangled word seems to have,
and always told. What is translated (Monday, the Earth, the King) hardly ever begins with the same sound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from toolkit.engines.protocol import Draft
from toolkit.languages import Language
from toolkit.memory.calendar import calendar_of
from toolkit.morphology.base import Context, Lexeme, Number, Part
from toolkit.morphology.grammars import grammar_of
from toolkit.pipeline.checks.pair import Remark, Side, side_of
from toolkit.pipeline.obey.endings import same_end
from toolkit.text.folding import fold_key
from toolkit.text.spans import Edit, Span, apply_edits
from toolkit.translit.key import begins_like, keys
from toolkit.translit.names import transliterate_name

_WORD = re.compile(r"[^\W\d_][\w'’]*")
_OPENS = re.compile(r"(?:^|[.!?։:…\"«“„(—–-])\s*$")
_SHORTEST = 4
_NEAR = 0.7
"""Of their skeletons, how much two words share that may be one name."""
_FAR = 0.3
"""Below this, two words that begin alike have nothing else in common."""


@dataclass(frozen=True, slots=True)
class _Word:
    span: Span
    text: str


def restored(source: Side, draft: Draft, target: Language) -> tuple[Draft, tuple[Remark, ...]]:
    """The draft with mangled unknown names transliterated, its alignment moved along, and what is to be said.

    A name that the source inflects (all languages but English do) has no certain base form: it is told alone.
    """
    there = [word for word in _words(draft.text) if word.text[0].isupper()]
    lost = [w for w in _capitalised(source) if not _is_there(w.text, there, draft.text, source.language, target)]
    lost = _unknown(lost, source) if lost else lost
    if not lost:
        return draft, ()
    translated = side_of(draft.text, target, source.glossary)
    ours = [word for word in _words(source.text) if word.text[0].isupper()]
    spare = [
        w for w in _capitalised(translated) if not any(_same(o.text, w.text, source.language, target) for o in ours)
    ]
    spare = _unknown(spare, translated)
    edits: list[Edit] = []
    remarks: list[Remark] = []
    for word in lost:
        mangled = _place_of(word, lost, spare, draft, (source.language, target))
        if mangled is None or any(edit.span == mangled.span for edit in edits):
            continue
        if source.language is Language.EN:
            written = _written(word.text, mangled, draft.text, target)
            edits.append(Edit(mangled.span, written))
            remarks.append(_remark("N021", word, mangled, written))
        else:
            letters = transliterate_name(word.text, source.language, target).text
            remarks.append(_remark("N022", word, mangled, letters, mangled.span))
    return (_edited(draft, edits) if edits else draft), tuple(remarks)


def _remark(code: str, word: _Word, mangled: _Word, rendering: str, place: Span | None = None) -> Remark:
    return Remark(code, word.span, {"surface": word.text, "written": mangled.text, "rendering": rendering}, place)


def _words(text: str) -> list[_Word]:
    return [_Word(Span(*match.span()), match.group()) for match in _WORD.finditer(text)]


def _capitalised(side: Side) -> list[_Word]:
    """Capitalised words inside a sentence that are in no mention and no link."""
    taken = [*(mention.span for mention in side.mentions), *side.zones.protected]
    return [
        word
        for word in _words(side.text)
        if len(word.text) >= _SHORTEST
        and word.text[0].isupper()
        and not word.text.isupper()
        and not _OPENS.search(side.text[: word.span.start])
        and not any(span.overlaps(word.span) for span in taken)
    ]


def _unknown(words: Sequence[_Word], side: Side) -> list[_Word]:
    """Those that are no month, no weekday, no name of the glossary and no common word."""
    dates = [day.span for day in calendar_of(side.language).find(side.text)]
    known = [*dates, *(hit.span for hit in side.hits)]
    return [
        word
        for word in words
        if not any(span.overlaps(word.span) for span in known) and not _is_common(word.text, side.language)
    ]


@lru_cache(maxsize=4096)
def _is_common(word: str, language: Language) -> bool:
    """Whether a word is one that is translated, though a name may have it: listed, or common in Russian."""
    if language is Language.RU:
        from toolkit.morphology import ru_dictionary

        parses = ru_dictionary.parses(word)
        proper = any({"Name", "Surn", "Patr", "Geox"} & set(map(str, p.tag.grammemes)) for p in parses)
        return bool(parses) and all(p.is_known for p in parses) and not proper
    return _common(language).match(fold_key(word, language)) is not None


@cache
def _common(language: Language) -> re.Pattern[str]:
    text = files("toolkit.pipeline.obey").joinpath("data/common_words.yaml").read_text(encoding="utf-8")
    stems = "|".join(fold_key(word, language) for word in yaml.safe_load(text).get(language.value, "").split())
    return re.compile(stems or "(?!)")


def _is_there(name: str, words: Sequence[_Word], text: str, source: Language, target: Language) -> bool:
    """Whether the draft has a name unchanged, by any scheme, or nearly."""
    return name in text or any(_same(name, word.text, source, target) for word in words)


@lru_cache(maxsize=50_000)
def _same(name: str, word: str, source: Language, target: Language) -> bool:
    """Whether a word may be the name, in whatever form."""
    if name[:_SHORTEST].casefold() == word[:_SHORTEST].casefold():
        return True
    return begins_like(name, word, source, target) >= _NEAR


def _place_of(
    word: _Word, lost: Sequence[_Word], spare: Sequence[_Word], draft: Draft, languages: tuple[Language, Language]
) -> _Word | None:
    """The mangled word, where it is certain which one it is."""
    aligned = {theirs for ours, theirs in draft.alignment if ours.overlaps(word.span)}
    if aligned:
        spare = [one for one in spare if any(span.overlaps(one.span) for span in aligned)]
    elif len(lost) > 1:
        return None
    if len(spare) != 1 or not _begins_alike(word.text, spare[0].text, languages):
        return None
    return spare[0] if begins_like(word.text, spare[0].text, *languages) >= _FAR else None


def _begins_alike(one: str, other: str, languages: tuple[Language, Language]) -> bool:
    first, second = (
        {key[:1] for key in keys(text, language)} for text, language in zip((one, other), languages, strict=True)
    )
    return bool(first & second)


def _written(name: str, mangled: _Word, text: str, target: Language) -> str:
    """The English name transliterated, in the form that ends as the mangled word does and that the sentence allows."""
    base = transliterate_name(name.removesuffix("'s").removesuffix("’s"), Language.EN, target).text
    context = Context(text[: mangled.span.start], text[mangled.span.end :])
    forms = [form for form in grammar_of(target).forms(Lexeme(base, "person")) if form.features.part is Part.NAME]
    forms = [form for form in forms if form.preferred and form.features.number is Number.SINGULAR]
    forms = [form for form in forms if not form.features.possessor and not form.features.tail]
    allowed = set(grammar_of(target).narrow([form.features for form in forms], context))
    ends = [
        (same_end(_one_article(form.text, target), _one_article(mangled.text, target)), form.text)
        for form in forms
        if form.features in allowed
    ]
    return max(ends, key=lambda item: item[0], default=(0, base))[1]


def _one_article(word: str, language: Language) -> str:
    """An Armenian word with its article in one shape: ը and ն are the same after different sounds."""
    return f"{word[:-1]}ն" if language is Language.HY and word.endswith("ը") else word


def _edited(draft: Draft, edits: Sequence[Edit]) -> Draft:
    def moved(span: Span) -> Span:
        inside = [edit for edit in edits if edit.span.overlaps(span)]
        before = sum(len(edit.text) - len(edit.span) for edit in edits if edit.span.end <= span.start)
        grown = sum(len(edit.text) - len(edit.span) for edit in inside)
        return Span(span.start + before, span.end + before + grown)

    alignment = tuple((ours, moved(theirs)) for ours, theirs in draft.alignment)
    held = tuple(replace(one, span=moved(one.span)) for one in draft.held)
    return replace(draft, text=apply_edits(draft.text, edits), alignment=alignment, held=held)
