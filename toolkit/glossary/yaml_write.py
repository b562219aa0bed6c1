"""Write a tree of values and comments as canonical YAML.

Lists and maps stand on one line in brackets where they fit and hold no comment, else one item a line; long texts
are folded. A text is quoted only where a YAML reader (of version 1.1 or 1.2) would take it for something else.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from typing import Any

import yaml

from toolkit.glossary.comments import Item, Tree

WIDTH = 120
_STEP = "  "
# Fields that are lists or maps by nature and read best one item a line.
_ALWAYS_BLOCK = frozenset({"entities", "kinds", "names"})

_SPECIAL_START = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`=<~\s]")
_SPECIAL_INSIDE = re.compile(r"[?,\[\]{}]|:(\s|$)|\s#|\s$")
_NUMBER = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|0[ox][0-9a-fA-F]+")
_WORDS = frozenset({"", "y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_RESOLVERS: dict[str, list[tuple[str, re.Pattern[str]]]] = yaml.SafeLoader.yaml_implicit_resolvers


def write_tree(tree: Tree) -> str:
    """The canonical text of a tree, with a line break at its end."""
    lines = [*tree.top.above]
    lines += _map_lines(tree.top, "")
    return "\n".join([*lines, *tree.below]) + "\n"


def _map_lines(item: Item, indent: str) -> list[str]:
    lines: list[str] = []
    for key, child in item.value.items():
        lines += _lines(child, f"{indent}{_text(key)}:", indent, block=key in _ALWAYS_BLOCK)
    return lines


def _lines(item: Item, head: str, indent: str, *, block: bool = False) -> list[str]:
    """A value after its `head` ("key:" or "-"), with its comments."""
    if not isinstance(item.value, dict | list) or not item.value:
        return [*_above(item, indent), *_scalar_lines(item, head, indent)]
    one_line = f"{head} {_flow(item)}"
    if not block and not item.has_comments_inside() and len(one_line) <= WIDTH:
        return [*_above(item, indent), _with(one_line, item.beside)]
    if head.endswith("-"):
        return _item_lines(item, head, indent, block=block)
    return [*_above(item, indent), _with(head, item.beside), *_inner_lines(item, indent + _STEP, block=block)]


def _inner_lines(item: Item, indent: str, *, block: bool) -> list[str]:
    return _list_lines(item, indent, block=block) if isinstance(item.value, list) else _map_lines(item, indent)


def _list_lines(item: Item, indent: str, *, block: bool) -> list[str]:
    lines: list[str] = []
    for child in item.value:
        _raise_comments(child)
        lines += _lines(child, f"{indent}-", indent, block=block)
    return lines


def _item_lines(item: Item, head: str, indent: str, *, block: bool) -> list[str]:
    """A list or map as an item of a list: what is in it begins beside the dash."""
    lines = _inner_lines(item, indent + _STEP, block=block)
    return [*_above(item, indent), f"{head} {lines[0].lstrip()}", *lines[1:]]


def _raise_comments(item: Item) -> None:
    """Put the comments of a list or map in a list, and those above the first thing in it, above the whole.

    All of these begin at one place, so a reader could not tell whose comment it is.
    """
    for first in item.children()[:1]:
        item.above += [item.beside] if item.beside else []
        item.beside = ""
        if isinstance(item.value, list):
            _raise_comments(first)
        item.above += first.above
        first.above = []


def _above(item: Item, indent: str) -> list[str]:
    return [indent + comment for comment in item.above]


def _scalar_lines(item: Item, head: str, indent: str) -> list[str]:
    body = _long_text(item.value, f"{indent}{_STEP}", f"{head} ")
    if body is None:
        return [_with(f"{head} {_flow(item)}", item.beside)]
    return [_with(f"{head} {body[0]}", item.beside), *body[1:]]


def _long_text(value: Any, indent: str, head: str) -> list[str] | None:
    """The header and lines of a text that is folded, or has lines of its own; None where one line does."""
    if not isinstance(value, str):
        return None
    content = value.removesuffix("\n")
    chomp = "" if content != value else "-"
    lines = content.split("\n")
    if not all(line.isprintable() and line == line.strip() for line in lines) or not lines[0] or not lines[-1]:
        return None
    if len(lines) > 1:
        return [f"|{chomp}", *(indent + line if line else "" for line in lines)]
    fits = content == value and len(head + _text(value)) <= WIDTH
    if fits or "  " in content or " " not in content:
        return None
    folded = textwrap.wrap(content, WIDTH - len(indent), break_long_words=False, break_on_hyphens=False)
    return [f">{chomp}", *(indent + line for line in folded)]


def _with(line: str, comment: str) -> str:
    return f"{line}  {comment}" if comment else line


def _flow(item: Item) -> str:
    """A value on one line."""
    value = item.value
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(key)}: {_flow(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(child) for child in value) + "]"
    return _text(value) if isinstance(value, str) else _constant(value)


def _constant(value: Any) -> str:
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _text(text: str) -> str:
    """A text as a scalar: plain where no reader could mistake it, else quoted; invisible characters as escapes."""
    if text.isprintable() and not _is_mistakable(text):
        return text
    if text.isprintable() and '"' in text and "\\" not in text:
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_escaped(text)) + '"'


def _is_mistakable(text: str) -> bool:
    if text.lower() in _WORDS or _SPECIAL_START.match(text) or _SPECIAL_INSIDE.search(text):
        return True
    resolvers = _RESOLVERS.get(text[0], [])
    return bool(_NUMBER.fullmatch(text)) or any(pattern.match(text) for _, pattern in resolvers)


def _escaped(text: str) -> Iterable[str]:
    for char in text:
        if char in '"\\':
            yield "\\" + char
        elif char.isprintable():
            yield char
        elif char == "\n":
            yield "\\n"
        else:
            yield f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}"
