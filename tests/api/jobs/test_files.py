"""Files of jobs: whole or not at all, inside the store, gone when they should be."""

from __future__ import annotations

import io
import os
from pathlib import Path
from uuid import uuid4

import pytest

from api.jobs.files import SOURCE, JobFiles

ID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def files(tmp_path: Path) -> JobFiles:
    return JobFiles(tmp_path / "jobs")


def test_what_is_accepted_is_read_back(files: JobFiles) -> None:
    """Bytes are kept as they are."""
    files.accept(ID, {SOURCE: io.BytesIO(b"a\0\xff\r\n")})
    assert files.read(ID, SOURCE) == b"a\0\xff\r\n"


@pytest.mark.parametrize("identity", ["..", "../jobs-of-others", "/etc", "a\0b", "", "jobs.sqlite", ID + "/.."])
def test_no_path_is_made_of_what_is_no_id(files: JobFiles, identity: str) -> None:
    """Only ids have folders."""
    with pytest.raises(ValueError, match=r"UUID|null|store"):
        files.accept(identity, {SOURCE: io.BytesIO(b"x")})
    with pytest.raises(ValueError, match=r"UUID|null|store"):
        files.read(identity, SOURCE)


@pytest.mark.parametrize("name", ["../../../secret", "/etc/passwd"])
def test_no_result_is_outside_the_store(files: JobFiles, name: str) -> None:
    """Neither by the name of a file nor by a link that somebody put there."""
    with pytest.raises(ValueError, match="outside"):
        files.result(ID, 1, name)


def test_a_link_out_of_the_store_is_not_followed(files: JobFiles, tmp_path: Path) -> None:
    """A folder that is a link to elsewhere is none of ours; a sibling whose name begins alike neither."""
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs-elsewhere").mkdir()
    (tmp_path / "jobs" / ID).symlink_to(tmp_path / "jobs-elsewhere")
    with pytest.raises(ValueError, match="outside"):
        files.read(ID, SOURCE)


def test_an_attempt_that_breaks_off_leaves_nothing(files: JobFiles) -> None:
    """What was half written is not there, and the next attempt is not disturbed by it."""
    files.accept(ID, {SOURCE: io.BytesIO(b"x")})
    with pytest.raises(OSError, match="full"):
        _break_off(files)
    assert not files.result(ID, 1, "text.ru").exists()
    with files.making(ID, 2) as folder:
        (folder / "text.ru").write_text("whole")
        assert not files.result(ID, 2, "text.ru").exists(), "seen before it was whole"
    assert files.result(ID, 2, "text.ru").read_text() == "whole"


def _break_off(files: JobFiles) -> None:
    with files.making(ID, 1) as folder:
        (folder / "text.ru").write_text("half")
        raise OSError("full")


def test_what_was_left_behind_is_found(files: JobFiles, tmp_path: Path) -> None:
    """Only folders that nobody has touched for long are left over; deleting them leaves the others."""
    other = str(uuid4())
    for identity in (ID, other):
        files.accept(identity, {SOURCE: io.BytesIO(b"x")})
    unfinished = tmp_path / "jobs" / f"{other}.new"
    unfinished.mkdir()
    for path in (tmp_path / "jobs" / ID, unfinished):
        os.utime(path, (1, 1))
    assert files.left_over() == sorted([ID, unfinished.name])
    for name in files.left_over():
        files.delete_left_over(name)
    assert [path.name for path in (tmp_path / "jobs").iterdir()] == [other]
