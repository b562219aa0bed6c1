"""Prometheus metrics. Labels come from short closed lists: routes, methods, statuses, languages, codes."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import generate_latest

from toolkit.pipeline.result import Result

_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The metrics of one application, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "dragoman_requests", "Requests answered", ("route", "method", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "dragoman_request_seconds",
            "From the first byte of a request to the last of its answer",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._characters = Counter(
            "dragoman_characters", "Characters worked on", ("verb", "source", "target"), registry=self._registry
        )
        self._findings = Counter("dragoman_findings", "Findings", ("code",), registry=self._registry)
        self._batches = Histogram(
            "dragoman_batch_segments",
            "Segments that an engine was given at once",
            buckets=(1, 2, 4, 8, 16, 32, 64),
            registry=self._registry,
        )

    def answered(self, route: str | None, method: str, status: int, seconds: float) -> None:
        """A request was answered; `route` is the template of its path, None where no route has it."""
        name = route or "none"
        self._requests.labels(name, method if method in _METHODS else "other", status).inc()
        self._seconds.labels(name).observe(seconds)

    def worked(self, verb: str, characters: int, result: Result) -> None:
        """The pipeline has made a result."""
        source = result.source_lang or result.lang
        self._characters.labels(verb, source.value, result.lang.value).inc(characters)
        for finding in result.findings:
            self._findings.labels(finding.code).inc()

    def batch(self, segments: int) -> None:
        self._batches.observe(segments)

    def watch(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """A number that is read when the metrics are."""
        Gauge(f"dragoman_{name}", meaning, registry=self._registry).set_function(read)

    def text(self) -> bytes:
        """All of them in Prometheus' text format."""
        return generate_latest(self._registry)
