"""Rates by key, turns at the gate, and bodies that come slowly or never."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message

from api.app import create_app
from api.limits.body import characters_in, read_body, replayed
from api.limits.buckets import Buckets, MemoryBuckets, SqliteBuckets, spent
from api.limits.gate import WorkGate
from api.refusals import Reason, Refused
from api.settings import read_api_settings
from tests.api.serving import served
from toolkit.keys.store import KeyStore


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


Made = tuple[Buckets, Clock]


@pytest.fixture(params=["memory", "sqlite"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Made:
    """Buckets of ten characters a second and a hundred at once."""
    clock = Clock()
    if request.param == "memory":
        return MemoryBuckets(10, 100, clock), clock
    return SqliteBuckets(tmp_path / "store", 10, 100, clock), clock


def test_a_burst_then_a_rate(made: Made) -> None:
    """A full bucket at first; then what flows in; what is refused takes nothing."""
    buckets, clock = made
    assert buckets.take("a", 60) == 0
    assert buckets.take("a", 60) == pytest.approx(2.0)
    assert buckets.take("a", 40) == 0
    clock.now += 1.5
    assert buckets.take("a", 15) == 0
    assert buckets.take("a", 1) == pytest.approx(0.1)


def test_keys_do_not_share(made: Made) -> None:
    """One key's haste is not the other's."""
    buckets, _ = made
    assert buckets.take("a", 100) == 0
    assert buckets.take("b", 100) == 0


def test_what_is_larger_than_a_bucket_passes_when_it_is_full(made: Made) -> None:
    """Nothing is refused for good."""
    buckets, clock = made
    assert buckets.take("a", 1_000) == 0
    assert buckets.take("a", 1_000) == pytest.approx(10.0)
    clock.now += 10
    assert buckets.take("a", 1_000) == 0


def test_a_clock_that_runs_back_gives_nothing(made: Made) -> None:
    """And takes nothing."""
    buckets, clock = made
    assert buckets.take("a", 100) == 0
    clock.now -= 500
    assert buckets.take("a", 10) == pytest.approx(1.0)


@given(st.lists(st.tuples(st.floats(0, 50), st.integers(1, 150)), max_size=40))
def test_no_more_than_burst_and_rate_ever_passes(steps: list[tuple[float, int]]) -> None:
    """Over any time: at most a full bucket and what flowed in."""
    level, passed, taken = 100.0, 0.0, 0.0
    for wait, cost in steps:
        level, refused = spent(level, wait, cost, 10, 100)
        passed += wait
        taken += 0 if refused else min(cost, 100)
        assert 0 <= level <= 100
        assert taken <= 100 + 10 * passed + 1e-6


def test_sqlite_buckets_are_shared(tmp_path: Path) -> None:
    """Two processes with one folder have one rate."""
    clock = Clock()
    assert SqliteBuckets(tmp_path, 10, 100, clock).take("a", 100) == 0
    assert SqliteBuckets(tmp_path, 10, 100, clock).take("a", 10) == pytest.approx(1.0)


def test_full_buckets_are_forgotten() -> None:
    """Keys that were seen long ago take no memory."""
    clock = Clock()
    buckets = MemoryBuckets(10, 100, clock, most=10)
    for number in range(10):
        buckets.take(f"old {number}", 1)
    clock.now += 60
    buckets.take("new", 1)
    assert list(buckets._levels) == ["new"]


def _gate(work: Callable[[WorkGate], Awaitable[None]], workers: int = 1, queue: int = 8) -> None:
    async def run() -> None:
        gate = WorkGate(workers, queue)
        await work(gate)
        assert (gate.busy, gate.waiting) == (0, 0)

    asyncio.run(run())


def test_keys_take_turns() -> None:
    """Of a key with five requests and one with two, neither waits for all of the other's."""
    served_in_order: list[str] = []

    async def work(gate: WorkGate) -> None:
        async def one(key: str) -> None:
            await gate.enter(key, 10)
            served_in_order.append(key)
            await asyncio.sleep(0)
            gate.leave()

        await gate.enter("first", 10)
        waiting = [asyncio.create_task(one(key)) for key in "aaaaabb"]
        await asyncio.sleep(0)
        gate.leave()
        await asyncio.gather(*waiting)

    _gate(work)
    assert "".join(served_in_order) == "ababaaa"


