"""The binary model file of Marian: read with every size checked, and written for tests and training.

    u64 version (1), u64 number of items
    a header of each item: u64 length of its name with NUL, u64 type, u64 number of dimensions, u64 bytes of data
    the names, NUL-terminated; the dimensions, int32
    u64 number of zero bytes up to the next multiple of 256, and these zeros
    the data of each item in turn

All little endian. Types: int8 (the item `special:model.yml`, which is text), float32, and intgemm8: int8 numbers
followed by one float32, the multiplier they were made with (number = multiplier * value, rounded). A matrix of
intgemm8 is stored transposed, though its dimensions are not; embeddings (…Wemb) alone are stored as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import yaml
from numpy.typing import NDArray

from toolkit.errors import ModelUnusable

Array = NDArray[np.float32]

INT8, FLOAT32, INTGEMM8 = 0x101, 0x404, 0x4101
CONFIGURATION = "special:model.yml"
EMBEDDING = "Wemb"
SOURCE_EMBEDDING, TARGET_EMBEDDING = "encoder_Wemb", "decoder_Wemb"
"""Where the two languages do not share one."""

_VERSION = 1
_PAGE = 256
_MOST_ITEMS = 10_000
_LONGEST_NAME = 1_000
_MOST_DIMENSIONS = 8
_LARGEST_CONFIGURATION = 1 << 20
_REMEDY = "install the model again"


@dataclass(frozen=True, slots=True)
class Model:
    """What a file holds: its configuration and its tensors, as float32."""

    configuration: Mapping[str, Any]
    tensors: Mapping[str, Array]
    path: Path


@dataclass(frozen=True, slots=True)
class _Header:
    name: str
    type: int
    shape: tuple[int, ...]
    start: int
    length: int

    @property
    def size(self) -> int:
        return prod(self.shape)


def read_model(path: Path) -> Model:
    """Read a model file. Raises ModelUnusable for whatever is wrong with it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise ModelUnusable(f"the model file cannot be opened: {reason}", where=str(path), remedy=_REMEDY) from error
    return _Reader(data, path).model()


