"""HTML pages and fragments: a block is what a browser sets as one paragraph, inline tags have their place inside it.

Scripts, styles, code and comments are no text, and of the attributes only those that people read (alt, title…) of tags
that stand beside sentences. What carries `translate="no"` or the class `notranslate`
stands in the sentence as one sign that nothing reads or changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from toolkit.documents.html_attributes import read_attributes
from toolkit.documents.html_blocks import Blocks
from toolkit.documents.html_marks import Marks
from toolkit.documents.html_tokens import Token, TokenKind, html_tokens
from toolkit.documents.model import BlockKind, Document, LanguageCode
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
    codes: list[LanguageCode] = []
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
            if not marks.hidden:
                blocks.add_attributes(read_attributes(text, token))
            if token.name == "html" and token.kind is TokenKind.OPEN:
                codes.extend(language_codes(text, token))
        else:
            attributes = () if marks.hidden else read_attributes(text, token)
            blocks.add_tag(Tag(token.span, token.name, _side(token)), attributes)
        marks.see(token)
    blocks.finish(BlockKind.PARAGRAPH)
    return blocks.document(codes)


def _side(token: Token) -> Side:
    if token.name not in INLINE or token.name in _ALONE:
        return Side.ALONE
    return Side.OPEN if token.kind is TokenKind.OPEN else Side.CLOSE


def language_codes(text: str, page: Token) -> Iterator[LanguageCode]:
    """Where the tag of the page itself names its language and the direction of its script.

    en-GB has a country that a translation has not, so all of it goes; a page that names none names it from then on.
    All four languages run from left to right.
    """
    given = [page.attributes[name] for name in ("lang", "xml:lang") if name in page.attributes]
    yield from (LanguageCode(value) for value in given if _LANG.match(value.of(text)))
    if not given:
        end = page.span.start + len("<html")
        yield LanguageCode(Span(end, end), ' lang="{}"')
    direction = page.attributes.get("dir")
    if direction is not None and direction.of(text).strip().lower() in ("rtl", "auto"):
        yield LanguageCode(direction, "ltr")
