"""Zones of a text: what is protected, what stands in quotation marks, what is the title of a work or brand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.languages import Language
from toolkit.mentions.cues import cues_of
from toolkit.text.folding import fold_key
from toolkit.text.spans import Span, SpanSet

_PROTECTED = re.compile(
    r"""
    [a-zA-Z][a-zA-Z0-9+.-]*://[^\s<>"'«»“”]+           # URL
  | (?<![\w.])www\.[^\s<>"'«»“”]+
  | [\w.+-]+@[\w-]+\.[\w.-]+                           # e-mail
  | (?<!\w)[@#]\w[\w.]*                                # handle, hashtag
  | (?<![\w/@.-])(?:[\w-]+\.)+(?:am|az|com|eu|ge|info|int|ir|net|news|org|ru|tr|tv|uk)(?:/[^\s<>"'«»“”]*)?(?!\w)
  | (?<![\w/])[\w-]+\.(?:csv|docx?|gif|html?|jpe?g|mp[34]|odt|pdf|png|pptx?|txt|xlsx?|zip)(?!\w)  # file
  | (?<!\w)`(?!\s)[^`\n]+(?<!\s)`(?!\w)               # code; Armenian has the same sign for ՝, with a space after it
  | \{\{[^{}\n]*\}\} | <[^<>\n]{1,200}>                # template fields, tags
    """,
    re.VERBOSE,
)
_MAY_PROTECT = re.compile(r"[@#`<{]|:/|\.[a-zA-Z]")
"""What every protected stretch has at least one of; most sentences have none."""
_PAIRS = {"«": "»", "“": "”", "„": "“”", "‹": "›", "‘": "’"}
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n|\r?\n")
_SUFFIX = re.compile(r"-?[^\W\d_]{1,5}(?!\w)")
"""An ending right after quotation marks: what they hold is inflected as one name ("Qarabağ"ın)."""

_LONGEST_TITLE = 4
"""Words in quotation marks that can still be the title of a club, a newspaper or a wine."""
_WIDEST_TITLE = 200
"""Code points of such a title, at the most."""
_DEEPEST = 8
"""Quotations inside one another that are told apart; nobody writes more, and a line of open marks costs no more."""


@dataclass(frozen=True, slots=True)
class Zones:
    """Spans of each zone, in order; quotes may be nested."""

    protected: Sequence[Span]
    quotes: Sequence[Span]
    titles: Sequence[Span]


def zones_of(text: str, language: Language) -> Zones:
    """The zones of a text by its characters; quotation marks pair within a paragraph."""
    protected = _protected(text)
    quotes: list[Span] = []
    position = passed = 0
    for border in [*(match.start() for match in _PARAGRAPH.finditer(text)), len(text)]:
        within = passed
        while within < len(protected) and protected[within].start < border:
            within += 1
        quotes.extend(_quotes(text, Span(position, border), protected[passed:within]))
        position, passed = border, within
    titles = [quote for quote in quotes if _is_title(text, quote, language)]
    return Zones(protected, sorted(quotes), titles)


def _protected(text: str) -> list[Span]:
    """What is protected. No such stretch reaches over a line, so each line is searched on its own: while one search
    over a whole book runs, no other thread of a server does.
    """
    if not _MAY_PROTECT.search(text):
        return []
    found: list[Span] = []
    position = 0
    while position < len(text):
        end = text.find("\n", position) + 1 or len(text)
        if _MAY_PROTECT.search(text, position, end):
            found.extend(Span(*match.span()) for match in _PROTECTED.finditer(text, position, end))
        position = end
    return found


def _quotes(text: str, paragraph: Span, hidden: Sequence[Span]) -> list[Span]:
    """The insides of paired quotation marks in a paragraph; one left open at its start runs to its end.

    Marks inside `hidden`, the protected stretches of the paragraph, do not count.
    """
    found: list[Span] = []
    open_marks: list[tuple[str, int]] = []
    protected = SpanSet(hidden)
    for index in range(paragraph.start, paragraph.end):
        char = text[index]
        if char not in '«»“”„‹›‘’"' or protected.touches(Span(index, index + 1)):
            continue
        if char in "‘’" and _is_apostrophe(text, index, open_marks):
            continue
        closed = _closing(char, open_marks)
        if closed is not None:
            found.append(Span(open_marks[closed][1] + 1, index))
            del open_marks[closed:]
        elif char == '"' or char in _PAIRS:
            open_marks.append((char, index))
    if open_marks and not text[paragraph.start : open_marks[0][1]].strip():
        found.append(Span(open_marks[0][1] + 1, paragraph.end))
    return found


def _closing(char: str, open_marks: Sequence[tuple[str, int]]) -> int | None:
    """Which open mark a character closes, the innermost first."""
    for depth in range(len(open_marks) - 1, max(-1, len(open_marks) - 1 - _DEEPEST), -1):
        mark = open_marks[depth][0]
        if (mark == '"' and char == '"') or (mark != '"' and char in _PAIRS[mark]):
            return depth
    return None


def _is_apostrophe(text: str, index: int, open_marks: Sequence[tuple[str, int]]) -> bool:
    after = text[index + 1 : index + 2]
    if text[index] == "‘":
        return after == "" or after.isspace() or text[index - 1 : index].isalpha()
    return after.isalpha() or not any(mark == "‘" for mark, _ in open_marks[-_DEEPEST:])


def _is_title(text: str, quote: Span, language: Language) -> bool:
    """Whether quotation marks hold the title of a work, brand or team: a few words beside the noun for it."""
    if len(quote) > _WIDEST_TITLE:
        return False
    inside = quote.of(text).strip()
    if not inside or len(inside.split()) > _LONGEST_TITLE or inside[-1] in ".!?…,":
        return False
    titled = cues_of(language).titled
    if language in (Language.AZ, Language.HY) and _SUFFIX.match(text, quote.end + 1):
        return True
    after = fold_key(text[quote.end + 1 : quote.end + 40], language).split()
    before = fold_key(text[max(0, quote.start - 41) : max(0, quote.start - 1)], language).split()
    beside = [*after[:2], *before[-1:]]
    return any(titled.match(word) for word in beside)
