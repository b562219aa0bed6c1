"""Puts segments of requests that come at the same time into one batch of an engine.

    thread 1   a1 a2 a3 a4 …      batch 1: a1 b1 c1 a2
    thread 2   b1            ->   batch 2: a3 a4 …
    thread 3   c1

They take turns, so that a long text does not keep short ones waiting. No thread of its own: of the threads that
wait, one runs the next batch for all. While it runs, the next one gathers; only where the engine is idle and other
requests are being worked on, it waits for a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Condition

from toolkit.engines.protocol import Draft, Engine, Request
from toolkit.engines.wrapped import WrappedEngine
from toolkit.languages import Language

WINDOW = 0.004
"""Seconds that an idle engine waits for company."""
LARGEST = 32
"""Segments of a batch."""

_REMOTE = ("libretranslate", "llm")
"""Servers take several requests at once and batch for themselves."""


@dataclass(eq=False)
class _Call:
    """What one thread wants translated."""

    segments: Sequence[Request]
    drafts: list[Draft | None] = field(default_factory=list)
    cut: int = 0
    """Segments that have gone into a batch."""
    failure: Exception | None = None

    @property
    def done(self) -> bool:
        return self.failure is not None or len(self.drafts) == len(self.segments)


class _Line:
    """The calls that wait for one engine, pair and number of drafts."""

    def __init__(self) -> None:
        self.changed = Condition()
        self.calls: list[_Call] = []
        self.busy = False

    def next_batch(self, most: int) -> list[tuple[_Call, Request]]:
        """One segment of each call in turn, until there are `most`. A call's segments keep their order."""
        batch: list[tuple[_Call, Request]] = []
        while len(batch) < most:
            open_calls = [call for call in self.calls if call.cut < len(call.segments)]
            if not open_calls:
                break
            for call in open_calls[: most - len(batch)]:
                batch.append((call, call.segments[call.cut]))
                call.cut += 1
        self.calls.append(self.calls.pop(0))  # whoever was first is last in the next round
        return batch


class Batcher:
    """Makes engines share. `company` says how many requests are being worked on, `seen` is told the size of batches."""

    def __init__(
        self,
        company: Callable[[], int],
        seen: Callable[[int], None],
        *,
        window: float = WINDOW,
        largest: int = LARGEST,
    ) -> None:
        self._company = company
        self._seen = seen
        self._window = window
        self._largest = largest
        self._lines: dict[tuple[str, Language, Language, int], _Line] = {}
        self._making = Condition()

    def over(self, engine: Engine) -> Engine:
        """The engine, shared; a server that batches for itself stays as it is."""
        if engine.id.startswith(_REMOTE):
            return engine
        return BatchedEngine(engine, self)

    def translate(
        self, engine: Engine, segments: Sequence[Request], source: Language, target: Language, n_best: int
    ) -> Sequence[Draft | None]:
        """As the engine does; what it raises for a batch, only those get whose segments raise it alone."""
        if not segments:
            return []
        with self._making:
            line = self._lines.setdefault((engine.id, source, target, n_best), _Line())
        call = _Call(segments)
        with line.changed:
            line.calls.append(call)
            line.changed.notify_all()
        try:
            while True:
                with line.changed:
                    line.changed.wait_for(lambda: call.done or not line.busy)
                    if call.done:
                        break
                    line.busy = True
                    if call.cut == 0 and self._company() > len(line.calls):
                        line.changed.wait_for(lambda: len(line.calls) >= self._company(), self._window)
                    batch = line.next_batch(self._largest)
                self._run(line, batch, lambda part: engine.translate(part, source, target, n_best=n_best))
        finally:
            with line.changed:
                line.calls.remove(call)
                line.changed.notify_all()
        if call.failure is not None:
            raise call.failure
        return call.drafts

    def _run(
        self,
        line: _Line,
        batch: Sequence[tuple[_Call, Request]],
        run: Callable[[Sequence[Request]], Sequence[Draft | None]],
    ) -> None:
        """Run a batch and hand out its drafts."""
        answers: list[tuple[_Call, Sequence[Draft | None], Exception | None]] = []
        try:
            self._seen(len(batch))
            drafts = run([segment for _, segment in batch])
            answers = [(call, (draft,), None) for (call, _), draft in zip(batch, drafts, strict=True)]
        except Exception as error:
            calls = list(dict.fromkeys(call for call, _ in batch))
            if len(calls) == 1:
                answers = [(calls[0], (), error)]
            else:
                answers = [_alone(call, [s for c, s in batch if c is call], run) for call in calls]
        finally:
            with line.changed:
                for call, some, failure in answers:
                    call.drafts.extend(some)
                    call.failure = call.failure or failure
                line.busy = False
                line.changed.notify_all()


def _alone(
    call: _Call, segments: Sequence[Request], run: Callable[[Sequence[Request]], Sequence[Draft | None]]
) -> tuple[_Call, Sequence[Draft | None], Exception | None]:
    try:
        return call, run(segments), None
    except Exception as error:
        return call, (), error


@dataclass(frozen=True)
class BatchedEngine(WrappedEngine):
    """An engine whose batches are shared with the other threads that use it."""

    batcher: Batcher

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        return self.batcher.translate(self.engine, segments, source, target, n_best)
