"""Tokenizers of CTranslate2 models: text to pieces, pieces to text, and where each piece stands in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from toolkit.errors import ModelUnusable
from toolkit.text.spans import Span

_SPACE = "▁"
_WORD = re.compile(r"\S+")


class Tokenizer(Protocol):
    """Cuts a text into the pieces a model knows."""

    def encode(self, text: str) -> list[str]: ...

    def decode(self, tokens: Sequence[str]) -> str: ...

    def spans(self, tokens: Sequence[str], text: str) -> list[Span] | None:
        """The word (or words) of `text` that each token belongs to; None where that cannot be told."""
        ...


@dataclass(frozen=True)
class SentencePiece:
    """A SentencePiece model file. Raises ModelUnusable when first used, if the file is missing or broken."""

    path: Path

    @cached_property
    def _processor(self) -> Any:
        from sentencepiece import SentencePieceProcessor

        if not self.path.is_file():
            raise ModelUnusable("the tokenizer is missing", where=str(self.path), remedy="install the model anew")
        processor = SentencePieceProcessor()
        try:
            processor.LoadFromFile(str(self.path))
            processor.id_to_piece(list(range(processor.get_piece_size())))  # each must be text, or encode() fails later
        except (OSError, RuntimeError, ValueError):
            raise ModelUnusable(
                "is no SentencePiece model", where=str(self.path), remedy="install the model anew"
            ) from None
        return processor

    def encode(self, text: str) -> list[str]:
        pieces: list[str] = self._processor.encode(text, out_type=str)
        return pieces

    def decode(self, tokens: Sequence[str]) -> str:
        """Only the piece border ▁ becomes a space: a plain _ of the text stays."""
        return str(self._processor.decode(list(tokens))).strip()

    def spans(self, tokens: Sequence[str], text: str) -> list[Span] | None:
        words = [Span(*match.span()) for match in _WORD.finditer(text)]
        spans: list[Span] = []
        current = -1
        for token in tokens:
            begins = current + token.startswith(_SPACE)
            current += token.count(_SPACE)
            first, last = max(begins, 0), max(current, 0)
            if last >= len(words):
                return None
            spans.append(Span(words[first].start, words[last].end))
        return spans if current == len(words) - 1 else None


def bare(span: Span, text: str) -> Span:
    """The span without the punctuation around it, unless nothing else is there."""
    piece = span.of(text)
    letters = [index for index, character in enumerate(piece) if character.isalnum()]
    return Span(span.start + letters[0], span.start + letters[-1] + 1) if letters else span


def word_alignment(
    attention: Sequence[Sequence[float]],
    source: tuple[Sequence[Span], str],
    target: tuple[Sequence[Span], str],
) -> tuple[tuple[Span, Span], ...]:
    """For each word of the target the word of the source that its pieces looked at most.

    `attention` has a row for each target token and a column for each source token, both as in the spans given.
    """
    if not source[0] or not target[0]:
        return ()
    import numpy as np

    words, theirs = _runs(source[0]), _runs(target[0])
    weights = np.asarray(attention, dtype=np.float64)
    weights = np.add.reduceat(np.add.reduceat(weights, words, axis=1), theirs, axis=0)
    ours = [bare(source[0][start], source[1]) for start in words]
    return tuple(
        (ours[place], bare(target[0][start], target[1]))
        for place, start in zip(weights.argmax(axis=1).tolist(), theirs, strict=True)
    )


def _runs(spans: Sequence[Span]) -> list[int]:
    """Where the pieces of each word begin."""
    return [0, *(number for number in range(1, len(spans)) if spans[number] != spans[number - 1])]
