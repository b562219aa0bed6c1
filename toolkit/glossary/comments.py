"""A YAML document as a tree whose comments travel with the values they stand at.

    # above `ru`
    ru: Шуша  # beside `ru`

A comment on a line of its own belongs to the value below it, at the top of a file to the file; one at the end of a
line to what ends, or begins, there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

from toolkit.glossary.yaml_safe import FieldPath, Node, YamlDocument, parse_document

_BREAK = re.compile("[\r\n\x85\u2028\u2029]")


@dataclass(slots=True)
class Item:
    """A value (text, number, constant, or a list or map of Items) and its comments."""

    value: Any
    above: list[str] = field(default_factory=list)
    beside: str = ""

    def has_comments_inside(self) -> bool:
        return any(child.above or child.beside or child.has_comments_inside() for child in self.children())

    def children(self) -> list[Item]:
        if isinstance(self.value, dict):
            return list(self.value.values())
        return list(self.value) if isinstance(self.value, list) else []


@dataclass(slots=True)
class Tree:
    """The top of a document, and the comments below everything."""

    top: Item
    below: list[str]


def read_tree(text: str, *, where: str = "") -> Tree:
    """Read a YAML text with its comments; raises GlossaryBroken."""
    text = text.removeprefix("\ufeff")
    document = parse_document(text, where=where)
    tree = Tree(_plant(document.data), [])
    items: dict[FieldPath, Item] = {}
    _index(tree.top, (), items)
    for start, comment in _comments(text, document):
        _attach(tree, items, document.nodes, text, start, comment)
    return tree


def _plant(value: Any) -> Item:
    if isinstance(value, dict):
        return Item({key: _plant(child) for key, child in value.items()})
    return Item([_plant(child) for child in value]) if isinstance(value, list) else Item(value)


def _index(item: Item, path: FieldPath, items: dict[FieldPath, Item]) -> None:
    items[path] = item
    pairs = item.value.items() if isinstance(item.value, dict) else enumerate(item.children())
    for key, child in pairs:
        _index(child, (*path, key), items)


def _comments(text: str, document: YamlDocument) -> list[tuple[int, str]]:
    """Offset and text of each comment: a `#` outside of scalars, to the end of its line."""
    spans = sorted((_content_start(text, start), end) for start, end in document.scalars)
    starts = [start for start, _ in spans]
    found: list[tuple[int, str]] = []
    position = text.find("#")
    while position >= 0:
        index = bisect_right(starts, position) - 1
        if index >= 0 and position < spans[index][1]:
            position = text.find("#", spans[index][1])
            continue
        end = _line_end(text, position)
        found.append((position, text[position:end].rstrip()))
        position = text.find("#", end)
    return found


def _content_start(text: str, start: int) -> int:
    """Where a scalar's own text starts: a block scalar's below its header, which may carry a comment."""
    return _line_end(text, start) if text[start : start + 1] in {"|", ">"} else start


def _line_end(text: str, position: int) -> int:
    match = _BREAK.search(text, position)
    return match.start() if match else len(text)


def _attach(
    tree: Tree, items: dict[FieldPath, Item], nodes: tuple[Node, ...], text: str, start: int, comment: str
) -> None:
    beside = None if _is_alone(text, start) else _node_beside(nodes, text, start)
    if beside is not None:
        item = items[beside.path]
        if item.beside:
            item.above.append(comment)
        else:
            item.beside = comment
        return
    following = [node for node in nodes if node.path and node.key_start > start]
    if len(following) == len(items) - 1:
        tree.top.above.append(comment)
    elif following:
        below = min(following, key=lambda node: (node.key_start, len(node.path)))
        items[below.path].above.append(comment)
    else:
        tree.below.append(comment)


def _is_alone(text: str, start: int) -> bool:
    """Whether nothing stands before a comment on its line."""
    return not _BREAK.split(text[:start])[-1].strip()


def _node_beside(nodes: tuple[Node, ...], text: str, start: int) -> Node | None:
    """The outermost value that ends on the comment's line before it, else the last key that does, else what begins."""

    def on_this_line(offset: int) -> bool:
        return offset <= start and not _BREAK.search(text, offset, start)

    nodes = tuple(node for node in nodes if node.path)
    ended = [node for node in nodes if not node.is_block and on_this_line(node.end)]
    if ended:
        # Of several values on the line the last counts, with whatever is closed around it.
        last = max(node.end for node in ended)
        return min((node for node in ended if node.end == last), key=lambda node: len(node.path))
    keys = [node for node in nodes if node.key_end > node.key_start and on_this_line(node.key_end)]
    # An item of a list has no key: `- |-  # comment`.
    keys = keys or [node for node in nodes if not node.is_block and on_this_line(node.key_start)]
    return max(keys, key=lambda node: (node.key_end, len(node.path))) if keys else None
