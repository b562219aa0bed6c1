"""What others unpacked or spoilt is listed as it is: packages of Argos Translate, models that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.models import site as sites
from tests.engines.models.site import Site
from tests.engines.packages import install_argos
from toolkit.cli.main import run
from toolkit.engines.models.install import Installer
from toolkit.engines.models.listing import Row, list_models
from toolkit.engines.models.remove import remove
from toolkit.engines.models.verify import verify
from toolkit.errors import BadOption
from toolkit.settings import Settings, read_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(
        {"HOME": str(tmp_path), "DRAGOMAN_MODELS": str(tmp_path / "models"), "DRAGOMAN_ARGOS": str(tmp_path / "argos")}
    )


def row(settings: Settings, name: str, direction: str) -> Row:
    (listed,) = list_models(settings, [direction], only_installed=True)
    return next(one for one in listed.rows if one.name == name)


def test_packages_of_argos_translate_are_listed(settings: Settings, packages: dict[str, Path]) -> None:
    """Installed is what the engine finds, with its published figures; nobody recorded its checksums, and only the
    program that put it there takes it away."""
    install_argos(settings.argos, packages["en-ru"])
    found = row(settings, "argos-en-ru", "en-ru")
    assert (found.comet, found.note) == (0.848, "installed by Argos Translate")
    (verdict,) = verify(settings, ["argos-en-ru"])
    assert verdict.problems == ()
    assert "model/model.bin" in verdict.unrecorded
    with pytest.raises(BadOption, match="argospm remove translate-en_ru"):
        remove(settings, ["argos-en-ru"])


def test_a_package_unpacked_among_the_models(settings: Settings, packages: dict[str, Path]) -> None:
    """It is listed, no fault to `verify`, and removed by either name."""
    for version in ("argos-en-hy", "translate-en_hy-1.0"):
        folder = install_argos(settings.models, packages["en-hy"])
        assert row(settings, "argos-en-hy", "en-hy").installed
        assert [verdict.problems for verdict in verify(settings)] == [()]
        remove(settings, [version])
        assert not folder.exists()


def test_a_spoilt_description_of_a_package(settings: Settings, packages: dict[str, Path]) -> None:
    """`verify` says which package it is."""
    folder = install_argos(settings.models, packages["en-hy"])
    (folder / "metadata.json").write_text("[" * 60_000)
    (verdict,) = verify(settings)
    assert verdict.name == folder.name
    assert "is no description of a package" in verdict.problems[0]


def test_a_model_that_cannot_be_used_is_listed_as_such(
    site: Site,
    installer: Installer,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The list says of an installed model what is wrong with it; and of a folder that says not what it is, that."""
    site.firefox("en-az", "tiny")
    (outcome,) = installer.install("firefox-en-az-tiny")
    (outcome.folder / "vocab.enaz.spm").unlink()
    (settings.models / "strange").mkdir()
    (settings.models / "strange" / "model.bin").write_bytes(sites.CTRANSLATE)
    assert row(settings, "firefox-en-az-tiny", "en-az").fault == "the model has no file vocab.enaz.spm"
    monkeypatch.setenv("DRAGOMAN_MODELS", str(settings.models))
    with pytest.raises(SystemExit) as caught:
        run(["models", "list", "en-az"])
    assert not caught.value.code
    said = capsys.readouterr()
    assert "[installed, but BROKEN: the model has no file vocab.enaz.spm; recommended]" in said.out
    assert "strange: is no model: it has no model.yaml" in said.err


def test_the_size_of_what_is_installed_is_its_own(site: Site, installer: Installer, settings: Settings) -> None:
    """What can be had has about the size of the catalogue."""
    site.firefox("en-az", "tiny")
    (listed,) = list_models(settings, ["en-az"])
    assert {one.name: one.size for one in listed.rows}["firefox-en-az-tiny"] == 21
    installer.install("firefox-en-az-tiny")
    assert row(settings, "firefox-en-az-tiny", "en-az").size == 1


def test_what_was_installed_is_told_before_what_fails(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of several models each is told when it is there."""
    site.firefox("en-az", "tiny")
    monkeypatch.setenv("DRAGOMAN_MODELS", str(settings.models))
    monkeypatch.setenv("DRAGOMAN_MODELS_MIRROR", site.base)
    with pytest.raises(SystemExit) as caught:
        run(["models", "install", "firefox-en-az-tiny", "firefox-en-ru-tiny"])
    assert caught.value.code == 4
    said = capsys.readouterr()
    assert said.out.startswith("firefox-en-az-tiny installed: ")
    assert "has no released model en-ru" in said.err
