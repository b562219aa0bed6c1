"""Models are installed whole and verified, from every registry, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.engines.models import site as sites
from tests.engines.models.site import Site
from toolkit.engines.ct2 import Quality
from toolkit.engines.models.firefox_files import firefox_files
from toolkit.engines.models.install import Installer
from toolkit.engines.models.installed import installed_models
from toolkit.engines.models.manifest import MANIFEST, read_manifest
from toolkit.engines.models.verify import verify
from toolkit.errors import ModelUnusable
from toolkit.languages import Language
from toolkit.settings import Settings


def test_a_firefox_model(site: Site, installer: Installer, settings: Settings) -> None:
    """Its files are unpacked, named as in the registry, and all in the manifest with their hashes."""
    files = site.firefox("en-az", "tiny")
    (outcome,) = installer.install("firefox-en-az-tiny")
    assert not outcome.already
    (model,) = installed_models(settings)
    assert model.name == "firefox-en-az-tiny"
    assert model.directions == ((Language.EN, Language.AZ),)
    assert model.manifest.licence == "MPL-2.0"
    expected = {path.rsplit("/", 1)[1].removesuffix(".gz"): data for path, data in files.items()}
    assert {name: (model.folder / name).read_bytes() for name in model.manifest.files} == expected
    assert model.manifest.files == {name: sites.sha256(data) for name, data in expected.items()}
    parts = firefox_files(model)
    assert parts.model == "model.enaz.intgemm.alphas.bin"
    assert parts.source_vocabulary == parts.target_vocabulary == "vocab.enaz.spm"
    assert parts.shortlist is not None
    assert [verdict.problems for verdict in verify(settings)] == [()]


@pytest.mark.parametrize(
    ("quality", "architecture"), [(Quality.BEST, "base"), (Quality.NORMAL, "base-memory"), (Quality.FAST, "tiny")]
)
def test_quality_chooses_among_sizes(
    site: Site, installer: Installer, settings: Settings, quality: Quality, architecture: str
) -> None:
    """best takes base, normal base-memory, fast tiny."""
    site.firefox("en-ru", "base", "base-memory", "tiny")
    replace(installer, quality=quality).install("firefox-en-ru")
    assert [model.manifest.architecture for model in installed_models(settings)] == [architecture]


def test_only_released_models_are_taken(site: Site, installer: Installer, nothing_half: Callable[[], None]) -> None:
    """A nightly is no model for a newsroom."""
    site.firefox("en-az", "tiny", status="Nightly")
    with pytest.raises(ModelUnusable, match="no released model en-az"):
        installer.install("firefox-en-az")
    nothing_half()


def test_an_argos_package(site: Site, installer: Installer, settings: Settings) -> None:
    """The newest package of the index; only what the engine reads is unpacked; the hash is kept from then on."""
    package = site.argos("en-az")
    installer.install("argos-en-az")
    (model,) = installed_models(settings)
    assert sorted(model.manifest.files) == [
        "README.md",
        "metadata.json",
        "model/model.bin",
        "model/shared_vocabulary.json",
        "sentencepiece.model",
    ]
    assert model.path("model/model.bin").read_bytes() == sites.CTRANSLATE
    assert list(model.manifest.downloads.values()) == [sites.sha256(package)]


def test_another_file_from_the_same_address_is_refused(site: Site, installer: Installer, settings: Settings) -> None:
    """What was recorded at the first install is verified at the next."""
    site.argos("en-az")
    installer.install("argos-en-az")
    (model,) = installed_models(settings)
    (model.folder / "sentencepiece.model").write_bytes(b"damaged")
    site.argos("en-az", sites.zipped({**sites.argos_files("en-az"), "sentencepiece.model": b"other"}))
    with pytest.raises(ModelUnusable, match="another file than when it was first installed"):
        installer.install("argos-en-az")


def test_a_converted_model_of_hugging_face(site: Site, installer: Installer, settings: Settings) -> None:
    """Pinned to a revision; only the files that the engine reads; the tokens come from the catalogue."""
    site.huggingface(
        "entai2965/nllb-200-distilled-600M-ctranslate2",
        {
            "model.bin": sites.CTRANSLATE,
            "config.json": b"{}",
            "shared_vocabulary.json": b'["hye_Armn", "eng_Latn", "azj_Latn", "rus_Cyrl"]',
            "sentencepiece.bpe.model": b"pieces",
            "tokenizer.json": b"{}",
            "extra/evil.py": b"print()",
        },
    )
    installer.install("nllb-200-distilled-600m")
    (model,) = installed_models(settings)
    assert sorted(model.manifest.files) == [
        "config.json",
        "model.bin",
        "sentencepiece.bpe.model",
        "shared_vocabulary.json",
    ]
    assert model.manifest.licence == "CC-BY-NC-4.0"
    assert model.manifest.tokens is not None
    assert model.manifest.tokens.codes[Language.HY] == "hye_Armn"
    assert model.manifest.tokens.tokenizer == "sentencepiece.bpe.model"
    assert len(model.directions) == 12
    assert "0123456789" * 4 in model.manifest.origin
    assert sorted(url.rsplit("/", 1)[1] for url in model.manifest.downloads) == [
        "config.json",
        "sentencepiece.bpe.model",
        "shared_vocabulary.json",
    ]


def test_any_repository_with_a_converted_model(site: Site, installer: Installer, settings: Settings) -> None:
    """hf:owner/name works where the vocabulary tells the family; the licence is what its card says."""
    files = {"model.bin": sites.CTRANSLATE, "shared_vocabulary.txt": b"hye_Armn\nrus_Cyrl\n", "spiece.model": b"pieces"}
    site.huggingface("Some/NLLB.x", files)
    installer.install("hf:Some/NLLB.x")
    (model,) = installed_models(settings)
    assert (model.name, model.manifest.architecture, model.manifest.licence) == ("some-nllb.x", "nllb", "cc-by-nc-4.0")


def test_an_unconverted_repository_says_how_to_convert(
    site: Site, installer: Installer, nothing_half: Callable[[], None]
) -> None:
    """Converting needs torch, which Dragoman does without: one line names the two commands."""
    site.huggingface("facebook/m2m100_418M", {"pytorch_model.bin": b"x", "sentencepiece.bpe.model": b"pieces"})
    with pytest.raises(ModelUnusable, match="ct2-transformers-converter --model facebook/m2m100_418M"):
        installer.install("hf:facebook/m2m100_418M")
    nothing_half()


def test_what_is_installed_and_whole_is_not_downloaded_again(site: Site, installer: Installer) -> None:
    """A second install asks nothing of the network where the name is exact."""
    site.firefox("en-az", "tiny")
    installer.install("firefox-en-az-tiny")
    before = len(site.asked)
    (outcome,) = installer.install("firefox-en-az-tiny")
    assert outcome.already
    assert len(site.asked) == before


def test_a_damaged_model_is_repaired_by_installing_it_again(
    site: Site, installer: Installer, settings: Settings
) -> None:
    """The broken one is replaced by a whole one."""
    site.firefox("en-az", "tiny")
    installer.install("firefox-en-az-tiny")
    (model,) = installed_models(settings)
    (model.folder / "vocab.enaz.spm").unlink()
    (outcome,) = installer.install("firefox-en-az-tiny")
    assert not outcome.already
    assert [verdict.problems for verdict in verify(settings)] == [()]


def test_a_manifest_is_read_as_it_was_written(site: Site, installer: Installer) -> None:
    """Manifests survive their YAML."""
    site.firefox("en-az", "tiny")
    (outcome,) = installer.install("firefox-en-az-tiny")
    assert read_manifest(outcome.folder) == outcome.manifest
    assert (
        (outcome.folder / MANIFEST)
        .read_text(encoding="utf-8")
        .startswith("name: firefox-en-az-tiny\nengine: firefox\n")
    )
