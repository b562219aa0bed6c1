"""Makes real CTranslate2 models that translate word for word, exactly and by construction.

A dictionary lives in the source embeddings: each source piece carries the code of the meaning it has. Attention
finds the source position of a step by codes of positions, and copies meaning (and language) to the output layer,
whose rows are the codes of the target pieces. Letters and marks stand for themselves; an unknown piece is copied.
Further layers may be added whose random weights cost what a trained model's cost and never touch the codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
SPECIAL = ("<unk>", "<s>", "</s>")
POSITIONS = 24
LANGUAGES = 4
MARKS = 4
_SHARP = 12.0


@dataclass(frozen=True)
class Plan:
    """What a model is to know. Pieces are as SentencePiece writes them: spaces are ▁."""

    source: Sequence[str]
    target: Sequence[str]
    meaning: Mapping[str, str]
    """Source piece → meaning; a piece that is not here means itself."""
    words: Mapping[str, tuple[str, str | None]]
    """Target piece → (meaning, language it is a word of)."""
    tongues: Mapping[str, str] = field(default_factory=dict)
    """Token that names a language → that language."""
    language_from: str | None = None
    """Where the model learns the target language: a token of the "source", of the "target", or it knows (None)."""
    offset: int = 0
    """How many source tokens stand before the first one that the first step translates."""
    longest: int = 600
    codes: int = 32
    width: int = 64
    heads: int = 2
    layers: int = 1
    hidden: int = 64
    start: str | None = "<s>"
    add_eos: bool = True


class Codes:
    """Vectors of +1 and -1 that sum to zero: layer normalization leaves them as they are."""

    def __init__(self, size: int, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._size = size
        self._known: dict[str, Array] = {}
        self._seen: set[bytes] = set()

    def of(self, key: str) -> Array:
        while key not in self._known:
            code = np.ones(self._size, dtype=np.float32)
            code[: self._size // 2] = -1
            self._random.shuffle(code)
            if code.tobytes() not in self._seen:
                self._seen.add(code.tobytes())
                self._known[key] = code
        return self._known[key]


def write_model(folder: Path, plan: Plan, *, quantization: str | None = None) -> None:
    """Write model.bin, config.json and the vocabularies into `folder`."""
    from ctranslate2.specs import TransformerSpec

    folder.mkdir(parents=True, exist_ok=True)
    spec = TransformerSpec.from_config((plan.layers, plan.layers), plan.heads, pre_norm=True)
    _Builder(plan).fill(spec)
    spec.register_source_vocabulary([*SPECIAL, *plan.source])
    spec.register_target_vocabulary([*SPECIAL, *plan.target])
    spec.config.add_source_eos = plan.add_eos
    spec.config.decoder_start_token = plan.start
    spec.validate()
    spec.optimize(quantization=quantization)
    spec.save(str(folder))


class _Builder:
    """Lays out the dimensions: meaning, language, position, mark, and the rest for random layers."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.random = np.random.default_rng(20)
        self.meanings = Codes(plan.codes, 1)
        self.positions = Codes(POSITIONS, 2)
        self.languages = Codes(LANGUAGES, 3)
        start = plan.codes
        self.at_meaning = slice(0, start)
        self.at_language = slice(start, start + LANGUAGES)
        self.at_position = slice(start + LANGUAGES, start + LANGUAGES + POSITIONS)
        self.at_mark = slice(start + LANGUAGES + POSITIONS, start + LANGUAGES + POSITIONS + MARKS)
        self.used = self.at_mark.stop
        self.head = plan.width // plan.heads

    def fill(self, spec: Any) -> None:
        encoder, decoder = spec.encoder, spec.decoder
        encoder.embeddings[0].weight = self._source_embeddings()
        decoder.embeddings.weight = self._target_embeddings()
        encoder.position_encodings.encodings = self._positions(0)
        decoder.position_encodings.encodings = self._positions(self.plan.offset)
        for side, where in ((encoder, "source"), (decoder, "target")):
            side.scale_embeddings = False
            self._norm(side.layer_norm)
            for number, layer in enumerate(side.layer):
                self._self_attention(layer.self_attention, exact=number == 0 and self.plan.language_from == where)
                self._norm(layer.ffn.layer_norm)
                self._dense(layer.ffn.linear_0, self.plan.hidden, self.plan.width)
                self._dense(layer.ffn.linear_1, self.plan.width, self.plan.hidden, spare=True)
        for number, layer in enumerate(decoder.layer):
            self._cross_attention(layer.attention, exact=number == len(decoder.layer) - 1)
        decoder.projection.weight, decoder.projection.bias = self._projection()

    def _source_embeddings(self) -> Array:
        rows = np.zeros((len(SPECIAL) + len(self.plan.source), self.plan.width), dtype=np.float32)
        for row, piece in zip(rows, [*SPECIAL, *self.plan.source], strict=True):
            row[self.at_meaning] = self.meanings.of(self.plan.meaning.get(piece, piece))
            self._mark(row, piece)
        return rows

    def _target_embeddings(self) -> Array:
        rows = np.zeros((len(SPECIAL) + len(self.plan.target), self.plan.width), dtype=np.float32)
        for row, piece in zip(rows, [*SPECIAL, *self.plan.target], strict=True):
            self._mark(row, piece)
        return rows

    def _mark(self, row: Array, piece: str) -> None:
        language = self.plan.tongues.get(piece)
        row[self.at_mark] = np.array([1, -1, 1, -1]) * (1 if language is None else -1)
        if language is not None:
            row[self.at_language] = self.languages.of(language)

    def _positions(self, offset: int) -> Array:
        rows = np.zeros((self.plan.longest, self.plan.width), dtype=np.float32)
        for number, row in enumerate(rows):
            row[self.at_position] = self.positions.of(str(number + offset))
        return rows

    def _projection(self) -> tuple[Array, Array]:
        rows = np.zeros((len(SPECIAL) + len(self.plan.target), self.plan.width), dtype=np.float32)
        bias = np.zeros(len(rows), dtype=np.float32)
        for number, piece in enumerate([*SPECIAL, *self.plan.target]):
            meaning, language = self.plan.words.get(piece, (piece, None))
            rows[number, self.at_meaning] = 2 * self.meanings.of(meaning)
            if language is not None:
                rows[number, self.at_language] = 2 * self.languages.of(language)
                bias[number] = -2  # where the language is another, a piece of no language is better
            if piece == "<s>" or piece in self.plan.tongues:
                bias[number] = -1000
        return rows, bias

    def _self_attention(self, spec: Any, *, exact: bool) -> None:
        """Every position looks at the token that names the language, and takes the language from it."""
        self._norm(spec.layer_norm)
        self._dense(spec.linear[0], 3 * self.plan.width, self.plan.width)
        self._dense(spec.linear[1], self.plan.width, self.plan.width, spare=True)
        if exact:
            first = spec.linear[0]
            q, k, v = (slice(i * self.plan.width, i * self.plan.width + self.head) for i in range(3))
            for rows in (q, k, v):
                first.weight[rows] = 0
            first.bias[q.start : q.start + MARKS] = np.array([-1, 1, -1, 1]) * _SHARP
            first.weight[k.start : k.start + MARKS, self.at_mark] = np.eye(MARKS)
            first.weight[v.start : v.start + LANGUAGES, self.at_language] = np.eye(LANGUAGES)
            spec.linear[1].weight[self.at_language, :LANGUAGES] = np.eye(LANGUAGES)

    def _cross_attention(self, spec: Any, *, exact: bool) -> None:
        """A step looks at its position of the source: one head brings the meaning, the next the language."""
        width = self.plan.width
        self._norm(spec.layer_norm)
        self._dense(spec.linear[0], width, width)
        self._dense(spec.linear[1], 2 * width, width)
        self._dense(spec.linear[2], width, width, spare=True)
        if not exact:
            return
        query, keys, out = spec.linear
        for number, (part, size) in enumerate(((self.at_meaning, self.plan.codes), (self.at_language, LANGUAGES))):
            head = slice(number * self.head, (number + 1) * self.head)
            values = slice(width + head.start, width + head.stop)
            query.weight[head] = keys.weight[head] = keys.weight[values] = 0
            at = slice(head.start, head.start + POSITIONS)
            query.weight[at, self.at_position] = np.eye(POSITIONS) * _SHARP
            keys.weight[at, self.at_position] = np.eye(POSITIONS)
            keys.weight[values.start : values.start + size, part] = np.eye(size)
            out.weight[part, head.start : head.start + size] = np.eye(size)

    def _dense(self, linear: Any, rows: int, columns: int, *, spare: bool = False) -> None:
        """Random weights; `spare` ones write, softly, only to dimensions that carry no code (none in a small model)."""
        scale = (0.1 if spare else 0.5) / columns**0.5
        linear.weight = self.random.normal(0, scale, (rows, columns)).astype(np.float32)
        linear.bias = np.zeros(rows, dtype=np.float32)
        if spare:
            linear.weight[: self.used] = 0

    def _norm(self, spec: Any) -> None:
        spec.gamma = np.ones(self.plan.width, dtype=np.float32)
        spec.beta = np.zeros(self.plan.width, dtype=np.float32)
