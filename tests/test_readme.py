"""The README tells the truth: every console block prints what it shows, every setting is listed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from api.settings import SETTINGS as API_SETTINGS
from toolkit.settings import SETTINGS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    (command, output)
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
]


@pytest.mark.parametrize(("command", "output"), COMMANDS, ids=[command[:60] for command, _ in COMMANDS])
def test_a_command_prints_what_the_readme_shows(command: str, output: str, cache: Path) -> None:
    """Run as a reader would, from the project's folder."""
    line = command.replace("dragoman ", f"{shlex.quote(sys.executable)} -m toolkit ")
    run = subprocess.run(
        ["bash", "-c", line],
        cwd=ROOT,
        env={**os.environ, "DRAGOMAN_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout == output


def test_every_setting_is_in_the_readme() -> None:
    """The table lists all environment variables, alphabetical, with default and meaning."""
    rows = re.findall(r"^\| `(DRAGOMAN_\w+)` \| (.*?) \| (.*?) \|$", README, re.MULTILINE)
    wanted = [(setting.name, setting.default, setting.meaning) for setting in sorted((*SETTINGS, *API_SETTINGS))]
    assert rows == wanted
