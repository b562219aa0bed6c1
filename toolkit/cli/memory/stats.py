"""`dragoman memory stats`: how much is stored."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from toolkit.cli import options
from toolkit.cli.session import DONE, Session


def stats(as_json: options.JsonOption = False) -> int:
    """How many sentences there are, by topic and language, how many slots, and what of it is your own, by origin."""
    session = Session()
    counted, own = session.memory.stats(), session.own_memory
    origins = own.origins() if own is not None else {}
    if as_json:
        data = asdict(counted) | {"own": {"entries": sum(origins.values()), "origins": origins}}
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        return DONE
    sys.stdout.write(f"{counted.entries} entries, {sum(origins.values())} of them your own\n")
    for title, counts in (
        ("languages", counted.languages),
        ("slots", counted.slots),
        ("topics", counted.topics),
        ("origins of your own", origins),
    ):
        if counts:
            line = ", ".join(f"{name or 'none'} {count}" for name, count in counts.items())
            sys.stdout.write(f"  {title}: {line}\n")
    return DONE
