"""What is special to Word's files: fields, text boxes, tracked changes, languages, the other parts."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.documents.office import docx_of, docx_signs, members, with_body, with_members
from toolkit.documents.formats import open_file
from toolkit.documents.model import BlockKind
from toolkit.errors import BadInput
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.memory.store import Memory
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.translate import translate


def _restyled(data: bytes, glossary: Glossary, policies: Path) -> bytes:
    file = open_file(data, "docx")
    result = restyle(file.document, Language.RU, load_policy("azerbaijani", policies), glossary)
    return file.written(result.file)


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _field(code: str, result: str) -> str:
    parts = [
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{result}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ]
    return "".join(f"<w:r>{part}</w:r>" for part in parts)


def test_every_part_with_text_is_read(glossary: Glossary, policies: Path) -> None:
    """Headers, footers, tables and cells in cells change like the body; comments stay."""
    document = docx.Document()
    document.add_heading("Тихо в Степанакерте", 2)
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Степанакерт"
    table.cell(0, 1).add_table(1, 1).cell(0, 0).text = "Дорога в Степанакерт закрыта."
    section = document.sections[0]
    section.header.paragraphs[0].text = "Новости Степанакерта"
    section.footer.paragraphs[0].text = "Степанакерт, 2020"
    run = document.add_paragraph().add_run("В Степанакерте тихо.")
    document.add_comment(run, text="Степанакерт?", author="Desk")
    stream = io.BytesIO()
    document.save(stream)
    out = _restyled(stream.getvalue(), glossary, policies)
    read = docx.Document(io.BytesIO(out))
    assert [paragraph.text for paragraph in read.paragraphs] == ["Тихо в Ханкенди", "В Ханкенди тихо."]
    assert read.tables[0].cell(0, 0).text == "Ханкенди"
    assert read.tables[0].cell(0, 1).tables[0].cell(0, 0).text == "Дорога в Ханкенди закрыта."
    assert read.sections[0].header.paragraphs[0].text == "Новости Ханкенди"
    assert read.sections[0].footer.paragraphs[0].text == "Ханкенди, 2020"
    assert [comment.text for comment in read.comments] == ["Степанакерт?"]


def test_what_did_not_change_is_copied_as_it_lies(glossary: Glossary, policies: Path) -> None:
    """Members keep their order, dates and packed bytes; only the part with the name is packed anew."""
    data = docx_of(["По дороге к Степанакерту тихо."])
    out = _restyled(data, glossary, policies)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(out)) as new:
        assert new.testzip() is None
        for before, after in zip(old.infolist(), new.infolist(), strict=True):
            assert (before.filename, before.date_time, before.external_attr) == (
                after.filename,
                after.date_time,
                after.external_attr,
            )
            same = old.read(before.filename) == new.read(after.filename)
            assert same == (before.filename != "word/document.xml")
            if same:
                start, end = before.header_offset, before.header_offset + 30 + before.compress_size
                assert data[start:end] == out[after.header_offset : after.header_offset + end - start]


def test_footnotes_are_read_after_the_text(glossary: Glossary, policies: Path) -> None:
    """A note stands apart from the sentence that it hangs on."""
    types = members(docx_of([]))["[Content_Types].xml"].decode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    types = types.replace("</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>')
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
        f"{_run(' Из Степанакерта.')}</w:p></w:footnote></w:footnotes>"
    )
    body = f'<w:p>{_run("В Степана")}<w:r><w:footnoteReference w:id="2"/></w:r>{_run("керте тихо.")}</w:p>'
    data = with_members(with_body(body), {"[Content_Types].xml": types.encode(), "word/footnotes.xml": notes.encode()})
    assert open_file(data, "docx").document.text.split("\n\n") == ["В Степанакерте тихо.", " Из Степанакерта."]
    out = _restyled(data, glossary, policies)
    assert docx_signs(out) == ["В Ханкенди^ тихо."]
    assert "<w:footnoteRef/></w:r>" + _run(" Из Ханкенди.") in members(out)["word/footnotes.xml"].decode()


def test_the_code_of_a_field_stays_and_a_written_result_is_read(glossary: Glossary, policies: Path) -> None:
    """A link's words change, its address does not; what Word counts or looks up is not touched."""
    body = (
        f"<w:p>{_run('В ')}{_field('HYPERLINK &quot;https://x.example/Степанакерт&quot;', 'Степанакерте')}"
        f"{_run(' тихо, см. ')}{_field('REF Степанакерт', 'Степанакерт')}{_run('.')}</w:p>"
    )
    data = with_body(body)
    assert open_file(data, "docx").document.text == "В Степанакерте тихо, см. \ufffc."
    expected = body.replace("<w:t>Степанакерте</w:t>", "<w:t>Ханкенди</w:t>")
    assert expected in members(_restyled(data, glossary, policies))["word/document.xml"].decode()


