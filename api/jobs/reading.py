"""What a job knows of formats: uploaded bytes as files, and what files are served as."""

from __future__ import annotations

from mimetypes import guess_type

from toolkit.documents.file import File
from toolkit.documents.formats import MEDIA_TYPES, PACKAGES, open_file
from toolkit.documents.options import DEFAULT, ReadOptions

_CHARSET = "; charset=utf-8"


def read_upload(data: bytes, form: str, name: str, options: ReadOptions = DEFAULT) -> File:
    """An uploaded file in its format. Raises NotText, BadInput or TooLong in one line, as the format does."""
    return open_file(data, form, name, options)


def media_type_of(form: str, name: str) -> str:
    """What a file in a format is served as."""
    found = next((kind for kind, served in MEDIA_TYPES.items() if served == form and kind.startswith("text/")), None)
    found = found or next((kind for kind, served in MEDIA_TYPES.items() if served == form), None)
    kind = found or guess_type(name)[0] or "application/octet-stream"
    return kind if form in PACKAGES else kind + _CHARSET
