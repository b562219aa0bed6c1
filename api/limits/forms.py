"""The texts of a multipart form are what they say they are: the framework would read what is not UTF-8 as Latin-1, and
another text than was sent would be translated. Files are not looked at: their formats tell how they are read.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks


class FormTexts:
    """Ends the reading of a multipart form with 400 at a field that is not in the form's charset.

    The error is raised where the route reads, so that it is answered in the shape of the route's dialect.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = Headers(scope=scope).get("content-type") if scope["type"] == "http" else None
        kind, options = parse_options_header(told)
        if kind != b"multipart/form-data" or b"boundary" not in options:  # without one it is told by who reads it
            await self._app(scope, receive, send)
            return
        watch: _Watch | None = None

        async def watched() -> Message:
            nonlocal watch
            watch = watch or _Watch(options)
            message = await receive()
            watch.read(message.get("body", b""))
            return message

        await self._app(scope, watched, send)


class _Watch:
    """Follows a form as it comes. Raises HTTPException 400."""

    def __init__(self, options: dict[bytes, bytes]) -> None:
        charset = options.get(b"charset", b"utf-8").decode("latin-1")
        try:
            self._decoder = codecs.getincrementaldecoder(charset)
        except LookupError:
            raise HTTPException(400, "the charset of the form is unknown (send UTF-8)") from None
        self._decoding = self._decoder()
        self._header: tuple[bytes, bytes] = b"", b""
        self._is_file = False
        callbacks: MultipartCallbacks = {
            "on_part_begin": self._begun,
            "on_header_field": self._name,
            "on_header_value": self._value,
            "on_header_end": self._header_ended,
            "on_part_data": self._data,
            "on_part_end": self._ended,
        }
        self._broken = False
        try:
            self._parser = MultipartParser(options[b"boundary"], callbacks)
        except FormParserError:
            self._broken = True

    def read(self, piece: bytes) -> None:
        """The next piece of the body; broken forms are told by who reads them."""
        if self._broken:
            return
        try:
            self._parser.write(piece)
        except FormParserError:
            self._broken = True
        except UnicodeError:
            raise HTTPException(400, "a field of the form is not UTF-8 (encode its letters as UTF-8)") from None

    def _begun(self) -> None:
        self._decoding, self._is_file = self._decoder(), False

    def _name(self, data: bytes, start: int, end: int) -> None:
        self._header = self._header[0] + data[start:end], b""

    def _value(self, data: bytes, start: int, end: int) -> None:
        self._header = self._header[0], self._header[1] + data[start:end]

    def _header_ended(self) -> None:
        name, value = self._header
        if name.lower() == b"content-disposition":
            self._is_file = b"filename" in parse_options_header(value)[1]
        self._header = b"", b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        if not self._is_file:
            self._decoding.decode(data[start:end])

    def _ended(self) -> None:
        if not self._is_file:
            self._decoding.decode(b"", final=True)
