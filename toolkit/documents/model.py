"""A document as its original text and the places in it that hold language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from toolkit.documents.original import Original
from toolkit.languages import Language
from toolkit.text.spans import Span


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of running text: a paragraph, a heading, a list item, a cell."""

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class LanguageCode:
    """A place where a document names its own language (in offsets of the original), and how it names another one.

    An empty place is one where nothing is said yet; `form` then is all that is to be written, with {} for the code.
    """

    span: Span
    form: str = "{}"

    def written(self, code: str) -> str:
        return self.form.replace("{}", code)


@dataclass(frozen=True, slots=True)
class Document:
    """The original text, its blocks in order, and the markup inside them that is not language.

    Everything outside the blocks comes back untouched. All spans are code points of `text`. Where a format writes
    text in another way than people read it (HTML), `text` is what they read and `original` the file behind it.
    """

    text: str
    blocks: tuple[Block, ...]
    markup: tuple[Span, ...] = ()
    language_codes: tuple[LanguageCode, ...] = ()
    """A translation names its own language there."""
    original: Original | None = None
    localised: Callable[[str, Language], str] | None = None
    """Says in the text of a file that came out which language it is in; for files that say so in many places."""
    as_read: bool = False
    """Whether Results speak of `text` and not of the original: for files that nobody reads as they are written."""

    @property
    def file(self) -> str:
        """The text of the file itself."""
        return self.original.text if self.original else self.text


Reader = Callable[[str], Document]
