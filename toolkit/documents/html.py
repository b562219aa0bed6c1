"""HTML pages and fragments: a block is what a browser sets as one paragraph, inline tags have their place inside it.

Scripts, styles, code, comments and attributes are no text. What carries `translate="no"` or the class `notranslate`
stands in the sentence as one sign that nothing reads or changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.documents.html_blocks import Blocks
from toolkit.documents.html_marks import Marks
from toolkit.documents.html_tokens import Token, TokenKind, html_tokens
from toolkit.documents.model import BlockKind, Document
from toolkit.documents.original import Side, Tag
from toolkit.text.spans import Span

INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "img", "ins", "kbd", "label", "mark", "math", "nobr", "output", "picture", "q", "rp", "rt", "ruby",
        "s", "samp", "script", "small", "source", "span", "strike", "strong", "style", "sub", "sup", "svg",
        "template", "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
"""Elements that stand inside a sentence; any other begins and ends one."""
_ALONE = frozenset({"img", "source", "wbr"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "title"})
_LANG = re.compile(r"[A-Za-z]{2}")


def read_html(text: str, ignored: Iterable[str] = ()) -> Document:
    """The blocks of a page or fragment. Any text is read as a browser reads it.

    `ignored` are elements whose content stays as it is. Raises BadInput where elements that are not to be translated
    lie one in another hundreds of times.
    """
    blocks = Blocks(text)
    marks = Marks(text, ignored)
    codes: list[Span] = []
    heading = False
    for token in html_tokens(text):
        if token.kind is TokenKind.TEXT:
            (blocks.add_hidden if marks.hidden else blocks.add_text)(token.span)
            continue
        if token.kind is TokenKind.OTHER:
            blocks.add_tag(Tag(token.span, "", Side.ALONE))
            continue
        if token.name not in INLINE and not marks.foreign:
            blocks.finish(BlockKind.HEADING if heading else BlockKind.PARAGRAPH)
            heading = token.kind is TokenKind.OPEN and token.name in _HEADINGS
        else:
            blocks.add_tag(Tag(token.span, token.name, _side(token)))
        marks.see(token)
        if token.name == "html" and token.kind is TokenKind.OPEN and "lang" in token.attributes:
            codes.extend(_code(text, token.attributes["lang"]))
    blocks.finish(BlockKind.PARAGRAPH)
    return blocks.document(codes)


def _side(token: Token) -> Side:
    if token.name not in INLINE or token.name in _ALONE:
        return Side.ALONE
    return Side.OPEN if token.kind is TokenKind.OPEN else Side.CLOSE


def _code(text: str, value: Span) -> list[Span]:
    """The language in a `lang` of two letters; en-GB has a country that a translation has not, so all of it goes."""
    return [value] if _LANG.match(value.of(text)) else []
