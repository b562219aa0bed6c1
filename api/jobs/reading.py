"""Uploaded bytes as documents, and results as bytes: all that a job knows of formats."""

from __future__ import annotations

from mimetypes import guess_type

from toolkit.documents.formats import reader_of
from toolkit.documents.model import Document
from toolkit.errors import BadInput, NotText
from toolkit.pipeline.result import Result

_TEXTS = {"html": "text/html", "markdown": "text/markdown", "text": "text/plain"}


def read_document(data: bytes, form: str, name: str) -> Document:
    """Raises NotText for bytes that are no UTF-8 text, BadInput where nothing is in it or the format's reader says."""
    reader = reader_of(form)
    if b"\0" in data:
        raise NotText("this is a binary file", where=name, remedy="send a text in one of the formats")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotText(f"not UTF-8 (byte {error.start})", where=name, remedy="save the file as UTF-8") from None
    if not text.strip():
        raise BadInput("there is no text", where=name, remedy="send a text with words in it")
    return reader(text)


def write_document(result: Result) -> bytes:
    """The file that a result is of."""
    return result.text.encode("utf-8")


def media_type_of(form: str, name: str) -> str:
    """What a file in a format is served as."""
    if form in _TEXTS:
        return f"{_TEXTS[form]}; charset=utf-8"
    return guess_type(name)[0] or "application/octet-stream"
