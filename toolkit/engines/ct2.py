"""Runs a CTranslate2 model: token lists in, token lists out, in batches of one size for all texts.

What a batch holds never changes what a text becomes. Threads go to batches, not to the inside of one: with
inter_threads = cores and intra_threads = 1 more words come out of the same machine than the other way round.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from toolkit.engines.ct2_weights import Outline, outline
from toolkit.engines.json_text import read_json
from toolkit.errors import ModelUnusable

LARGEST_BATCH = 1024
"""Tokens, padding counted."""
_SMALLEST_BATCH = 256
"""Tokens below which a batch costs more for each word."""
_LARGEST_JSON = 64 << 20
_REMEDY = "install the model anew"
_FOREIGN = (RuntimeError, ValueError, IndexError, MemoryError)
"""What the library's own exceptions come out as: broken files, tensors that are missing, sizes beyond all memory."""


class Quality(StrEnum):
    """How hard to look for the best draft."""

    FAST = "fast"
    NORMAL = "normal"
    BEST = "best"

    @property
    def beam(self) -> int:
        return {Quality.FAST: 1, Quality.NORMAL: 2, Quality.BEST: 4}[self]


@dataclass(frozen=True, slots=True)
class Search:
    """How to look for drafts."""

    beam: int = 2
    n_best: int = 1
    length_penalty: float = 1.0
    longest: int = 512
    """Tokens of a draft; one that reaches it is `cut`."""
    suppressed: tuple[tuple[str, ...], ...] = ()
    quick: bool = False
    """Whether it is a second look: a draft that goes astray is given up and not tried in parts."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A draft in tokens: without the tokens of the target prefix, which no text has."""

    tokens: tuple[str, ...]
    score: float
    """Mean log-probability of a token, the end of the sentence among them."""
    attention: Sequence[Sequence[float]] = ()
    """Of the likeliest alone: a row for each token."""
    cut: bool = False


@dataclass(frozen=True)
class Runner:
    """A folder with model.bin, its configuration and vocabularies; loaded when first used."""

    folder: Path

    @cached_property
    def _translator(self) -> Any:
        if not (self.folder / "model.bin").is_file():
            raise ModelUnusable("model.bin is missing", where=str(self.folder), remedy=_REMEDY)
        if not self._outline.has_alignment_layer:
            layer, layers = self._outline.alignment_layer, self._outline.decoder_layers
            raise ModelUnusable(
                f"the model is to align in layer {layer} of its {layers}", where=str(self.folder), remedy=_REMEDY
            )
        import ctranslate2

        try:
            return ctranslate2.Translator(
                str(self.folder), device="cpu", compute_type="auto", inter_threads=cores(), intra_threads=1
            )
        except _FOREIGN as error:
            raise _unloadable(error, self.folder) from None

    @cached_property
    def _outline(self) -> Outline:
        return outline(self.folder / "model.bin")

    def room(self, side: str) -> int | None:
        """The most tokens that the model can hold of a "source" or "target", whatever stands around a text included;
        None where it has no such limit."""
        return self._outline.positions.get(side)

    @cached_property
    def adds_end(self) -> bool:
        """Whether the library itself puts the end of sentence after each source."""
        config = self.folder / "config.json"
        if not config.is_file():
            return False
        found = _read_json(config)
        return bool(found.get("add_source_eos")) if isinstance(found, dict) else False

    @cached_property
    def source_pieces(self) -> frozenset[str]:
        return self._pieces("source")

    @cached_property
    def target_pieces(self) -> frozenset[str]:
        return self._pieces("target")

    def _pieces(self, side: str) -> frozenset[str]:
        """The vocabulary of a side; raises ModelUnusable where it is that of another model."""
        pieces = vocabulary(self.folder, side)
        expected = self._outline.rows.get(side, len(pieces))
        if len(pieces) != expected:
            raise ModelUnusable(
                f"the {side} vocabulary has {len(pieces)} pieces, the model {expected}",
                where=str(self.folder),
                remedy=_REMEDY,
            )
        return frozenset(pieces)

    def translate(
        self, texts: Sequence[Sequence[str]], prefix: Sequence[str], search: Search
    ) -> list[list[Hypothesis]]:
        """The hypotheses for each text, the likeliest first. Raises ModelUnusable.

        A text that stands there several times (a dateline, a boilerplate last line) is translated once.
        """
        if not texts:
            return []
        distinct = list(dict.fromkeys(tuple(text) for text in texts))
        options: dict[str, Any] = {"target_prefix": [list(prefix)] * len(distinct)} if prefix else {}
        if search.suppressed:
            options["suppress_sequences"] = [list(sequence) for sequence in search.suppressed]
        found = self._guarded(
            "translate_batch",
            [list(text) for text in distinct],
            beam_size=max(search.beam, search.n_best),
            num_hypotheses=search.n_best,
            length_penalty=search.length_penalty,
            max_batch_size=batch_size(distinct),
            batch_type="tokens",
            max_input_length=0,
            max_decoding_length=search.longest,
            return_scores=True,
            return_attention=True,
            replace_unknowns=True,
            **options,
        )
        hypotheses = (_hypotheses(result, len(prefix), search) for result in found)
        by_text = dict(zip(distinct, hypotheses, strict=True))
        return [by_text[tuple(text)] for text in texts]

    def score(self, pairs: Sequence[tuple[Sequence[str], Sequence[str]]], prefix: Sequence[str]) -> list[float]:
        """The mean log-probability of a token of each (source, target); the prefix is given, not scored."""
        if not pairs:
            return []
        sources = [list(source) for source, _ in pairs]
        found = self._guarded(
            "score_batch",
            sources,
            [[*prefix, *target] for _, target in pairs],
            max_batch_size=batch_size(sources),
            batch_type="tokens",
            max_input_length=0,
        )
        means = []
        for result in found:
            probabilities = result.log_probs[len(prefix) :]
            means.append(sum(probabilities) / len(probabilities) if probabilities else 0.0)
        return means

    def _guarded(self, method: str, *values: Any, **options: Any) -> Any:
        translator = self._translator
        try:
            return getattr(translator, method)(*values, **options)
        except _FOREIGN as error:
            raise ModelUnusable(
                f"CTranslate2 cannot run the model: {_first_line(error)}", where=str(self.folder), remedy=_REMEDY
            ) from None


