"""What the source has and nothing in the translation stands for: a parenthesis, a sentence, an item of a list.

No word is looked up: what is counted are marks that all four languages share. Translators move commas and join
sentences, so that each count is believed only where the translation is smaller too, and it is silent about a clause
that goes without a mark of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from toolkit.languages import Language
from toolkit.pipeline.checks.length import size_of
from toolkit.pipeline.checks.pair import Pair, Remarks, Side
from toolkit.text.sentences import split_sentences
from toolkit.text.spans import Span

_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_WORDS = 3
"""Words that a parenthesis has to have: shorter ones give names and measures in another language or system."""
_CAPITALS = 2
"""Of a word before a parenthesis that spells it out, which the other language may not need: OHA, AfCFTA."""
_USUAL = 0.9
_SMALLER = 0.72
_SMALLER_ENGLISH = 0.65
"""Of the usual size: a translation with fewer sentences that is smaller has lost one, and has joined two otherwise."""
_JOINED = re.compile(r"[;:։](?=\s)")
_LIST_MARKS = {
    Language.AZ: "və|ya|yaxud|ya da",
    Language.EN: "and|or",
    Language.HY: "և|եւ|ու|կամ",
    Language.RU: "и|или",
}
_CLAUSES = {
    Language.AZ: re.compile(r",\s(?:ki|amma|lakin|isə)\s"),
    Language.EN: re.compile(r",\s(?:a|an|but|if|in|including|like|so|that|the|when|where|which|who|with)\s"),
    Language.HY: re.compile(r",\s(?:եթե|երբ|թե|ինչպես|իսկ|որ\w*|սակայն|բայց)\s"),
    Language.RU: re.compile(r",\s(?:а|будто|где|если|как|когда|которы\w*|но|так|чтобы|что)\s"),
}
_ITEM = r"[^\W\d_][\w’'-]*(?: [\w’'-]+)?"
"""An item of a list: one word or two."""
_SHOWN = 60


def check_omissions(pair: Pair, remarks: Remarks) -> None:
    """T018 for what may be left out, one remark a text: what is dropped takes its marks along. Where the whole is too
    short already (T014), nothing is added."""
    size = size_of(pair)
    if not size or any(remark.code == "T014" for remark in remarks.found):
        return
    smaller = _SMALLER_ENGLISH if pair.target.language is Language.EN else _SMALLER
    for find, below in ((_parenthesis, _USUAL), (_sentence, smaller), (_item, 1.0)):
        span = find(pair) if size < below else None
        if span is not None:
            surface = " ".join(span.of(pair.source.text).split())
            remarks.add("T018", span, None, surface=surface[:_SHOWN] + "…" * (len(surface) > _SHOWN), what=_WHAT[find])
            return


def _parenthesis(pair: Pair) -> Span | None:
    """The first parenthesis of some words, where the translation has none."""
    if "(" in pair.target.text:
        return None
    for match in _PARENTHESIS.finditer(pair.source.text):
        if len(_WORD.findall(match.group(1))) >= _FEWEST_WORDS and not _is_spelled_out(pair.source.text, match.start()):
            return Span(*match.span())
    return None


def _is_spelled_out(text: str, parenthesis: int) -> bool:
    before = text[:parenthesis].split()
    return bool(before) and sum(char.isupper() for char in before[-1]) >= _CAPITALS


def _sentence(pair: Pair) -> Span | None:
    """The last sentence, where the translation has fewer: which one is missing is not told by their number."""
    source, target = (split_sentences(side.text, side.language) for side in (pair.source, pair.target))
    joined = sum(len(_JOINED.findall(span.of(pair.target.text)[:-1])) for span in target)
    return source[-1] if len(target) + joined < len(source) else None


def _item(pair: Pair) -> Span | None:
    """The list of the source, where both texts have one, and the translation's has one item less; with more commas
    than one lost, or none, the sentence is built otherwise, and the list's borders are not certain."""
    source, target = _lists(pair.source), _lists(pair.target)
    if len(source) != 1 or len(target) != 1:
        return None
    here, there = _commas(source[0], pair.source), _commas(target[0], pair.target)
    fewer = pair.source.text.count(",") - pair.target.text.count(",")
    return source[0] if here == there + 1 and fewer == 1 else None


def _lists(side: Side) -> Sequence[Span]:
    """From the comma after the first item to the word before the last one."""
    found = _list_of(side.language).finditer(side.text)
    return [Span(match.start(1), match.end(1)) for match in found if not _opens_clause(match.group(1), side.language)]


def _opens_clause(listed: str, language: Language) -> bool:
    """Whether the first comma is that of a clause: «выяснило, что страх, голод и»."""
    return _CLAUSES[language].match(listed) is not None


def _commas(listed: Span, side: Side) -> int:
    return listed.of(side.text).count(",")


@cache
def _list_of(language: Language) -> re.Pattern[str]:
    mark = _LIST_MARKS[language]
    # əsasını, … : an object that stands first; olunur, … ; getdi, … : a verb that ends a clause before the list
    topic = r"(?<![ıiuü]n[ıiuü])(?<![ıiuü]r)(?<!d[ıiuü])" if language is Language.AZ else ""
    return re.compile(rf"\w{topic}(,(?: {_ITEM},)* {_ITEM}),? (?:{mark}) (?=\w)")


_WHAT = {_parenthesis: "the parenthesis", _sentence: "a sentence", _item: "an item of the list"}
