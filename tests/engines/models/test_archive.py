"""Packages from strangers: refused whole where they are hostile, and nothing ever leaves their folder."""

from __future__ import annotations

import contextlib
import gzip
import io
import re
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.models import site as sites
from toolkit.engines.models.archive import Caps, unpack
from toolkit.engines.models.install import Installer
from toolkit.engines.models.kinds import ARGOS
from toolkit.engines.models.unwrap import unwrap
from toolkit.errors import ModelUnusable
from toolkit.settings import Settings

ANYTHING = (re.compile(".*", re.DOTALL),)
SMALL = Caps(members=50, total=4 << 20, ratio=50, ratio_from=1 << 16)


def with_member(name: str, data: bytes = b"x", *, mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A good package and one more member."""
    stream = io.BytesIO(sites.argos_package())
    info = zipfile.ZipInfo("placeholder")
    info.filename = info.orig_filename = name
    info.compress_type = method
    info.external_attr = mode << 16
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(info, data)
    return stream.getvalue()


def doubled() -> bytes:
    stream = io.BytesIO(sites.argos_package())
    with zipfile.ZipFile(stream, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("en_az/metadata.json", b"{}")
    return stream.getvalue()


def many() -> bytes:
    return sites.zipped({f"en_az/{number}": b"" for number in range(60)})


def lying() -> bytes:
    """A member whose directory entry says that it is small."""
    data = bytearray(sites.zipped({"en_az/model/model.bin": bytes(3 << 20)}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


def encrypted() -> bytes:
    data = bytearray(sites.argos_package())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def damaged() -> bytes:
    data = bytearray(sites.zipped({"en_az/bpe.model": bytes(range(256)) * 40}))
    data[70] ^= 0xFF
    return bytes(data)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "climbing": (lambda: with_member("en_az/../../evil"), "leads out"),
    "climbing at the start": (lambda: with_member("../evil"), "leads out"),
    "absolute": (lambda: with_member("/evil"), "leads out"),
    "a drive": (lambda: with_member("C:evil"), "leads out"),
    "backslashes": (lambda: with_member("..\\evil"), "leads out"),
    "a dot": (lambda: with_member("en_az/./metadata.json"), "leads out"),
    "an empty part": (lambda: with_member("en_az//metadata.json"), "leads out"),
    "a link": (lambda: with_member("en_az/bpe.model", b"/etc/passwd", mode=stat.S_IFLNK | 0o777), "a link"),
    "a device": (lambda: with_member("en_az/bpe.model", mode=stat.S_IFCHR | 0o666), "a link or device"),
    "a fifo": (lambda: with_member("en_az/bpe.model", mode=stat.S_IFIFO | 0o666), "a link or device"),
    "twice": (doubled, "twice"),
    "twice but for capitals": (lambda: with_member("en_az/Metadata.JSON"), "twice"),
    "too many": (many, "60 members, more than 50"),
    "a bomb": (lambda: sites.zipped({"en_az/model/model.bin": bytes(3 << 20)}), "over 50 times its size"),
    "too much": (lambda: sites.zipped({"en_az/bpe.model": bytes(5 << 20)}), "more than 4,194,304 bytes"),
    "lying about its size": (lying, "no whole zip|over 50 times"),
    "encrypted": (encrypted, "encrypted"),
    "packed by bzip2": (lambda: with_member("en_az/x", method=zipfile.ZIP_BZIP2), "unusual way"),
    "packed by lzma": (lambda: with_member("en_az/x", method=zipfile.ZIP_LZMA), "unusual way"),
    "cut off": (lambda: sites.argos_package()[:-30], "no whole zip"),
    "cut off early": (lambda: sites.argos_package()[:200], "no whole zip"),
    "damaged inside": (damaged, "no whole zip"),
    "no zip": (lambda: b"something else", "no whole zip"),
    "empty": (lambda: b"", "no whole zip"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_package_is_refused(tmp_path: Path, kind: str) -> None:
    """One line, and nothing outside the folder."""
    make, message = HOSTILE[kind]
    package = tmp_path / "package.argosmodel"
    package.write_bytes(make())
    folder = tmp_path / "inner" / "folder"
    folder.mkdir(parents=True)
    with pytest.raises(ModelUnusable, match=message) as caught:
        unpack(package, folder, ANYTHING, SMALL)
    assert caught.value.exit_code == 4
    assert {path.name for path in tmp_path.iterdir()} == {"package.argosmodel", "inner"}
    assert [path.name for path in (tmp_path / "inner").iterdir()] == ["folder"]


@pytest.mark.parametrize("kind", ["climbing", "a link", "cut off", "damaged inside", "twice"])
def test_a_hostile_package_installs_nothing(
    installer: Installer, settings: Settings, tmp_path: Path, nothing_half: Callable[[], None], kind: str
) -> None:
    """The same through the whole way of installing."""
    package = tmp_path / "package.argosmodel"
    package.write_bytes(HOSTILE[kind][0]())
    with pytest.raises(ModelUnusable):
        installer.install(str(package))
    nothing_half()


def test_only_what_is_allowed_reaches_the_disk(tmp_path: Path) -> None:
    """Other members are no fault, and are not unpacked."""
    package = tmp_path / "package.zip"
    package.write_bytes(with_member("en_az/run.sh", b"#!/bin/sh"))
    folder = tmp_path / "folder"
    folder.mkdir()
    taken = unpack(package, folder, ARGOS)
    assert taken == [
        "README.md",
        "metadata.json",
        "model/model.bin",
        "model/shared_vocabulary.json",
        "sentencepiece.model",
    ]
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == taken


def test_what_a_desktop_packs_along_is_passed_over(tmp_path: Path) -> None:
    """A folder that was packed by hand has further folders around it, and a Mac's or Windows' own files."""
    files = {f"models/en_az/{path}": data for path, data in sites.argos_files().items()}
    extra = {"__MACOSX/models/en_az/._metadata.json": b"x", "models/.DS_Store": b"x", "models/en_az/Thumbs.db": b"x"}
    package = tmp_path / "package.zip"
    package.write_bytes(sites.zipped({**extra, **files}))
    (tmp_path / "folder").mkdir()
    assert "model/model.bin" in unpack(package, tmp_path / "folder", ARGOS)


NAMES = st.lists(
    st.text(st.sampled_from("ab./\\:~ é\u202e"), min_size=1, max_size=8) | st.sampled_from(["..", "/", "a/../.."]),
    min_size=1,
    max_size=3,
).map("/".join)


@given(st.lists(NAMES, min_size=1, max_size=4, unique=True))
@settings(max_examples=60, deadline=None)
def test_no_name_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    """Whatever members are called, every file written is below the folder."""
    outer = tmp_path_factory.mktemp("archive")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            info = zipfile.ZipInfo("x")
            info.filename = info.orig_filename = name
            archive.writestr(info, b"data")
    (outer / "package.zip").write_bytes(stream.getvalue())
    folder = outer / "in" / "folder"
    folder.mkdir(parents=True)
    with contextlib.suppress(ModelUnusable, OSError):
        unpack(outer / "package.zip", folder, ANYTHING, SMALL)
    assert {path.name for path in outer.iterdir()} == {"package.zip", "in"}
    assert [path.name for path in (outer / "in").iterdir()] == ["folder"]


@given(st.binary(max_size=300), st.integers(0, 2))
@settings(max_examples=60, deadline=None)
def test_packed_or_not_the_same_comes_out(tmp_path_factory: pytest.TempPathFactory, data: bytes, times: int) -> None:
    """A file is the same whether it came packed once, twice or not at all."""
    if data.startswith(b"\x1f\x8b"):
        return
    folder = tmp_path_factory.mktemp("unwrap")
    packed = data
    for _ in range(times):
        packed = gzip.compress(packed)
    (folder / "part").write_bytes(packed)
    assert unwrap(folder / "part", folder / "file", limit=300, where="here").read_bytes() == data
    assert [path.name for path in folder.iterdir()] == ["file"]
