"""Where items come from: a folder of documents, lines of JSON, a Parquet file; one after another, never all at once."""

from __future__ import annotations

import codecs
import hashlib
import json
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from toolkit.batch.model import Failure, Fields, Item, Task, Unread, texts_of
from toolkit.batch.workshop import OWN
from toolkit.errors import BadInput, BadOption, DragomanError, NotFound, NotText, TooLong
from toolkit.languages import Language

LARGEST_FILE = 64 * 1024 * 1024
LONGEST_ROW = 16 * 1024 * 1024
"""Bytes of a file and of a line of JSON: what one item may cost in memory."""

_BUFFER = 1 << 20
_MONOLINGUAL = ("text",)
_BILINGUAL = ("source", "target")


class Source(Protocol):
    """The items in order, the same at each reading of the same archive. `total` is how much there is, in whatever
    `items` counts by (files, bytes, rows); `left_out` how many files were no items."""

    name: str
    total: int
    left_out: int

    def items(self) -> Iterator[Unread]: ...


class FolderSource:
    """Every file below a folder, by its path in alphabetical order; hidden ones and those of another language are
    left out. For check a file is an item where its name says that it is the source (`news.en.md` of `news.hy.md`)."""

    def __init__(self, root: Path, task: Task) -> None:
        self.name = root.name
        self._root = root
        self._task = task
        self.left_out = 0
        self.total: int = sum(1 for _ in self._paths())

    def items(self) -> Iterator[Unread]:
        self.left_out = 0
        for path in self._paths():
            language = _language_mark(path)
            if language not in (None, self._task.source) or (language is None and self._task.verb == "check"):
                self.left_out += 1
                continue
            place = path.relative_to(self._root).as_posix()
            yield Unread(place, 1, b"", partial(self._item, path, place))

    def _paths(self) -> Iterator[Path]:
        for folder, folders, names in os.walk(self._root):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith("."):
                    yield Path(folder) / name

    def _item(self, path: Path, place: str) -> Item:
        paths = [path]
        try:
            if self._task.verb == "check":
                paths.append(self._translation(path, place))
            data = [_bytes(one) for one in paths]
        except DragomanError as error:
            return Item(place, "", 0, place, failure=Failure.of(error))
        digest = hashlib.blake2b(b"".join(hashlib.blake2b(one).digest() for one in data), digest_size=16).hexdigest()
        other = str(paths[1]) if len(paths) > 1 else None
        return Item(place, digest, sum(map(len, data)), place, path=str(path), other=other)

    def _translation(self, path: Path, place: str) -> Path:
        stem = path.stem.removesuffix(f".{self._task.source}")
        found = [path.with_name(f"{stem}.{code}{path.suffix}") for code in self._task.targets]
        if not found[0].is_file():
            raise NotFound("it has no translation beside it", where=place, remedy=f"its name would be {found[0].name}")
        return found[0]


def _language_mark(path: Path) -> str | None:
    """The language that a file's name says (news.hy.md)."""
    mark = Path(path.stem).suffix.removeprefix(".")
    return mark if mark in {language.value for language in Language} else None


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", where=str(path), remedy="check its permissions") from None
    if len(data) > LARGEST_FILE:
        raise TooLong(f"more than {LARGEST_FILE // 2**20} MB", where=str(path), remedy="split the file")
    return data


class LinesSource:
    """Lines of JSON. A line that cannot be read is an item with the failure that it is."""

    def __init__(self, path: Path, task: Task, fields: Fields) -> None:
        self.name = path.name
        self.left_out = 0
        self._path = path
        self._rows = _Rows(task, fields)
        self._stamp = hashlib.sha256(self._rows.digest)
        self.total: int = path.stat().st_size

    def items(self) -> Iterator[Unread]:
        number = 0
        with self._path.open("rb", buffering=_BUFFER) as stream:
            while line := stream.readline(LONGEST_ROW + 1):
                number += 1
                size = len(line)
                place = f"{self.name}:{number}"
                if size > LONGEST_ROW:
                    while line and not line.endswith(b"\n"):
                        line = stream.readline(LONGEST_ROW)
                        size += len(line)
                    error = TooLong(f"more than {LONGEST_ROW // 2**20} MB", where=place, remedy="break the text up")
                    yield Unread(place, size, b"", partial(_failed, place, b"", error))
                elif not line.isspace():
                    if number == 1:
                        line = line.removeprefix(codecs.BOM_UTF8)
                    stamp = self._stamp.copy()
                    stamp.update(line)
                    yield Unread(place, size, stamp.digest(), partial(self._item, line, place))

    def _item(self, line: bytes, place: str) -> Item:
        try:
            row = json.loads(line.decode())
        except UnicodeDecodeError as error:
            wrong = NotText(f"byte {error.start + 1} is no UTF-8", where=place, remedy="save the file as UTF-8")
            return _failed(place, line, wrong)
        except (ValueError, RecursionError):
            return _failed(place, line, BadInput("not a line of JSON", where=place, remedy="repair the export"))
        if not isinstance(row, dict):
            return _failed(place, line, BadInput("a line must be a JSON object", where=place, remedy='{"text": "…"}'))
        return self._rows.item(row, place)


