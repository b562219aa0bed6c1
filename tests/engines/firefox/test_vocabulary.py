"""Pieces and their places in the text, and the files of a real model."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.firefox.conftest import MODEL, SMALL
from toolkit.engines.firefox.architecture import random_tensors
from toolkit.engines.firefox.network import LEAST_ROWS, Network
from toolkit.engines.firefox.search import greedy
from toolkit.engines.firefox.shortlist import MAGIC, Shortlist
from toolkit.engines.firefox.vocabulary import END, UNKNOWN, Vocabulary
from toolkit.errors import ModelUnusable

VOCABULARY = Vocabulary.load(MODEL / "vocab.spm")


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_spans_cover_the_text(text: str) -> None:
    """The pieces of any text lie in it, in order, without white space at their ends."""
    (pieces,) = VOCABULARY.encode([text])
    assert len(pieces.ids) == len(pieces.spans)
    for one, other in zip(pieces.spans, pieces.spans[1:], strict=False):
        assert 0 <= one.start <= one.end <= other.start + 1
    for span in pieces.spans:
        assert span.end <= len(text)
        assert span.of(text) == span.of(text).strip()


def test_decoding_tells_places() -> None:
    """Each piece of a translation knows where it stands in the text."""
    (pieces,) = VOCABULARY.encode(["The doctor left Orun."])
    (back,) = VOCABULARY.decode([pieces.ids])
    assert back.text == "The doctor left Orun."
    assert "".join(span.of(back.text) for span in back.spans) == "ThedoctorleftOrun."


def test_a_piece_that_is_no_text(tmp_path: Path) -> None:
    """It is found when the vocabulary is read, not when some text happens to need it."""
    spoilt = (MODEL / "vocab.spm").read_bytes().replace(b"\xe2\x96\x81", b"\xff\x96\x81", 1)
    (tmp_path / "vocab.spm").write_bytes(spoilt)
    with pytest.raises(ModelUnusable, match="this is no sentencepiece model"):
        Vocabulary.load(tmp_path / "vocab.spm")


def _list(always: int, offsets: list[int], ids: list[int], magic: int = MAGIC) -> bytes:
    head = struct.pack("<6Q", magic, 0, always, 10, len(offsets), len(ids))
    return head + np.array(offsets, "<u8").tobytes() + np.array(ids, "<u4").tobytes()


FINE = (2, [0, 1, 2, 3], [2, 1, 0])
BROKEN = {
    "cut in the head": (_list(*FINE)[:30], "cut short"),
    "cut": (_list(*FINE)[:-1], "cut short"),
    "longer": (_list(*FINE) + b"\0", "cut short"),
    "another file": (_list(*FINE, magic=1), "no shortlist"),
    "another vocabulary": (_list(2, [0, 1, 2], [1, 2]), "for 2 pieces"),
    "always too many": (_list(9, [0, 1, 2, 3], [2, 1, 0]), "vocabulary has 3"),
    "offsets falling": (_list(2, [0, 2, 1, 3], [2, 1, 0]), "not in order"),
    "offsets beyond": (_list(2, [0, 1, 2, 4], [2, 1, 0]), "not in order"),
    "unknown piece": (_list(2, [0, 1, 2, 3], [2, 1, 7]), "vocabulary has not"),
}


@pytest.mark.parametrize("how", sorted(BROKEN))
def test_broken_shortlist(tmp_path: Path, how: str) -> None:
    """Every kind of broken shortlist is told."""
    content, message = BROKEN[how]
    (tmp_path / "lex.bin").write_bytes(content)
    with pytest.raises(ModelUnusable, match=message):
        Shortlist.load(tmp_path / "lex.bin", 3, 3)


def test_a_shortlist_holds_each_row_to_its_own(tmp_path: Path, network: Network) -> None:
    """With a shortlist only its pieces are written, whatever else is in the batch."""
    size = SMALL.vocabulary
    chance = np.random.default_rng(1)
    ids = chance.integers(0, size, 5 * size)
    (tmp_path / "lex.bin").write_bytes(_list(4, list(range(0, 5 * size + 1, 5)), list(ids)))
    shortlist = Shortlist.load(tmp_path / "lex.bin", size, size)
    sources = [tuple(int(one) for one in chance.integers(2, size, length)) for length in (3, 9, 10, 17)]

    def translated(some: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
        allowed = shortlist.allowed(network, some, [()] * len(some), max(LEAST_ROWS, len(some)))
        return [one.ids for one in greedy(network, some, allowed=allowed)]

    for source, found in zip(sources, translated(sources), strict=True):
        assert set(found) <= {*shortlist.pieces(source), *range(4)} - {END, UNKNOWN}
        assert translated([source]) == [found]


def test_real_files(real_files: Path) -> None:
    """The vocabulary and shortlist of a real model are read, and its pieces write Russian names."""
    vocabulary = Vocabulary.load(real_files / "vocab.enru.spm")
    shortlist = Shortlist.load(real_files / "lex.50.50.enru.s2t.bin", vocabulary.size, vocabulary.size)
    assert vocabulary.size == 32_000
    (pieces,) = vocabulary.encode(["The president of Azerbaijan visited Khankendi."])
    allowed = shortlist.pieces(pieces.ids)
    target = vocabulary.as_word("президент")
    assert target is not None
    assert set(target) <= {*allowed, *range(shortlist.always)}
    for name in ("Ханкенди", "Степанакерта"):
        assert vocabulary.as_word(name) is not None
        assert vocabulary.as_glued(name) is not None
    little = {vocabulary.pieces[one].strip("\u2581") for one in vocabulary.little_words}
    assert {"В", "In", "The", "из", "на"} <= little
    assert {"Баку", "Baku", "Россия", "Armenia", "London"}.isdisjoint(little)
    (back,) = vocabulary.decode([vocabulary.encode(["в Ханкенди (Степанакерте)."])[0].ids])
    assert back.text == "в Ханкенди (Степанакерте)."


def test_architecture_of_the_small_one() -> None:
    """The small network of these tests has all its tensors."""
    assert set(random_tensors(SMALL)) == set(SMALL.shapes())
