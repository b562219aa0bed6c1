"""Byte-pair encoding after the Moses tokenizer: what older Argos packages cut their texts with.

A codes file (`bpe.model`) lists pairs to merge, the first first. A word starts as its letters, the last one marked
as the end of a word; the earliest pair of the list that it holds is merged wherever it stands, until none is left.
Pieces that are not the last of their word end in @@. The format is that of subword-nmt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

from toolkit.errors import ModelUnusable
from toolkit.text.spans import Span

_END = "</w>"
_JOIN = "@@"


@dataclass(frozen=True)
class Bpe:
    """A codes file for texts of one language. Raises ModelUnusable when first used, if missing or broken."""

    path: Path
    language: str

    def encode(self, text: str) -> list[str]:
        normalizer, tokenizer, _ = self._moses
        words = tokenizer.tokenize(normalizer.normalize(text))
        return [piece for word in words for piece in self._cut(word)]

    def decode(self, tokens: Sequence[str]) -> str:
        words = " ".join(tokens).replace(f"{_JOIN} ", "").split(" ")
        return str(self._moses[2].detokenize(words)).strip()

    def spans(self, tokens: Sequence[str], text: str) -> list[Span] | None:
        """Found by walking along the text; None where the Moses normalizer changed it."""
        spans: list[Span] = []
        position = start = 0
        waiting = 0
        for token in tokens:
            surface = unescape(token.removesuffix(_JOIN))
            if not waiting:
                while position < len(text) and text[position].isspace():
                    position += 1
                start = position
            if not text.startswith(surface, position):
                return None
            position += len(surface)
            waiting += 1
            if not token.endswith(_JOIN):
                spans += [Span(start, position)] * waiting
                waiting = 0
        return spans + [Span(start, position)] * waiting

    @cached_property
    def _moses(self) -> tuple[Any, Any, Any]:
        from sacremoses import MosesDetokenizer, MosesPunctNormalizer, MosesTokenizer

        return MosesPunctNormalizer(self.language), MosesTokenizer(self.language), MosesDetokenizer(self.language)

    @cached_property
    def _cut(self) -> Callable[[str], tuple[str, ...]]:
        ranks, marked_apart = _read_codes(self.path)

        @lru_cache(maxsize=65536)
        def cut(word: str) -> tuple[str, ...]:
            symbols = [*word, _END] if marked_apart else [*word[:-1], word[-1] + _END]
            pieces = _merge(symbols, ranks)
            pieces[-1] = pieces[-1].removesuffix(_END)
            pieces = [piece for piece in pieces if piece]
            return (*(piece + _JOIN for piece in pieces[:-1]), pieces[-1])

        return cut


def _read_codes(path: Path) -> tuple[dict[tuple[str, str], int], bool]:
    """The rank of each pair, and whether the end of a word is a symbol of its own (version 0.1)."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise ModelUnusable("the tokenizer is missing", where=str(path), remedy="install the model anew") from None
    except (OSError, UnicodeDecodeError):
        raise ModelUnusable("cannot be read as text", where=str(path), remedy="install the model anew") from None
    version = lines.pop(0).split()[-1] if lines and lines[0].startswith("#version:") else "0.1"
    ranks: dict[tuple[str, str], int] = {}
    for number, line in enumerate(lines, start=1):
        pair = line.strip("\r\n ").split(" ")
        if len(pair) != 2:
            raise ModelUnusable(f"code {number} is no pair of pieces", where=str(path), remedy="install the model anew")
        ranks.setdefault((pair[0], pair[1]), number)
    return ranks, version == "0.1"


def _merge(symbols: list[str], ranks: Mapping[tuple[str, str], int]) -> list[str]:
    while len(symbols) > 1:
        pairs = set(pairwise(symbols))
        first = min(pairs, key=lambda pair: ranks.get(pair, len(ranks) + 1))
        if first not in ranks:
            break
        merged: list[str] = []
        index = 0
        while index < len(symbols):
            step = 2 if tuple(symbols[index : index + 2]) == first else 1
            merged.append("".join(symbols[index : index + step]))
            index += step
        symbols = merged
    return symbols
