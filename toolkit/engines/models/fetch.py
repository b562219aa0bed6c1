"""Downloads: the one place that opens a connection to the network outside a newsroom's own servers.

A file comes into a `.part`, is counted and hashed as it comes, and gets its name only when it is whole and right.
What a cut connection left is asked for by Range; what a killed process left is gone on with where the server says that
it is still the same file.
"""

from __future__ import annotations

import hashlib
import re
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from toolkit.engines.models.hashing import sha256_of
from toolkit.engines.models.origins import Origins
from toolkit.engines.models.unwrap import unwrap
from toolkit.errors import ModelUnusable

if TYPE_CHECKING:
    import httpx

Progress = Callable[[str, int, int | None], None]
"""Told (what, bytes so far, bytes in all if known)."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PROGRESS = 1 << 16
"""Bytes that a try must bring to count as one that got on."""
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a server."""

    connect: float = 15.0
    read: float = 30.0
    attempts: int = 4
    """Tries in a row that brought nothing new."""
    pause: float = 1.0
    """Seconds before the second try; doubled each time."""
    slowest: float = 1024.0
    """Bytes a second below which a download is given up …"""
    slow_for: float = 60.0
    """… once it has lasted that long."""
    most_tries: int = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to be fetched, and what is known of it. Sizes and hashes are those of the unpacked file."""

    url: str
    name: str
    limit: int
    """Bytes, unpacked, above which it is refused; for what comes still packed a little more is allowed."""
    size: int | None = None
    sha256: str = ""
    received_sha256: str = ""
    """Of the bytes as they come, where such a file came from this address before."""
    remedy: str = ""
    """What to do where the network cannot be reached, if not to download this one file elsewhere."""


@dataclass(frozen=True, slots=True)
class Fetched:
    path: Path
    sha256: str
    received_sha256: str


class _Passing(Exception):
    """A try that failed in a way that another may not."""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches files from the hosts of `origins` and no others."""

    origins: Origins
    progress: Progress = lambda _what, _done, _all: None
    patience: Patience = Patience()

    def fetch(self, wanted: Wanted, folder: Path) -> Fetched:
        """The file in `folder`, unpacked and checked. Raises ModelUnusable; then nothing of its name is there."""
        # By its address: what is left of one file must not become the start of another.
        part = folder / f"{hashlib.sha256(wanted.url.encode()).hexdigest()[:16]}-{wanted.name}.part"
        with self._client() as client:
            self._receive(client, wanted, part)
        received = sha256_of(part)
        if wanted.received_sha256 and received != wanted.received_sha256:
            part.unlink()
            raise ModelUnusable(
                "brings another file than when it was first installed",
                where=wanted.url,
                remedy="ask its keepers; to take the new one all the same, remove the model first",
            )
        try:
            path = unwrap(part, folder / wanted.name, limit=wanted.limit, where=wanted.url)
            digest = check(path, size=wanted.size, sha256=wanted.sha256, where=wanted.url)
        except ModelUnusable:
            (folder / wanted.name).unlink(missing_ok=True)
            raise
        finally:
            part.unlink(missing_ok=True)
            _tag_file(part).unlink(missing_ok=True)
        return Fetched(path, digest, received)

    def _client(self) -> httpx.Client:
        import httpx

        patience = self.patience
        return httpx.Client(
            verify=_certificates(),
            follow_redirects=False,
            timeout=httpx.Timeout(patience.read, connect=patience.connect),
            headers={"User-Agent": "dragoman", "Accept": "*/*"},
        )

    def _receive(self, client: httpx.Client, wanted: Wanted, part: Path) -> None:
        """Fill `part` with everything the address has, in as many tries as it takes."""
        import httpx

        failures, reason = 0, ""
        for _ in range(self.patience.most_tries):
            before = _length(part)
            try:
                return self._try(client, wanted, part)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                # No network is known soon: one more try, for a name server that was busy.
                reason, failures = _reason(error), max(failures + 1, self.patience.attempts - 1)
            except (httpx.TransportError, _Passing) as error:
                reason, failures = _reason(error), 0 if _length(part) > before + _PROGRESS else failures + 1
            if failures >= self.patience.attempts:
                break
            time.sleep(self.patience.pause * 2 ** max(failures - 1, 0))
        raise ModelUnusable(
            f"cannot be downloaded: {reason}", where=wanted.url, remedy=wanted.remedy or carry_over(wanted.url)
        )

    def _try(self, client: httpx.Client, wanted: Wanted, part: Path) -> None:
        url = self.origins.check(wanted.url)
        for _ in range(6):
            with client.stream("GET", url, headers=_headers(wanted, part)) as response:
                if response.status_code not in _REDIRECTS:
                    return self._store(response, wanted, part)
                url = self.origins.check(_joined(url, response.headers.get("Location", "")), by=wanted.url)
        raise ModelUnusable("leads from one address to another without end", where=wanted.url)

    def _store(self, response: httpx.Response, wanted: Wanted, part: Path) -> None:
        """Append the answer to `part`, or begin it anew where the server sends the whole."""
        start = _start(response, wanted, part)
        total = _announced(response, start)
        room = wanted.limit + wanted.limit // 100 + 65536
        if total is not None and total > room:
            raise _too_large(wanted)
        tag = response.headers.get("ETag", "")
        _tag_file(part).write_text(tag if tag.startswith('"') else "", encoding="utf-8")
        done, begun = start, time.monotonic()
        with part.open("ab" if start else "wb") as file:
            for chunk in _chunks(response):
                done += len(chunk)
                if done > room:
                    file.close()
                    part.unlink()
                    raise _too_large(wanted)
                file.write(chunk)
                self.progress(wanted.name, done, total)
                self._not_too_slow(done - start, time.monotonic() - begun, wanted)
        if total is not None and done < total:
            raise _Passing(f"the connection was cut after {done:,} of {total:,} bytes")

    def _not_too_slow(self, received: int, seconds: float, wanted: Wanted) -> None:
        if seconds > self.patience.slow_for and received < seconds * self.patience.slowest:
            raise ModelUnusable(
                f"comes too slowly, {received / seconds:.0f} bytes a second",
                where=wanted.url,
                remedy="try again later: it goes on from where it is",
            )


