"""From the door to a worker: the rate and quota of the key, the body read as a whole, a slot, a deadline."""

from __future__ import annotations

import asyncio
from time import monotonic

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.auth.principal import ANONYMOUS, Principal
from api.auth.scopes import is_work, scope_for
from api.auth.usage import UsageStore
from api.limits.body import characters_in, check_whole, read_body, replayed
from api.limits.buckets import Buckets
from api.limits.gate import WorkGate
from api.observe.meter import Meter, metered
from api.refusals import Reason, Refused
from api.settings import ApiSettings


class Admission:
    """Raises Refused. Needs the principal of a request in its state."""

    def __init__(
        self, app: ASGIApp, settings: ApiSettings, buckets: Buckets, usage: UsageStore, gate: WorkGate
    ) -> None:
        self._app = app
        self._settings = settings
        self._buckets = buckets
        self._usage = usage
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        principal = scope.get("state", {}).get("principal")
        if scope["type"] != "http" or principal is None:
            await self._app(scope, receive, send)
            return
        end = monotonic() + self._settings.deadline
        work = is_work(scope["method"], scope["path"])
        cost = 0
        if work:
            body = await read_body(receive, self._settings.deadline)
            receive = replayed(body, receive)
            kind = Headers(scope=scope).get("content-type", "").split(";")[0].strip().lower()
            check_whole(body, kind)
            cost = characters_in(body, kind) if principal is not ANONYMOUS else 0
        elif scope_for(scope["method"], scope["path"]) == "jobs":
            cost = _announced(scope, self._settings.max_body)
        if principal is not ANONYMOUS:
            await self._within_rate(principal, cost, scope["state"]["quota"])
        with metered(Meter(principal.id)) as meter:
            scope["state"]["meter"] = meter
            if work:
                await self._gate.enter(principal.id, end - monotonic())
                await self._worked(scope, receive, send, end)
            else:
                await self._app(scope, receive, send)

    async def _within_rate(self, principal: Principal, cost: int, quota: int | None) -> None:
        """Raises Refused where the key has sent too much in a short time, or has used up its month."""
        wait = await run_in_threadpool(self._buckets.take, principal.id, max(1, cost))
        if wait > 0:
            raise Refused(
                Reason.TOO_FAST, f"more than {self._settings.rate:,} characters in a minute", retry_after=wait
            )
        if quota is not None and cost > 0 and await run_in_threadpool(self._usage.used, principal.id) + cost > quota:
            detail = f"the key's {quota:,} characters of this month do not suffice for this"
            raise Refused(Reason.QUOTA, detail, retry_after=self._usage.seconds_left())

    async def _worked(self, scope: Scope, receive: Receive, send: Send, end: float) -> None:
        """Run the application until the deadline. A thread cannot be stopped: it keeps its slot until it is done."""
        started = late = False

        async def watched(message: Message) -> None:
            nonlocal started
            if not late:
                started = True
                await send(message)

        task = asyncio.ensure_future(self._app(scope, receive, watched))
        task.add_done_callback(self._finished)
        await asyncio.wait({task}, timeout=max(0.0, end - monotonic()))
        if task.done() or started:
            await task
            return
        late = True
        raise Refused(
            Reason.TOO_SLOW, f"not done in {self._settings.deadline} seconds", retry_after=self._settings.deadline
        )

    def _finished(self, task: asyncio.Future[None]) -> None:
        self._gate.leave()
        if not task.cancelled():
            task.exception()  # one that nobody waits for any more was still seen


def _announced(scope: Scope, most: int) -> int:
    """Bytes of a body that is not read here; what announces none counts as the longest."""
    headers = Headers(scope=scope)
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit():
        return int(length)
    return most if "transfer-encoding" in headers else 0
