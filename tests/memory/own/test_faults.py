"""What goes wrong with a file: one line says what, where and the remedy, and nothing that was stored is lost."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from toolkit.errors import MemoryBroken
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.own import database
from toolkit.memory.own.model import Record
from toolkit.memory.own.store import OwnMemory

EN, RU = Language.EN, Language.RU
BREAD = Record({EN: "Bread was dear.", RU: "Хлеб был дорог."}, "a file")

WRITER = """
import sys
from pathlib import Path
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.own.model import Record
from toolkit.memory.own.store import OwnMemory

memory = OwnMemory(Path(sys.argv[1]), Glossary())
name = sys.argv[2]
for lot in range(int(sys.argv[3])):
    memory.add(
        Record({Language.EN: f"Row {row} of lot {lot} by {name}.", Language.RU: f"Строка {row} от {lot} {name}."}, name)
        for row in range(20)
    )
    print(lot, flush=True)
memory.add([Record({Language.EN: "Both write this.", Language.RU: "Это пишут оба."}, name)])
"""


def _writer(path: Path, name: str, lots: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(lots)], stdout=subprocess.PIPE, text=True
    )


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    """Both make the file, both write, and everything is there once."""
    path = tmp_path / "m.sqlite"
    writers = [_writer(path, name, 15) for name in ("one", "two")]
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    memory = OwnMemory(path, Glossary())
    assert len(memory) == 2 * 15 * 20 + 1
    assert sum(1 for _ in memory.all()) == len(memory)
    assert sum(memory.origins().values()) == len(memory)


def test_a_process_that_is_killed_leaves_whole_lots(tmp_path: Path) -> None:
    """What was written before is there, nothing is half there, and the next process writes on."""
    path = tmp_path / "m.sqlite"
    writer = _writer(path, "one", 10_000)
    assert writer.stdout is not None
    for _ in range(5):
        writer.stdout.readline()
    writer.send_signal(signal.SIGKILL)
    writer.wait(30)
    writer.stdout.close()
    memory = OwnMemory(path, Glossary())
    assert len(memory) >= 5 * 20
    assert len(memory) % 20 == 0
    assert sum(1 for _ in memory.all()) == len(memory)
    assert memory.add([BREAD]).stored == 1


def test_a_locked_memory_is_read_and_says_that_it_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader never waits; a writer gives up after a while, and can try again."""
    monkeypatch.setattr(database, "_PATIENCE", 0.05)
    memory = OwnMemory(tmp_path / "m.sqlite", Glossary())
    memory.add([BREAD])
    with closing(sqlite3.connect(tmp_path / "m.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert memory.search("bread", EN)
        with pytest.raises(MemoryBroken, match="another process is writing"):
            memory.add([Record({EN: "One.", RU: "Раз."}, "x")])
        other.execute("ROLLBACK")
    assert memory.add([Record({EN: "One.", RU: "Раз."}, "x")]).stored == 1


@pytest.mark.parametrize("content", [b"no database at all" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_memory_is_moved_aside(tmp_path: Path, content: bytes) -> None:
    """It is told once, all its bytes are kept beside it, and the next command works with an empty one."""
    path = tmp_path / "m.sqlite"
    path.write_bytes(content)
    with pytest.raises(MemoryBroken, match="damaged; it was moved to"):
        OwnMemory(path, Glossary())
    [kept] = tmp_path.glob("m.sqlite.damaged-*")
    assert kept.read_bytes() == content
    assert len(OwnMemory(path, Glossary())) == 0


def test_damage_inside_is_found_when_it_is_met(tmp_path: Path) -> None:
    """A file that breaks in the middle is moved aside too, with its log."""
    path = tmp_path / "m.sqlite"
    memory = OwnMemory(path, Glossary())
    memory.add(Record({EN: f"Row {row} of many.", RU: f"Строка {row} из многих."}, "x") for row in range(400))
    memory.close()
    data = bytearray(path.read_bytes())
    data[4096 * 2 :] = b"\x00" * (len(data) - 4096 * 2)
    path.write_bytes(data)
    with pytest.raises(MemoryBroken, match="moved to"):
        list(OwnMemory(path, Glossary()).all())
    assert [kept.read_bytes() for kept in tmp_path.glob("m.sqlite.damaged-*[0-9Z]")] == [bytes(data)]


def test_another_version_and_another_programs_file_are_left_alone(tmp_path: Path) -> None:
    """Neither is changed or moved."""
    path = tmp_path / "m.sqlite"
    OwnMemory(path, Glossary()).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")
        other.commit()
    with pytest.raises(MemoryBroken, match="format 99"):
        OwnMemory(path, Glossary())
    foreign = tmp_path / "foreign.sqlite"
    with closing(sqlite3.connect(foreign)) as other:
        other.execute("CREATE TABLE recipe (bread TEXT)")
    before = foreign.read_bytes()
    with pytest.raises(MemoryBroken, match="another program"):
        OwnMemory(foreign, Glossary())
    assert foreign.read_bytes() == before
    assert path.exists()


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """What does not fit is not stored, in whole lots; what was there is there."""
    memory = OwnMemory(tmp_path / "m.sqlite", Glossary())
    memory.add([BREAD])
    pages = memory._database.rows("PRAGMA page_count")[0][0]
    memory._database.rows(f"PRAGMA max_page_count = {pages + 3}")
    many = [Record({EN: f"Row {row} of many rows.", RU: f"Строка {row} из многих."}, "x") for row in range(450)]
    with pytest.raises(MemoryBroken, match="no room on the disk"):
        memory.add(many)
    assert [stored.record.sides for stored in memory.all()] == [BREAD.sides]
    memory._database.rows("PRAGMA max_page_count = 1000000")
    assert memory.add(many).stored == 450


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A path through a file is told as what it is."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(MemoryBroken, match="DRAGOMAN_MEMORY"):
        OwnMemory(tmp_path / "file" / "m.sqlite", Glossary())


def test_every_error_is_one_line(tmp_path: Path) -> None:
    """What, where and the remedy."""
    path = tmp_path / "m.sqlite"
    path.write_bytes(b"x" * 5000)
    with pytest.raises(MemoryBroken) as told:
        OwnMemory(path, Glossary())
    assert "\n" not in str(told.value)
    assert str(path) in str(told.value)
    assert told.value.remedy
