"""The inside of a paragraph of a DOCX: runs of text, links, fields, notes, marks.

Runs that look alike are one to a reader: Word cuts them where it pleases (a revision, a spelling mark, another
keyboard), and a name may be cut in two. What is no text, and is not known to mean nothing, is an object that stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.documents.flow import Container
from toolkit.documents.flow_blocks import FlowBlocks
from toolkit.documents.original import OBJECT
from toolkit.documents.xml_parts import XmlTag
from toolkit.text.spans import Span

_CLOSING = "</w:t></w:r>"
_TEXT = '<w:t xml:space="preserve">'
_LINKS = frozenset({"w:hyperlink", "w:smartTag", "w:dir", "w:bdo"})
"""Elements around runs that may be closed and opened anew."""
_LOOSE = {
    "w:bookmarkStart": True, "w:bookmarkEnd": False, "w:commentRangeStart": True, "w:commentRangeEnd": False,
    "w:permStart": True, "w:permEnd": False,
}  # fmt: skip
"""Marks without words, and whether they stand before what they mark."""
_NOISE = frozenset({"w:proofErr", "w:lastRenderedPageBreak", "w:softHyphen", "w:annotationRef"})
_BREAKS = frozenset({"w:tab", "w:br", "w:cr", "w:ptab"})
_SIGNS = {"w:noBreakHyphen": "\u2011", "w:sym": OBJECT, "w:pgNum": OBJECT}
_FIXED = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:subDoc"})
_OUT_OF_SIGHT = re.compile(
    r"<w:(?:lang|noProof|rPrChange)\b[^>]*/>|<w:rPrChange\b.*?</w:rPrChange>|\s+(?=<)", re.DOTALL
)
"""What of a run's properties no reader sees."""
_SHOWN_FIELDS = ("HYPERLINK", "INDEX", "QUOTE", "TOC")
"""Fields whose result is language that was written, not counted or looked up."""


@dataclass(slots=True)
class _Field:
    """A complex field (17.16.18): its code, then its result."""

    code: str = ""
    in_code: bool = True

    @property
    def shown(self) -> bool:
        return not self.in_code and self.code.strip().upper().startswith(_SHOWN_FIELDS)