def runner_of(folder: Path) -> Runner:
    """The runner of a folder: the same one for every engine that uses the model, until its file changes."""
    weights = folder / "model.bin"
    return _runner(folder, weights.stat().st_mtime_ns if weights.is_file() else 0)


@lru_cache(maxsize=8)
def _runner(folder: Path, stamp: int) -> Runner:
    return Runner(folder)


def cores() -> int:
    """The processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def batch_size(texts: Sequence[Sequence[str]]) -> int:
    """Tokens of a batch: two batches a core, so that they end at about the same time, but none needlessly small."""
    longest = max(len(text) for text in texts)
    tokens = sum(max(len(text), 1) for text in texts)
    share = -(-tokens // cores())
    return max(min(LARGEST_BATCH, max(min(_SMALLEST_BATCH, share), -(-share // 2))), longest, 1)


def _hypotheses(result: Any, prefixed: int, search: Search) -> list[Hypothesis]:
    found = []
    rows = result.attention or [()] * len(result.hypotheses)
    for rank, (tokens, score, attention) in enumerate(zip(result.hypotheses, result.scores, rows, strict=True)):
        length = len(tokens) + 1
        mean = score * length**search.length_penalty / length
        own = tuple(tokens[prefixed:])
        looked = () if rank else attention[len(attention) - len(own) :]
        found.append(Hypothesis(own, mean, looked, len(tokens) >= search.longest))
    return found


def vocabulary(folder: Path, side: str) -> list[str]:
    """The pieces of a vocabulary file; CTranslate2 writes JSON, its older versions one piece a line.

    Raises ModelUnusable.
    """
    for name in (f"{side}_vocabulary", "shared_vocabulary"):
        written = folder / f"{name}.json"
        if written.is_file():
            found = _read_json(written)
            if isinstance(found, list) and all(isinstance(piece, str) for piece in found):
                return found
            raise ModelUnusable("is no list of pieces", where=str(written), remedy=_REMEDY)
        plain = folder / f"{name}.txt"
        if plain.is_file():
            try:
                return plain.read_bytes().decode("utf-8").removesuffix("\n").split("\n")
            except (OSError, UnicodeDecodeError):
                raise ModelUnusable("cannot be read as text", where=str(plain), remedy=_REMEDY) from None
    raise ModelUnusable(f"the {side} vocabulary is missing", where=str(folder), remedy=_REMEDY)


def _read_json(path: Path) -> Any:
    try:
        return read_json(path, _LARGEST_JSON)
    except (OSError, ValueError):
        raise ModelUnusable("is no JSON", where=str(path), remedy=_REMEDY) from None


def _unloadable(error: Exception, folder: Path) -> ModelUnusable:
    """A model of tomorrow is whole: what helps is a newer library, not the same model once more."""
    newer = re.search(r"v(\d+) or below, but the model has (\w+ (?:version|revision)) v?(\d+)", str(error))
    if newer:
        return ModelUnusable(
            f"CTranslate2 cannot load the model: its {newer[2]} is {newer[3]}, the library knows {newer[1]} or below",
            where=str(folder),
            remedy="pip install --upgrade ctranslate2, or install an older model",
        )
    return ModelUnusable(f"CTranslate2 cannot load the model: {_first_line(error)}", where=str(folder), remedy=_REMEDY)


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:200]
