"""Multipart forms: each text is read in the form's charset or refused, however it is cut into pieces; files are not."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

SENTENCE = "По дороге к Горису тихо."
DIALECTS = {
    "/translate": ({"q": SENTENCE, "source": "ru", "target": "ru"}, "error"),
    "/v1/documents": ({"verb": "restyle", "from": "ru", "policy": "ы"}, "detail"),
    "/v2/document": ({"target_lang": "RU", "context": SENTENCE}, "detail"),
    "/v2/translate": ({"text": SENTENCE, "target_lang": "RU"}, "detail"),
}


def _form(fields: dict[str, str], charset: str, file: bytes = b"") -> bytes:
    parts = [f'name="{name}"\r\n\r\n{value}'.encode(charset) for name, value in fields.items()]
    if file:
        parts.append(b'name="file"; filename="story.ru.txt"\r\n\r\n' + file)
    return b"".join(b"--b\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--b--\r\n"


def _ask(server: str, path: str, body: bytes, charset: str = "", piece: int = 0) -> httpx.Response:
    def pieces() -> Iterator[bytes]:
        for start in range(0, len(body), piece):
            yield body[start : start + piece]

    kind = "multipart/form-data; boundary=b" + (f"; charset={charset}" if charset else "")
    return httpx.post(
        f"{server}{path}", content=pieces() if piece else body, headers={"content-type": kind}, timeout=30
    )


@pytest.mark.parametrize("path", DIALECTS)
@pytest.mark.parametrize("piece", [0, 1])
def test_a_field_that_is_not_utf_8_is_refused(server: str, path: str, piece: int) -> None:
    """400 in the shape of the dialect: Latin-1 letters in the place of Cyrillic ones would be another text."""
    fields, told = DIALECTS[path]
    answer = _ask(server, path, _form(fields, "cp1251", b"x"), piece=piece)
    assert answer.status_code == 400
    assert "UTF-8" in answer.json()[told]


@pytest.mark.parametrize("piece", [0, 1])
def test_letters_cut_in_two_are_whole(server: str, piece: int) -> None:
    """A letter whose bytes come in two pieces is no mistake."""
    answer = _ask(server, "/translate", _form(DIALECTS["/translate"][0], "utf-8"), piece=piece)
    assert answer.json()["translatedText"] == SENTENCE


def test_half_a_letter_at_the_end_is_refused(server: str) -> None:
    """A field may not end in the middle of a letter."""
    body = _form(DIALECTS["/translate"][0], "utf-8").replace("тихо.".encode(), "тихо".encode()[:-1])
    assert _ask(server, "/translate", body).status_code == 400


def test_a_form_may_say_its_charset(server: str) -> None:
    """What it says is believed; a charset that nobody knows is refused."""
    body = _form(DIALECTS["/translate"][0], "cp1251")
    assert _ask(server, "/translate", body, "windows-1251").json()["translatedText"] == SENTENCE
    refused = _ask(server, "/translate", body, "klingon")
    assert refused.status_code == 400
    assert "charset" in refused.json()["error"]


def test_a_file_is_not_looked_at(server: str) -> None:
    """A file in another encoding than the form's is read by its format."""
    answer = _ask(server, "/v1/documents", _form({"verb": "lint", "from": "ru"}, "utf-8", SENTENCE.encode("cp1251")))
    assert answer.status_code == 202, answer.text
