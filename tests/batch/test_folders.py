"""A folder comes out in its own shape, each file in its own format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.batch.conftest import read_errors, run
from toolkit.batch.model import Task

pytestmark = pytest.mark.usefixtures("bare")


def _folder(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def _names(out: Path) -> list[str]:
    return sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file() and ".dragoman" not in p.parts)


def test_a_folder_keeps_its_shape(tmp_path: Path) -> None:
    """Files of all formats, by the same paths; other languages' and hidden ones are left out, broken ones reported."""
    archive = _folder(
        tmp_path / "in",
        {
            "a.md": "# Тихо\r\n", "b/c.ru.html": "<p>Тихо.</p>", "b/c.hy.html": "<p>Հանգիստ։</p>", ".hidden": "x",
            "picture.png": b"\x89PNG\0", "d.docx": b"no archive", "empty.txt": "",
        },
    )  # fmt: skip
    out = tmp_path / "out"
    counts = run(archive, out, Task("restyle", "ru", brief=True))
    assert _names(out) == ["a.ru.md", "b/c.ru.html", "errors.jsonl"]
    assert (out / "a.ru.md").read_bytes() == b"# \xd0\xa2\xd0\xb8\xd1\x85\xd0\xbe\r\n"
    assert [error["place"] for error in read_errors(out)] == ["d.docx", "empty.txt", "picture.png"]
    assert (counts.done, counts.failed, counts.left_out) == (2, 3, 1)


def test_a_file_that_changed_or_went_is_made_again(tmp_path: Path) -> None:
    """The ledger believes the disk: an output that is not there any more, or not as it was, is made anew."""
    archive = _folder(tmp_path / "in", {f"{n}.txt": f"Тихо {n}." for n in range(4)})
    out = tmp_path / "out"
    told = Task("restyle", "ru", brief=True)
    run(archive, out, told)
    (archive / "1.txt").write_text("Громко.", encoding="utf-8")
    (out / "2.ru.txt").unlink()
    (out / "3.ru.txt").write_text("cut", encoding="utf-8")
    counts = run(archive, out, told)
    assert (counts.kept, counts.done) == (1, 3)
    assert [(out / f"{n}.ru.txt").read_text("utf-8") for n in range(4)] == ["Тихо 0.", "Громко.", "Тихо 2.", "Тихо 3."]


def test_two_files_never_become_one(tmp_path: Path) -> None:
    """news.txt and news.ru.txt would be written as the same file: the second is reported."""
    archive = _folder(tmp_path / "in", {"news.ru.txt": "Раз.", "news.txt": "Два."})
    for _ in range(2):
        run(archive, tmp_path / "out", Task("restyle", "ru", brief=True))
        assert (tmp_path / "out" / "news.ru.txt").read_text("utf-8") == "Раз."
        assert [e["place"] for e in read_errors(tmp_path / "out")] == ["news.txt"]


def test_check_finds_the_translation_by_its_name(tmp_path: Path) -> None:
    """news.en.md is compared with news.hy.md beside it; one without a translation is reported."""
    archive = _folder(tmp_path / "in", {"a.en.md": "On 5 May.", "a.hy.md": "Մայիսի 6-ին։", "b.en.md": "Quiet."})
    out = tmp_path / "out"
    run(archive, out, Task("check", "en", ("hy",)))
    assert _names(out) == ["a.hy.md.json", "errors.jsonl"]
    result = json.loads((out / "a.hy.md.json").read_text("utf-8"))
    assert [finding["code"] for finding in result["findings"]] == ["T003"]
    assert result["text"] == "Մայիսի 6-ին։"
    [error] = read_errors(out)
    assert "its name would be b.hy.md" in error["error"]
