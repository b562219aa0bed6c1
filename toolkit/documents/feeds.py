"""News feeds, RSS 2.0 (1.0 too) and Atom: titles, summaries and contents; links, identifiers and dates stay.

A text that holds HTML, escaped or in a CDATA section, is read as HTML; the elements of an Atom text of the type xhtml
are its markup. RSS 2.0: https://www.rssboard.org/rss-specification; Atom: RFC 4287.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from toolkit.documents.html import read_html
from toolkit.documents.html_blocks import escape
from toolkit.documents.html_tokens import TokenKind
from toolkit.documents.language_text import read_string
from toolkit.documents.model import Document, LanguageCode
from toolkit.documents.original import each
from toolkit.documents.parts import Part, Value, assemble
from toolkit.documents.xml_tree import Element, read_tree, tokens_in
from toolkit.errors import BadInput
from toolkit.text.spans import Chunk, Span

_TITLES = frozenset({"title", "itunes:title", "media:title"})
_TEXTS = frozenset(
    {
        "description", "content:encoded", "itunes:subtitle", "itunes:summary", "media:description", "subtitle",
        "summary", "content",
    }
)  # fmt: skip
_OF_AN_ITEM = frozenset({"channel", "entry", "feed", "group", "item"})
"""Elements whose titles and texts are read: not those of an author, a picture or a search field."""
_REFERENCE = re.compile(r"&[#\w]+;")
_CDATA = "<![CDATA["


def read_feed(text: str) -> Document:
    """The texts of a feed. Raises BadInput for what is no feed, or no XML."""
    root = read_tree(text)
    if root.local not in ("RDF", "feed", "rss"):
        raise BadInput(f"<{root.name[:40]}> is neither RSS nor Atom", remedy="give --format for another kind of file")
    elements = list(root.descendants())
    parts = [part for element in elements for part in _parts(text, element)]
    return assemble(text, parts, list(_codes(text, root, elements)))


def _parts(text: str, element: Element) -> Iterator[Part]:
    title = element.name in _TITLES
    if not (title or element.name in _TEXTS) or element.parent is None or element.parent.local not in _OF_AN_ITEM:
        return
    kind = element.attribute(text, "type") or ""
    atom = element.name in ("title", "subtitle", "summary", "content")
    if atom and kind == "xhtml":
        value = Value.plain(text, element.content)
        yield Part(value, read_html(value.text), title)
    elif not atom or kind in ("", "text", "html", "text/html", "text/plain", "plain"):
        for value in _values(text, element):
            yield Part(value, _read(value.text, kind, title=title, atom=atom), title)


def _read(value: str, kind: str, *, title: bool, atom: bool) -> Document:
    """RSS does not say what its texts are, and its titles are mostly none; Atom says it."""
    if "html" in kind or (not atom and not title):
        return read_html(value)
    return read_string(value, "text" if atom else None)


def _values(text: str, element: Element) -> Iterator[Value]:
    """The stretches of an element's text, each in a CDATA section or not."""
    for token in tokens_in(text, element.content):
        if token.kind is TokenKind.TEXT:
            yield escaped_value(text, token.span)
        elif text.startswith(_CDATA, token.span.start):
            inner = Span(token.span.start + len(_CDATA), token.span.end - len("]]>"))
            yield Value(inner, inner.of(text), (), _in_section)


def escaped_value(text: str, span: Span) -> Value:
    """Text between tags, its references decoded."""
    parts: list[str] = []
    chunks: list[Chunk] = []
    position, length = span.start, 0
    for match in _REFERENCE.finditer(text, span.start, span.end):
        read = html.unescape(match.group())[:1]
        parts += [text[position : match.start()], read]
        length += match.start() - position
        chunks.append(Chunk(Span(length, length + len(read)), Span(*match.span())))
        length += len(read)
        position = match.end()
    parts.append(text[position : span.end])
    return Value(span, "".join(parts), chunks, escape)


@each
def _in_section(char: str) -> str:
    """A section ends at "]]>", so that no ">" may come from new text; it goes into a section of its own."""
    return "]]><![CDATA[>" if char == ">" else char


def _codes(text: str, root: Element, elements: list[Element]) -> Iterator[LanguageCode]:
    """Where the feed names its language; one that does not names it from then on."""
    outside = [element for element in elements if element.parent and element.parent.local in (*_OF_AN_ITEM, "rss")]
    yield from _language_attributes(text, [root, *outside])
    if root.local == "feed" and "xml:lang" not in root.attributes:
        end = root.tag.start + 1 + len(root.name)
        yield LanguageCode(Span(end, end), ' xml:lang="{}"')
    for channel in (element for element in elements if element.name == "channel"):
        named = [child for child in channel.children if child.name in ("language", "dc:language")]
        yield from (LanguageCode(child.content) for child in named if child.closed and not child.children)
        if not named and root.local == "rss":
            yield LanguageCode(Span(channel.tag.end, channel.tag.end), "<language>{}</language>")


def _language_attributes(text: str, elements: list[Element]) -> Iterator[LanguageCode]:
    """The values of xml:lang that name the language of the first element, which is the root."""
    own = (elements[0].attribute(text, "xml:lang") or "").lower()[:2]
    for element in elements:
        value = element.attributes.get("xml:lang")
        if own and value is not None and value.of(text).lower()[:2] == own:
            yield LanguageCode(value)
