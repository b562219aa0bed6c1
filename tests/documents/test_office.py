"""DOCX and ODT: what people read changes, what they do not see stays, and other people's readers agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import CASES
from tests.documents.office import MAKERS, members
from tests.documents.offsets import only_segments_differ
from toolkit.documents.formats import format_of, open_file
from toolkit.documents.plain import read_plain
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.memory.store import Memory
from toolkit.pipeline.lint import lint
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.translate import translate

ROWS: list[dict[str, Any]] = yaml.safe_load((CASES / "office.yaml").read_text(encoding="utf-8"))
FORMATS = sorted(MAKERS)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["what"])
def test_rows(row: dict[str, Any], format_name: str, glossary: Glossary, memory: Memory, policies: Path) -> None:
    """Each row comes out as it says, read by python-docx or odfpy; our own reader reads what the Result says."""
    write, signs = MAKERS[format_name]
    data = write(row["source"])
    file = open_file(data, format_name)
    policy = load_policy(row.get("policy", "follow-source"), policies)
    if "policy" in row:
        result = restyle(file.document, Language.RU, policy, glossary)
    else:
        result = translate(file.document, Language.EN, Language.RU, policy, glossary, memory)
    out = file.written(result.file)
    assert signs(out) == row["target"]
    assert [finding.code for finding in result.findings] == row.get("codes", [])
    only_segments_differ(result, file.document.text)
    assert open_file(out, format_name).document.text == result.text
    for mark in (b"bookmark-start", b"bookmark-end", b"bookmarkStart", b"bookmarkEnd"):
        assert _count(out, mark) == _count(data, mark)


def _count(data: bytes, mark: bytes) -> int:
    return sum(content.count(mark) for content in members(data).values())


_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "Степа",
                "накерт",
                "Shusha",
                " ",
                "в ",
                ". ",
                "**",
                "__",
                "[",
                "]",
                "^",
                "|",
                "тихо",
                "&",
                "<",
                "Горис",
                "«",
            ]
        ),
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"]), max_size=4),
    ),
    max_size=12,
).map("".join)
_DOCUMENTS = st.lists(_LINES, min_size=1, max_size=5).filter(lambda lines: any(map(str.isalnum, "".join(lines))))
_ANY = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("format_name", FORMATS)
@given(lines=_DOCUMENTS)
@_ANY
def test_a_document_in_its_own_style_comes_back(
    format_name: str, glossary: Glossary, policies: Path, lines: list[str]
) -> None:
    """Restyled by the usage it has, any document comes back byte for byte."""
    data = MAKERS[format_name][0](lines)
    file = open_file(data, format_name)
    policy = load_policy("follow-source", policies)
    assert file.written(restyle(file.document, Language.RU, policy, glossary).file) == data
    assert file.written(lint(file.document, Language.RU, policy, glossary).file) == data


@pytest.mark.parametrize("format_name", FORMATS)
@given(lines=_DOCUMENTS)
@_ANY
def test_any_document_stays_one(format_name: str, glossary: Glossary, policies: Path, lines: list[str]) -> None:
    """Whatever changes, the file can be read again and says what the Result says; only parts with text differ."""
    data = MAKERS[format_name][0](lines)
    file = open_file(data, format_name)
    result = restyle(file.document, Language.RU, load_policy("azerbaijani", policies), glossary)
    out = file.written(result.file)
    again = open_file(out, format_name)
    assert "".join(again.document.text.split()) == "".join(result.text.split())
    assert len(MAKERS[format_name][1](out)) == len(MAKERS[format_name][1](data))
    old, new = members(data), members(out)
    assert list(old) == list(new)
    assert {name for name in old if old[name] != new[name]} <= {"word/document.xml", "content.xml"}


_SENTENCES = (
    "Shelling of Goris continued all night.",
    "On Wednesday 3 people returned to Barda.",
    "Nobody knows the rest.",
    "Shelling of **Stepanakert** continued all night.",
)


@pytest.mark.parametrize("format_name", FORMATS)
@given(chosen=st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=4), cuts=st.lists(st.integers(0, 170)))
@_ANY
def test_cuts_change_nothing(
    format_name: str, glossary: Glossary, memory: Memory, policies: Path, chosen: list[str], cuts: list[int]
) -> None:
    """However a program has cut the text into runs, it is translated as the plain text is, spaces and all."""
    line = " ".join(chosen)
    plain = line.replace("**", "")
    for cut in sorted({cut for cut in cuts if cut < len(line) and "*" not in line[cut - 1 : cut + 1]}, reverse=True):
        line = f"{line[:cut]}|{line[cut:]}"
    write, signs = MAKERS[format_name]
    policy = load_policy("follow-source", policies)
    file = open_file(write([line]), format_name)
    result = translate(file.document, Language.EN, Language.RU, policy, glossary, memory)
    (out,) = signs(file.written(result.file))
    expected = translate(read_plain(plain), Language.EN, Language.RU, policy, glossary, memory).text
    assert out.replace("**", "") == expected == result.text
    assert out.count("**") == line.count("**")


@pytest.mark.parametrize("name", ["a.docx", "A.DOCX", "b.docm", "c.odt"])
def test_formats_are_known_by_their_names(name: str) -> None:
    """A suffix in any case names its format."""
    assert format_of(name) == ("odt" if name.endswith("odt") else "docx")
