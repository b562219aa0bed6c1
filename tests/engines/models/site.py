"""A real web server on this machine that serves registries and models, well or badly, as a test wants it."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]

MARIAN = (1).to_bytes(8, "little") + (195).to_bytes(8, "little") + bytes(range(256)) * 900
CTRANSLATE = (6).to_bytes(4, "little") + b"\x0f\x00TransformerSpec\x00" + bytes(range(256)) * 300


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def body(data: bytes, *, ranges: bool = True, kind: str = "application/octet-stream") -> Answer:
    """The whole, or the part that is asked for."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        tag = f'"{sha256(data)[:12]}"'
        asked = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
        start = int(asked[1]) if ranges and asked and request.headers.get("If-Range", tag) == tag else 0
        if start >= len(data) > 0:
            request.send_error(416)
            return
        request.send_response(206 if start else 200)
        if start:
            request.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(data) - start))
        if ranges:
            request.send_header("ETag", tag)
        request.end_headers()
        request.wfile.write(data[start:])

    return answer


def status(code: int) -> Answer:
    return lambda request: request.send_error(code)


def redirect(target: str, code: int = 302) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(code)
        request.send_header("Location", target)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def _begin(request: BaseHTTPRequestHandler, data: bytes, at: int) -> None:
    """Promise all and send `at` bytes."""
    request.send_response(200)
    request.send_header("Content-Length", str(len(data)))
    request.send_header("ETag", f'"{sha256(data)[:12]}"')
    request.end_headers()
    request.wfile.write(data[:at])
    request.wfile.flush()


def cut(data: bytes, at: int, then: Answer, *, times: int = 1) -> Answer:
    """Breaks off after `at` bytes, as often as told; after that answers as `then`."""
    left = [times]

    def answer(request: BaseHTTPRequestHandler) -> None:
        if left[0] <= 0:
            then(request)
            return
        left[0] -= 1
        _begin(request, data, at)

    return answer


def stall(data: bytes, at: int, event: threading.Event) -> Answer:
    """Sends `at` bytes and then nothing until the event."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        _begin(request, data, at)
        event.wait(20)

    return answer


def drip(data: bytes, seconds: float) -> Answer:
    """A byte at a time."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        for byte in data:
            request.wfile.write(bytes([byte]))
            request.wfile.flush()
            time.sleep(seconds)

    return answer


def endless(request: BaseHTTPRequestHandler) -> None:
    """A body with no length and no end."""
    request.send_response(200)
    request.end_headers()
    while True:
        request.wfile.write(b"\0" * 65536)


def packed_on_the_way(data: bytes) -> Answer:
    """A server that packs everything once more."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        packed = gzip.compress(data)
        request.send_response(200)
        request.send_header("Content-Encoding", "gzip")
        request.send_header("Content-Length", str(len(packed)))
        request.end_headers()
        request.wfile.write(packed)

    return answer


@dataclass
class Site:
    """Answers by path; what was asked is kept."""

    base: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    documents: dict[str, Any] = field(default_factory=dict)
    """What is served as JSON, by path."""

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def serve_json(self, path: str, data: Any) -> None:
        self.documents[path] = data
        self.answers[path] = body(json.dumps(data).encode(), kind="application/json")

    def firefox(
        self, direction: str = "en-az", *architectures: str, status: str | None = "Release"
    ) -> dict[str, bytes]:
        """A registry with models of a direction; their files, unpacked, by path."""
        pair = direction.replace("-", "")
        files: dict[str, bytes] = {}
        records = []
        for architecture in architectures or ("tiny",):
            folder = f"models/{direction}/{architecture}"
            parts = {
                "model": (f"{folder}/model.{pair}.intgemm.alphas.bin.gz", MARIAN + architecture.encode()),
                "vocab": (f"{folder}/vocab.{pair}.spm.gz", b"vocabulary" * 50),
                "lexicalShortlist": (f"{folder}/lex.50.50.{pair}.s2t.bin.gz", b"shortlist" * 50),
            }
            for path, data in parts.values():
                files[path] = data
                self.answers[f"/files/{path}"] = body(gzip.compress(data, mtime=0))
            records.append(
                {
                    "architecture": architecture,
                    "releaseStatus": status,
                    "sourceLanguage": direction[:2],
                    "files": {
                        role: {"path": path, "uncompressedSize": len(data), "uncompressedHash": sha256(data)}
                        for role, (path, data) in parts.items()
                    },
                }
            )
        self.serve_json(
            "/firefox/models.json", {"generated": "now", "baseUrl": self.base, "models": {direction: records}}
        )
        return files

    def argos(self, direction: str = "en-az", package: bytes | None = None) -> bytes:
        """An index with a package of a direction; the package."""
        source, target = direction.split("-")
        name = f"translate-{source}_{target}-1_5.argosmodel"
        data = argos_package(direction) if package is None else package
        self.answers[f"/files/v1/{name}"] = body(data)
        entry = {"from_code": source, "to_code": target, "argos_version": "1.5"}
        self.serve_json(
            "/argos/index.json",
            [
                {**entry, "package_version": "1.4", "links": ["https://old.example/v1/old.argosmodel"]},
                {**entry, "package_version": "1.5", "links": ["ipfs://Qm", f"https://argos-net.com/v1/{name}"]},
                {"from_code": "sq"},
            ],
        )
        return data

    def huggingface(self, repository: str, files: dict[str, bytes]) -> None:
        """A repository with its list of files."""
        revision = "0123456789" * 4
        api = f"/huggingface/api/models/{repository}"
        self.serve_json(api, {"sha": revision, "cardData": {"license": "cc-by-nc-4.0"}})
        listing = []
        for path, data in files.items():
            entry: dict[str, Any] = {"type": "file", "path": path, "size": len(data), "oid": "ab"}
            if len(data) > 1000:
                entry["lfs"] = {"oid": sha256(data), "size": len(data)}
            listing.append(entry)
            self.answers[f"/huggingface/{repository}/resolve/{revision}/{path}"] = body(data)
        self.serve_json(f"{api}/tree/{revision}?recursive=true", listing)


def argos_files(direction: str = "en-az") -> dict[str, bytes]:
    source, target = direction.split("-")
    metadata = {"from_code": source, "to_code": target, "package_version": "1.5", "type": "translate"}
    return {
        "metadata.json": json.dumps(metadata).encode(),
        "README.md": b"# A package\n",
        "sentencepiece.model": b"pieces" * 30,
        "model/model.bin": CTRANSLATE,
        "model/shared_vocabulary.json": b'["<s>", "</s>"]',
        "stanza/en/tokenize.pt": b"not wanted",
    }


def argos_package(direction: str = "en-az") -> bytes:
    return zipped({f"{direction.replace('-', '_')}/{path}": data for path, data in argos_files(direction).items()})


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return stream.getvalue()


def start() -> tuple[Site, ThreadingHTTPServer]:
    """A site on a free port, served by threads."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers.items())))
            try:
                site.answers.get(self.path, status(404))(self)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name the library uses
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return site, server
