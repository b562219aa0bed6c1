"""Which parts of a page are not to be read or changed: `translate="no"`, the class `notranslate`, code, fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.documents.html_tokens import Token, TokenKind
from toolkit.errors import BadInput

_FOREIGN = frozenset({"math", "svg"})
_KEPT = frozenset({"code", "kbd", "pre", "samp", "select", "sub", "sup", "textarea", "tt", "var", *_FOREIGN})
"""Elements whose content is no running text, or no part of the word before it (a note's number)."""
_EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)  # fmt: skip
_DEEPEST = 500
"""Elements that are not to be translated, one in another; browsers end at 512 elements of any kind."""


@dataclass(slots=True, eq=False)
class _Mark:
    name: str
    changes: bool
    nested: int = 0
    """Elements of the same name inside it: their end tags are not its own."""


class Marks:
    """Follows the tags of a page; `hidden` and `foreign` say what comes next."""

    def __init__(self, text: str, ignored: Iterable[str] = (), *, xml: bool = False) -> None:
        self._text = text
        self._xml = xml
        self._kept = frozenset(ignored) if xml else _KEPT.union(name.lower() for name in ignored)
        self._open: list[_Mark] = []
        self._named: dict[str, list[_Mark]] = {}
        """The same by name, so that a page of nothing but tags is followed as fast as any."""

    @property
    def hidden(self) -> bool:
        """Whether the next text is to stay as it is."""
        return bool(self._open) and not self._open[-1].changes

    @property
    def foreign(self) -> bool:
        """Whether the next tag belongs to a drawing or formula, not to the page."""
        return not self._xml and any(self._named.get(name) for name in _FOREIGN)

    def see(self, token: Token) -> None:
        """Take the next tag into account. Raises BadInput for a nesting that no page has."""
        if token.kind is TokenKind.CLOSE:
            self._close(token.name)
            return
        changes = self._says(token)
        closed = (self._xml or token.name in _FOREIGN) and self._text[token.span.end - 2] == "/"
        if closed or (token.name in _EMPTY and not self._xml):
            return
        if changes is None:
            known = self._named.get(token.name)
            if known and token.name == "p" and not self._xml:  # a paragraph ends where the next one begins
                self._open.remove(known.pop())
            elif known:
                known[-1].nested += 1
            return
        if len(self._open) >= _DEEPEST:
            raise BadInput(
                f"more than {_DEEPEST} elements that are not to be translated lie one in another",
                remedy="send a page as browsers can show it",
            )
        self._open.append(_Mark(token.name, changes))
        self._named.setdefault(token.name, []).append(self._open[-1])

    def _close(self, name: str) -> None:
        known = self._named.get(name)
        if known and known[-1].nested:
            known[-1].nested -= 1
        elif known:
            self._open.remove(known.pop())

    def _says(self, token: Token) -> bool | None:
        """What an element says of its content: False that it stays, True that it changes, None nothing."""
        if token.name in self._kept:
            return False
        if self._xml:
            return None
        classes = token.attributes.get("class")
        if classes is not None and "notranslate" in classes.of(self._text).split():
            return False
        translate = token.attributes.get("translate")
        if translate is None:
            return None
        return {"no": False, "yes": True, "": True}.get(translate.of(self._text).strip().lower())