def test_a_table_of_contents_may_reach_over_paragraphs(glossary: Glossary, policies: Path) -> None:
    """A field that begins in one paragraph and ends in another hides nothing after it."""
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    separate, end = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = (
        f"<w:p>{begin}{separate}{_run('Тихо в Степанакерте')}<w:r><w:tab/></w:r>{_field('PAGEREF _T1', '3')}</w:p>"
        f"<w:p>{_run('Дорога в Степанакерт')}</w:p><w:p>{end}</w:p><w:p>{_run('В Степанакерте тихо.')}</w:p>"
    )
    out = members(_restyled(with_body(body), glossary, policies))["word/document.xml"].decode()
    assert out.count("Ханкенди") == 3
    assert out.count("fldChar ") == 6
    assert "Степанакерт" not in out


def test_text_boxes_are_read_once_and_written_twice(glossary: Glossary, policies: Path) -> None:
    """A text box does not cut its sentence; the copy of it for older programs says the same afterwards."""
    box = f"<w:txbxContent><w:p>{_run('Степанакерт сегодня')}</w:p></w:txbxContent>"
    picture = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    data = with_body(f"<w:p>{_run('В Степана')}{picture}{_run('керте тихо.')}</w:p>")
    assert open_file(data, "docx").document.text == "В Степанакерте тихо.\n\nСтепанакерт сегодня"
    out = members(_restyled(data, glossary, policies))["word/document.xml"].decode()
    assert out.count("Ханкенди сегодня") == 2
    assert out.count("</mc:AlternateContent>") == 1
    assert "Степанакерт" not in out


@pytest.mark.parametrize("tag", ["ins", "del", "moveFrom", "moveTo"])
def test_tracked_changes_are_refused(tag: str) -> None:
    """A document that holds two texts is refused in a line that says why, and what to do."""
    data = with_body(f'<w:p><w:{tag} w:id="1" w:author="Desk">{_run("Степанакерт")}</w:{tag}></w:p>')
    with pytest.raises(BadInput) as caught:
        open_file(data, "docx", "story.docx")
    assert str(caught.value) == (
        "story.docx: this DOCX file has tracked changes, so that it holds two texts in one "
        "(accept or reject them all and save it)"
    )


def test_a_translation_says_its_language(glossary: Glossary, memory: Memory, policies: Path) -> None:
    """w:lang is the target language in styles and runs; the languages of other scripts stay."""
    lang = '<w:rPr><w:lang w:val="en-GB" w:eastAsia="ja-JP"/></w:rPr>'
    body = (
        f"<w:p><w:r>{lang}<w:t>Shelling of Gor</w:t></w:r><w:r><w:t>is continued all night.</w:t></w:r></w:p>"
        f"<w:p><w:r>{lang}<w:t>Goris</w:t></w:r></w:p>"
    )
    file = open_file(with_body(body), "docx")
    policy = load_policy("follow-source", policies)
    result = translate(file.document, Language.EN, Language.RU, policy, glossary, memory)
    out = members(file.written(result.file))
    text = out["word/document.xml"].decode()
    assert text.count('<w:lang w:val="ru-RU" w:eastAsia="ja-JP"/>') == 2
    assert "en-GB" not in text
    assert 'w:val="ru-RU"' in out["word/styles.xml"].decode()
    assert docx_signs(file.written(result.file)) == ["Обстрел Гориса продолжался всю ночь.", "Горис"]


