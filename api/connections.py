"""Connections that say nothing: a client that opens many and sends its headers slowly, or never, would take all there
may be. uvicorn gives up such a one only after a first answer; here it has some seconds for each request's headers.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol


class PatientProtocol(H11Protocol):
    """uvicorn's own protocol, patient for so long."""

    patience = 20.0
    """Seconds for the headers of a request, from the connection or the answer before."""
    _giving_up: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._wait()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._stop_waiting()
        self._giving_up = self.loop.call_later(self.patience, self._give_up)

    def _stop_waiting(self) -> None:
        if self._giving_up is not None:
            self._giving_up.cancel()
            self._giving_up = None

    def _give_up(self) -> None:
        """Hang up, unless the headers came and the request is being answered: that has a deadline of its own."""
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()
