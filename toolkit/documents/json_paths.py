"""Paths into JSON: the part of JSONPath (RFC 9535) that names places.

`$` the whole; `.name`, `['name']` or `["name"]` a member; `[0]` an element; `.*` or `[*]` all of them; `..name` and
`..*` at any depth. Slices, filters, unions and negative indexes are not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.errors import BadOption

_STEP = re.compile(
    r"(?P<deep>\.\.)?(?:(?:(?<=\.\.)|\.)(?P<all>\*)|(?:(?<=\.\.)|\.)(?P<name>[^\W\d][\w-]*)"
    r"|\[(?:(?P<every>\*)|(?P<index>0|[1-9]\d{0,15})|'(?P<single>[^'\\]*)'|\"(?P<double>[^\"\\]*)\")\])"
)
_LONGEST = 1000

Place = str | int
"""A member's name or an element's number."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path; `wanted` None takes any, `deep` at any depth below."""

    wanted: Place | None
    deep: bool = False


@dataclass(frozen=True, slots=True)
class JsonPath:
    """A path; `text` as it was written."""

    text: str
    steps: tuple[Step, ...]

    def leads_to(self, places: Sequence[Place]) -> bool:
        """Whether it leads to the value at `places`."""
        states = {0}
        for place in places:
            following = set()
            for state in states:
                if state == len(self.steps):
                    continue
                step = self.steps[state]
                if step.deep:
                    following.add(state)
                if step.wanted is None or (step.wanted == place and type(step.wanted) is type(place)):
                    following.add(state + 1)
            states = following
            if not states:
                return False
        return len(self.steps) in states


def parse_path(text: str) -> JsonPath:
    """A path from its text. Raises BadOption with what cannot be read."""
    if not text.startswith("$") or len(text) > _LONGEST:
        raise BadOption("a path begins with $", where=text[:80], remedy="write it as in $.items[*].title")
    steps: list[Step] = []
    position = 1
    while position < len(text):
        match = _STEP.match(text, position)
        if not match:
            raise BadOption(
                f"this part of a path cannot be read: {text[position : position + 40]}",
                where=text[:80],
                remedy="use .name, ['name'], [0], [*] and ..name",
            )
        steps.append(Step(_wanted(match), bool(match["deep"])))
        position = match.end()
    return JsonPath(text, tuple(steps))


def _wanted(match: re.Match[str]) -> Place | None:
    if match["index"] is not None:
        return int(match["index"])
    return next((match[group] for group in ("name", "single", "double") if match[group] is not None), None)
