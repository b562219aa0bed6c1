"""`dragoman memory stale`: what the present glossary and policy would write otherwise."""

from __future__ import annotations

from toolkit.cli import options
from toolkit.cli.memory import common, reading
from toolkit.cli.session import DONE, FINDINGS, Session


def stale(
    policy: options.PolicyOption = None,
    date: options.DateOption = None,
    as_json: options.JsonOption = False,
    jsonl: common.JsonLines = False,
) -> int:
    """List the translations whose names would be written otherwise now, before and after; nothing is changed."""
    session = Session(policy, date)
    found = reading.Report(as_json, jsonl)
    for read in reading.again(session, common.existing(session)):
        found.add(read)
    found.close(applied=False)
    return FINDINGS if found.stale else DONE
