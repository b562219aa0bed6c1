"""Document types: the name of a DTD is passed over, a DTD of the file's own refused, and nothing is fetched."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit.documents.xml_tree import read_tree
from toolkit.errors import BadInput
from toolkit.memory.exchange.tmx import read_tmx as read_memory
from toolkit.text.tmx import read_tmx
from toolkit.text.xml_doctype import names_only

DOCTYPES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "doctypes.yaml").read_text(encoding="utf-8")
)
FILE = """<?xml version="1.0"?>
{}
<tmx version="1.4"><header/><body><tu><tuv xml:lang="en"><seg>{}</seg></tuv></tu></body></tmx>"""
READERS: dict[str, Callable[[str], object]] = {
    "glossary": lambda text: list(read_tmx(io.BytesIO(text.encode()))),
    "memory": lambda text: list(read_memory(io.BytesIO(text.encode()), "a.tmx")),
    "documents": read_tree,
}


@pytest.fixture(params=sorted(READERS))
def read(request: pytest.FixtureRequest) -> Callable[[str], object]:
    return READERS[request.param]


@pytest.mark.parametrize("doctype", DOCTYPES["passed"])
def test_a_dtd_that_is_only_named_is_passed_over(
    doctype: str, read: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files as OmegaT, Trados and others write them are read by every reader, and no connection is tried."""

    def no_connection(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", no_connection)
    monkeypatch.setattr(socket, "getaddrinfo", no_connection)
    assert read(FILE.format(doctype, "bread"))


@pytest.mark.parametrize("doctype", DOCTYPES["refused"])
def test_a_dtd_of_the_files_own_is_refused(doctype: str, read: Callable[[str], object]) -> None:
    """No reader expands, fetches or defaults anything that a file declares: one line says where, and the remedy."""
    with pytest.raises(BadInput, match=r"line 2|:2") as caught:
        read(FILE.format(doctype, "bread"))
    assert caught.value.remedy


@pytest.mark.parametrize("doctype", ["", DOCTYPES["passed"][0]])
def test_an_entity_that_only_a_dtd_explains_is_refused(doctype: str, read: Callable[[str], object]) -> None:
    """A text is never read without a part of it, as if the entity had been nothing."""
    with pytest.raises(BadInput, match="entity"):
        read(FILE.format(doctype, "bread &secret; salt"))


@given(data=st.data())
def test_what_names_only_lets_pass_declares_nothing(data: st.DataObject) -> None:
    """By the judgement of a real parser, for declarations that pass, also with a piece put in or taken out."""
    declaration = data.draw(st.sampled_from(DOCTYPES["passed"]).map(str.strip))
    start = data.draw(st.integers(0, len(declaration)))
    end = data.draw(st.integers(start, start + 3))
    piece = data.draw(st.text("[]<>!&%;'\" aDM", max_size=3) | st.sampled_from(["[<!ENTITY a 'b'>]", "SYSTEM 'x'"]))
    declaration = declaration[:start] + piece + declaration[end:]
    seen: list[bool] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *given: seen.append(bool(given[3]))
    if names_only(declaration):
        parser.Parse(f"{declaration}<tmx/>", True)
        assert seen == [False]
