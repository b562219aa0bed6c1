"""The one reader of YAML: a small, safe and unsurprising part of the language.

Entries come from strangers by pull request. Refused are anchors and aliases (a few lines can unfold to
gigabytes), tags (`!!python`), a key given twice (one of the two would be lost in silence), several documents,
nesting deeper than any entry needs, and files larger than any entry needs. Digits are text (1959, 2020-10-03,
0.10) except below `position`; `no`, `on` and the like are text; only `true`, `false`, `null`, `~` and an empty
value are something else. Values are built from the parser's events, so nothing is ever constructed from a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from toolkit.errors import GlossaryBroken
from toolkit.glossary.yaml_words import in_words

MAX_BYTES = 256 * 1024
MAX_DEPTH = 24
NUMBER_KEYS = frozenset({"position"})

FieldPath = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}


class Node(NamedTuple):
    """Where a value of the document stands: `path` names it; offsets are code points of the text."""

    path: FieldPath
    key_start: int
    key_end: int
    end: int
    line: int
    is_block: bool


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """The values of a document and where they stand."""

    data: dict[str, Any]
    nodes: tuple[Node, ...]
    scalars: tuple[tuple[int, int], ...]
    """Start and end of each scalar: a `#` inside is no comment."""

    def line_of(self, path: FieldPath) -> int:
        """The line (from 1) of a field, or of the nearest field around it that is there."""
        lines = {node.path: node.line for node in self.nodes}
        while path and path not in lines:
            path = path[:-1]
        return lines.get(path, 1)


def read_text(path: Path) -> str:
    """The text of a file within the size limit, a byte order mark dropped; raises GlossaryBroken."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise GlossaryBroken(
            f"cannot be read: {error.strerror}", where=str(path), remedy="check the path and its permissions"
        ) from None
    if raw.startswith(b"PK\x03\x04"):
        raise GlossaryBroken("is a document of an office", where=str(path), remedy="save it as plain text in UTF-8")
    if len(raw) > MAX_BYTES:
        raise GlossaryBroken(
            f"is larger than {MAX_BYTES // 1024} KiB", where=str(path), remedy="write one entry a file, and a short one"
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise GlossaryBroken(
            "is no plain text in UTF-8",
            where=str(path),
            remedy="save it as plain text with the encoding UTF-8, not from a word processor",
        ) from None


def read_yaml(path: Path) -> dict[str, Any]:
    """The values of a YAML file; raises GlossaryBroken with file, line and remedy."""
    return parse_yaml(read_text(path), where=str(path))


def parse_yaml(text: str, *, where: str = "") -> dict[str, Any]:
    """The values of a YAML text; raises GlossaryBroken with `where`, line and remedy."""
    return parse_document(text, where=where).data


def parse_document(text: str, *, where: str = "") -> YamlDocument:
    """The values of a YAML text with their places; raises GlossaryBroken with `where`, line and remedy."""
    builder = _Builder(where)
    for event in _events(text.removeprefix("\ufeff"), where):
        builder.take(event)
    if not isinstance(builder.root, dict):
        what = "is empty" if builder.root is None else "holds no fields"
        raise GlossaryBroken(what, where=where, remedy="write its fields as `field: text`, each on a line")
    return YamlDocument(builder.root, tuple(builder.nodes), tuple(builder.scalars))


def _events(text: str, where: str) -> Iterator[Any]:
    """The parser's events; foreign errors become GlossaryBroken here and nowhere else."""
    loader = None
    try:
        loader = _LOADER(text)
        yield from iter(loader.get_event, None)
    except yaml.YAMLError as error:
        told = in_words(error, text)
        raise GlossaryBroken(told.what, where=_at(where, told.line), remedy=told.remedy) from None
    except UnicodeError:
        raise GlossaryBroken("has characters that are none", where=where, remedy="type the text anew") from None
    finally:
        if loader is not None:
            loader.dispose()


def _at(where: str, line: int) -> str:
    return f"{where}:{line}" if where else f"line {line}"


@dataclass(slots=True)
class _Level:
    """A collection that is being filled."""

    value: dict[str, Any] | list[Any]
    path: FieldPath
    key_event: Any
    """The event that starts the key (or item) this collection is the value of."""
    is_block: bool
    numeric: bool
    pending: Any = None
    """The key that waits for its value."""


@dataclass(slots=True)
class _Builder:
    """Builds plain values from events, one stack level a collection."""

    where: str
    root: Any = None
    nodes: list[Node] = field(default_factory=list)
    scalars: list[tuple[int, int]] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    documents: int = 0

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.NodeEvent):
            self._refuse(event)
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            else:
                self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            level = self.levels.pop()
            self._note(level.path, level.key_event, event, is_block=level.is_block)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise self._broken("has more than one entry (`---`)", line, "write one entry a file")

    def _refuse(self, event: Any) -> None:
        if event.anchor is not None:
            line = event.start_mark.line + 1
            raise self._broken(
                "has a text that begins with & or *", line, "write the text out, or put it into double quotes"
            )
        if event.tag is not None:
            line = event.start_mark.line + 1
            raise self._broken(
                "has a text that begins with !", line, "remove the sign, or put the text into double quotes"
            )

    def _scalar(self, event: Any) -> None:
        self.scalars.append((event.start_mark.index, event.end_mark.index))
        level = self.levels[-1] if self.levels else None
        if level is not None and isinstance(level.value, dict) and level.pending is None:
            if event.value in level.value:
                raise self._broken(
                    f"has the field `{event.value}` twice", event.start_mark.line + 1, "keep one of them"
                )
            level.pending = event
            return
        path, key_event = self._place(event)
        value = _resolve(event, numeric=level is not None and self._is_numeric(level, path))
        self._put(value, path)
        self._note(path, key_event, event, is_block=False)

    def _open(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if len(self.levels) >= MAX_DEPTH:
            raise self._broken(f"is nested more than {MAX_DEPTH} levels deep", line, "write fewer levels")
        level = self.levels[-1] if self.levels else None
        if level is not None and isinstance(level.value, dict) and level.pending is None:
            raise self._broken("has a list or braces for the name of a field", line, "use a word")
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path, key_event = self._place(event)
        numeric = level is not None and self._is_numeric(level, path)
        self._put(value, path)
        self.levels.append(_Level(value, path, key_event, not event.flow_style, numeric))

    @staticmethod
    def _is_numeric(level: _Level, path: FieldPath) -> bool:
        return level.numeric or (bool(path) and path[-1] in NUMBER_KEYS)

    def _place(self, event: Any) -> tuple[FieldPath, Any]:
        """The path of the value that starts now, and the event at which its key or item starts."""
        if not self.levels:
            return (), event
        level = self.levels[-1]
        if isinstance(level.value, list):
            return (*level.path, len(level.value)), event
        return (*level.path, level.pending.value), level.pending

    def _put(self, value: Any, path: FieldPath) -> None:
        if not self.levels:
            self.root = value
            return
        level = self.levels[-1]
        if isinstance(level.value, list):
            level.value.append(value)
        else:
            level.value[str(path[-1])] = value
            level.pending = None

    def _note(self, path: FieldPath, key: Any, end: Any, *, is_block: bool) -> None:
        start = key.start_mark
        stop: Any = key.end_mark if isinstance(key, yaml.ScalarEvent) else start
        self.nodes.append(Node(path, start.index, stop.index, end.end_mark.index, start.line + 1, is_block))

    def _broken(self, what: str, line: int, remedy: str) -> GlossaryBroken:
        return GlossaryBroken(what, where=_at(self.where, line), remedy=remedy)


def _resolve(event: Any, *, numeric: bool) -> Any:
    """The value of a scalar: a constant or number where it is written plainly, else its text."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if numeric and _INT.fullmatch(text):
        return int(text)
    if numeric and _FLOAT.fullmatch(text):
        return float(text)
    return text
