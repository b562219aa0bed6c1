"""The model file: what is written is read again, and no broken file is taken for a model."""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines.firefox.conftest import SMALL
from toolkit.engines.firefox.architecture import PUBLISHED, architecture_of, random_tensors
from toolkit.engines.firefox.marian import (
    CONFIGURATION,
    EMBEDDING,
    FLOAT32,
    INT8,
    INTGEMM8,
    Item,
    assemble,
    read_model,
    write_model,
)
from toolkit.errors import ModelUnusable

PUBLISHED_BYTES = {"base": 42_992_955, "base-memory": 31_561_787, "tiny": 17_141_051}


@pytest.mark.parametrize("quantise", [False, True])
def test_what_is_written_is_read(tmp_path: Path, quantise: bool) -> None:
    """Tensors and configuration come back; as int8 within half a step of the rounding."""
    tensors = random_tensors(SMALL)
    write_model(tmp_path / "model.bin", SMALL.configuration(), tensors, quantise=quantise)
    model = read_model(tmp_path / "model.bin")
    assert model.configuration == SMALL.configuration()
    assert model.tensors.keys() == tensors.keys()
    assert architecture_of(model) == SMALL
    for name, values in tensors.items():
        step = np.abs(values).max() / 127 if quantise and min(values.shape) > 1 else 0
        assert np.abs(model.tensors[name] - values).max() <= 0.51 * step, name


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_published_architectures_have_their_size(name: str) -> None:
    """The tensors that an architecture calls for take the room that the published files take."""
    sizes = [rows * columns if rows > 1 else 4 * columns for rows, columns in PUBLISHED[name].shapes().values()]
    assert sum(sizes) == pytest.approx(PUBLISHED_BYTES[name], rel=0.004)


def _number(data: bytes, offset: int, value: int) -> bytes:
    return data[:offset] + struct.pack("<Q", value) + data[offset + 8 :]


BROKEN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda data: b"", "empty"),
    "a few bytes": (lambda data: data[:7], "ends inside"),
    "cut in the headers": (lambda data: data[:100], "ends inside"),
    "cut in the names": (lambda data: data[: 16 + 32 * 50], "ends inside|cut short"),
    "cut in the data": (lambda data: data[:-1000], "cut short"),
    "one byte more": (lambda data: data + b"\0", "follow its last item"),
    "another kind of file": (lambda data: b"\x1f\x8b" + data[2:], "no Marian model"),
    "another version": (lambda data: _number(data, 0, 2), "no Marian model"),
    "no items": (lambda data: _number(data, 8, 0), "claims to have 0 items"),
    "absurdly many items": (lambda data: _number(data, 8, 1 << 60), "claims to have"),
    "absurd name": (lambda data: _number(data, 16, 1 << 40), "name of an item"),
    "absurd dimensions": (lambda data: _number(data, 32, 1 << 40), "dimensions|ends inside"),
    "absurd data": (lambda data: _number(data, 40, 1 << 62), "cut short"),
    "data shorter than the shape": (lambda data: _number(data, 40, 256), "needs|follow"),
    "unknown type": (lambda data: _number(data, 24, 0x208), "unknown type"),
}


