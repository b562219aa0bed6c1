"""Servers under measurement, each a process of its own: started, ended, and what they use of the machine."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.api_load import Ask, Connection

ROOT = Path(__file__).parent.parent.parent


@contextmanager
def server(command: Sequence[str], environ: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server as a process of its own, ready to answer; ended with the block."""
    # LibreTranslate logs the texts themselves: what servers say is not shown.
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([*command], env={**os.environ, **environ}, cwd=ROOT, stdout=quiet, stderr=quiet)
    try:
        asyncio.run(_ready(process, port))
        yield process
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:  # a document that nobody waits for any more is still being translated
            process.kill()


async def _ready(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit(f"the server ended with {process.returncode}")
        try:
            status, _ = await Connection(port).ask(Ask("GET", "/health"))
            if status == 200:
                return
        except OSError:
            pass
        await asyncio.sleep(0.25)
    raise SystemExit("the server did not start")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def processor_seconds(process: subprocess.Popen[bytes]) -> float:
    """Processor seconds that a process has used: they hardly depend on what else runs on the machine."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(process: subprocess.Popen[bytes]) -> float:
    """Resident megabytes of a process."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024
