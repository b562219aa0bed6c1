"""Registries answer as the real ones do: redirects to hosts of files, further fields, several addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.engines.models import site as sites
from tests.engines.models.site import Site, body
from toolkit.engines.models.fetch import Fetcher
from toolkit.engines.models.install import Installer
from toolkit.engines.models.installed import installed_models
from toolkit.engines.models.verify import verify
from toolkit.settings import Settings

REPOSITORY = "some/NLLB.x"
FILES = {
    "model.bin": sites.CTRANSLATE,
    "shared_vocabulary.txt": b"hye_Armn\nrus_Cyrl\n",
    "spiece.model": b"pieces",
    "config.json": b"{}",
}
REVISION = "0123456789" * 4


@pytest.fixture
def storage() -> Iterator[Site]:
    """Another host, which keeps the large files."""
    found, server = sites.start()
    yield found
    server.shutdown()
    server.server_close()


def test_hugging_face_sends_large_files_elsewhere_and_small_ones_to_a_cache(
    site: Site, storage: Site, settings: Settings, fetcher: Fetcher
) -> None:
    """Signed absolute addresses (302) and relative ones (307) are followed; hash and size are those of the list."""
    site.huggingface(REPOSITORY, FILES)
    for path, data in FILES.items():
        here = f"/huggingface/{REPOSITORY}/resolve/{REVISION}/{path}"
        if len(data) > 1000:
            signed = f"/xet-bridge/{sites.sha256(data)}?X-Amz-Expires=3600&response-content-disposition=inline%3B"
            site.answers[here] = sites.redirect(storage.base + signed)
            storage.answers[signed] = body(data)
        else:
            cached = f"/api/resolve-cache/models/{REPOSITORY}/{REVISION}/{path}"
            site.answers[here] = sites.redirect(cached, 307)
            site.answers[cached] = body(data, kind="text/plain; charset=utf-8")
    hosts = fetcher.origins.hosts | {storage.base.removeprefix("http://")}
    origins = replace(fetcher.origins, hosts=hosts)
    Installer(settings.models, replace(fetcher, origins=origins)).install(f"hf:{REPOSITORY}")
    (model,) = installed_models(settings)
    assert {name: model.path(name).read_bytes() for name in model.manifest.files} == FILES
    assert [verdict.problems for verdict in verify(settings)] == [()]


def test_a_renamed_repository_is_followed(site: Site, installer: Installer, settings: Settings) -> None:
    """The hub sends from an old name to the new one."""
    site.huggingface("new/NLLB.y", FILES)
    for path in list(site.answers):
        old = path.replace("new/NLLB.y", "old/NLLB.y")
        site.answers[old] = sites.redirect(path, 307)
    installer.install("hf:old/NLLB.y")
    assert len(installed_models(settings)) == 1


def test_a_card_with_several_licences(site: Site, installer: Installer, settings: Settings) -> None:
    """All of them are told."""
    site.huggingface(REPOSITORY, FILES)
    card = {"sha": REVISION, "private": False, "gated": False, "cardData": {"license": ["apache-2.0", "mit"]}}
    site.serve_json(f"/huggingface/api/models/{REPOSITORY}", card)
    installer.install(f"hf:{REPOSITORY}")
    (model,) = installed_models(settings)
    assert model.manifest.licence == "apache-2.0, mit"


def test_an_argos_package_with_several_addresses(site: Site, settings: Settings, fetcher: Fetcher) -> None:
    """The first address that may be asked serves; splitters and packages of other kinds in the index are passed by."""
    name = "translate-en_az-1_5.argosmodel"
    site.argos("en-az")
    entry = {
        "package_version": "1.5",
        "argos_version": "1.5",
        "from_code": "en",
        "from_name": "English",
        "to_code": "az",
        "to_name": "Azerbaijani",
        "code": "translate-en_az",
        "links": [f"https://elsewhere.example/v1/{name}", f"{site.base}/files/v1/{name}"],
    }
    splitter = {"package_version": "1.0", "type": "sbd", "code": "sbd", "links": ["https://argos-net.com/v1/sbd"]}
    site.serve_json("/argos/index.json", [splitter, entry])
    direct = replace(fetcher, origins=replace(fetcher.origins, mirror=""))
    Installer(settings.models, direct).install("argos-en-az")
    assert [model.name for model in installed_models(settings)] == ["argos-en-az"]


def test_the_firefox_registry_with_all_its_fields(site: Site, installer: Installer, settings: Settings) -> None:
    """Statistics, metrics, nulls and models not released yet stand beside what is taken."""
    site.firefox("en-az", "tiny")
    registry = site.documents["/firefox/models.json"]
    (record,) = registry["models"]["en-az"]
    record |= {
        "targetLanguage": "az",
        "releaseStatus": "Release Desktop",
        "byteSize": 17_141_051,
        "modelStatistics": {"decoderBytes": 1, "parameters": 2},
        "metrics": {"flores200-plus": {"bleu": 13.3, "comet22": 0.838}},
    }
    record["files"] |= {"srcVocab": None, "trgVocab": None, "qualityModel": None}
    coming = {**record, "architecture": "base", "releaseStatus": None}
    registry |= {"models": {"en-az": [coming, record], "de-en": [], "zh-en": [{"architecture": None}]}}
    site.serve_json("/firefox/models.json", registry)
    installer.install("firefox-en-az")
    assert [model.name for model in installed_models(settings)] == ["firefox-en-az-tiny"]
