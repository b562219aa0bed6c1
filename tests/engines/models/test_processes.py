"""Installs that are killed or run side by side, in real processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.engines.models import site as sites
from tests.engines.models.site import Site, body
from toolkit.engines.models.install import Installer
from toolkit.engines.models.installed import installed_models
from toolkit.engines.models.placing import hold
from toolkit.engines.models.remove import remove
from toolkit.engines.models.verify import verify
from toolkit.settings import Settings

MODEL = "/files/models/en-az/tiny/model.enaz.intgemm.alphas.bin.gz"


def dragoman(site: Site, settings: Settings, *words: str) -> subprocess.Popen[str]:
    """The command in a process of its own, with the site as its mirror."""
    env = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    env |= {"DRAGOMAN_MODELS": str(settings.models), "DRAGOMAN_MODELS_MIRROR": site.base}
    command = [sys.executable, "-m", "toolkit", *words]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(1500):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it did not come to that")


def test_a_killed_install_leaves_nothing_half_and_is_gone_on_with(site: Site, settings: Settings) -> None:
    """Killed in the middle of a download: no model is there; the next install asks only for the rest."""
    files = site.firefox("en-az", "tiny")
    data = files[MODEL.removeprefix("/files/")]
    release = threading.Event()
    site.answers[MODEL] = sites.stall(data, 100_000, release)
    process = dragoman(site, settings, "models", "install", "firefox-en-az-tiny")
    downloads = settings.models / ".downloads"
    wait_for(lambda: any(path.stat().st_size >= 90_000 for path in downloads.glob("*.part")))
    process.kill()
    process.communicate()
    release.set()
    assert installed_models(settings) == []
    assert [path.name for path in settings.models.iterdir() if not path.name.startswith(".")] == []

    site.answers[MODEL] = body(data)
    again = dragoman(site, settings, "models", "install", "firefox-en-az-tiny")
    out, err = again.communicate(timeout=60)
    assert (again.returncode, err) == (0, "")
    assert out.startswith("firefox-en-az-tiny installed: ")
    last = [headers for path, headers in site.asked if path == MODEL][-1]
    assert int(last["Range"].removeprefix("bytes=").removesuffix("-")) > 0
    assert [verdict.problems for verdict in verify(settings)] == [()]
    assert sorted(path.name for path in settings.models.iterdir()) == [".downloads", ".lock", "firefox-en-az-tiny"]
    assert list(downloads.iterdir()) == []


def test_two_installs_at_once(site: Site, settings: Settings) -> None:
    """One waits for the other, both end well, and there is one whole model."""
    site.firefox("en-az", "tiny")
    both = [dragoman(site, settings, "models", "install", "firefox-en-az-tiny") for _ in range(2)]
    ended = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], ended
    assert [verdict.problems for verdict in verify(settings)] == [()]
    assert site.paths().count(MODEL) == 1


def test_what_killed_processes_left_is_cleared(site: Site, installer: Installer, settings: Settings) -> None:
    """Hidden leftovers go; a model that was being replaced when its process died is put back."""
    site.firefox("en-az", "tiny")
    installer.install("firefox-en-az-tiny")
    root = settings.models
    for name in (".staging/abc", ".removed/model", ".replaced"):
        (root / name).mkdir(parents=True)
    (root / "firefox-en-az-tiny").rename(root / ".replaced" / "firefox-en-az-tiny")
    with hold(root):
        pass
    assert sorted(path.name for path in root.iterdir()) == [".downloads", ".lock", "firefox-en-az-tiny"]
    assert [verdict.problems for verdict in verify(settings)] == [()]


def test_removing_is_clean(site: Site, installer: Installer, settings: Settings) -> None:
    """Nothing of a removed model is left, and the others stay."""
    site.firefox("en-az", "tiny")
    installer.install("firefox-en-az-tiny")
    site.argos("en-az")
    installer.install("argos-en-az")
    remove(settings, ["firefox-en-az-tiny"])
    assert sorted(path.name for path in settings.models.iterdir()) == [".downloads", ".lock", "argos-en-az"]
    assert [model.name for model in installed_models(settings)] == ["argos-en-az"]


def test_a_folder_that_cannot_be_written_to(site: Site, tmp_path: Path, settings: Settings) -> None:
    """A file where the folder should be is one line and exit code 4."""
    settings.models.parent.mkdir(parents=True, exist_ok=True)
    settings.models.write_bytes(b"a file")
    process = dragoman(site, settings, "models", "install", "firefox-en-az-tiny")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 4
    assert err.count("\n") == 1
    assert "DRAGOMAN_MODELS" in err
