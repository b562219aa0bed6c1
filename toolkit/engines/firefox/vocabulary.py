"""Text to pieces and back, by a sentencepiece model, with the place of each piece in the text.

A piece that opens a word begins with ▁, which stands for the space before it. Marian's vocabularies have the end of
the sentence as piece 0 and the unknown as piece 1, and no padding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from toolkit.errors import ModelUnusable
from toolkit.text.spans import Span

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

END, UNKNOWN = 0, 1
SPACE = "\u2581"

_REMEDY = "install the model again"
_OPENERS = "(-/"


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text in pieces; the span of each is in code points of the text, the space before it left out."""

    text: str
    ids: tuple[int, ...]
    spans: tuple[Span, ...]


class Vocabulary:
    """The pieces of a model. Safe to use from several threads."""

    def __init__(self, processor: SentencePieceProcessor) -> None:
        """Raises UnicodeDecodeError where a piece is no text."""
        self._processor = processor
        self.size = int(processor.get_piece_size())
        self.pieces: tuple[str, ...] = tuple(processor.id_to_piece(list(range(self.size))))
        """The text of every piece."""

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """Read a sentencepiece model. Raises ModelUnusable."""
        from sentencepiece import SentencePieceProcessor

        try:
            processor = SentencePieceProcessor(model_proto=path.read_bytes())
            vocabulary = cls(processor)
        except OSError as error:
            reason = error.strerror or "it cannot be read"
            raise ModelUnusable(
                f"the vocabulary cannot be opened: {reason}", where=str(path), remedy=_REMEDY
            ) from error
        except (RuntimeError, ValueError) as error:
            raise ModelUnusable("this is no sentencepiece model", where=str(path), remedy=_REMEDY) from error
        if processor.get_piece_size() < 1 or (processor.eos_id(), processor.unk_id()) != (END, UNKNOWN):
            raise ModelUnusable(
                f"its end and unknown piece are not numbered {END} and {UNKNOWN}", where=str(path), remedy=_REMEDY
            )
        return vocabulary

    def encode(self, texts: Sequence[str]) -> list[Pieces]:
        """The pieces of each text; without the end of the sentence."""
        found = self._processor.encode(list(texts), return_type="offset_mapping", num_threads=1)
        return [_pieces(text, one["ids"], one["offsets"]) for text, one in zip(texts, found, strict=True)]

    def decode(self, many: Sequence[Sequence[int]]) -> list[Pieces]:
        """The text of each list of ids."""
        found = self._processor.decode([list(ids) for ids in many], return_type="offset_mapping", num_threads=1)
        return [_pieces(one["text"], one["ids"], one["offsets"]) for one in found]

    def as_word(self, text: str) -> tuple[int, ...] | None:
        """The ids of a text after a space; None where the vocabulary cannot write it."""
        return _known(self._processor.encode(text))

    def as_glued(self, text: str) -> tuple[int, ...] | None:
        """The ids of a text right after an opening mark, as in (text; None where that cannot be written."""
        for opener in _OPENERS:
            before = tuple(self._processor.encode(opener))
            ids = tuple(self._processor.encode(opener + text))
            if ids[: len(before)] == before:
                return _known(ids[len(before) :])
        return None

    @cached_property
    def continues_word(self) -> NDArray[np.bool_]:
        """Of each piece, whether after a letter it makes the word longer: it begins with a letter or figure."""
        return np.array([_goes_on(piece) for piece in self.pieces])

    @cached_property
    def little_words(self) -> frozenset[int]:
        """Pieces that are a word of the hundredth part that is most frequent, capitalised or not: in, The, В.

        The pieces of a vocabulary are in the order of their frequency.
        """
        frequent = {piece for piece in self.pieces[: self.size // 100] if piece.startswith(SPACE) and piece != SPACE}
        return frozenset(number for number, piece in enumerate(self.pieces) if piece.lower() in frequent)


def _pieces(text: str, ids: Sequence[int], offsets: Sequence[tuple[int, int]]) -> Pieces:
    spans = []
    for start, end in offsets:
        piece = text[start:end]
        begin = start + len(piece) - len(piece.lstrip())
        spans.append(Span(min(begin, end), max(begin, start + len(piece.rstrip()))))
    return Pieces(text, tuple(ids), tuple(spans))


def _known(ids: Sequence[int]) -> tuple[int, ...] | None:
    return tuple(ids) if ids and UNKNOWN not in ids else None


def _goes_on(piece: str) -> bool:
    return piece[:1].isalnum() or piece[:1] in "'’\u0301"
