"""`dragoman memory restyle`: put the names of stored translations right."""

from __future__ import annotations

from toolkit.cli import options
from toolkit.cli.memory import common, reading
from toolkit.cli.session import DONE, Session
from toolkit.pipeline.stale import reading_signature

_LOT = 500


def restyle(
    policy: options.PolicyOption = None,
    date: options.DateOption = None,
    apply: common.Apply = False,
    as_json: options.JsonOption = False,
    jsonl: common.JsonLines = False,
) -> int:
    """Put the names of stored translations right by the glossary and a policy; what they said before is kept."""
    session = Session(policy, date)
    memory = common.existing(session)
    signature = reading_signature(session.glossary, session.policy())
    found = reading.Report(as_json, jsonl)
    unchanged: list[int] = []
    for read in reading.again(session, memory):
        found.add(read)
        if not apply:
            continue
        if read.stale:
            memory.replace(read.stored.number, read.sides, signature)
        else:
            unchanged.append(read.stored.number)
        if len(unchanged) >= _LOT:
            memory.confirm(unchanged, signature)
            unchanged.clear()
    memory.confirm(unchanged, signature)
    found.close(applied=apply)
    return DONE
