"""`dragoman memory refresh`: the keys of your own memory by the present glossary."""

from __future__ import annotations

import json
import sys

from toolkit.cli import options
from toolkit.cli.memory import common
from toolkit.cli.progress import counting
from toolkit.cli.session import DONE, Session


def refresh(as_json: options.JsonOption = False) -> int:
    """Make anew the keys that follow from names which the glossary has since changed; it can be stopped and goes on."""
    memory = common.existing(Session())
    with counting("keys", memory.waiting) as done:
        looked, changed = memory.renew(done)
    if as_json:
        sys.stdout.write(json.dumps({"looked": looked, "changed": changed}) + "\n")
    else:
        sys.stdout.write(f"{looked:,} keys looked at, {changed:,} came out otherwise\n")
    return DONE
