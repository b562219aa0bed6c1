"""`glossary new` writes an entry that the glossary can use, and says before what a person should look at."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import CASES
from toolkit.cli.main import _run
from toolkit.glossary.format import format_tree
from toolkit.glossary.pack import load_pack
from toolkit.glossary.validate import Severity, validate

GOSH = ("international.az=Qoş", "international.en=Gosh", "international.hy=Գոշ", "international.ru=Гош")


def _new(root: Path, *options: str, names: tuple[str, ...] = GOSH) -> int:
    named = [word for name in names for word in ("--name", name)]
    return _run(["glossary", "new", "--root", str(root), "--pack", "pack", *named, *options])


def test_a_new_entry_is_canonical_and_valid(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file lies in the folder of its kind, is named for its id, and needs no formatting."""
    assert _new(root, "--kind", "village") == 0
    path = root / "pack" / "village" / "gosh.yaml"
    assert capsys.readouterr().out == f"{path}\n"
    assert path not in format_tree(root, check=True)
    assert [problem for problem in validate(root) if problem.severity is Severity.ERROR] == []
    assert [entry.id for entry in load_pack(root / "pack").entries] == ["goris", "gosh", "shusha-shushi"]


def test_the_id_joins_the_sides_names_in_alphabetical_order(root: Path) -> None:
    """Whichever name is typed first, the id is the same."""
    names = ("azerbaijani.en=Varanda", "armenian.en=Martuni")
    assert _new(root, "--kind", "town", names=names) == 0
    assert (root / "pack/town/martuni-varanda.yaml").is_file()
    assert _new(root, "--kind", "village", names=tuple(reversed(names))) == 0
    assert (root / "pack/village/martuni-varanda-village.yaml").is_file()


def test_grammar_and_likes_are_taken(root: Path) -> None:
    """A text in braces carries its grammar; a usage may share the names of another."""
    names = ("armenian.en=Akna", "armenian.ru={text: Акна, declension: feminine}")
    assert _new(root, "--kind", "city", "--like", "international=armenian", "--contested", names=names) == 0
    written = yaml.safe_load((root / "pack/city/akna.yaml").read_text("utf-8"))
    assert written["contested"] is True
    assert written["names"][0]["ru"] == {"text": "Акна", "declension": "feminine"}
    assert written["names"][1] == {"usage": "international", "like": "armenian"}


WARNED = [
    ("international.ru=Гoш", "error G101"),
    ("international.en=Go\u200bsh", "error G102"),
    ("international.hy=Գոշ եւ Գոշ", "error G104"),
    ("international.ru=Горис", "G303"),
    ("international.ru=Годаш", "G110"),
    ("international.ru={text: Гош, declension: feminine}", "G109"),
    ("international.ru={text: Гош, head: Гоша}", "error G108"),
]


@pytest.mark.parametrize(("name", "said"), WARNED, ids=[said for _, said in WARNED])
def test_what_is_doubtful_is_said(root: Path, name: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each doubt is one line with its code; an entry with an error is not written, one with a warning is."""
    place = name.partition("=")[0]
    names = (*(other for other in GOSH if not other.startswith(place)), name)
    code = _new(root, "--kind", "village", names=names)
    assert said in capsys.readouterr().err
    assert code == (1 if said.startswith("error") else 0)
    assert (root / "pack/village/gosh.yaml").is_file() == (code == 0)


def test_missing_languages_and_names_that_are_there_are_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is there in another script is found, and what is missing is named."""
    assert _new(root, "--kind", "village", names=("international.en=Shoosha",)) == 0
    said = capsys.readouterr().err
    assert "already there: shusha-shushi" in said
    assert "no text in Azerbaijani, Armenian, Russian" in said


def test_the_genitive_shows_what_the_grammar_makes_of_a_name(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A person of the language sees at once whether grammar must be declared."""
    assert _new(root, "--kind", "village", "--dry-run") == 0
    said = capsys.readouterr()
    assert "genitive by the grammar: international ru Гош, Гоша" in said.err
    assert "id: gosh\n" in said.out
    assert not (root / "pack/village").exists()


@pytest.mark.parametrize(
    ("options", "names", "said"),
    [
        (["--kind", "vilage"], GOSH, "none of the allowed words"),
        (["--kind", "village"], ("Gosh",), "write USAGE.LANG=TEXT"),
        (["--kind", "village"], ("international.xx=Gosh",), "no field that can stand here"),
        (["--kind", "village"], ("international.ru=Гош",), "give an English name, or an id"),
        (["--kind", "village", "--id", "Gosh!"], GOSH, "small Latin letters"),
        (["--kind", "village", "--like", "x"], GOSH, "write international=armenian"),
        ([], (), "a kind and a name are needed"),
    ],
    ids=["kind", "name", "language", "no-id", "id", "like", "nothing"],
)
def test_wrong_options_are_one_line(
    root: Path, options: list[str], names: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be an entry is said in one line with its remedy, and nothing is written."""
    before = sorted(root.rglob("*"))
    assert _new(root, *options, names=names) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert sorted(root.rglob("*")) == before


def test_nothing_is_overwritten(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An entry that is there stays as it is."""
    before = (root / "pack/town/goris.yaml").read_bytes()
    assert _new(root, "--kind", "town", "--id", "goris") == 2
    assert "there already" in capsys.readouterr().err
    assert (root / "pack/town/goris.yaml").read_bytes() == before


def _at_a_terminal(root: Path, answers: list[str]) -> str:
    """What a real terminal shows when a person answers the questions of the command."""
    control, terminal = pty.openpty()
    command = [sys.executable, "-m", "toolkit", "glossary", "new", "--root", str(root), "--pack", "pack"]
    environment: dict[str, Any] = {**os.environ, "PYTHONPATH": str(CASES.parents[1]), "TERM": "dumb"}
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, env=environment) as process:
        os.close(terminal)
        os.write(control, "".join(f"{answer}\n" for answer in answers).encode())
        shown = b""
        while True:
            try:
                piece = os.read(control, 4096)
            except OSError:  # the other side has closed: the process has ended
                break
            if not piece:
                break
            shown += piece
    os.close(control)
    assert process.returncode == 0, shown.decode()
    return shown.decode()


def test_at_a_terminal_the_entry_is_asked_for(root: Path) -> None:
    """A person is asked, a wrong letter is pointed out at once and asked for again, and the file is shown first."""
    answers = ["vilage", "village", "international", "Qoş", "Gosh", "Գոշ", "Гoш", "Гош", "", "", "y"]
    shown = _at_a_terminal(root, answers)
    assert "one of agency, airport" in shown
    assert "Russian (by its letters Гош)" in shown
    assert "latin small letter o" in shown
    assert "Write this file?" in shown
    assert "id: gosh" in shown
    assert yaml.safe_load((root / "pack/village/gosh.yaml").read_text("utf-8"))["names"][0]["ru"] == "Гош"
