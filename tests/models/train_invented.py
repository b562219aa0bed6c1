"""Train the small test model on the made-up language and write it as a Marian file (see invented/README.md).

    python -m venv venv-train && venv-train/bin/pip install torch numpy sentencepiece pyyaml
    PYTHONPATH=. venv-train/bin/python tests/models/train_invented.py --steps 700 --renamed 0.1
    PYTHONPATH=. venv-train/bin/python tests/models/train_invented.py --steps 300 --renamed 0.4 \\
        --start tests/models/invented/model.bin

The network is the one of the Firefox models (post-norm Transformer, SSRU decoder, tied embeddings, one head taught
to align words), smaller. Nothing in the project imports this file; torch is needed here only.
"""

from __future__ import annotations

import argparse
import io
import math
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sentencepiece as spm
import torch
from torch import Tensor, nn
from torch.nn import functional as fn

from tests.models.invented_language import HELD_OUT_SEED, Pair, sentence, sentences
from toolkit.engines.firefox.architecture import Architecture
from toolkit.engines.firefox.marian import read_model, write_model

WIDTH, INNER, HEADS, LAYERS, VOCABULARY = 128, 256, 8, 2, 1000
EOS = 0


@dataclass(frozen=True)
class Example:
    source: list[int]
    target: list[int]
    links: list[tuple[int, int]]


def train_vocabulary(pairs: list[Pair]) -> bytes:
    """One sentencepiece model for both languages, with the ids that Marian expects."""
    lines = iter([line for pair in pairs for line in (pair.source, pair.target)])
    model = io.BytesIO()
    spm.SentencePieceTrainer.train(
        sentence_iterator=lines, model_writer=model, vocab_size=VOCABULARY, model_type="unigram", num_threads=1,
        eos_id=0, unk_id=1, bos_id=-1, pad_id=-1, normalization_rule_name="identity", max_sentencepiece_length=7,
        character_coverage=1.0, minloglevel=1,
    )  # fmt: skip
    return model.getvalue()


def words_of(pieces: list[str]) -> list[int]:
    """The number of the word that each piece belongs to."""
    words, current = [], -1
    for piece in pieces:
        current += piece.startswith("\u2581")
        words.append(current)
    return words