class ParquetSource:
    """Rows of a Parquet file, a few at a time (extra [parquet])."""

    def __init__(self, path: Path, task: Task, fields: Fields) -> None:
        self.name = path.name
        self.left_out = 0
        self._rows = _Rows(task, fields)
        parquet = parquet_module()
        try:
            self._file: Any = parquet.ParquetFile(path, pre_buffer=False)
        except Exception as error:  # pyarrow raises of many kinds
            raise BadInput(f"no Parquet file: {_line(error)}", where=str(path), remedy="check the file") from None
        self.total: int = self._file.metadata.num_rows
        known = set(self._file.schema_arrow.names)
        missing = [name for name in self._rows.needed if name not in known]
        if missing:
            raise BadOption(f"no column {missing[0]!r}", where=str(path), remedy="name it: --text-field, --id-field")
        self._columns = [name for name in self._rows.names if name in known]
        self.identity_type = _identity_type(self._file.schema_arrow, fields.name("id"))

    def items(self) -> Iterator[Unread]:
        number = 0
        for batch in self._file.iter_batches(batch_size=64, columns=self._columns, use_threads=False):
            for index in range(batch.num_rows):
                number += 1
                place = f"{self.name}:{number}"
                yield Unread(place, 1, b"", partial(self._item, batch, index, place))

    def _item(self, batch: Any, index: int, place: str) -> Item:
        try:
            row = {name: _plain(batch.column(name)[index].as_py()) for name in self._columns}
        except (ValueError, UnicodeDecodeError) as error:
            return _failed(place, b"", NotText(_line(error), where=place, remedy="repair the export"))
        return self._rows.item({key: value for key, value in row.items() if value is not None}, place)


class _Rows:
    """Rows by the names that a verb knows; the rest of a row is neither kept nor counted."""

    def __init__(self, task: Task, fields: Fields) -> None:
        texts = _BILINGUAL if task.verb == "check" else _MONOLINGUAL
        self._named = {key: fields.name(key) for key in ("id", *texts, *OWN)}
        self.needed = [self._named[key] for key in texts]
        self.names = list(dict.fromkeys(self._named.values()))
        self.digest = json.dumps(self._named, sort_keys=True).encode()
        """What else than its bytes decides how a row is read."""

    def item(self, row: dict[str, Any], place: str) -> Item:
        known = {key: row[name] for key, name in self._named.items() if row.get(name) is not None}
        identity = known.pop("id", None)
        if identity is not None and not isinstance(identity, str | int):
            identity = json.dumps(identity, ensure_ascii=False)
        if isinstance(identity, str) and not _is_text(identity):
            error = NotText("the id has half a surrogate pair", where=place, remedy="repair the export")
            return _failed(place, ascii(identity).encode(), error)
        size = sum(map(len, texts_of(known)))
        return Item(place, _digest(identity, known), size, identity, row=known)


def _digest(identity: Any, row: dict[str, Any]) -> str:
    """The digest of all that counts in a row. Texts are hashed as they are."""
    texts = [key for key in sorted(row) if isinstance(row[key], str)]
    rest = [identity, *([key, len(row[key])] if key in texts else [key, None, row[key]] for key in sorted(row))]
    found = hashlib.blake2b(json.dumps(rest, sort_keys=True).encode(), digest_size=16)
    for key in texts:
        found.update(row[key].encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _failed(place: str, line: bytes, error: DragomanError) -> Item:
    return Item(place, hashlib.blake2b(line, digest_size=16).hexdigest(), 0, failure=Failure.of(error))


def _identity_type(schema: Any, name: str) -> Any:
    """The Arrow type of the ids that come out: whole numbers stay such, all else is text."""
    import pyarrow

    kind = schema.field(name).type if name in schema.names else pyarrow.string()
    return kind if pyarrow.types.is_integer(kind) else pyarrow.string()


def _plain(value: Any) -> Any:
    """A Parquet value as JSON has it: dates as they are written."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def parquet_module() -> Any:
    """pyarrow.parquet. Raises BadOption where it is not installed."""
    try:
        import pyarrow.parquet
    except ImportError:
        raise BadOption("Parquet needs pyarrow", remedy="pip install 'dragoman[parquet]'") from None
    return pyarrow.parquet


def open_source(path: Path, task: Task, fields: Fields) -> Source:
    """The archive at a path. Raises NotFound, BadOption for a kind of file that is no archive."""
    if path.is_dir():
        return FolderSource(path, task)
    if not path.is_file():
        raise NotFound("no such file or folder", where=str(path), remedy="check the path")
    if path.suffix in (".jsonl", ".ndjson"):
        return LinesSource(path, task, fields)
    if path.suffix == ".parquet":
        return ParquetSource(path, task, fields)
    raise BadOption("no archive", where=str(path), remedy="give a folder, a .jsonl file or a .parquet file")
