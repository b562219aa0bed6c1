"""What is carried over in a folder or file is verified and installed as what is downloaded is."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engines.models import site as sites
from tests.engines.models.site import Site
from toolkit.engines.models.install import Installer
from toolkit.engines.models.installed import installed_models
from toolkit.errors import ModelUnusable
from toolkit.settings import Settings


def test_a_model_carried_over_is_verified(site: Site, installer: Installer, settings: Settings, tmp_path: Path) -> None:
    """The folder of an installed model is installed elsewhere as it is; a changed one is not."""
    site.firefox("en-az", "tiny")
    (outcome,) = installer.install("firefox-en-az-tiny")
    other = replace(installer, root=tmp_path / "other")
    (carried,) = other.install(str(outcome.folder))
    assert carried.manifest == outcome.manifest
    (outcome.folder / "vocab.enaz.spm").write_bytes(b"changed")
    with pytest.raises(ModelUnusable, match=r"vocab.enaz.spm has changed"):
        replace(installer, root=tmp_path / "third").install(str(outcome.folder))
    assert installed_models(replace(settings, models=tmp_path / "third")) == []


def test_a_folder_of_downloaded_firefox_files(site: Site, installer: Installer, tmp_path: Path) -> None:
    """The three files as the registry serves them, packed, are enough."""
    for path, data in site.firefox("en-az", "tiny").items():
        (tmp_path / path.rsplit("/", 1)[1]).write_bytes(gzip.compress(data))
    (outcome,) = installer.install(str(tmp_path))
    assert outcome.manifest.name == "firefox-en-az-other"
    assert sorted(outcome.manifest.files)[0] == "lex.50.50.enaz.s2t.bin"
    assert site.asked == []


def test_a_local_argos_package(installer: Installer, tmp_path: Path) -> None:
    """An .argosmodel file and its unpacked folder are the same model."""
    package = tmp_path / "translate-en_az-1_5.argosmodel"
    package.write_bytes(sites.argos_package("en-az"))
    (first,) = installer.install(str(package))
    folder = tmp_path / "unpacked"
    for path, data in sites.argos_files("en-az").items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    (second,) = installer.install(str(folder))
    assert first.manifest.name == "argos-en-az"
    assert second.already
    assert second.manifest.files == first.manifest.files


LOCAL = {
    "nothing": ({}, "holds no model"),
    "unconverted": ({"model.safetensors": b"x"}, "ct2-transformers-converter"),
    "no tokenizer": ({"model.bin": sites.CTRANSLATE, "shared_vocabulary.json": b"[]"}, "no sentencepiece model"),
    "unknown family": (
        {"model.bin": sites.CTRANSLATE, "shared_vocabulary.json": b"[]", "spm.model": b"x"},
        "add --family with one of m2m100, madlad400, nllb, small100",
    ),
    "another family's codes": (
        {"model.bin": sites.CTRANSLATE, "shared_vocabulary.json": b'["hye_Armn"]', "spm.model": b"x"},
        "is no model of the family nllb",
    ),
    "a pointer": ({"model.bin": b"version https://git-lfs.github.com/spec/v1\n", "spm.model": b"x"}, "git lfs"),
    "no CTranslate2 model": ({"model.bin": b"\xff" * 40, "spm.model": b"x"}, "is no CTranslate2 model"),
    "no vocabulary": ({"model.enaz.bin": sites.MARIAN}, "has no vocab.enaz.spm"),
    "no Marian model": ({"model.enaz.bin": b"x" * 40, "vocab.enaz.spm": b"x"}, "is no Marian model"),
    "other languages": ({"model.ende.bin": sites.MARIAN, "vocab.ende.spm": b"x"}, "other languages"),
    "a strange manifest": ({"model.yaml": b"name: x\n"}, "Field required"),
    "a wild manifest": ({"model.yaml": b"a: &a [1]\nb: *a\n"}, "begins with & or"),
    "argos of other languages": (
        {**sites.argos_files("en-az"), "metadata.json": b'{"from_code": "en", "to_code": "sq"}'},
        "is for other languages",
    ),
    "argos without metadata": ({**sites.argos_files("en-az"), "metadata.json": b"["}, "broken metadata.json"),
}


@pytest.mark.parametrize("kind", LOCAL)
def test_a_useless_folder(installer: Installer, tmp_path: Path, nothing_half: Callable[[], None], kind: str) -> None:
    """What is no whole model is told in one line and not installed."""
    files, message = LOCAL[kind]
    folder = tmp_path / "folder"
    folder.mkdir()
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    with pytest.raises(ModelUnusable, match=message):
        installer.install(str(folder))
    nothing_half()


OWN = {
    "nllb": (b'["hye_Armn", "rus_Cyrl", "deu_Latn"]', "CC-BY-NC-4.0", {"hy", "ru"}),
    "madlad400": (b'["<2hy>", "<2az>", "<2en>", "<2ru>"]', "Apache-2.0", {"az", "en", "hy", "ru"}),
}


@pytest.mark.parametrize("family", OWN)
def test_a_conversion_of_ones_own(installer: Installer, tmp_path: Path, family: str) -> None:
    """A zip of a converted model: its family is told by its vocabulary, and with it the licence, non-commercial or not;
    it has the directions of the languages that it knows."""
    vocabulary, licence, languages = OWN[family]
    files = {"model.bin": sites.CTRANSLATE, "shared_vocabulary.json": vocabulary, "spiece.model": b"pieces"}
    package = tmp_path / "Our own.zip"
    package.write_bytes(sites.zipped({f"models/ours/{path}": data for path, data in files.items()}))
    (outcome,) = installer.install(str(package))
    assert (outcome.manifest.name, outcome.manifest.licence) == ("our-own", licence)
    assert outcome.manifest.tokens is not None
    assert {language.value for language in outcome.manifest.tokens.codes} == languages


def test_a_cache_of_links_says_how_to_copy_it(installer: Installer, tmp_path: Path) -> None:
    """The cache of Hugging Face keeps links to files elsewhere."""
    (tmp_path / "blob").write_bytes(sites.CTRANSLATE)
    (tmp_path / "snapshot").mkdir()
    (tmp_path / "snapshot" / "model.bin").symlink_to(tmp_path / "blob")
    with pytest.raises(ModelUnusable, match=r"holds links, .*cp -rL"):
        installer.install(str(tmp_path / "snapshot"))


@pytest.mark.parametrize("link", ["vocab.enaz.spm", "folder"])
def test_links_beside_a_manifest_are_not_followed(installer: Installer, tmp_path: Path, link: str) -> None:
    """Nor can a manifest name a link, or what lies behind one, as a file of the model."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "vocab.enaz.spm").write_bytes(b"secret")
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "model.enaz.bin").write_bytes(sites.MARIAN)
    (folder / link).symlink_to(secret if link == "folder" else secret / link)
    named = "folder/vocab.enaz.spm" if link == "folder" else link
    (folder / "model.yaml").write_text(
        f"engine: firefox\nfrom: en\nto: az\nfiles:\n  model.enaz.bin:\n  {named}:\n", "utf-8"
    )
    with pytest.raises(ModelUnusable, match=r"vocab\.enaz\.spm is missing"):
        installer.install(str(folder))


def test_a_broken_model_is_repaired_by_name_from_within_the_folder_of_models(
    site: Site, installer: Installer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There its own folder has the name; what is meant is the model that can be had."""
    site.firefox("en-az", "tiny")
    (outcome,) = installer.install("firefox-en-az-tiny")
    (outcome.folder / "vocab.enaz.spm").write_bytes(b"changed")
    monkeypatch.chdir(installer.root)
    (again,) = installer.install("firefox-en-az-tiny")
    assert not again.already


def test_links_in_a_local_folder_are_not_followed(installer: Installer, tmp_path: Path) -> None:
    """A folder from a stranger cannot bring a file of this machine in."""
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "model.enaz.bin").write_bytes(sites.MARIAN)
    (folder / "vocab.enaz.spm").symlink_to(secret)
    with pytest.raises(ModelUnusable, match="has no vocab"):
        installer.install(str(folder))