def test_a_full_queue_refuses_and_no_key_fills_it_for_others() -> None:
    """503 for the key that has most of the queue; for another one its newest makes room."""

    async def work(gate: WorkGate) -> None:
        await gate.enter("a", 10)
        mine = [asyncio.create_task(gate.enter("a", 10)) for _ in range(4)]
        await asyncio.sleep(0)
        with pytest.raises(Refused) as refused:
            await gate.enter("a", 10)
        assert refused.value.reason is Reason.BUSY
        assert refused.value.retry_after
        other = asyncio.create_task(gate.enter("b", 10))
        await asyncio.sleep(0)
        with pytest.raises(Refused):
            await mine[3]
        for _ in range(5):
            gate.leave()
            await asyncio.sleep(0)
        await asyncio.gather(*mine[:3], other)

    _gate(work, queue=4)


def test_who_waits_too_long_is_told() -> None:
    """And its place goes to the next."""

    async def work(gate: WorkGate) -> None:
        await gate.enter("a", 10)
        with pytest.raises(Refused) as refused:
            await gate.enter("b", 0.01)
        assert refused.value.reason is Reason.TOO_SLOW
        assert gate.waiting == 0
        gate.leave()

    _gate(work)


@pytest.mark.parametrize("seed", range(20))
def test_no_slot_is_lost(seed: int) -> None:
    """Whatever comes, waits, gives up and is cancelled in whatever order, all slots come back."""
    chance = random.Random(seed)

    async def work(gate: WorkGate) -> None:
        async def one(key: str) -> None:
            try:
                await gate.enter(key, chance.choice([0, 0.001, 0.003, 1]))
            except Refused:
                return
            try:
                await asyncio.sleep(chance.choice([0, 0.001]))
            finally:
                gate.leave()

        tasks = [asyncio.create_task(one(chance.choice("abc"))) for _ in range(40)]
        for task in tasks:
            if chance.random() < 0.3:
                await asyncio.sleep(0)
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    _gate(work, workers=3)


@pytest.mark.parametrize(
    ("body", "kind", "characters"),
    [
        ('{"q": ["Şuşa", "Գորիս"]}'.encode(), "application/json", 9),
        (rb'{"q": "\u0547\u0578\u0582\u0577\u056b", "n": [1, null, {"a": "bc"}]}', "application/json", 7),
        (b"q=%D5%87%D5%B8&source=en&x=", "application/x-www-form-urlencoded", 4),
        (b"{broken", "application/json", 7),
        (b"[" * 100_000, "application/json", 100_000),
        (b"\xff\xfe", "text/plain", 2),
        (b"q=\xff", "application/x-www-form-urlencoded", 3),
    ],
)
def test_characters_are_counted_however_they_are_written(body: bytes, kind: str, characters: int) -> None:
    """Escaped or not; a body that cannot be read counts by its bytes."""
    assert characters_in(body, kind) == characters


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    """A slow client takes no worker."""

    async def never() -> Message:
        await asyncio.sleep(60)
        return {}

    with pytest.raises(Refused) as refused:
        asyncio.run(read_body(never, 0.01))
    assert refused.value.reason is Reason.BODY_TOO_SLOW


def test_a_body_is_replayed_once() -> None:
    """Read in pieces, given back whole, and then what comes after it."""
    messages: Iterator[Message] = iter(
        [
            {"type": "http.request", "body": b"a", "more_body": True},
            {"type": "http.request", "body": b"b"},
            {"type": "http.disconnect"},
        ]
    )

    async def receive() -> Message:
        return next(messages)

    async def run() -> list[Message]:
        again = replayed(await read_body(receive, 1), receive)
        return [await again(), await again()]

    assert [message.get("body") for message in asyncio.run(run())] == [b"ab", None]


def test_a_key_that_sends_too_much_is_told_when_to_come_back(tmp_path: Path, cache: Path) -> None:
    """429 with Retry-After in every dialect; LibreTranslate's begins with Slowdown."""
    _, token = KeyStore(tmp_path).create("x")
    settings = read_api_settings(
        {
            "DRAGOMAN_CACHE": str(cache),
            "DRAGOMAN_STORE": str(tmp_path),
            "DRAGOMAN_RATE": "60",
            "DRAGOMAN_MAX_CHARACTERS": "100",
        }
    )
    bodies: dict[str, dict[str, Any]] = {
        "/v1/lint": {"text": "x" * 100, "lang": "en"},
        "/v2/translate": {"text": ["x" * 100], "target_lang": "RU"},
        "/translate": {"q": "x" * 100, "source": "en", "target": "ru"},
    }
    headers = {"authorization": f"Bearer {token}"}
    with served(create_app(settings)) as address:
        assert httpx.post(f"{address}/v1/lint", json=bodies["/v1/lint"], headers=headers).status_code == 200
        for path, body in bodies.items():
            answer = httpx.post(f"{address}{path}", json=body, headers=headers)
            assert answer.status_code == 429
            assert 1 <= int(answer.headers["retry-after"]) <= 100
            assert ("Slowdown: " in answer.text) == (path == "/translate")