class _Reader:
    """Walks through the file once; never reads past its end."""

    def __init__(self, data: bytes, path: Path) -> None:
        self.data, self.path, self.position = data, path, 0

    def fail(self, what: str) -> NoReturn:
        raise ModelUnusable(what, where=str(self.path), remedy=_REMEDY)

    def take(self, length: int, what: str) -> bytes:
        if length > len(self.data) - self.position:
            self.fail(f"the file ends inside {what}")
        self.position += length
        return self.data[self.position - length : self.position]

    def numbers(self, count: int, what: str) -> list[int]:
        return [int(number) for number in np.frombuffer(self.take(8 * count, what), "<u8")]

    def model(self) -> Model:
        headers = self.headers()
        tensors: dict[str, Array] = {}
        configuration: dict[str, Any] | None = None
        for header in headers:
            if header.name == CONFIGURATION:
                configuration = self.configuration(header)
            else:
                tensors[header.name] = self.tensor(header)
        if configuration is None:
            self.fail(f"the item {CONFIGURATION} is missing")
        return Model(configuration, tensors, self.path)

    def headers(self) -> list[_Header]:
        if not self.data:
            self.fail("the model file is empty")
        version, count = self.numbers(2, "its first line")
        if version != _VERSION:
            self.fail(f"this is no Marian model of version {_VERSION}")
        if not 0 < count <= _MOST_ITEMS:
            self.fail(f"it claims to have {count} items")
        rows = [self.numbers(4, "the list of its items") for _ in range(count)]
        names = [self.name(length) for length, _, _, _ in rows]
        if len(set(names)) < count:
            self.fail("two of its items have the same name")
        shapes = [self.shape(name, dimensions) for name, (_, _, dimensions, _) in zip(names, rows, strict=True)]
        (padding,) = self.numbers(1, "the padding")
        self.take(padding, "the padding")
        starts = self.starts([length for _, _, _, length in rows])
        headers = [
            _Header(name, type_, shape, start, length)
            for name, shape, start, (_, type_, _, length) in zip(names, shapes, starts, rows, strict=True)
        ]
        for header in headers:
            self.check(header)
        return headers

    def name(self, length: int) -> str:
        if not 1 < length <= _LONGEST_NAME:
            self.fail(f"the name of an item claims to be {length} bytes long")
        raw = self.take(length, "the name of an item")
        if raw[-1] or not raw[:-1].isascii() or not raw[:-1].decode("ascii").isprintable():
            self.fail("the name of an item is no plain text")
        return raw[:-1].decode("ascii")

    def shape(self, name: str, dimensions: int) -> tuple[int, ...]:
        if not 0 < dimensions <= _MOST_DIMENSIONS:
            self.fail(f"{name} claims to have {dimensions} dimensions")
        shape = tuple(int(size) for size in np.frombuffer(self.take(4 * dimensions, f"the shape of {name}"), "<i4"))
        if min(shape) < 1 or prod(shape) > len(self.data):
            self.fail(f"{name} claims the shape {'x'.join(map(str, shape))}")
        return shape

    def starts(self, lengths: list[int]) -> list[int]:
        starts = [self.position]
        for length in lengths:
            starts.append(starts[-1] + length)
        if starts[-1] > len(self.data):
            self.fail(f"the file is cut short: {len(self.data)} bytes of {starts[-1]}")
        if starts[-1] < len(self.data):
            self.fail(f"{len(self.data) - starts[-1]} bytes follow its last item")
        return starts[:-1]

    def check(self, header: _Header) -> None:
        needed = {INT8: header.size, FLOAT32: 4 * header.size, INTGEMM8: header.size + 4}.get(header.type)
        if needed is None:
            self.fail(f"{header.name} is of an unknown type, {header.type:#x}")
        if header.length < needed:
            self.fail(f"{header.name} needs {needed} bytes and has {header.length}")

    def configuration(self, header: _Header) -> dict[str, Any]:
        if header.type != INT8 or header.size > _LARGEST_CONFIGURATION:
            self.fail(f"{CONFIGURATION} is no text")
        raw = self.data[header.start : header.start + header.size].rstrip(b"\0")
        try:
            found = yaml.safe_load(raw.decode("utf-8"))
        except (UnicodeDecodeError, yaml.YAMLError, RecursionError):
            self.fail(f"{CONFIGURATION} is no YAML")
        if not isinstance(found, dict):
            self.fail(f"{CONFIGURATION} is no list of settings")
        return found

    def tensor(self, header: _Header) -> Array:
        if header.type == FLOAT32:
            # A copy, so that the file's bytes can go.
            stored = np.frombuffer(self.data, "<f4", header.size, header.start)
            values = stored.astype(np.float32).reshape(header.shape)
            if not np.isfinite(values).all():
                self.fail(f"{header.name} has values that are no numbers")
            return values
        if header.type == INTGEMM8:
            return self.quantised(header)
        return self.fail(f"{header.name} is of a type that no tensor has, {header.type:#x}")

    def quantised(self, header: _Header) -> Array:
        (multiplier,) = np.frombuffer(self.data[header.start + header.size : header.start + header.size + 4], "<f4")
        if not np.isfinite(multiplier) or multiplier <= 0:
            self.fail(f"{header.name} has the multiplier {multiplier}")
        stored = np.frombuffer(self.data, np.int8, header.size, header.start)
        values: Array = np.divide(stored, multiplier, dtype=np.float32)
        if header.name.endswith(EMBEDDING) or len(header.shape) != 2:
            return values.reshape(header.shape)
        rows, columns = header.shape
        return np.ascontiguousarray(values.reshape(columns, rows).T)


def write_model(
    path: Path, configuration: Mapping[str, Any], tensors: Mapping[str, Array], *, quantise: bool = False
) -> None:
    """Write a model file; with `quantise` its matrices as intgemm8, otherwise all as float32.

    Vectors stay float32, as Marian leaves them.
    """
    text = yaml.safe_dump(dict(configuration), allow_unicode=True).encode("utf-8") + b"\0"
    items = [_item(name, values, quantise) for name, values in tensors.items()]
    items.append((CONFIGURATION, INT8, (len(text),), text))
    path.write_bytes(assemble(items))


Item = tuple[str, int, tuple[int, ...], bytes]
"""An item as it is stored: name, type, shape, data."""


def assemble(items: list[Item]) -> bytes:
    """The bytes of a file of these items, which are not looked at."""
    parts = [np.array([_VERSION, len(items)], "<u8").tobytes()]
    headers = [[len(name) + 1, kind, len(shape), len(data)] for name, kind, shape, data in items]
    parts += [np.array(header, "<u8").tobytes() for header in headers]
    parts += [name.encode("ascii") + b"\0" for name, _, _, _ in items]
    parts += [np.array(shape, "<i4").tobytes() for _, _, shape, _ in items]
    before = sum(map(len, parts)) + 8
    padding = _PAGE - before % _PAGE
    parts += [np.array([padding], "<u8").tobytes(), bytes(padding)]
    return b"".join(parts + [data for _, _, _, data in items])


def _item(name: str, values: Array, quantise: bool) -> Item:
    if not quantise or min(values.shape) == 1:
        return name, FLOAT32, values.shape, _padded(values.astype("<f4").tobytes())
    multiplier = np.float32(127 / max(float(np.abs(values).max()), 1e-9))
    stored = values if name.endswith(EMBEDDING) else values.T
    numbers = np.rint(stored * multiplier).astype(np.int8)
    return name, INTGEMM8, values.shape, _padded(numbers.tobytes() + multiplier.astype("<f4").tobytes())


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _PAGE)
