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
    weights: dict[Span, dict[Span, float]] = {}
    for row, word in zip(attention, target[0], strict=True):
        sums = weights.setdefault(word, {})
        for weight, span in zip(row, source[0], strict=True):
            sums[span] = sums.get(span, 0.0) + weight
    pairs = ((max(sums, key=lambda span: (sums[span], -span.start)), word) for word, sums in weights.items() if sums)
    return tuple((bare(span, source[1]), bare(word, target[1])) for span, word in pairs)
