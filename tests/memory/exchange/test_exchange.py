"""Translations from and for other programs: what comes in is what the file says, and what goes out others can read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import BadInput, BadOption, NotFound
from toolkit.languages import Language
from toolkit.memory.exchange.model import Pair, Row
from toolkit.memory.exchange.read import read_rows
from toolkit.memory.exchange.tmx import read_tmx
from toolkit.memory.exchange.write import write_entries
from toolkit.memory.own.model import Record, Stored

AZ, EN, HY, RU = Language
BOTH = Pair(EN, HY)
TMX = """<?xml version="1.0" encoding="{encoding}"?>{doctype}
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
srclang="en-GB" datatype="html"/><body>{units}</body></tmx>"""
UNIT = '<tu><tuv xml:lang="en-GB"><seg>{en}</seg></tuv><tuv xml:lang="hy-AM"><seg>{hy}</seg></tuv></tu>'
BREAD = UNIT.format(en="Bread was dear.", hy="Հացը թանկ էր։")
SYSTEM = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'


def _tmx(units: str = BREAD, doctype: str = "", encoding: str = "UTF-8") -> bytes:
    return TMX.format(units=units, doctype=doctype, encoding=encoding).encode(encoding)


def _rows(data: bytes, name: str, tmp_path: Path, pair: Pair = BOTH) -> list[Row]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(read_rows(path, pair))


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
@pytest.mark.parametrize("doctype", ["", SYSTEM, '<!DOCTYPE tmx PUBLIC "-//LISA//DTD TMX" "http://x.invalid/t.dtd">'])
def test_tmx_is_read(doctype: str, encoding: str, tmp_path: Path) -> None:
    """The usual declaration is harmless, since nothing is fetched for it."""
    [row] = _rows(_tmx(doctype=doctype, encoding=encoding), "a.tmx", tmp_path)
    assert row.sides == {EN: "Bread was dear.", HY: "Հացը թանկ էր։"}
    assert (row.source, row.refused, row.where) == (EN, "", "a.tmx:3")


def test_inline_codes_of_tmx_are_left_out_and_words_kept(tmp_path: Path) -> None:
    """Codes and footnotes go; highlighted words stay."""
    inline = 'The <bpt i="1">&lt;b&gt;</bpt>old<ept i="1">&lt;/b&gt;</ept> <hi>road</hi><ph>{1}<sub>note</sub></ph>.'
    [row] = _rows(_tmx(UNIT.format(en=inline, hy="Հին ճանապարհը։")), "a.tmx", tmp_path)
    assert row.sides[EN] == "The old road."


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (_tmx(doctype='<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>'), "declares anything itself"),
        (
            _tmx(doctype='<!DOCTYPE tmx SYSTEM "t.dtd" [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
            "declares anything itself",
        ),
        (_tmx(UNIT.format(en="&secret;", hy="Հաց"), SYSTEM), "entity"),
        (_tmx(UNIT.format(en="&secret;", hy="Հաց")), "well-formed"),
        (_tmx()[:-20], "well-formed"),
        (b"", "empty"),
        (b"<html/>", "not the root"),
        (b'<?xml version="1.0" encoding="KLINGON"?><tmx/>', "encoding"),
        (b"<tmx>" + b"<x>" * 100, "one in another"),
        (b"\x00\x01\x02", "well-formed"),
        (b'<tmx version="' + b"1" * 9_000_000, "no end"),
    ],
)
def test_hostile_and_broken_tmx_is_refused_in_one_line(data: bytes, what: str, tmp_path: Path) -> None:
    """No entity is declared or fetched, and what is no TMX is told with its place."""
    with pytest.raises(BadInput, match=what) as told:
        _rows(data, "a.tmx", tmp_path)
    assert "\n" not in str(told.value)
    assert str(told.value).startswith("a.tmx")


def test_what_comes_before_a_break_is_read(tmp_path: Path) -> None:
    """A file that breaks off gives its units up to there."""
    rows: list[Row] = []
    (tmp_path / "a.tmx").write_bytes(_tmx(BREAD * 3000)[:-30])
    with pytest.raises(BadInput):
        rows.extend(read_rows(tmp_path / "a.tmx", BOTH))
    assert len(rows) > 2000


def test_a_tmx_of_any_length_streams() -> None:
    """Units come before the file is read to its end: no more than some chunks are held."""

    class Endless(io.RawIOBase):
        """A file of a billion units."""

        served = 0

        def read(self, size: int = -1) -> bytes:
            self.served += 1
            return _tmx("").partition(b"</body>")[0] if self.served == 1 else (BREAD * 200).encode()

    stream = Endless()
    rows = read_tmx(stream, "endless.tmx")  # type: ignore[arg-type]
    assert sum(not next(rows).refused for _ in range(5000)) == 5000
    assert stream.served < 40


def _unit12(target: str) -> bytes:
    return f"""<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a"
