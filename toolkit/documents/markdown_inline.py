"""Inline Markdown by markdown-it-py, with the place of every sign: its tokens have none, so its rules are watched.

What is between the signs is text. A sign that turns out to mean nothing ("5 * 3") is no sign.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from toolkit.documents.original import Side
from toolkit.text.spans import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    Rule = Callable[[StateInline, bool], bool]

_SEEN = "dragoman_seen"
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_ASIDE = re.compile(
    r"\{\{[^{}]*\}\}|\{%[^{}]*%\}"  # what a site's own templates fill in
    r"|(?<![\w.])(?:[hH][tT][tT][pP][sS]?://|[wW]{3}\.)[^\s<>\"'«»“”`|]*[^\s<>\"'«»“”`|.,:;!?…։՝)\]*_~]"
)
"""Templates and bare addresses, which many readers of Markdown make links of."""
_PLAIN_ALT = re.compile(r"[^\\*_`\[\]<>&\n]+")
_STANDS_FOR = {"em_open", "em_close", "s_open", "s_close", "strong_open", "strong_close"}


class SignKind(StrEnum):
    BREAK = "break"
    """A line break that readers see."""
    HIDDEN = "hidden"
    """What stands in the sentence and is not to be read: code, an address."""
    HTML = "html"
    IMAGE = "image"
    READ = "read"
    """What reads as another text: a reference, an escaped sign, the end of a line."""
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Sign:
    """A stretch of inline Markdown that is more than its letters.

    `text` is what READ reads as, and for the end of a link that is named by its words how it is written once these
    change; `alt` the place of an image's text, where it can be read.
    """

    span: Span
    kind: SignKind
    name: str = ""
    side: Side = Side.ALONE
    text: str = ""
    alt: Span | None = None


@dataclass(slots=True)
class _Seen:
    """What the rules have found in one text: signs, and delimiters whose meaning is decided at its end."""

    tokens: list[Token]
    signs: list[Sign] = field(default_factory=list)
    delimiters: list[tuple[Token, Span]] = field(default_factory=list)


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables, strikethrough and footnotes. Blocks come out of `parse`, their inline text as it is.

    Where links are defined right under a paragraph or note, CommonMark takes them for text of it and other readers do
    not; here they are what their author meant.
    """
    from markdown_it import MarkdownIt
    from markdown_it import rules_block as block_rules
    from markdown_it import rules_inline as rules
    from mdit_py_plugins.footnote.index import footnote_def

    made = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    made.core.ruler.disable(["inline", "text_join"])
    made.block.ruler.at("reference", block_rules.reference, {"alt": ["paragraph"]})
    made.block.ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    watched: dict[str, Rule] = {
        "autolink": rules.autolink,
        "backticks": rules.backtick,
        "emphasis": rules.emphasis.tokenize,
        "entity": rules.entity,
        "escape": rules.escape,
        "html_inline": rules.html_inline,
        "image": rules.image,
        "link": rules.link,
        "newline": rules.newline,
        "strikethrough": rules.strikethrough.tokenize,
    }
    for name, rule in watched.items():
        made.inline.ruler.at(name, _watched(name, rule))
    made.inline.ruler.before("link", "footnote_ref", _watched("footnote_ref", _footnote))
    return made


def find_signs(content: str, env: MutableMapping[str, Any]) -> list[Sign]:
    """The signs of a block's inline text, in order and without overlaps. `env` has the links that are defined."""
    md = parser()
    tokens: list[Token] = []
    seen = _Seen(tokens)
    md.inline.parse(content, md, {**env, _SEEN: seen}, tokens)
    found = sorted([*seen.signs, *_decided(seen.delimiters)], key=lambda sign: sign.span)
    return sorted([*found, *_aside(content, found)], key=lambda sign: sign.span)


def _aside(content: str, signs: list[Sign]) -> Iterator[Sign]:
    """Templates and bare addresses in the text between the signs."""
    position = 0
    for border in [*(sign.span for sign in signs), Span(len(content), len(content))]:
        for match in _ASIDE.finditer(content, position, border.start):
            yield Sign(Span(*match.span()), SignKind.HIDDEN)
        position = max(position, border.end)


