"""What is special to OpenDocument: styles without a look, shapes, headers, languages, spaces."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from odf.opendocument import load

from tests.documents.office import members, odt_of, odt_signs, with_members
from toolkit.documents.formats import open_file
from toolkit.documents.model import BlockKind
from toolkit.errors import BadInput
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.translate import translate

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "draw": "drawing", "fo": "xsl-fo-compatible", "office": "office", "style": "style", "text": "text",
    }.items()
)  # fmt: skip
_SPACES += ' xmlns:officeooo="http://openoffice.org/2009/office" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def _content(body: str, styles: str = "") -> bytes:
    """An ODT with this XML as its text and its automatic styles."""
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return with_members(odt_of([]), {"content.xml": text.encode()})


def _restyled(data: bytes, glossary: Glossary, policies: Path) -> bytes:
    file = open_file(data, "odt")
    result = restyle(file.document, Language.RU, load_policy("azerbaijani", policies), glossary)
    return file.written(result.file)


def test_a_span_that_only_marks_a_revision_is_no_look(glossary: Glossary, policies: Path) -> None:
    """LibreOffice cuts words by the session they were typed in; a name across such a cut is found and stays plain."""
    look = '<style:text-properties officeooo:rsid="00ab"/>'
    style = f'<style:style style:name="T1" style:family="text">{look}</style:style>'
    data = _content('<text:p>В <text:span text:style-name="T1">Степа</text:span>накерте тихо.</text:p>', style)
    out = _restyled(data, glossary, policies)
    assert open_file(out, "odt").document.text == "В Ханкенди тихо."
    ET.fromstring(members(out)["content.xml"])


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ('Тихо в<text:s text:c="2"/>Степанакерте', "Тихо в  Ханкенди"),
        ("Степа<text:soft-page-break/>накерт", "Ханкенди"),
        ("Тихо<text:line-break/>Степанакерт<text:tab/>7", "Тихо\n\nХанкенди\n\n7"),
        ("Степа<text:bookmark text:name='a'/>накерт", "Ханкенди"),
        ("Степа<office:annotation><dc:creator>Desk</dc:creator><text:p>Шуша?</text:p></office:annotation>накерт",
         "Ханкенди"),
        ("Степанакерт, с. <text:page-number>7</text:page-number>", "Ханкенди, с. \ufffc"),
        ("Тихо <text:span>в\n   <text:span>Степанакерте</text:span></text:span>", "Тихо в Ханкенди"),
        (
            "В Степа<draw:custom-shape><text:p>Горис</text:p><draw:enhanced-geometry/></draw:custom-shape>накерте.",
            "В Ханкенди.\n\nГорус",
        ),
        ("Степа<text:meta>накерт</text:meta>", "Степанакерт"),
    ],
)  # fmt: skip
def test_what_may_stand_in_a_paragraph(inner: str, text: str, glossary: Glossary, policies: Path) -> None:
    """A name is found across everything that no reader sees; all of that is there afterwards."""
    data = _content(f"<text:p>{inner}</text:p>")
    out = _restyled(data, glossary, policies)
    assert open_file(out, "odt").document.text == text
    old, new = members(data)["content.xml"], members(out)["content.xml"]
    ET.fromstring(new)
    for mark in (b"<text:bookmark ", b"Desk", b"page-number", b"custom-shape", b"enhanced-geometry", b"<text:meta>"):
        assert old.count(mark) == new.count(mark)


def test_headers_and_languages(glossary: Glossary, policies: Path) -> None:
    """The header of a page style is text, and a translation names its language in every style that names one."""
    styles = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-styles {_SPACES} office:version="1.3"><office:styles>'
        '<style:default-style style:family="paragraph"><style:text-properties fo:language="en" fo:country="GB"/>'
        '</style:default-style><style:style style:name="Code" style:family="text"><style:text-properties '
        'fo:language="zxx" fo:country="none"/></style:style></office:styles><office:master-styles>'
        '<style:master-page style:name="Standard"><style:header><text:p>Goris</text:p></style:header>'
        "</style:master-page></office:master-styles></office:document-styles>"
    )
    data = with_members(odt_of(["# Stepanakert", "Shushi"]), {"styles.xml": styles.encode()})
    file = open_file(data, "odt")
    assert file.document.text == "Stepanakert\n\nShushi\n\nGoris"
    assert file.document.blocks[0].kind is BlockKind.HEADING
    policy = load_policy("follow-source", policies)
    out = file.written(translate(file.document, Language.EN, Language.HY, policy, glossary).file)
    assert odt_signs(out) == ["# Ստեփանակերտ", "Շուշի"]
    written = members(out)["styles.xml"].decode()
    assert "<style:header><text:p>Գորիս</text:p></style:header>" in written
    assert 'fo:language="hy" fo:country="AM"' in written
    assert 'fo:language="zxx" fo:country="none"' in written
    assert load(io.BytesIO(out)).masterstyles is not None


def test_tracked_changes_are_refused() -> None:
    """A document that holds two texts is refused in a line that says why, and what to do."""
    region = "<text:changed-region text:id='a'><text:insertion/></text:changed-region>"
    changes = f"<text:tracked-changes>{region}</text:tracked-changes>"
    with pytest.raises(BadInput, match=r"story.odt: this ODT file has tracked changes.*accept or reject them all"):
        open_file(_content(f"{changes}<text:p>Степанакерт</text:p>"), "odt", "story.odt")
