"""Documents in the dialects of other services, sent by their own clients."""

from __future__ import annotations

import json
import time
from pathlib import Path

import httpx
import pytest

from tests.api.jobs.servers import STORED

pytestmark = pytest.mark.usefixtures("open_gate")


def test_libretranslate_translates_files(api: str) -> None:
    """/translate_file waits and names an address, where the file is, as a proxy's client knows it; errors have its
    shape."""
    form = {"source": "auto", "target": "hy"}
    answer = httpx.post(f"{api}/translate_file", data=form, files={"file": ("story.txt", STORED.encode())}, timeout=20)
    address = answer.json()["translatedFileUrl"]
    assert address.startswith(f"{api}/download_file/")
    assert address.endswith(".txt")
    assert "Գորիսի" in httpx.get(address).text
    proxied = {"x-forwarded-proto": "https", "x-forwarded-host": "names.example.org"}
    answer = httpx.post(
        f"{api}/translate_file", data=form, files={"file": ("a.txt", STORED.encode())}, headers=proxied, timeout=20
    )
    assert answer.json()["translatedFileUrl"].startswith("https://names.example.org/download_file/")
    assert "error" in httpx.get(f"{api}/download_file/nothing.txt").json()
    for data, files in ((form, None), ({"source": "en"}, {"file": ("a.txt", b"x")})):
        wrong = httpx.post(f"{api}/translate_file", data=data, files=files)
        assert wrong.status_code == 400
        assert "missing" in wrong.json()["error"]
    bad = httpx.post(f"{api}/translate_file", data={**form, "source": "en"}, files={"file": ("a.txt", b"\xff")})
    assert bad.status_code == 400
    assert "UTF-8" in json.dumps(bad.json())


def test_deepls_client_translates_a_document(api: str, tmp_path: Path) -> None:
    """deepl's translate_document_from_filepath: upload, status, result; without the right key nothing is there."""
    import deepl

    source, target = tmp_path / "story.txt", tmp_path / "translated.txt"
    source.write_text(STORED, encoding="utf-8")
    client = deepl.DeepLClient("key", server_url=api)
    with source.open("rb") as file:
        handle = client.translate_document_upload(file, target_lang="RU", filename="story.txt")
    while not (status := client.translate_document_get_status(handle)).done:
        assert status.ok
        time.sleep(0.05)
    assert status.billed_characters == len(STORED)
    with target.open("wb") as file:
        client.translate_document_download(handle, file)
    assert "Горисом" in target.read_text(encoding="utf-8")
    stranger = deepl.DocumentHandle(handle.document_id, "0" * 64)
    with pytest.raises(deepl.DeepLException):
        client.translate_document_get_status(stranger)
    with pytest.raises(deepl.DeepLException, match="target_lang"):
        client.translate_document_upload("text", target_lang="TLH", filename="a.txt")


def test_a_glossary_is_used_for_a_document(api: str, tmp_path: Path) -> None:
    """deepl's client may name one with a document too: its term comes before the packs, and inflects."""
    import deepl

    client = deepl.DeepLClient("key", server_url=api)
    glossary = client.create_glossary("style", source_lang="EN", target_lang="RU", entries={"Goris": "Гянджа"})
    (tmp_path / "story.txt").write_text(STORED, encoding="utf-8")
    client.translate_document_from_filepath(
        tmp_path / "story.txt", tmp_path / "out.txt", source_lang="EN", target_lang="RU", glossary=glossary
    )
    assert "Гянджой" in (tmp_path / "out.txt").read_text(encoding="utf-8")
    with pytest.raises(deepl.DeepLException, match="dictionary"):
        client.translate_document_upload(
            STORED, source_lang="EN", target_lang="HY", filename="a.txt", glossary=glossary.glossary_id
        )
    client.delete_glossary(glossary)
    with pytest.raises(deepl.DeepLException, match="Glossary not found"):
        client.translate_document_upload(
            STORED, source_lang="EN", target_lang="RU", filename="a.txt", glossary=glossary.glossary_id
        )