class Runs:
    """Takes the tags of a story's paragraphs one by one. A field may reach over several of them."""

    def __init__(self, text: str, blocks: FlowBlocks) -> None:
        self._text = text
        self._blocks = blocks
        self._fields: list[_Field] = []
        self._around: list[Container] = []
        self.paragraph = ""
        """The properties of the paragraph, as the file has them."""
        self._skipping = ""
        self._depth = 0
        self._skip_start = 0
        self._run_start = -1
        self._properties = ""
        self._runs: dict[str, Container] = {}
        self._content: XmlTag | None = None
        self._objects: list[Span] = []
        self._worded = False

    def end(self) -> None:
        """The paragraph is over; its links are."""
        self._around.clear()
        self.paragraph = ""
        self._run_start = -1
        self._skipping = ""

    def see(self, tag: XmlTag) -> bool:
        """Take the next tag; whether the block ends here (a tab, a line break)."""
        if self._skipping:
            self._skip(tag)
        elif self._content is not None:
            self._in_content(tag)
        elif tag.name == "w:r":
            self._run(tag)
        elif self._run_start >= 0:
            return self._in_run(tag)
        else:
            self._between(tag)
        return False

    def _skip(self, tag: XmlTag) -> None:
        if tag.name != self._skipping or (tag.opens and tag.closes):
            return
        self._depth += 1 if tag.opens else -1
        if self._depth:
            return
        name, self._skipping = self._skipping, ""
        span = Span(self._skip_start, tag.end)
        self._whole(name, span)

    def _whole(self, name: str, span: Span) -> None:
        """An element that was passed over."""
        if name == "w:rPr":
            self._properties = span.of(self._text)
        elif name == "w:pPr":
            self.paragraph = span.of(self._text)
        elif name == "w:fldSimple" or name.startswith("m:") or name == "w:ruby":
            self._blocks.add_sign(span)
        elif name != "w:smartTagPr":
            self._object(span)

    def _over(self, tag: XmlTag) -> None:
        """Pass over an element with all that is in it; an empty one is an object at once."""
        self._skipping, self._depth, self._skip_start = tag.name, 1, tag.start
        if tag.closes:
            self._skipping = ""
            self._whole(tag.name, Span(tag.start, tag.end))

    def _object(self, span: Span) -> None:
        """Outside of a run an object stands by itself; in one it is kept until it is known what else the run has."""
        if self._run_start < 0:
            self._blocks.add_object(span)
        elif self._worded:
            self._blocks.add_object(span, f"<w:r>{self._properties}{span.of(self._text)}</w:r>")
        else:
            self._objects.append(span)

    def _run(self, tag: XmlTag) -> None:
        if tag.opens and tag.closes:
            return
        if tag.opens:
            self._run_start, self._properties, self._objects, self._worded = tag.start, "", [], False
            return
        if self._objects:  # objects alone: the run is one
            self._blocks.add_object(Span(self._run_start, tag.end), fixed=self._in_field)
        self._run_start, self._objects = -1, []

    @property
    def _in_field(self) -> bool:
        """Whether the run holds a part of a field's machinery."""
        return any("fldChar" in span.of(self._text) or "instrText" in span.of(self._text) for span in self._objects)

    def _in_run(self, tag: XmlTag) -> bool:
        name = tag.name
        if (name == "w:t" and tag.opens and not tag.closes) or (name == "w:instrText" and tag.opens and not tag.closes):
            self._content = tag
        elif name == "w:fldChar":
            self._field(tag)
        elif name in _BREAKS:
            self._flush()
            return True
        elif name in _SIGNS:
            self._flush()
            self._blocks.add_sign(Span(tag.start, tag.end), _SIGNS[name])
        elif name not in _NOISE and name != "w:t" and tag.opens:
            self._over(tag)
        return False

    def _flush(self) -> None:
        """The objects before the first words of a run, each in a run of its own where it moves."""
        self._worded = True
        objects, self._objects = self._objects, []
        for span in objects:
            self._object(span)

    def _in_content(self, tag: XmlTag) -> None:
        opened = self._content
        if opened is None:
            return
        if tag.name == "#data":
            return
        self._content = None
        span = Span(opened.end, tag.start)
        if opened.name == "w:instrText":
            if self._fields and self._fields[-1].in_code:
                self._fields[-1].code += span.of(self._text)
            self._objects.append(Span(opened.start, tag.end))
            return
        self._flush()
        if "<" in span.of(self._text) or not all(field.shown for field in self._fields):
            if len(span):
                self._blocks.add_sign(span)
            return
        self._blocks.add_text(span, (*self._around, self._format()))

    def _format(self) -> Container:
        known = self._runs.get(self._properties)
        if known is None:
            seen = _OUT_OF_SIGHT.sub("", self._properties)
            key = "" if seen in ("<w:rPr></w:rPr>", "<w:rPr/>", "") else seen
            known = Container(key, f"<w:r>{self._properties}{_TEXT}", _CLOSING)
            self._runs[self._properties] = known
        return known

    def _field(self, tag: XmlTag) -> None:
        kind = re.search(r"fldCharType=[\"'](\w+)", self._text[tag.start : tag.end])
        if kind is None:
            return
        if kind[1] == "begin":
            self._fields.append(_Field())
        elif kind[1] == "separate" and self._fields:
            self._fields[-1].in_code = False
        elif kind[1] == "end" and self._fields:
            self._fields.pop()
        if tag.opens and not tag.closes:
            self._over(tag)
        elif self._worded:
            self._blocks.add_object(Span(tag.start, tag.end), fixed=True)
        else:
            self._objects.append(Span(tag.start, tag.end))

    def _between(self, tag: XmlTag) -> None:
        """A tag beside the runs of a paragraph."""
        name = tag.name
        if name in _LINKS:
            self._link(tag)
        elif name in _LOOSE:
            if tag.opens:
                self._blocks.add_loose(Span(tag.start, tag.end), self._text[tag.start : tag.end], first=_LOOSE[name])
        elif name in _FIXED:
            if name == "w:sdt" or name == "w:sdtContent" or tag.opens:
                self._blocks.add_object(Span(tag.start, tag.end), fixed=True)
        elif name == "w:fldSimple":
            code = re.search(r"w:instr=[\"']\s*(\w+)", self._text[tag.start : tag.end])
            if code is not None and code[1].upper() in _SHOWN_FIELDS:
                self._link(tag)
            elif tag.opens:
                self._over(tag)
            elif self._around:
                self._link(tag)
        elif tag.opens and name not in _NOISE:
            self._over(tag)

    def _link(self, tag: XmlTag) -> None:
        raw = self._text[tag.start : tag.end]
        if tag.opens and not tag.closes:
            written = re.match(r"<([^\s>]+)", raw)
            name = written[1] if written else tag.name
            meaning = "" if tag.name == "w:smartTag" else raw
            self._around.append(Container(meaning, raw, f"</{name}>", binding=bool(meaning)))
        elif not tag.opens and self._around:
            self._around.pop()