def check(path: Path, *, size: int | None, sha256: str, where: str) -> str:
    """The sha256 of a file; raises ModelUnusable where size or hash are not as they should be, or it is a web page."""
    remedy = "try again later, from another network, or tell the registry's keepers"
    with path.open("rb") as file:
        head = file.read(512).lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        raise ModelUnusable("is a web page, not a model", where=where, remedy="log in to the network, then try again")
    actual = path.stat().st_size
    if size is not None and actual != size:
        raise ModelUnusable(f"has {actual:,} bytes instead of {size:,}", where=where, remedy=remedy)
    digest = sha256_of(path)
    if sha256 and digest != sha256:
        raise ModelUnusable(
            f"is not what it should be: its sha256 is {digest[:12]}… instead of {sha256[:12]}…",
            where=where,
            remedy=remedy,
        )
    return digest


def carry_over(url: str) -> str:
    return f"with no network: download {url} on another machine, bring it here and run `dragoman models install FILE`"


@cache
def _certificates() -> ssl.SSLContext:
    """The trusted certificates, read once a process."""
    import httpx

    return httpx.create_ssl_context()


def _headers(wanted: Wanted, part: Path) -> dict[str, str]:
    # Files kept packed are asked for as they are kept: only so does the server know their parts.
    headers = {"Accept-Encoding": "gzip" if urlsplit(wanted.url).path.endswith(".gz") else "identity"}
    have = _length(part)
    tag = _tag_file(part).read_text(encoding="utf-8") if _tag_file(part).is_file() else ""
    if have and (tag or wanted.sha256):
        headers["Range"] = f"bytes={have}-"
        if tag:
            headers["If-Range"] = tag
    return headers


def _start(response: httpx.Response, wanted: Wanted, part: Path) -> int:
    """Where in the file the body of a good answer starts; raises for the answers that are not good."""
    status = response.status_code
    if status == 206:
        found = re.match(r"bytes (\d+)-\d+/", response.headers.get("Content-Range", ""))
        if found and int(found[1]) == _length(part):
            return _length(part)
        part.unlink(missing_ok=True)
        raise _Passing("the server sent another part than it was asked for")
    if status == 416:
        part.unlink(missing_ok=True)
        raise _Passing("the server has fewer bytes than were received")
    if status in _PASSING:
        raise _Passing(f"the server answered {status}")
    if status != 200:
        what = "is not there any more" if status in {404, 410} else f"cannot be had: the server answered {status}"
        raise ModelUnusable(what, where=wanted.url, remedy="see `dragoman models list` for others")
    if response.headers.get("Content-Type", "").startswith("text/html"):
        raise ModelUnusable(
            "is a web page, not a model", where=wanted.url, remedy="log in to the network, then try again"
        )
    return 0


def _announced(response: httpx.Response, start: int) -> int | None:
    length = response.headers.get("Content-Length", "")
    return start + int(length) if re.fullmatch(r"\d{1,15}", length) else None


def _chunks(response: httpx.Response) -> Iterator[bytes]:
    """The body as it is on the wire: a packed file stays packed, whatever the server calls it."""
    return response.iter_raw()


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return location


def _tag_file(part: Path) -> Path:
    return part.with_name(f"{part.name}.etag")


def _length(part: Path) -> int:
    return part.stat().st_size if part.is_file() else 0


def _reason(error: Exception) -> str:
    return str(error)[:200] or type(error).__name__


def _too_large(wanted: Wanted) -> ModelUnusable:
    return ModelUnusable(
        f"is larger than the {wanted.limit:,} bytes that it may have",
        where=wanted.url,
        remedy="try again later, or tell the registry's keepers",
    )
