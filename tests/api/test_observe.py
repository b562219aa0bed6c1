"""What an operator sees: ids, logs, metrics, headers. No text, key or address is in any of it."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from api.observe.headers import SECURITY
from api.observe.logs import NAME, JsonLines
from api.settings import read_api_settings
from tests.api.serving import served

PRIVATE = "Sirr-Գաղտնիք-Тайна"
ORIGIN = "https://cms.example.org"


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)


class Lines(logging.Handler):
    """Keeps what is logged, as it would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def after(self, address: str) -> list[dict[str, Any]]:
        """What is logged by now; a probe's answer comes after the lines of the answers before it."""
        httpx.get(f"{address}/livez")
        return self.events

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]


@pytest.fixture
def logged(address: str) -> Iterator[Lines]:
    """What is logged during a test."""
    httpx.get(f"{address}/livez")
    handler, logger = Lines(), logging.getLogger(NAME)
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler
    logger.removeHandler(handler)
    logger.setLevel(level)


@pytest.fixture(scope="module")
def address(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with routes that fail."""
    settings = read_api_settings(
        {
            "DRAGOMAN_CACHE": str(cache),
            "DRAGOMAN_STORE": str(tmp_path_factory.mktemp("store")),
            "DRAGOMAN_CORS_ORIGINS": ORIGIN,
            "DRAGOMAN_MAX_CHARACTERS": "1000",
        }
    )
    app = create_app(settings)

    async def fails(body: dict[str, Any]) -> None:
        raise RuntimeError(f"cannot read {body}")

    for path in ("/v1/fails", "/v2/fails", "/download_file/fails"):
        app.post(path)(fails)
    with served(app) as found:
        yield found


def _metrics(address: str) -> dict[str, list[tuple[dict[str, str], float]]]:
    text = httpx.get(f"{address}/metrics").text
    return {
        sample.name: [(other.labels, other.value) for other in family.samples if other.name == sample.name]
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_every_answer_has_an_id(address: str, logged: Lines) -> None:
    """One that is given and sane is kept, so that a request is followed through several servers."""
    assert (
        httpx.get(f"{address}/health", headers={"x-request-id": "cms-0001.a_b"}).headers["x-request-id"]
        == "cms-0001.a_b"
    )
    made = {httpx.get(f"{address}/health").headers["x-request-id"] for _ in range(3)}
    assert len(made) == 3
    for wrong in ("short", "x" * 65, "a b c d e f g h", '{"json": "injected"}', "-----------"):
        answer = httpx.get(f"{address}/health", headers={"x-request-id": wrong})
        assert len(answer.headers["x-request-id"]) == 32
    assert made <= {line["request_id"] for line in logged.after(address)}


@pytest.mark.parametrize(
    "path", ["/health", "/livez", "/nowhere", "/metrics", "/v2/usage", "/openapi.json", "/v1/lint"]
)
def test_every_answer_has_safe_headers(address: str, path: str) -> None:
    """Whatever the status: nothing is sniffed, framed, cached or run from elsewhere."""
    answer = httpx.get(f"{address}{path}")
    for name, value in SECURITY.items():
        assert answer.headers[name] == value
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in answer.headers


def test_only_listed_origins_may_call(address: str, server: str) -> None:
    """Preflight and answer, also an error's; never with credentials; with no list, nobody."""
    asks = {
        "origin": ORIGIN,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization",
    }
    preflight = httpx.options(f"{address}/v1/lint", headers=asks)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == ORIGIN
    assert preflight.headers["x-content-type-options"] == "nosniff"
    for answer in (
        preflight,
        httpx.post(f"{address}/v1/lint", headers={"origin": ORIGIN}, json={"text": "x", "lang": "en"}),
        httpx.post(f"{address}/v1/fails", headers={"origin": ORIGIN}, json={}),
    ):
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert "access-control-allow-credentials" not in answer.headers
    foreign = {**asks, "origin": "https://elsewhere.example"}
    for closed in (
        httpx.options(f"{address}/v1/lint", headers=foreign),
        httpx.options(f"{server}/v1/lint", headers=asks),
    ):
        assert closed.status_code >= 400
        assert "access-control-allow-origin" not in closed.headers


def test_a_page_of_a_stranger_cannot_use_this_machine(server: str) -> None:
    """A form that a browser sends from elsewhere, and a name that was bound to this address."""
    form = {"q": "x", "source": "en", "target": "ru"}
    assert httpx.post(f"{server}/translate", data=form, headers={"origin": "https://evil.example"}).status_code == 403
    assert httpx.post(f"{server}/translate", data=form, headers={"host": "evil.example"}).status_code == 403
    assert httpx.post(f"{server}/translate", data=form, headers={"x-forwarded-for": "127.0.0.1"}).status_code == 403
    assert httpx.post(f"{server}/translate", data=form).status_code == 200


@pytest.mark.parametrize(
    ("path", "shape"), [("/v1/fails", "detail"), ("/v2/fails", "message"), ("/download_file/fails", "error")]
)
def test_a_fault_tells_nothing_of_the_text(
    address: str, path: str, shape: str, logged: Lines, capfd: pytest.CaptureFixture[str]
) -> None:
    """500 in the dialect's shape; the log has the place and the id, and neither it nor stderr has the message."""
    answer = httpx.post(f"{address}{path}", json={"text": PRIVATE})
    assert answer.status_code == 500
    assert shape in answer.json()
    assert PRIVATE not in answer.text
    fault = next(line for line in logged.after(address) if line["event"] == "fault")
    assert fault["error"] == "RuntimeError"
    assert fault["request_id"] == answer.headers["x-request-id"]
    assert any("test_observe.py" in place for place in fault["at"])
    assert "Тайна" not in "".join(logged.lines) + "".join(capfd.readouterr())


def test_logs_have_no_text_key_or_address(address: str, logged: Lines) -> None:
    """Not from the body, the path, the query or a header; a route is told by its template."""
    headers = {"authorization": "Bearer dragoman_0123456789_secret", "user-agent": PRIVATE.encode()}
    body = {"text": PRIVATE, "lang": "ru"}
    httpx.post(f"{address}/v1/lint", params={"q": PRIVATE}, json=body, headers=headers)  # type: ignore[arg-type]
    httpx.get(f"{address}/v2/glossaries/{PRIVATE}", headers=headers)  # type: ignore[arg-type]
    httpx.get(f"{address}/{PRIVATE}")
    httpx.post(f"{address}/v2/translate", json={"text": [PRIVATE], "target_lang": PRIVATE})
    events = logged.after(address)
    assert len(events) == 4
    seen = "".join(logged.lines)
    for secret in ("Sirr", "Тайна", "Գաղտնիք", "secret", "127.0.0.1"):
        assert secret not in seen
    assert [line["route"] for line in events][:3] == ["/v1/lint", "/v2/glossaries/{identity}", None]
    assert events[0]["characters"] == len(PRIVATE)
    assert set(events[0]) == {
        "time", "level", "event", "request_id", "route", "method", "status", "seconds", "characters", "principal",
    }  # fmt: skip


def test_metrics_count_requests_characters_and_findings(address: str) -> None:
    """By route and status, by pair of languages, by code."""

    def value(name: str, **labels: str) -> float:
        return sum(v for found, v in _metrics(address).get(name, []) if labels.items() <= found.items())

    route = {"route": "/v1/translate", "method": "POST", "status": "200"}
    requests, characters = value("dragoman_requests_total", **route), value("dragoman_characters_total", target="hy")
    findings = value("dragoman_findings_total", code="T001")
    body = {"text": "A purple cow sang.", "from": "en", "to": "hy"}
    assert httpx.post(f"{address}/v1/translate", json=body).status_code == 200
    assert value("dragoman_requests_total", **route) == requests + 1
    assert value("dragoman_characters_total", verb="translate", source="en", target="hy") == characters + 18
    assert value("dragoman_findings_total", code="T001") == findings + 1
    assert value("dragoman_request_seconds_count", route="/v1/translate") >= 1
    assert value("dragoman_queue_waiting") == 0


def test_nobody_can_make_the_metrics_grow(address: str) -> None:
    """Paths, methods, languages and ids that a client makes up add no series."""

    client = httpx.Client(base_url=address)

    def ask(number: int) -> None:
        client.get(f"/made-up/{number}")
        client.get(f"/v2/glossaries/{number}")
        client.request(f"METHOD{number}", "/v1/lint")
        client.post("/translate", json={"q": "x", "source": f"x{number}", "target": "ru"})

    def series() -> int:
        return sum(map(len, _metrics(address).values()))

    ask(0)
    series()
    before = series()
    for number in range(1, 15):
        ask(number)
    assert series() == before
    client.close()
    assert "made-up" not in httpx.get(f"{address}/metrics").text


def test_the_workers_are_bounded_and_a_deadline_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two work, two wait, the rest gets 503 with Retry-After; who waits too long gets 503; probes are answered.

    A slot is free again only when its work has ended, so no more than two ever work at once.
    """
    limits = {"DRAGOMAN_DEADLINE": "1", "DRAGOMAN_WORKERS": "2", "DRAGOMAN_QUEUE": "2"}
    app = create_app(read_api_settings({"DRAGOMAN_STORE": str(tmp_path), **limits}))
    monkeypatch.setattr(app.state.service, "warm", lambda: None)
    go = Event()

    @app.post("/v1/waits")
    def waits() -> dict[str, bool]:
        return {"gone": go.wait(60)}

    with served(app) as address, ThreadPoolExecutor(6) as pool:
        sent = [pool.submit(httpx.post, f"{address}/v1/waits", timeout=60) for _ in range(6)]
        assert httpx.get(f"{address}/livez").status_code == 200
        answers = [future.result(60) for future in sent]
        assert {answer.status_code for answer in answers} == {503}
        assert all(int(answer.headers["retry-after"]) >= 1 for answer in answers)
        details = sorted(answer.json()["detail"] for answer in answers)
        assert details == [
            *["all workers are busy and the queue is full"] * 2,
            *["no worker was free in time"] * 2,
            *["not done in 1 seconds"] * 2,
        ]
        assert app.state.service.gate.busy == 2
        go.set()
        _until(lambda: app.state.service.gate.busy == 0)
        assert httpx.post(f"{address}/v1/waits").json() == {"gone": True}


@pytest.mark.parametrize("path", ["/v1/lint", "/v2/translate", "/translate"])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_huge_body_is_413_in_every_dialect(address: str, path: str, *, chunked: bool, logged: Lines) -> None:
    """Announced or in chunks."""
    piece = b"x" * 65_536
    body: Any = (piece for _ in range(16)) if chunked else piece * 16
    answer = httpx.post(f"{address}{path}", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert {"detail", "message", "error"} & set(answer.json())
    assert logged.after(address)[-1]["status"] == 413


def test_batches_are_seen(tmp_path: Path) -> None:
    """How well requests share an engine is a metric."""
    app = create_app(read_api_settings({"DRAGOMAN_STORE": str(tmp_path)}))
    app.state.service.metrics.batch(7)
    assert b'dragoman_batch_segments_bucket{le="8.0"} 1.0' in app.state.service.metrics.text()
