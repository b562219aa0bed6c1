"""JSON: its strings, each read as a text of its own; everything else comes back byte for byte.

Which strings: those that the paths lead to; without paths every value that reads as language. A string is HTML,
Markdown or plain text as declared (`$.items[*].body:html`); undeclared, HTML where it has tags.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

from toolkit.documents.json_paths import JsonPath, Place, parse_path
from toolkit.documents.language_text import is_language, names_no_language, read_string, with_kind
from toolkit.documents.model import Document
from toolkit.documents.options import DEFAULT, ReadOptions
from toolkit.documents.original import Escape, each
from toolkit.documents.parts import Part, Value, assemble
from toolkit.errors import BadInput, BadOption
from toolkit.text.spans import Chunk, Span

_TOKEN = re.compile(r'"((?:[^"\\]++|\\.)*+)"|[{}\[\],]', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)
_FOREIGN = re.compile(r"\\u(?!00[0-7])[0-9a-fA-F]{4}")
_DEEPEST = 500
_REPLACEMENT = "\ufffd"
"""How half of a surrogate pair is read; as long as nothing around it changes it stays as it is."""


def read_json(text: str, options: ReadOptions = DEFAULT) -> Document:
    """The strings that hold language. Raises BadInput for what is no JSON, BadOption for paths that lead nowhere."""
    _validate(text)
    paths = [(parse_path(path), kind) for path, kind in map(with_kind, options.paths)]
    chosen = partial(_by_paths, paths) if paths else _by_content
    escape = each(_escaped if text.isascii() and _FOREIGN.search(text) else _written)
    parts = []
    for places, span in _strings(text):
        value = _value(text, span, escape)
        wanted, kind = chosen(places, value.text)
        if wanted:
            parts.append(Part(value, read_string(value.text, kind)))
    if paths and not parts:
        raise BadOption("no path leads to a string", remedy="compare --paths with the file")
    return assemble(text, parts)


def _validate(text: str) -> None:
    try:
        json.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:
        place = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise BadInput("this is no JSON", where=place, remedy="correct the file at this place") from None


def _too_deep() -> BadInput:
    return BadInput(f"more than {_DEEPEST} levels lie one in another", remedy="give a flatter file")


def _by_paths(
    paths: Sequence[tuple[JsonPath, str | None]], places: Sequence[Place], text: str
) -> tuple[bool, str | None]:
    return next(((True, kind) for path, kind in paths if path.leads_to(places)), (False, None))


def _by_content(places: Sequence[Place], text: str) -> tuple[bool, str | None]:
    key = next((place for place in reversed(places) if isinstance(place, str)), "")
    return not names_no_language(key) and is_language(text), None


def _strings(text: str) -> Iterator[tuple[Sequence[Place], Span]]:
    """Every string that is a value, with its place; the list of places is the same object and changes."""
    places: list[Place] = []
    key: list[bool] = []
    """Of each level: whether the next string in it is a member's name. Lists have False throughout."""
    objects: list[bool] = []
    for match in _TOKEN.finditer(text):
        sign = match.group()[0]
        if sign == '"':
            if objects and objects[-1] and key[-1]:
                places[-1] = str(json.loads(match.group()))
                key[-1] = False
            else:
                yield places, Span(*match.span(1))
        elif sign in "{[":
            objects.append(sign == "{")
            key.append(sign == "{")
            places.append("" if sign == "{" else 0)
            if len(places) > _DEEPEST:
                raise _too_deep()
        elif sign in "}]":
            objects.pop()
            key.pop()
            places.pop()
        elif objects[-1]:
            key[-1] = True
        else:
            place = places[-1]
            places[-1] = place + 1 if isinstance(place, int) else place


def _value(text: str, span: Span, escape: Escape) -> Value:
    parts: list[str] = []
    chunks: list[Chunk] = []
    position, length = span.start, 0
    for match in _ESCAPE.finditer(text, span.start, span.end):
        parts.append(text[position : match.start()])
        length += len(parts[-1])
        parts.append(_read(match.group()))
        chunks.append(Chunk(Span(length, length + 1), Span(*match.span())))
        length += 1
        position = match.end()
    parts.append(text[position : span.end])
    return Value(span, "".join(parts), chunks, escape)


@lru_cache(maxsize=4096)
def _read(escape: str) -> str:
    """The code point that an escape stands for."""
    read = str(json.loads(f'"{escape}"'))
    return _REPLACEMENT if "\ud800" <= read <= "\udfff" else read


@lru_cache(maxsize=4096)
def _escaped(char: str) -> str:
    """For a file that writes other letters than ASCII by their numbers."""
    return json.dumps(char)[1:-1]


@lru_cache(maxsize=4096)
def _written(char: str) -> str:
    return json.dumps(char, ensure_ascii=False)[1:-1]
