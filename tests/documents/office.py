"""Office files from a line of signs for each paragraph, written and read back by other people's libraries.

`**bold**`, `__italic__`, `[a link]`, `^` a footnote, `{a bookmark}`, `|` a cut that no reader sees, `# ` a heading.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from odf import teletype
from odf.namespaces import TEXTNS
from odf.opendocument import OpenDocumentText, load
from odf.style import Style, TextProperties
from odf.text import A, BookmarkEnd, BookmarkStart, H, Note, NoteBody, NoteCitation, P, Span

SIGNS = re.compile(r"\*\*|__|[\[\]{}^|]")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_of(paragraphs: Iterable[str]) -> bytes:
    """A Word document of these paragraphs."""
    document = docx.Document()
    for line in paragraphs:
        paragraph = document.add_heading("", 1) if line.startswith("# ") else document.add_paragraph("")
        for element in _runs(line.removeprefix("# ")):
            paragraph._p.append(parse_xml(element))
    return _saved(document)


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _runs(line: str) -> Iterable[str]:
    bold = italic = False
    linked: list[str] | None = None
    space = nsdecls("w", "r")
    position = 0
    for sign in [*SIGNS.finditer(line), None]:
        text = line[position : sign.start() if sign else len(line)]
        position = sign.end() if sign else len(line)
        if text:
            look = f"<w:rPr>{'<w:b/>' * bold}{'<w:i/>' * italic}</w:rPr>" if bold or italic else ""
            kept = ' xml:space="preserve"' if text != text.strip() else ""
            run = f"<w:r {space}>{look}<w:t{kept}>{escape(text)}</w:t></w:r>"
            if linked is None:
                yield run
            else:
                linked.append(run)
        what = sign.group() if sign else ""
        bold ^= what == "**"
        italic ^= what == "__"
        if what == "[":
            yield from linked or ()
            linked = []
        elif what == "]" and linked is not None:
            yield f'<w:hyperlink {space} w:anchor="there">{"".join(linked)}</w:hyperlink>'
            linked = None
        elif what == "^":
            yield f'<w:r {space}><w:footnoteReference w:id="2"/></w:r>'
        elif what in ("{", "}"):
            end = "Start" if what == "{" else "End"
            name = ' w:name="here"' if what == "{" else ""
            yield f'<w:bookmark{end} {space} w:id="7"{name}/>'
    yield from linked or ()


def docx_signs(data: bytes) -> list[str]:
    """The paragraphs of a Word document in signs, as python-docx reads them; looks that are alike are one."""
    return [_paragraph_signs(paragraph) for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def _paragraph_signs(paragraph: Any) -> str:
    pieces: list[tuple[str, str]] = []
    for text in paragraph._p.iter(f"{{{W}}}t"):  # Word drops spaces at the edges, python-docx does not
        if not text.get("{http://www.w3.org/XML/1998/namespace}space"):
            text.text = (text.text or "").strip()
    for item in paragraph.iter_inner_content():
        link = "runs" in dir(item)
        for run in item.runs if link else [item]:
            if run._r.xpath("w:footnoteReference"):
                pieces.append(("", "^"))
            elif run.text:
                pieces.append(("[" * link + "**" * bool(run.bold) + "__" * bool(run.italic), run.text))
    heading = "# " if paragraph.style.name.startswith("Heading") else ""
    return heading + _joined(pieces)


def _joined(pieces: Iterable[tuple[str, str]]) -> str:
    """Pieces of text, each with the signs that open its look."""
    joined: list[list[str]] = []
    for look, text in pieces:
        if joined and joined[-1][0] == look:
            joined[-1][1] += text
        else:
            joined.append([look, text])
    return "".join(look + text + look[::-1].replace("[", "]") for look, text in joined)


def odt_of(paragraphs: Iterable[str]) -> bytes:
    """An OpenDocument text of these paragraphs."""
    document = OpenDocumentText()
    for name, look in _LOOKS.items():
        style = Style(name=name, family="text")
        style.addElement(TextProperties(**look))
        document.automaticstyles.addElement(style)
    for line in paragraphs:
        element = H(outlinelevel=1) if line.startswith("# ") else P()
        _fill(element, line.removeprefix("# "))
        document.text.addElement(element)
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


_LOOKS: Mapping[str, Mapping[str, str]] = {
    "TB": {"fontweight": "bold"},
    "TI": {"fontstyle": "italic"},
    "TBI": {"fontweight": "bold", "fontstyle": "italic"},
}


def _fill(element: Any, line: str) -> None:
    bold = italic = False
    around = element
    position = 0
    for sign in [*SIGNS.finditer(line), None]:
        text = line[position : sign.start() if sign else len(line)]
        position = sign.end() if sign else len(line)
        name = "T" + "B" * bold + "I" * italic
        if text and name != "T":
            around.addElement(Span(stylename=name, text=text))
        elif text:
            around.addText(text)
        what = sign.group() if sign else ""
        bold ^= what == "**"
        italic ^= what == "__"
        if what == "[":
            around = A(href="https://news.example", type="simple")
            element.addElement(around)
        elif what == "]":
            around = element
        elif what == "^":
            note = Note(noteclass="footnote")
            note.addElement(NoteCitation(text="1"))
            body = NoteBody()
            body.addElement(P(text="…"))
            note.addElement(body)
            around.addElement(note)
        elif what == "{":
            around.addElement(BookmarkStart(name="here"))
        elif what == "}":
            around.addElement(BookmarkEnd(name="here"))


def odt_signs(data: bytes) -> list[str]:
    """The paragraphs of an OpenDocument text in signs, as odfpy reads them."""
    found = []
    for element in load(io.BytesIO(data)).text.childNodes:
        if element.qname in ((TEXTNS, "p"), (TEXTNS, "h")):
            heading = "# " if element.qname[1] == "h" else ""
            found.append(heading + _joined(_pieces(element, "")))
    return found


def _pieces(element: Any, look: str) -> Iterable[tuple[str, str]]:
    for child in element.childNodes:
        if child.nodeType == child.TEXT_NODE:
            yield look, str(child)
        elif child.qname == (TEXTNS, "span"):
            style = child.getAttribute("stylename") or ""
            yield from _pieces(child, look + "**" * ("B" in style) + "__" * ("I" in style))
        elif child.qname == (TEXTNS, "a"):
            yield from _pieces(child, look + "[")
        elif child.qname == (TEXTNS, "note"):
            yield "", "^"
        elif child.qname == (TEXTNS, "s"):
            yield look, teletype.extractText(child)


MAKERS: Mapping[str, tuple[Callable[[Iterable[str]], bytes], Callable[[bytes], list[str]]]] = {
    "docx": (docx_of, docx_signs),
    "odt": (odt_of, odt_signs),
}
"""Format → what writes it from signs and what reads it back."""


def with_members(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """A package with members replaced, added or (None) left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = changes.get(entry.filename, old.read(entry))
            if content is not None:
                new.writestr(entry, content)
        for name in changes.keys() - set(old.namelist()):
            content = changes[name]
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


def with_body(body: str) -> bytes:
    """A Word document with this XML as its body."""
    text = f'<?xml version="1.0" encoding="UTF-8"?><w:document {_SPACES}><w:body>{body}</w:body></w:document>'
    return with_members(docx_of([]), {"word/document.xml": text.encode()})


_SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": W,
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    }.items()
)


def members(data: bytes) -> dict[str, bytes]:
    """The contents of a package by name, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
