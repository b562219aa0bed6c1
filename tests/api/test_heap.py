"""Memory that nobody uses any more goes back to the system."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCENE = """
import threading
from pathlib import Path
from api.heap import give_back, keep_few_heaps

def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

def burst():
    texts = [bytes(2_000) for _ in range(10_000)]
    kept.append(texts.pop())  # at the end of the heap, so that what is before it is not given back by itself

keep_few_heaps()
kept = []
threads = [threading.Thread(target=burst) for _ in range(4)]
for thread in threads:
    thread.start()
    thread.join()
after = resident()
give_back()
print(after - resident())
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells of its memory in another way")
def test_what_is_free_is_given_back() -> None:
    """After a burst in several threads the heap shrinks, although something small stays at its end."""
    run = subprocess.run([sys.executable, "-c", SCENE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(run.stdout) > 5_000, "kilobytes"
