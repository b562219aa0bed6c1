"""Models are installed whole and verified, from every source, or not at all."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engines.models import site as sites
from tests.engines.models.site import Answer, Site, body
from toolkit.engines.models.catalogue import Quality
from toolkit.engines.models.firefox_files import firefox_files
from toolkit.engines.models.install import Installer, expand
from toolkit.engines.models.installed import installed_models
from toolkit.engines.models.manifest import MANIFEST, read_manifest
from toolkit.engines.models.verify import verify
from toolkit.errors import BadOption, ModelUnusable, UnknownLanguage
from toolkit.languages import Language
from toolkit.settings import Settings

MODEL = "/files/models/en-az/tiny/model.enaz.intgemm.alphas.bin.gz"


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
            "shared_vocabulary.json": b'["hye_Armn"]',
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
    files = {"model.bin": sites.CTRANSLATE, "shared_vocabulary.txt": b"hye_Armn\n", "spiece.model": b"pieces"}
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


GOOD: dict[str, Callable[[bytes], Answer]] = {
    "already unpacked on the way": body,
    "packed": lambda data: body(gzip.compress(data)),
    "packed once more on the way": lambda data: sites.packed_on_the_way(gzip.compress(data)),
    "cut in the middle": lambda data: sites.cut(gzip.compress(data), 300, body(gzip.compress(data, mtime=0))),
    "cut, and no parts to be had": lambda data: sites.cut(data, 70_000, body(data, ranges=False)),
    "cut twice": lambda data: sites.cut(data, 100_000, body(data), times=2),
    "busy at first": lambda data: sites.cut(b"x", 0, body(data)),
}


@pytest.mark.parametrize("kind", GOOD)
def test_a_poor_connection_is_survived(site: Site, installer: Installer, settings: Settings, kind: str) -> None:
    """Packed or not, in one piece or in several: the file that comes out is the right one."""
    files = site.firefox("en-az", "tiny")
    site.answers[MODEL] = GOOD[kind](files[MODEL.removeprefix("/files/")])
    installer.install("firefox-en-az-tiny")
    assert [verdict.problems for verdict in verify(settings)] == [()]


def test_a_cut_download_goes_on_where_it_was(site: Site, installer: Installer) -> None:
    """The second request asks for the rest by Range, on condition that the file is still the same."""
    files = site.firefox("en-az", "tiny")
    data = files[MODEL.removeprefix("/files/")]
    site.answers[MODEL] = sites.cut(data, 100_000, body(data))
    installer.install("firefox-en-az-tiny")
    second = [headers for path, headers in site.asked if path == MODEL][1]
    assert second["Range"] == "bytes=100000-"
    assert second["If-Range"] == f'"{sites.sha256(data)[:12]}"'


BAD: dict[str, tuple[Callable[[bytes], Answer], str]] = {
    "wrong bytes of the right length": (lambda data: body(b"X" + data[1:]), "is not what it should be: its sha256"),
    "too short": (lambda data: body(data[:-1]), "bytes instead of"),
    "too long": (lambda data: body(data + b"\0"), "than the|instead of"),
    "announced far too long": (lambda data: body(data * 3), "larger than"),
    "endless": (lambda _: sites.endless, "larger than"),
    "a gzip bomb": (lambda data: body(gzip.compress(data + bytes(30_000_000))), "unpacks to more than"),
    "a truncated gzip": (lambda data: body(gzip.compress(data)[:-9]), "broken gzip"),
    "garbage after the gzip": (lambda data: body(gzip.compress(data) + b"garbage"), "broken gzip"),
    "a web page": (lambda _: body(b"<!DOCTYPE html><title>Log in</title>"), "is a web page"),
    "a web page that says so": (lambda _: body(b"Log in", kind="text/html; charset=utf-8"), "is a web page"),
    "not there": (lambda _: sites.status(404), "is not there any more"),
    "forbidden": (lambda _: sites.status(403), "the server answered 403"),
    "always broken": (lambda _: sites.status(500), "the server answered 500"),
    "sent elsewhere": (lambda _: sites.redirect("https://evil.example/model.bin"), "leads to https://evil.example"),
    "sent to this machine's other port": (lambda _: sites.redirect("http://127.0.0.1:9/x"), "leads to http"),
    "sent to a file": (lambda _: sites.redirect("file:///etc/passwd"), "leads to file:"),
    "sent nowhere": (lambda _: sites.redirect("//["), "no address|leads to"),
    "sent in a circle": (lambda _: sites.redirect(MODEL), "without end"),
    "dripping": (lambda data: sites.drip(data[:400], 0.01), "comes too slowly"),
    "silent": (lambda data: sites.stall(data, 0, threading.Event()), "cannot be downloaded"),
    "always cut": (lambda data: sites.cut(data, 10, body(data), times=1000), "connection was cut|cannot be downloaded"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_answer_installs_nothing(
    site: Site, installer: Installer, nothing_half: Callable[[], None], kind: str
) -> None:
    """One line says what is wrong, with exit code 4, and no part of a model is left."""
    files = site.firefox("en-az", "tiny")
    make, message = BAD[kind]
    site.answers[MODEL] = make(files[MODEL.removeprefix("/files/")])
    with pytest.raises(ModelUnusable, match=message) as caught:
        installer.install("firefox-en-az-tiny")
    assert caught.value.exit_code == 4
    assert "\n" not in str(caught.value)
    nothing_half()


def test_a_redirect_within_the_site_is_followed(site: Site, installer: Installer, settings: Settings) -> None:
    """Registries keep their files behind redirects."""
    site.firefox("en-az", "tiny")
    site.answers["/elsewhere"] = site.answers[MODEL]
    site.answers[MODEL] = sites.redirect("/elsewhere")
    installer.install("firefox-en-az-tiny")
    assert len(installed_models(settings)) == 1


REGISTRIES = {
    "no JSON": (body(b"{oops"), "is no JSON"),
    "a page": (body(b"<html>", kind="text/html"), "is a web page"),
    "a list": (body(b"[]"), "not as a registry should be"),
    "no models": (body(b'{"models": {}, "baseUrl": "http://x"}'), "no released model"),
    "a strange pair": (body(b'{"models": {"en-az": 3}, "baseUrl": ""}'), "not as a registry should be"),
    "a strange record": (body(b'{"models": {"en-az": [{}]}, "baseUrl": ""}'), "not as a registry should be"),
    "deep": (body(b"[" * 200_000), "is no JSON"),
    "endless": (sites.endless, "larger than"),
}


@pytest.mark.parametrize("kind", REGISTRIES)
def test_a_strange_registry(site: Site, installer: Installer, nothing_half: Callable[[], None], kind: str) -> None:
    """A registry that is none is one line."""
    site.answers["/firefox/models.json"], message = REGISTRIES[kind]
    with pytest.raises(ModelUnusable, match=message):
        installer.install("firefox-en-az-tiny")
    nothing_half()


@pytest.mark.parametrize("path", ["../../x.bin", "/etc/x.bin", "a/..", "a/.hidden.bin", "https://evil.example/x.bin"])
def test_a_registry_cannot_name_files_elsewhere(
    site: Site, installer: Installer, nothing_half: Callable[[], None], path: str
) -> None:
    """A path of the registry is a plain path below its own address."""
    site.firefox("en-az", "tiny")
    record = {"path": path, "uncompressedSize": 3, "uncompressedHash": "0" * 64}
    files = {"model": record, "vocab": record}
    models = {"en-az": [{"architecture": "tiny", "releaseStatus": "Release", "files": files}]}
    site.serve_json("/firefox/models.json", {"models": models, "baseUrl": "https://x.example"})
    with pytest.raises(ModelUnusable, match="not as a registry should be"):
        installer.install("firefox-en-az-tiny")
    nothing_half()


def test_offline_one_line_tells_how_to_carry_a_model_over(
    site: Site, installer: Installer, nothing_half: Callable[[], None]
) -> None:
    """Where nothing answers, the line names what to bring and the command for it."""
    gone = replace(
        installer.fetcher.origins, firefox="http://127.0.0.1:1/models.json", hosts=frozenset({"127.0.0.1:1"})
    )
    offline = replace(installer, fetcher=replace(installer.fetcher, origins=gone))
    with pytest.raises(ModelUnusable, match=r"with no network: .*bring .*`dragoman models install FOLDER`"):
        offline.install("firefox-en-az-tiny")
    nothing_half()


def test_a_full_disk(
    site: Site, installer: Installer, nothing_half: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, and nothing half."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    site.firefox("en-az", "tiny")
    monkeypatch.setattr("toolkit.engines.models.install.write_manifest", full)
    with pytest.raises(ModelUnusable, match=r"No space left on device .check the disk"):
        installer.install("firefox-en-az-tiny")
    nothing_half()


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
    "a pointer": ({"model.bin": b"version https://git-lfs.github.com/spec/v1\n", "spm.model": b"x"}, "git lfs"),
    "no CTranslate2 model": ({"model.bin": b"\xff" * 40, "spm.model": b"x"}, "is no CTranslate2 model"),
    "no vocabulary": ({"model.enaz.bin": sites.MARIAN}, "has no vocab.enaz.spm"),
    "no Marian model": ({"model.enaz.bin": b"x" * 40, "vocab.enaz.spm": b"x"}, "is no Marian model"),
    "other languages": ({"model.ende.bin": sites.MARIAN, "vocab.ende.spm": b"x"}, "other languages"),
    "a strange manifest": ({"model.yaml": b"name: x\n"}, "Field required"),
    "a wild manifest": ({"model.yaml": b"a: &a [1]\nb: *a\n"}, "anchor or alias"),
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


@pytest.mark.parametrize(
    ("what", "names"),
    [
        (
            "recommended",
            ["firefox-az-en-tiny", "firefox-en-az-tiny", "firefox-en-ru-base", "firefox-ru-en-tiny"],
        ),
        ("en-az", ["firefox-en-az-tiny"]),
        ("az-ru", ["firefox-az-en-tiny", "firefox-en-ru-base"]),
        ("hy-ru", ["nllb-200-distilled-600m"]),
        ("argos-ru-en", ["argos-ru-en"]),
        ("hf:a/b", ["hf:a/b"]),
    ],
)
def test_what_names_stand_for(what: str, names: list[str]) -> None:
    """A direction stands for what is recommended for it, through English where none goes straight."""
    assert expand(what) == names


@pytest.mark.parametrize("what", ["", "nothing", "firefox-en-en", "en-az-ru", "opus-mt-en-hy", "..", "a b"])
def test_unknown_names(what: str) -> None:
    """A name that is none is wrong use."""
    with pytest.raises(BadOption):
        expand(what)


def test_a_direction_of_another_language() -> None:
    """Only the four languages are translated."""
    with pytest.raises(UnknownLanguage):
        expand("firefox-en-de")


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
