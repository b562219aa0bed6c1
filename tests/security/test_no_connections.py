"""The text stays on this machine: nothing opens a connection but a configured server's engine and models install."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engines.packages import install_argos, write_argos_package
from toolkit.cli.main import COMMANDS
from toolkit.languages import Language

ROOT = Path(__file__).parent.parent.parent
NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http.client", "httpx", "requests", "smtplib", "socket", "socketserver", "ssl",
    "urllib.request", "urllib3", "websockets",
}  # fmt: skip
CONNECTS = {
    "create_connection", "create_datagram_endpoint", "create_unix_connection", "open_connection",
    "open_unix_connection", "sock_connect", "sock_sendto",
}  # fmt: skip
"""What asyncio has for that."""
MAY = {"toolkit/engines/outbound.py", "toolkit/engines/models/fetch.py"}
LISTENS = {"serve"}
"""Commands that wait for connections and open none."""

LOOP = {"api": {"asyncio"}, "toolkit": set[str]()}
"""What listens has an event loop; what of it would connect is looked for by name."""

WATCH = """
import importlib, json, pkgutil, sys
FORBIDDEN = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg",
             "urllib.Request", "ftplib.connect", "http.client.connect", "smtplib.connect"}
tried = []
def watch(event, arguments):
    if event in FORBIDDEN:
        tried.append(event)
        raise PermissionError(f"{event} {arguments!r}")
sys.addaudithook(watch)
import api, toolkit
for package in (toolkit, api):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
from toolkit.cli.main import run
codes = []
for line in json.load(sys.stdin):
    try:
        run(line)
    except SystemExit as ending:
        codes.append(ending.code)
print(json.dumps({"codes": codes, "tried": tried}), file=sys.stderr)
"""


def lines(folder: Path) -> list[list[str]]:
    """Every command, at its work."""
    text = folder / "text.txt"
    text.write_text("In Aghdam a fire broke out at dawn. Talks continue in Geneva.", encoding="utf-8")
    other = folder / "other.txt"
    other.write_text("В Агдаме начался пожар на рассвете. В Женеве продолжаются переговоры.", encoding="utf-8")
    archive = folder / "archive.jsonl"
    archive.write_text('{"id": "1", "text": "In Aghdam a fire broke out at dawn."}\n', encoding="utf-8")
    done = ["--out", str(folder / "done"), "--verb", "restyle", "--lang", "en", "--runner", "inline"]
    pack = ROOT / "glossaries"
    found = [
        ["batch", str(archive), *done],
        ["check", str(text), str(other), "--from", "en", "--to", "ru"],
        ["eval", "--source", str(text), "--reference", str(other), "--from", "en", "--to", "ru", "--engine", "memory"],
        ["glossary", "stats", str(pack)],
        ["keys", "list"],
        ["lint", str(text), "--lang", "en"],
        ["memory", "search", "Talks continue.", "--lang", "en"],
        ["models", "list"],
        ["models", "verify"],
        ["names", "find", "Shusha"],
        ["restyle", str(text), "--lang", "en", "--policy", "azerbaijani"],
        ["translate", str(text), "--from", "en", "--to", "ru", "--engine", "argos", "--report", str(folder / "r.html")],
        ["translate", str(text), "--from", "en", "--to", "hy", "--to", "az", "--out", str(folder / "out")],
        ["transliterate", str(text), "--from", "en", "--to", "ru"],
    ]
    return [line for line in found if line[0] in COMMANDS]


def test_every_verb_works_without_a_network(cache: Path, tmp_path: Path) -> None:
    """With connecting and resolving forbidden everything is imported, every command runs, and nothing even tries."""
    models = tmp_path / "models"
    install_argos(models, write_argos_package(tmp_path / "p.argosmodel", Language.EN, Language.RU))
    wanted = lines(tmp_path)
    assert {line[0] for line in wanted} == set(COMMANDS) - LISTENS
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DRAGOMAN_", "XDG_", "ARGOS_"))}
    done = subprocess.run(
        [sys.executable, "-c", WATCH],
        input=json.dumps(wanted),
        env={
            **kept,
            "HOME": str(tmp_path),
            "DRAGOMAN_ARGOS": str(models),
            "DRAGOMAN_CACHE": str(cache),
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stderr.strip().splitlines()[-1])
    assert found["tried"] == []
    assert len(found["codes"]) == len(wanted)
    assert all(code in {0, 1, 3} for code in found["codes"]), (found["codes"], done.stderr)
    assert "В Агдаме начался пожар на рассвете." in done.stdout


@pytest.mark.parametrize("package", ["api", "toolkit"])
def test_only_two_modules_can_connect(package: str) -> None:
    """What can open a connection is imported by the outgoing engines' client and the downloads alone."""
    importers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / package).rglob("*.py")
        if not (NETWORK - LOOP[package]).isdisjoint(imported(path)) or not CONNECTS.isdisjoint(attributes(path))
    }
    assert importers <= MAY


def attributes(path: Path) -> set[str]:
    """The attributes that a file asks for, anywhere in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def imported(path: Path) -> set[str]:
    """The modules that a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names | {name.split(".")[0] for name in names}
