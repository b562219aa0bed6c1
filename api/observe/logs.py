"""Logs: one JSON object a line. An exception is told by its type and place; its message may hold a client's text."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

NAME = "dragoman.api"
_LOG = logging.getLogger(NAME)
_FRAMES = 5


class JsonLines(logging.Formatter):
    """Writes a record and the fields that `event` gave it; of anybody else's record its exception's place alone."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= fault_fields(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def event(name: str, *, level: int = logging.INFO, **fields: object) -> None:
    """Log that something happened. No field may hold a text, a key or an address."""
    _LOG.log(level, name, extra={"fields": fields})


def fault_fields(error: BaseException) -> dict[str, object]:
    """The type of an exception, and the last frames it went through."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return {
        "error": type(error).__name__,
        "at": [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames],
    }


def configure() -> None:
    """Send the logs of this process to stderr as JSON lines, for `dragoman serve`; other servers have settings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name, level in ((NAME, logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
