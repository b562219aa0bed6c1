"""The inside of a paragraph of an ODT: spans, links, notes, fields, marks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from toolkit.documents.flow import Container
from toolkit.documents.flow_blocks import FlowBlocks
from toolkit.documents.xml_parts import XmlTag, attributes_of
from toolkit.text.spans import Span

_CONTAINERS = frozenset({"text:a", "text:span"})
_BREAKS = frozenset({"text:line-break", "text:tab"})
_NOISE = frozenset({"text:soft-page-break"})
_FIXED = frozenset({"text:meta", "text:meta-field"})
_LOOSE = re.compile(r"text:(?:bookmark|reference-mark|.*-index-mark|toc-mark)(?:-start|-end)?$|office:annotation-end$")
_OBJECTS = re.compile(r"draw:|text:note$|office:|dr3d:|presentation:|text:(?:script|hidden-)")
"""Elements that are no part of the sentence; any other that is not known is a field, which says something in it."""


class Spans:
    """Takes the tags of a story's paragraphs one by one; `looks` are the automatic styles by what a reader sees."""

    def __init__(self, text: str, blocks: FlowBlocks, looks: Mapping[str, str]) -> None:
        self._text = text
        self._blocks = blocks
        self._looks = looks
        self._around: list[Container] = []
        self._position = -1
        """Where the text after the last tag begins; -1 before the first tag of a paragraph was seen."""
        self._known: dict[str, Container] = {}
        self._skip: XmlTag | None = None
        self._depth = 0

    @property
    def skipping(self) -> bool:
        return self._skip is not None

    def begin(self, position: int) -> None:
        """A paragraph's text begins."""
        self._position = position

    def end(self, position: int) -> None:
        """It ends."""
        self._take(position)
        self._around.clear()

    def see(self, tag: XmlTag) -> bool:
        """Take the next tag; whether the block ends here (a tab, a line break)."""
        if self._skip is not None:
            self._passed(tag)
            return False
        self._take(tag.start)
        self._position = tag.end
        span = Span(tag.start, tag.end)
        if tag.name in _BREAKS:
            return tag.opens
        if tag.name == "text:s" and tag.closes and tag.opens:
            count = attributes_of(span.of(self._text)).get("text:c", "1")
            self._blocks.add_spaces(span, min(int(count), 1000) if count.isdigit() else 1, tuple(self._around))
        elif tag.name in _CONTAINERS:
            self._contain(tag)
        elif tag.name in _FIXED:
            self._blocks.add_object(span, fixed=True)
        elif tag.name == "#data":
            self._blocks.add_sign(span)
        elif tag.name not in _NOISE and tag.opens:
            self._skip, self._depth = tag, 1
            if tag.closes:
                self._put(span, tag.name)
        return False

    def _take(self, position: int) -> None:
        """The text since the last tag."""
        if position > self._position >= 0:
            self._blocks.add_text(Span(self._position, position), tuple(self._around))
        self._position = -1

    def _passed(self, tag: XmlTag) -> None:
        """A tag inside an element that is passed over, or its end."""
        skip = self._skip
        if skip is None or tag.name != skip.name or (tag.opens and tag.closes):
            return
        self._depth += 1 if tag.opens else -1
        if not self._depth:
            self._put(Span(skip.start, tag.end), skip.name)

    def _put(self, span: Span, name: str) -> None:
        """An element as a whole: a mark, an object, or a field that stands in the sentence as one sign."""
        self._skip = None
        self._position = span.end
        if _LOOSE.match(name):
            self._blocks.add_loose(span, span.of(self._text), first=name.endswith("-start"))
        elif _OBJECTS.match(name):
            self._blocks.add_object(span)
        else:
            self._blocks.add_sign(span)

    def _contain(self, tag: XmlTag) -> None:
        raw = self._text[tag.start : tag.end]
        if tag.opens and tag.closes:
            self._blocks.add_object(Span(tag.start, tag.end))
        elif tag.opens:
            self._around.append(self._container(tag, raw))
        elif self._around:
            self._around.pop()

    def _container(self, tag: XmlTag, raw: str) -> Container:
        if raw not in self._known:
            style = attributes_of(raw).get("text:style-name", "")
            link = tag.name == "text:a"
            key = raw if link else self._looks.get(style, style)
            self._known[raw] = Container(key, raw, f"</{tag.name}>", binding=link)
        return self._known[raw]
