"""Settings come from the environment, in one place, by a documented table."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

import toolkit.settings
from toolkit.errors import GlossaryBroken
from toolkit.settings import SETTINGS, Settings, read_settings, share_folder

CHECKOUT = Path(__file__).parent.parent


def test_defaults(tmp_path: Path) -> None:
    """With an empty environment everything has a place, and nothing is made there."""
    settings = read_settings({"HOME": str(tmp_path)})
    assert settings.cache == tmp_path / ".cache" / "dragoman"
    assert settings.models == tmp_path / ".local" / "share" / "dragoman" / "models"
    assert settings.glossaries == CHECKOUT / "glossaries"
    assert settings.policies == CHECKOUT / "glossaries" / "policies"
    assert settings.seeds == CHECKOUT / "seeds"
    assert settings.policy == "follow-source"
    assert list(tmp_path.iterdir()) == []


def test_the_environment_wins(tmp_path: Path) -> None:
    """Each variable of the table sets the field of its name."""
    env = {name: str(tmp_path / name) for name, _, _ in SETTINGS}
    settings = read_settings(env)
    for field in fields(Settings):
        assert str(getattr(settings, field.name)) == env[f"DRAGOMAN_{field.name.upper()}"]


def test_base_folders_follow_xdg(tmp_path: Path) -> None:
    """XDG folders are used where they are absolute, and ignored where they are not."""
    env = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "c"), "XDG_DATA_HOME": "relative"}
    settings = read_settings(env)
    assert settings.cache == tmp_path / "c" / "dragoman"
    assert settings.models == tmp_path / ".local" / "share" / "dragoman" / "models"


def test_empty_values_count_as_not_given(tmp_path: Path) -> None:
    """A variable that is set to nothing changes nothing."""
    empty = {name: " " for name, _, _ in SETTINGS}
    assert read_settings({"HOME": str(tmp_path), **empty}) == read_settings({"HOME": str(tmp_path)})


def test_the_table_has_a_row_for_every_setting_in_alphabetical_order() -> None:
    """What can be set is documented, and nothing else."""
    names = [name for name, _, _ in SETTINGS]
    assert names == sorted(f"DRAGOMAN_{field.name.upper()}" for field in fields(Settings))
    assert all(default and meaning for _, default, meaning in SETTINGS)


def test_settings_are_frozen(tmp_path: Path) -> None:
    """Nobody changes a setting while the program runs."""
    with pytest.raises(FrozenInstanceError):
        read_settings({"HOME": str(tmp_path)}).policy = "dual"  # type: ignore[misc]


def test_an_installed_package_has_its_own_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a wheel the glossaries are inside the package; where there are none, one line says so."""
    monkeypatch.setattr(toolkit.settings, "__file__", str(tmp_path / "site" / "toolkit" / "settings.py"))
    with pytest.raises(GlossaryBroken, match="DRAGOMAN_GLOSSARIES"):
        share_folder()
    share = tmp_path / "site" / "toolkit" / "_share"
    (share / "glossaries").mkdir(parents=True)
    assert share_folder() == share