def test_spaces_at_the_edges_of_runs_are_kept(glossary: Glossary, policies: Path) -> None:
    """Where the text of two runs comes to stand in one, Word still shows the space that the second had."""
    body = f"<w:p><w:r><w:t>Степа</w:t></w:r>{_run('накерт ')}{_run('тих')}</w:p>"
    out = members(_restyled(with_body(body), glossary, policies))["word/document.xml"].decode()
    assert '<w:t xml:space="preserve">Ханкенди </w:t>' in out


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (f"<w:sdt><w:sdtContent>{_run('Степанакерт')}</w:sdtContent></w:sdt>{_run(' тих.')}", "Ханкенди тих."),
        (f"{_run('Степа')}<w:proofErr w:type='spellStart'/>{_run('накерт')}", "Ханкенди"),
        (f"<w:smartTag w:element='place'>{_run('Степа')}</w:smartTag>{_run('накерт')}", "Ханкенди"),
        ("<w:r><w:t>Степа</w:t><w:softHyphen/><w:t>накерт</w:t></w:r>", "Ханкенди"),
        ("<w:r><w:t>В</w:t><w:noBreakHyphen/><w:t>Степанакерт</w:t></w:r>", "В\u2011Ханкенди"),
        (f"{_run('Степа')}<w:commentRangeStart w:id='1'/>{_run('накерт')}<w:commentRangeEnd w:id='1'/>", "Ханкенди"),
        ("<w:r><w:t>Тихо</w:t><w:br/><w:t>Степанакерт</w:t></w:r>", "Тихо\n\nХанкенди"),
        (f"<w:fldSimple w:instr='HYPERLINK x'>{_run('Степанакерт')}</w:fldSimple>", "Ханкенди"),
        (f"{_run('Тихо ')}<w:fldSimple w:instr=' PAGE '>{_run('7')}</w:fldSimple>", "Тихо \ufffc"),
        (f"{_run('Степа')}<!-- ? --><w:customXml>{_run('накерт')}</w:customXml>", "Степанакерт"),
    ],
)  # fmt: skip
def test_what_may_stand_in_a_paragraph(inner: str, text: str, glossary: Glossary, policies: Path) -> None:
    """A name is found across everything that no reader sees, and the file can be read again afterwards."""
    data = with_body(f"<w:p>{inner}</w:p>")
    out = _restyled(data, glossary, policies)
    assert open_file(out, "docx").document.text == text
    parse_xml(members(out)["word/document.xml"])
    for mark in (b"sdtContent", b"commentRange", b"fldSimple", b"smartTag", b"customXml", b"noBreakHyphen"):
        assert (mark in members(out)["word/document.xml"]) == (mark in members(data)["word/document.xml"])


def test_headings_are_known_by_their_style() -> None:
    """A heading is one by its style's name or level, or by the style that this one builds on."""
    document = docx.Document()
    style = document.styles.add_style("Own headline", 1)
    style.base_style = document.styles["Heading 1"]
    document.add_paragraph("First", style=style)
    document.add_paragraph("Second", style="Title")
    document.add_paragraph("Third")
    stream = io.BytesIO()
    document.save(stream)
    kinds = [block.kind for block in open_file(stream.getvalue(), "docx").document.blocks]
    assert kinds == [BlockKind.HEADING, BlockKind.HEADING, BlockKind.PARAGRAPH]