@pytest.mark.parametrize("how", sorted(BROKEN))
def test_broken_file(tmp_path: Path, how: str) -> None:
    """Every kind of broken file gives one line that names the file and the remedy."""
    path = tmp_path / "model.bin"
    write_model(path, SMALL.configuration(), random_tensors(SMALL), quantise=True)
    change, message = BROKEN[how]
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(ModelUnusable, match=message) as error:
        read_model(path)
    assert error.value.where == str(path)
    assert error.value.remedy
    assert "\n" not in str(error.value)


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there, or is a folder, is said to be so."""
    for path in (tmp_path / "none.bin", tmp_path):
        with pytest.raises(ModelUnusable, match="cannot be opened"):
            read_model(path)


def _configuration(text: bytes) -> Item:
    return CONFIGURATION, INT8, (len(text),), text


ITEMS: dict[str, tuple[list[Item], str]] = {
    "no configuration": ([("a", FLOAT32, (1, 1), bytes(256))], "is missing"),
    "configuration of another type": ([(CONFIGURATION, FLOAT32, (1,), bytes(256))], "is no text"),
    "configuration no YAML": ([_configuration(b"a: [\xff")], "is no YAML"),
    "configuration a list": ([_configuration(b"- a")], "no list of settings"),
    "same name twice": ([("a", FLOAT32, (1, 1), bytes(256))] * 2, "same name"),
    "name no text": ([("a\nb", FLOAT32, (1, 1), bytes(256))], "no plain text"),
    "negative shape": ([("a", FLOAT32, (-4, -4), bytes(256))], "claims the shape"),
    "huge shape": ([("a", FLOAT32, (1 << 30, 1 << 30), bytes(256))], "claims the shape"),
    "tensor as text": ([("a", INT8, (2, 2), bytes(256)), _configuration(b"a: 1")], "no tensor has"),
    "not a number": ([("a", FLOAT32, (1, 1), struct.pack("<f", np.nan)), _configuration(b"a: 1")], "no numbers"),
    "infinite": ([("a", FLOAT32, (1, 1), struct.pack("<f", np.inf)), _configuration(b"a: 1")], "no numbers"),
    "scale not a number": ([("a", INTGEMM8, (1, 4), bytes(4) + struct.pack("<f", np.nan))], "multiplier"),
    "scale nought": ([("a", INTGEMM8, (1, 4), bytes(8))], "multiplier"),
    "scale negative": ([("a", INTGEMM8, (1, 4), bytes(4) + struct.pack("<f", -1))], "multiplier"),
    "scale missing": ([("a", INTGEMM8, (2, 2), bytes(4))], "needs 8 bytes"),
}


@pytest.mark.parametrize("how", sorted(ITEMS))
def test_broken_items(tmp_path: Path, how: str) -> None:
    """A file whose parts fit together, but whose items cannot be used."""
    items, message = ITEMS[how]
    path = tmp_path / "model.bin"
    path.write_bytes(assemble(items))
    with pytest.raises(ModelUnusable, match=message):
        read_model(path)


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_damage_is_found_or_harmless(tmp_path: Path, data: st.DataObject) -> None:
    """However the head of a file is damaged, reading ends with a model or with ModelUnusable."""
    path = tmp_path / "model.bin"
    if not path.exists():
        write_model(path, SMALL.configuration(), random_tensors(SMALL), quantise=True)
    whole = path.read_bytes()
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, 3500))] = data.draw(st.integers(0, 255))
    other = tmp_path / "damaged.bin"
    other.write_bytes(bytes(damaged[: data.draw(st.integers(0, len(whole)))]) if data.draw(st.booleans()) else damaged)
    with suppress(ModelUnusable):
        architecture_of(read_model(other))


SETTINGS: dict[str, tuple[str, object, str]] = {
    "another decoder": ("dec-cell", "gru", "dec-cell: 'gru'"),
    "another kind": ("type", "s2s", "type: 's2s'"),
    "two vocabularies, one embedding": ("dim-vocabs", [128, 130], "one embedding cannot have 128 and 130 pieces"),
    "no vocabulary": ("dim-vocabs", None, "names no two vocabularies"),
    "an absurd vocabulary": ("dim-vocabs", [128, 0], "dim-vocabs"),
    "an output layer of its own": ("tied-embeddings-all", False, "weights of its own"),
    "no width": ("dim-emb", None, "dim-emb"),
    "width as text": ("dim-emb", "32", "dim-emb"),
    "width true": ("dim-emb", True, "dim-emb"),
    "absurd width": ("dim-emb", 1 << 40, "dim-emb"),
    "absurd depth": ("enc-depth", 1 << 16, "enc-depth"),
    "heads that do not fit": ("transformer-heads", 5, "part into heads"),
    "more layers than there are": ("dec-depth", 3, "decoder_l3_rnn_W is missing"),
    "another width": ("transformer-dim-ffn", 64, "has the shape"),
}


@pytest.mark.parametrize("how", sorted(SETTINGS))
def test_model_of_another_make(tmp_path: Path, how: str) -> None:
    """A model that this decoder was not written for is refused by name, not run wrongly."""
    key, value, message = SETTINGS[how]
    path = tmp_path / "model.bin"
    write_model(path, SMALL.configuration() | {key: value}, random_tensors(SMALL))
    with pytest.raises(ModelUnusable, match=message):
        architecture_of(read_model(path))


def test_missing_tensor(tmp_path: Path) -> None:
    """A tensor that is not there is named."""
    tensors = random_tensors(SMALL)
    del tensors[EMBEDDING]
    path = tmp_path / "model.bin"
    write_model(path, SMALL.configuration(), tensors)
    with pytest.raises(ModelUnusable, match="Wemb is missing"):
        architecture_of(read_model(path))


def test_configuration_is_what_marian_reads() -> None:
    """The configuration is YAML that says what Marian wants to know of a model."""
    text = yaml.safe_load(yaml.safe_dump(SMALL.configuration()))
    assert (text["dec-cell"], text["transformer-decoder-autoreg"], text["dim-emb"]) == ("ssru", "rnn", 32)