def _decided(delimiters: list[tuple[Token, Span]]) -> Iterator[Sign]:
    """The delimiters that turned out to begin or end something. Of two that are one sign ("**"), the token of the inner
    one tells it."""
    for token, span in delimiters:
        if token.type not in _STANDS_FOR:
            continue
        side = Side.OPEN if token.nesting > 0 else Side.CLOSE
        if token.tag == "strong":
            span = Span(span.start - 1, span.end) if side is Side.OPEN else Span(span.start, span.end + 1)
        yield Sign(span, SignKind.TAG, token.tag, side)


def _footnote(state: StateInline, silent: bool) -> bool:
    match = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    state.pos = match.end()
    return True


def _watched(name: str, rule: Rule) -> Rule:
    """The rule, telling what it found and where; not of texts inside texts (the words of an image)."""

    def watch(state: StateInline, silent: bool) -> bool:
        seen: _Seen | None = state.env.get(_SEEN)
        if silent or seen is None or seen.tokens is not state.tokens:
            return rule(state, silent)
        start, tokens = state.pos, len(state.tokens)
        label = _label_end(name, state)
        if not rule(state, silent):
            return False
        if name in ("emphasis", "strikethrough"):
            _tell_delimiters(state, start, tokens, seen)
        elif len(state.tokens) > tokens or name == "footnote_ref":
            seen.signs += _told(name, state, start, label)
        return True

    return watch


def _label_end(name: str, state: StateInline) -> int:
    """Where the words of a link or image that may begin here end."""
    place = state.pos + (name == "image")
    if name not in ("image", "link") or state.src[place : place + 1] != "[":
        return -1
    return int(state.md.helpers.parseLinkLabel(state, place, name == "link"))


def _tell_delimiters(state: StateInline, start: int, tokens: int, seen: _Seen) -> None:
    """Each token of a run of delimiters with its place; text that was waiting before them is one token more."""
    new = state.tokens[tokens:]
    if sum(len(token.content) for token in new) > state.pos - start:
        new = new[1:]
    for token in new:
        seen.delimiters.append((token, Span(start, start + len(token.content))))
        start += len(token.content)


def _told(name: str, state: StateInline, start: int, label: int) -> Iterator[Sign]:
    """The signs that a rule has found from `start` on."""
    span = Span(start, state.pos)
    last = state.tokens[-1] if state.tokens else None
    if last is not None and last.type == "hardbreak":
        yield Sign(span, SignKind.BREAK)
    elif name == "newline":
        yield Sign(span, SignKind.READ, text=" ")
    elif name in ("entity", "escape") and last is not None:
        yield Sign(span, SignKind.READ, text=last.content)
    elif name == "autolink" or (name == "backticks" and last is not None and last.type == "code_inline"):
        yield Sign(span, SignKind.HIDDEN)
    elif name == "html_inline":
        yield Sign(span, SignKind.HTML)
    elif name == "footnote_ref":
        yield Sign(span, SignKind.TAG, name)
    elif name == "image":
        yield Sign(span, SignKind.IMAGE, alt=_alt(state.src, start + 2, label))
    elif name == "link":
        ending = state.src[label : state.pos]
        by_words = ending in ("]", "][]")
        words = " ".join(state.src[start + 1 : label].split())
        yield Sign(Span(start, start + 1), SignKind.TAG, "a", Side.OPEN)
        yield Sign(Span(label, state.pos), SignKind.TAG, "a", Side.CLOSE, f"][{words}]" if by_words else "")


def _alt(source: str, start: int, end: int) -> Span | None:
    """The text of an image, if it has no markup in it and is not the name of where the image is."""
    named = source[end : end + 2][1:] not in ("(", "[") or source.startswith("[]", end + 1)
    return Span(start, end) if not named and _PLAIN_ALT.fullmatch(source, start, end) else None
