"""A download survives a poor connection; an answer that is no good, or none at all, leaves nothing behind."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.engines.models import site as sites
from tests.engines.models.site import Answer, Site, body
from toolkit.engines.models.install import Installer
from toolkit.engines.models.installed import installed_models
from toolkit.engines.models.verify import verify
from toolkit.errors import ModelUnusable
from toolkit.settings import Settings

MODEL = "/files/models/en-az/tiny/model.enaz.intgemm.alphas.bin.gz"


GOOD: dict[str, Callable[[bytes], Answer]] = {
    "already unpacked on the way": body,
    "packed": lambda data: body(gzip.compress(data)),
    "packed once more on the way": lambda data: sites.packed_on_the_way(gzip.compress(data)),
    "cut in the middle": lambda data: sites.cut(gzip.compress(data), 300, body(gzip.compress(data, mtime=0))),
    "cut, and no parts to be had": lambda data: sites.cut(data, 70_000, body(data, ranges=False)),
    "cut twice": lambda data: sites.cut(data, 100_000, body(data), times=2),
    "busy at first": lambda data: sites.cut(b"x", 0, body(data)),
}


@pytest.mark.parametrize("kind", GOOD)
def test_a_poor_connection_is_survived(site: Site, installer: Installer, settings: Settings, kind: str) -> None:
    """Packed or not, in one piece or in several: the file that comes out is the right one."""
    files = site.firefox("en-az", "tiny")
    site.answers[MODEL] = GOOD[kind](files[MODEL.removeprefix("/files/")])
    installer.install("firefox-en-az-tiny")
    assert [verdict.problems for verdict in verify(settings)] == [()]


def test_a_cut_download_goes_on_where_it_was(site: Site, installer: Installer) -> None:
    """The second request asks for the rest by Range, on condition that the file is still the same."""
    files = site.firefox("en-az", "tiny")
    data = files[MODEL.removeprefix("/files/")]
    site.answers[MODEL] = sites.cut(data, 100_000, body(data))
    installer.install("firefox-en-az-tiny")
    second = [headers for path, headers in site.asked if path == MODEL][1]
    assert second["Range"] == "bytes=100000-"
    assert second["If-Range"] == f'"{sites.sha256(data)[:12]}"'


BAD: dict[str, tuple[Callable[[bytes], Answer], str]] = {
    "wrong bytes of the right length": (lambda data: body(b"X" + data[1:]), "is not what it should be: its sha256"),
    "too short": (lambda data: body(data[:-1]), "bytes instead of"),
    "too long": (lambda data: body(data + b"\0"), "than the|instead of"),
    "announced far too long": (lambda data: body(data * 3), "larger than"),
    "endless": (lambda _: sites.endless, "larger than"),
    "a gzip bomb": (lambda data: body(gzip.compress(data + bytes(30_000_000))), "unpacks to more than"),
    "a truncated gzip": (lambda data: body(gzip.compress(data)[:-9]), "broken gzip"),
    "garbage after the gzip": (lambda data: body(gzip.compress(data) + b"garbage"), "broken gzip"),
    "a web page": (lambda _: body(b"<!DOCTYPE html><title>Log in</title>"), "is a web page"),
    "a web page that says so": (lambda _: body(b"Log in", kind="text/html; charset=utf-8"), "is a web page"),
    "not there": (lambda _: sites.status(404), "is not there any more"),
    "forbidden": (lambda _: sites.status(403), "the server answered 403"),
    "always broken": (lambda _: sites.status(500), "the server answered 500"),
    "sent elsewhere": (lambda _: sites.redirect("https://evil.example/model.bin"), "leads to https://evil.example"),
    "sent to this machine's other port": (lambda _: sites.redirect("http://127.0.0.1:9/x"), "leads to http"),
    "sent to a file": (lambda _: sites.redirect("file:///etc/passwd"), "leads to file:"),
    "sent nowhere": (lambda _: sites.redirect("//["), "no address|leads to"),
    "sent in a circle": (lambda _: sites.redirect(MODEL), "without end"),
    "dripping": (lambda data: sites.drip(data[:400], 0.01), "comes too slowly"),
    "silent": (lambda data: sites.stall(data, 0, threading.Event()), "cannot be downloaded"),
    "always cut": (lambda data: sites.cut(data, 10, body(data), times=1000), "connection was cut|cannot be downloaded"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_answer_installs_nothing(
    site: Site, installer: Installer, nothing_half: Callable[[], None], kind: str
) -> None:
    """One line says what is wrong, with exit code 4, and no part of a model is left."""
    files = site.firefox("en-az", "tiny")
    make, message = BAD[kind]
    site.answers[MODEL] = make(files[MODEL.removeprefix("/files/")])
    with pytest.raises(ModelUnusable, match=message) as caught:
        installer.install("firefox-en-az-tiny")
    assert caught.value.exit_code == 4
    assert "\n" not in str(caught.value)
    nothing_half()


def test_a_redirect_within_the_site_is_followed(site: Site, installer: Installer, settings: Settings) -> None:
    """Registries keep their files behind redirects."""
    site.firefox("en-az", "tiny")
    site.answers["/elsewhere"] = site.answers[MODEL]
    site.answers[MODEL] = sites.redirect("/elsewhere")
    installer.install("firefox-en-az-tiny")
    assert len(installed_models(settings)) == 1


def test_offline_one_line_tells_how_to_carry_a_model_over(
    site: Site, installer: Installer, nothing_half: Callable[[], None]
) -> None:
    """Where nothing answers, the line names what to bring and the command for it."""
    gone = replace(
        installer.fetcher.origins, firefox="http://127.0.0.1:1/models.json", hosts=frozenset({"127.0.0.1:1"})
    )
    offline = replace(installer, fetcher=replace(installer.fetcher, origins=gone))
    with pytest.raises(ModelUnusable, match=r"with no network: .*bring .*`dragoman models install FOLDER`"):
        offline.install("firefox-en-az-tiny")
    nothing_half()


def test_a_full_disk(
    site: Site, installer: Installer, nothing_half: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line, and nothing half."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    site.firefox("en-az", "tiny")
    monkeypatch.setattr("toolkit.engines.models.install.write_manifest", full)
    with pytest.raises(ModelUnusable, match=r"No space left on device .check the disk"):
        installer.install("firefox-en-az-tiny")
    nothing_half()
