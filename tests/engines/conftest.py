"""Models that the tests make, once a run, and settings that lead to them and to nothing of the user's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engines.packages import FAMILIES, PAIRS, install_argos, install_family, write_argos_package
from toolkit.settings import Settings, read_settings

SettingsOf = Callable[..., Settings]


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An .argosmodel file for each direction."""
    folder = tmp_path_factory.mktemp("packages")
    return {f"{a}-{b}": write_argos_package(folder / f"{a}_{b}.argosmodel", a, b) for a, b in PAIRS}


@pytest.fixture(scope="session")
def argos_models(packages: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models with an Argos package for each direction."""
    root = tmp_path_factory.mktemp("argos")
    for package in packages.values():
        install_argos(root, package)
    return root


@pytest.fixture(scope="session")
def english_models(packages: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models with the Argos packages into and out of English alone."""
    root = tmp_path_factory.mktemp("english")
    for direction, package in packages.items():
        if "en" in direction:
            install_argos(root, package)
    return root


@pytest.fixture(scope="session")
def family_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models with one multilingual model of each family."""
    root = tmp_path_factory.mktemp("families")
    for family in FAMILIES:
        install_family(root, family)
    return root


@pytest.fixture
def settings_of(tmp_path: Path) -> SettingsOf:
    """Settings for a folder of models, with a home of their own."""

    def make(models: Path, **environment: str) -> Settings:
        return read_settings({"HOME": str(tmp_path), "DRAGOMAN_MODELS": str(models), **environment})

    return make
