"""verify and remove: a changed byte is found, a wrong name touches nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engines.models.site import Site
from toolkit.engines.models.install import Installer
from toolkit.engines.models.installed import InstalledModel, installed_models
from toolkit.engines.models.remove import remove
from toolkit.engines.models.verify import verify
from toolkit.errors import BadOption, ModelUnusable
from toolkit.settings import Settings


def flip(model: InstalledModel) -> None:
    path = model.folder / "model.enaz.intgemm.alphas.bin"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def link(model: InstalledModel) -> None:
    path = model.folder / "vocab.enaz.spm"
    path.rename(model.folder.parent / ".elsewhere")
    path.symlink_to(model.folder.parent / ".elsewhere")


DAMAGE: dict[str, tuple[Callable[[InstalledModel], object], str]] = {
    "a changed byte": (flip, "model.enaz.intgemm.alphas.bin has changed"),
    "a missing file": (lambda model: (model.folder / "vocab.enaz.spm").unlink(), "vocab.enaz.spm is missing"),
    "a link": (link, "vocab.enaz.spm is missing"),
    "a file more": (lambda model: (model.folder / "x.sh").write_text("x"), "x.sh is no file of the model"),
    "no manifest": (lambda model: (model.folder / "model.yaml").unlink(), "is no model: it has no model.yaml"),
    "an empty manifest": (lambda model: (model.folder / "model.yaml").write_text(""), "is empty"),
    "renamed": (lambda model: model.folder.rename(model.folder.with_name("other")), "calls itself firefox-en-az-tiny"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_found(site: Site, installer: Installer, settings: Settings, kind: str) -> None:
    """Whatever differs from what was installed is told."""
    site.firefox("en-az", "tiny")
    installer.install("firefox-en-az-tiny")
    damage, message = DAMAGE[kind]
    damage(installed_models(settings)[0])
    (verdict,) = verify(settings)
    assert any(message in problem for problem in verdict.problems), verdict


def test_a_manifest_by_hand_records_no_hashes(settings: Settings) -> None:
    """What cannot be compared is not called ok: the files are named."""
    folder = settings.models / "by-hand"
    folder.mkdir(parents=True)
    for file in ("model.bin", "vocab.spm"):
        (folder / file).write_bytes(b"x")
    (folder / "model.yaml").write_text("engine: firefox\nfrom: en\nto: ru\nfiles: {model.bin: , vocab.spm: }\n")
    (verdict,) = verify(settings)
    assert (verdict.problems, verdict.unrecorded) == ((), ("model.bin", "vocab.spm"))


def test_engines_are_told_of_a_missing_file(site: Site, installer: Installer, settings: Settings) -> None:
    """Asking an installed model for a file that has gone is one line with exit code 4."""
    site.firefox("en-az", "tiny")
    installer.install("firefox-en-az-tiny")
    (model,) = installed_models(settings)
    (model.folder / "vocab.enaz.spm").unlink()
    with pytest.raises(ModelUnusable, match="dragoman models install firefox-en-az-tiny"):
        model.path("vocab.enaz.spm")
    with pytest.raises(ModelUnusable):
        model.path("../../etc/passwd")


@pytest.mark.parametrize("name", ["nothing", "..", ".", ".downloads", "../models", "/", ""])
def test_only_what_is_installed_is_removed(site: Site, installer: Installer, settings: Settings, name: str) -> None:
    """A name that is not listed removes nothing, not even what is named beside it."""
    site.firefox("en-az", "tiny")
    installer.install("firefox-en-az-tiny")
    with pytest.raises(BadOption):
        remove(settings, ["firefox-en-az-tiny", name])
    assert len(installed_models(settings)) == 1


def test_a_broken_model_can_be_removed(settings: Settings) -> None:
    """Also what has no manifest."""
    (settings.models / "broken").mkdir(parents=True)
    remove(settings, ["broken"])
    assert not (settings.models / "broken").exists()


def test_where_nothing_is_installed(settings: Settings, tmp_path: Path) -> None:
    """Asking makes no folder."""
    assert installed_models(settings) == []
    assert verify(settings) == []
    with pytest.raises(BadOption):
        verify(settings, ["nothing"])
    assert not settings.models.exists()
