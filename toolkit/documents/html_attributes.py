"""The attributes of a page that people read: alt, aria-label, placeholder, title, and what a page says of itself."""

from __future__ import annotations

import html
from collections.abc import Iterator

from toolkit.documents.html_tokens import Token, TokenKind
from toolkit.text.spans import Span

_READ = ("alt", "aria-label", "placeholder", "title")
_DESCRIBED = frozenset({"description", "og:description", "og:title", "twitter:description", "twitter:title"})
"""By `name` or `property`, the `meta` elements whose `content` is a text."""


def escape_attribute(text: str) -> list[str]:
    """Text as it is written between quotation marks of either kind."""
    return [html.escape(char, quote=True) for char in text]


def read_attributes(text: str, token: Token) -> list[Span]:
    """The values of a start tag that are texts, in order. Without quotes around it a value stays: new words need them.

    An element that is not to be translated has none.
    """
    if token.kind is not TokenKind.OPEN or not token.attributes or _is_kept(text, token):
        return []
    return sorted(value for value in _values(text, token) if text[value.start - 1] in "\"'")


def _values(text: str, token: Token) -> Iterator[Span]:
    yield from (token.attributes[name] for name in _READ if name in token.attributes)
    if token.name == "meta" and "content" in token.attributes:
        says = {token.attributes[name].of(text).lower() for name in ("name", "property") if name in token.attributes}
        if says & _DESCRIBED:
            yield token.attributes["content"]


def _is_kept(text: str, token: Token) -> bool:
    says = {
        name: token.attributes[name].of(text).lower() for name in ("class", "translate") if name in token.attributes
    }
    return says.get("translate", "").strip() == "no" or "notranslate" in says.get("class", "").split()