def example(pair: Pair, vocabulary: spm.SentencePieceProcessor) -> Example:
    source, target = vocabulary.encode(pair.source), vocabulary.encode(pair.target)
    source_words, target_words = (words_of([vocabulary.id_to_piece(i) for i in ids]) for ids in (source, target))
    linked = set(pair.links)
    links = [
        (i, j)
        for j, target_word in enumerate(target_words)
        for i, source_word in enumerate(source_words)
        if (source_word, target_word) in linked
    ]
    return Example([*source, EOS], [*target, EOS], [*links, (len(source), len(target))])


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-9)

    def forward(self, queries: Tensor, keys: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        batch, length, _ = queries.shape

        def heads(x: Tensor) -> Tensor:
            return x.view(batch, -1, HEADS, WIDTH // HEADS).transpose(1, 2)

        scores = heads(self.q(queries)) @ heads(self.k(keys)).transpose(2, 3) / math.sqrt(WIDTH / HEADS)
        weights = torch.softmax(scores + mask[:, None, None, :], -1)
        joined = (weights @ heads(self.v(keys))).transpose(1, 2).reshape(batch, length, WIDTH)
        return self.norm(queries + fn.dropout(self.o(joined), 0.05, self.training)), weights[:, 0]


class FeedForward(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.one, self.two = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-9)

    def forward(self, x: Tensor) -> Tensor:
        inner: Tensor = self.two(torch.relu(self.one(x)))
        return self.norm(x + fn.dropout(inner, 0.05, self.training))


class Recurrence(nn.Module):
    """The SSRU: c = f c + (1 - f) W x, f = sigmoid(Wf x + bf); out = LN(relu(c) + x)."""

    def __init__(self) -> None:
        super().__init__()
        self.write, self.forget = nn.Linear(WIDTH, WIDTH, bias=False), nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-9)

    def forward(self, x: Tensor) -> Tensor:
        forget = torch.sigmoid(self.forget(x))
        written = (1 - forget) * self.write(x)
        cell = torch.zeros_like(x[:, 0])
        cells = []
        for step in range(x.shape[1]):
            cell = forget[:, step] * cell + written[:, step]
            cells.append(cell)
        return self.norm(torch.relu(torch.stack(cells, 1)) + x)


class Network(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embedding = nn.Parameter(torch.randn(VOCABULARY, WIDTH) / math.sqrt(WIDTH))
        self.bias = nn.Parameter(torch.zeros(VOCABULARY))
        self.encoder = nn.ModuleList(nn.ModuleList((Attention(), FeedForward())) for _ in range(LAYERS))
        self.decoder = nn.ModuleList(nn.ModuleList((Recurrence(), Attention(), FeedForward())) for _ in range(LAYERS))
        rates = torch.exp(torch.arange(WIDTH // 2) * -(math.log(10000) / (WIDTH / 2 - 1)))
        angles = torch.arange(512)[:, None] * rates
        self.register_buffer("positions", torch.cat([torch.sin(angles), torch.cos(angles)], 1))

    def embed(self, ids: Tensor) -> Tensor:
        return self.embedding[ids] * math.sqrt(WIDTH)

    def forward(self, source: Tensor, mask: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
        x = self.embed(source) + self.positions[: source.shape[1]]
        for attention, feed in self.encoder:
            x = feed(attention(x, x, mask)[0])
        # The first input of the decoder is the zero vector, not a token.
        y = fn.pad(self.embed(target)[:, :-1], (0, 0, 1, 0)) + self.positions[: target.shape[1]]
        weights = x
        for recurrence, attention, feed in self.decoder:
            y, weights = attention(recurrence(y), x, mask)
            y = feed(y)
        return y @ self.embedding.T + self.bias, weights


def collate(batch: list[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """(source, source mask, target, target weights, wanted attention)."""
    long, wide = max(len(e.source) for e in batch), max(len(e.target) for e in batch)
    source, target = torch.zeros(len(batch), long, dtype=torch.long), torch.zeros(len(batch), wide, dtype=torch.long)
    mask, weight = torch.full((len(batch), long), -1e9), torch.zeros(len(batch), wide)
    wanted = torch.zeros(len(batch), wide, long)
    for row, one in enumerate(batch):
        source[row, : len(one.source)] = torch.tensor(one.source)
        mask[row, : len(one.source)] = 0
        target[row, : len(one.target)] = torch.tensor(one.target)
        weight[row, : len(one.target)] = 1
        for i, j in one.links:
            wanted[row, j, i] = 1
    return source, mask, target, weight, wanted / wanted.sum(-1, keepdim=True).clamp(min=1)


def loss_of(network: Network, batch: list[Example]) -> Tensor:
    source, mask, target, weight, wanted = collate(batch)
    logits, attention = network(source, mask, target)
    words = fn.cross_entropy(logits.transpose(1, 2), target, reduction="none", label_smoothing=0.02)
    aligned = -(wanted * torch.log(attention + 1e-8)).sum(-1)
    return ((words + 0.5 * aligned) * weight).sum() / weight.sum()


def train(
    vocabulary: spm.SentencePieceProcessor, steps: int, renamed: float, held_out: set[str], start: Path | None
) -> Network:
    torch.manual_seed(1)
    chance = random.Random(steps)
    network = Network()
    for matrix in network.parameters():
        if matrix.dim() > 1 and matrix is not network.embedding:
            nn.init.xavier_uniform_(matrix)
    if start is not None:
        start_from(network, start)
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3, betas=(0.9, 0.98))
    shown = 0.0
    for step in range(1, steps + 1):
        rate = 2e-3 * min(step / 200, 1.0) * (1 - step / (steps + 1)) ** 0.5
        for group in optimizer.param_groups:
            group["lr"] = rate
        pairs = [pair for pair in (sentence(chance, renamed) for _ in range(128)) if pair.source not in held_out]
        loss = loss_of(network, [example(pair, vocabulary) for pair in pairs])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        shown = 0.95 * shown + 0.05 * loss.item()
        if step % 100 == 0:
            print(f"step {step} loss {shown:.3f}", flush=True)  # noqa: T201
    return network.eval()


def parameters(network: Network) -> dict[str, tuple[Tensor, bool]]:
    """The parameters under the names that Marian gives them, and whether it has them transposed."""
    found: dict[str, tuple[Tensor, bool]] = {}

    def norm(name: str, layer: nn.LayerNorm) -> None:
        found[f"{name}_ln_scale"], found[f"{name}_ln_bias"] = (layer.weight, False), (layer.bias, False)

    def attention(name: str, layer: Attention) -> None:
        for letter in "qkvo":
            linear = getattr(layer, letter)
            found[f"{name}_W{letter}"], found[f"{name}_b{letter}"] = (linear.weight, True), (linear.bias, False)
        norm(f"{name}_Wo", layer.norm)

    def feed(name: str, layer: FeedForward) -> None:
        for number, linear in ((1, layer.one), (2, layer.two)):
            found[f"{name}_W{number}"], found[f"{name}_b{number}"] = (linear.weight, True), (linear.bias, False)
        norm(f"{name}_ffn", layer.norm)

    found["Wemb"], found["decoder_ff_logit_out_b"] = (network.embedding, False), (network.bias, False)
    for number, (self_attention, feed_forward) in enumerate(network.encoder, 1):
        attention(f"encoder_l{number}_self", self_attention)
        feed(f"encoder_l{number}_ffn", feed_forward)
    for number, (recurrence, context, feed_forward) in enumerate(network.decoder, 1):
        found[f"decoder_l{number}_rnn_W"] = (recurrence.write.weight, True)
        found[f"decoder_l{number}_rnn_Wf"] = (recurrence.forget.weight, True)
        found[f"decoder_l{number}_rnn_bf"] = (recurrence.forget.bias, False)
        norm(f"decoder_l{number}_rnn_ffn", recurrence.norm)
        attention(f"decoder_l{number}_context", context)
        feed(f"decoder_l{number}_ffn", feed_forward)
    return found


def tensors(network: Network) -> dict[str, np.ndarray]:
    """The parameters as Marian stores them."""
    found = {}
    for name, (value, transposed) in parameters(network).items():
        array = (value.T if transposed else value).detach().numpy().astype(np.float32)
        found[name] = array.reshape(1, -1) if array.ndim == 1 else np.ascontiguousarray(array)
    return found


def start_from(network: Network, path: Path) -> None:
    """Take the parameters of a model file."""
    stored = read_model(path).tensors
    for name, (value, transposed) in parameters(network).items():
        array = torch.from_numpy(stored[name].T.copy() if transposed else stored[name].copy())
        value.data.copy_(array.reshape(value.shape))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=700)
    parser.add_argument("--renamed", type=float, default=0.1, help="share of names that are called otherwise")
    parser.add_argument("--start", type=Path, help="a model file to go on from")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "invented")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    held_out = {pair.source for pair in sentences(400, HELD_OUT_SEED)}
    options.out.mkdir(parents=True, exist_ok=True)
    model = train_vocabulary(sentences(20000, 1))
    (options.out / "vocab.spm").write_bytes(model)
    vocabulary = spm.SentencePieceProcessor(model_proto=model)
    network = train(vocabulary, options.steps, options.renamed, held_out, options.start)
    architecture = Architecture(WIDTH, INNER, LAYERS, LAYERS, VOCABULARY, HEADS)
    write_model(options.out / "model.bin", architecture.configuration(), tensors(network), quantise=True)


if __name__ == "__main__":
    main()
