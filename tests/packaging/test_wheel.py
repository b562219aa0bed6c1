"""The wheel is whole: it carries glossaries and seeds, and works in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by its own build backend and unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    wheel = next(folder.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_works_in_an_empty_folder(unpacked: Path, tmp_path: Path) -> None:
    """`dragoman` finds its glossaries inside the package, with no checkout around."""
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "DRAGOMAN_CACHE": str(tmp_path / "cache")}
    run = subprocess.run(
        [sys.executable, "-m", "toolkit", "restyle", "-", "--lang", "ru", "--policy", "azerbaijani"],
        cwd=tmp_path,
        env=environment,
        input="По дороге к Степанакерту тихо.\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "По дороге к Ханкенди тихо.\n"


def test_the_wheel_carries_what_the_toolkit_reads(unpacked: Path) -> None:
    """Packs, policies, seeds, schemes, templates and licences are inside."""
    share = unpacked / "toolkit" / "_share"
    assert (share / "glossaries" / "south-caucasus" / "pack.yaml").is_file()
    assert (share / "glossaries" / "policies" / "follow-source.yaml").is_file()
    assert list((share / "seeds" / "memory").glob("*.jsonl"))
    assert (unpacked / "toolkit" / "translit" / "data" / "hy-en-press.yaml").is_file()
    assert (unpacked / "toolkit" / "pipeline" / "templates" / "report.html.j2").is_file()
    assert (unpacked / "toolkit" / "site" / "templates" / "entity.html.j2").is_file()
    assert {path.name for path in (unpacked / "toolkit" / "site" / "static").iterdir()} == {"site.css", "site.js"}
    licences = {path.name for path in unpacked.glob("*.dist-info/licenses/**/LICENSE")}
    assert licences == {"LICENSE"}