datatype="plaintext" source-language="en-US" target-language="hy"><body>
<trans-unit id="1"><source>Salt &amp; <g id="1">bread</g><x id="2"/>
</source>{target}</trans-unit></body></file></xliff>""".encode()


def _unit2(target: str, state: str) -> bytes:
    return f"""<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="hy">
<file id="f"><unit id="1"><segment state="{state}">
<source>Salt &amp; <pc id="1">bread</pc></source>{target}</segment></unit>
</file></xliff>""".encode()


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (_unit12("<target>Աղ և հաց</target>"), ""),
        (_unit12('<target state="needs-translation">Աղ և հաց</target>'), "not finished"),
        (
            _unit12('<target state="needs-review-translation" state-qualifier="leveraged-mt">Աղ</target>'),
            "not finished",
        ),
        (_unit12(""), "no translation yet"),
        (_unit2("<target>Աղ և հաց</target>", "final"), ""),
        (_unit2("<target/>", "initial"), "no translation yet"),
        (_unit12("<target>Աղ</target>").replace(b'"hy"', b'"fr"'), "languages"),
        (_unit12("<target>Աղ</target>").replace(b'"hy"', b'"en"'), "both sides"),
    ],
)
def test_xliff_gives_its_finished_units(data: bytes, refused: str, tmp_path: Path) -> None:
    """A draft that nobody has read never enters a memory."""
    [row] = _rows(data, "a.xlf", tmp_path, Pair())
    assert refused in row.refused
    assert bool(row.refused) == bool(refused)
    if not refused:
        assert row.sides == {EN: "Salt & bread", HY: "Աղ և հաց"}


LINES = [
    ('{"en": "Bread", "hy": "Հաց", "topic": "food", "date": "2020-01-02"}', ""),
    ('{"source": "Bread", "target": "Հաց"}', ""),
    ('{"source": "Bread", "target": "Хлеб", "from": "en", "to": "ru"}', ""),
    ('{"en": "Bread"}', "fewer than two"),
    ('{"en": "Bread", "hy": "  "}', "fewer than two"),
    ('{"source": " ", "target": "Հաց"}', "en is empty"),
    ('["Bread"]', "no JSON object"),
    ("{", "no JSON object"),
    (f'{{"en": "{"x" * 6000}", "hy": "Հաց"}}', "longer than 5,000"),
]


def test_lines_of_json(tmp_path: Path) -> None:
    """A bad line is refused with its place, and stops nothing."""
    rows = _rows("\n".join(line for line, _ in LINES).encode(), "a.jsonl", tmp_path)
    assert len(rows) == len(LINES)
    for number, (row, (_, refused)) in enumerate(zip(rows, LINES, strict=True), 1):
        assert row.where == f"a.jsonl:{number}"
        assert refused in row.refused
        assert bool(refused) == bool(row.refused)
    assert (rows[0].topic, rows[0].date) == ("food", "2020-01-02")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tsv", 'hy\ten\r\nՀաց\tThe "bread"\r\n'),
        ("a.tsv", 'The "bread"\tՀաց\n'),
        ("a.csv", '\ufeffen,hy\n"The ""bread""",Հաց\n'),
        ("a.csv", 'source,target\n"The ""bread""",Հաց\n'),
    ],
)
def test_tables(name: str, text: str, tmp_path: Path) -> None:
    """Columns by their titles, or source and target in order where the command names the languages."""
    [row] = _rows(text.encode(), name, tmp_path)
    assert row.sides == {EN: 'The "bread"', HY: "Հաց"}


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.tsv", "Bread\tՀաց\n".encode(), BadInput),
        ("a.jsonl", "Хлеб".encode("cp1251"), BadInput),
        ("a.docx", b"PK", BadOption),
        ("a.xlf", b"<xliff version='1.2'>", BadInput),
    ],
)
def test_files_that_cannot_be_used(name: str, data: bytes, error: type[Exception], tmp_path: Path) -> None:
    """A table without languages, another encoding, another kind of file."""
    with pytest.raises(error):
        _rows(data, name, tmp_path, Pair())


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A wrong path is an error of ours and no empty memory."""
    with pytest.raises(NotFound):
        list(read_rows(tmp_path / "none.tmx", BOTH))


TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=40).map(
    lambda text: " ".join(f"a{text}".split())
)


@given(
    st.lists(st.dictionaries(st.sampled_from(list(Language)), TEXTS, min_size=2), min_size=1, max_size=5),
    st.sampled_from(["tmx", "jsonl"]),
)
def test_what_goes_out_comes_in_again(sides: list[dict[Language, str]], form: str) -> None:
    """Any texts, with signs of markup in them, come back as they were, with origin, topic, date and source."""
    records = [Record(side, "a & b", "<topic>", min(side), "2026-11-26T09:15:00Z", "pack:a@1") for side in sides]
    data = "".join(write_entries([Stored(n, r) for n, r in enumerate(records, 1)], form, Pair())).encode()
    stream = io.BytesIO(data)
    if form == "tmx":
        rows = list(read_tmx(stream, "a"))
    else:
        from toolkit.memory.exchange.lines import read_json_rows

        rows = list(read_json_rows(stream, "a", Pair()))
    assert [row.sides for row in rows] == [record.sides for record in records]
    assert {(row.origin, row.topic, row.date) for row in rows} == {("a & b", "<topic>", "2026-11-26T09:15:00Z")}
    assert [row.source for row in rows] == [record.source for record in records]


ENTRIES = [
    Stored(1, Record({EN: "Salt & <bread>", HY: "Աղ ու հաց", RU: "Хлеб-соль"}, "x")),
    Stored(2, Record({AZ: "Çörək", RU: "Хлеб"}, "x")),
]


@pytest.mark.parametrize("form", ["xliff", "xliff2"])
def test_xliff_goes_out_and_comes_in_again(form: str, tmp_path: Path) -> None:
    """The entries that have both languages."""
    data = "".join(write_entries(ENTRIES, form, BOTH)).encode()
    [row] = _rows(data, "a.xlf", tmp_path, Pair())
    assert row.sides == {EN: "Salt & <bread>", HY: "Աղ ու հաց"}
    assert not row.refused


def test_other_tools_read_what_is_exported(tmp_path: Path) -> None:
    """translate-toolkit finds the same sentences in our TMX and XLIFF."""
    from translate.storage import tmx, xliff

    path = tmp_path / "a.tmx"
    path.write_text("".join(write_entries(ENTRIES[:1], "tmx", BOTH)), encoding="utf-8")
    with path.open("rb") as stream:
        store = tmx.tmxfile(stream, "en", "hy")
    assert [(str(u.source), str(u.target)) for u in store.units] == [("Salt & <bread>", "Աղ ու հաց")]
    path = tmp_path / "a.xlf"
    path.write_text("".join(write_entries(ENTRIES, "xliff", BOTH)), encoding="utf-8")
    with path.open("rb") as stream:
        units = xliff.xlifffile(stream).units
    assert [(str(unit.source), str(unit.target)) for unit in units] == [("Salt & <bread>", "Աղ ու հաց")]


def test_xliff_needs_its_languages() -> None:
    """A format that holds one pair is told which; a format that nobody knows is named."""
    with pytest.raises(BadOption, match="two languages"):
        write_entries([], "xliff", Pair())
    with pytest.raises(BadOption, match="unknown format"):
        write_entries([], "docx", Pair())
