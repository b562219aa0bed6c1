"""The inside of a worker process: a task, then chunks, each a line of JSON in; each answered by a line out."""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import BinaryIO

from toolkit.batch.maker import answerer_of
from toolkit.batch.wire import answers_line, read_items, read_task
from toolkit.errors import DragomanError


def serve() -> None:
    """Answer until the other end closes. What a library prints goes to standard error, not among the answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        _serve(sys.stdin.buffer, output)
    except BrokenPipeError:
        os._exit(0)  # nobody listens any more; there is nothing left to flush
    except MemoryError:
        os._exit(70)


def _serve(stream: BinaryIO, output: BinaryIO) -> None:
    line = stream.readline()
    if not line:
        return
    try:
        answerer = answerer_of(read_task(line))
    except DragomanError as error:
        _say(output, hello(error))
        return
    _say(output, hello(None))
    while line := stream.readline():
        _say(output, answers_line([answerer(item) for item in read_items(line)]))


def hello(error: DragomanError | None) -> bytes:
    """What a worker says first: that it is ready, or why it is not."""
    said = {"error": None if error is None else str(error), "exit_code": error.exit_code if error else 0}
    return json.dumps(said).encode() + b"\n"


def _say(output: BinaryIO, line: bytes) -> None:
    output.write(line)
    output.flush()
