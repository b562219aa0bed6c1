"""What a request may say besides its text. Each option is described here, once, for bodies in JSON and for forms."""

from __future__ import annotations

from typing import Any, TypedDict

from toolkit.memory.match import DEFAULT


class Described(TypedDict, total=False):
    """What a field of either kind is told."""

    description: str
    examples: list[Any]
    ge: float
    le: float
    max_length: int


COLUMNS: Described = {
    "max_length": 2_000,
    "description": "Columns of a table to read, by title or number, and what they hold.",
    "examples": ["title,body:html"],
}
DATE: Described = {
    "max_length": 12,
    "description": "When things happened (a day, a month or a year), for policies that go by date.",
    "examples": ["2020-10-03"],
}
ENGINE: Described = {
    "max_length": 120,
    "description": "What translates where the memory does not: `auto`, `memory` (nothing else), a kind of engine, or "
    "an installed model (see /v1/engines); the server's default where left out.",
    "examples": ["auto"],
}
FIX: Described = {"description": "Put the names of the translation right in place, nothing else."}
MEMORY_THRESHOLD: Described = {
    "ge": 0.5,
    "le": 1,
    "description": "How like a stored sentence must be to be taken; 1 takes exact matches alone.",
}
OVERRIDES: Described = {
    "max_length": 1_000,
    "description": "What this request wants otherwise than the policy; a mention before its entity.",
}
PATHS: Described = {
    "max_length": 2_000,
    "description": "Strings of JSON to read, and what they hold.",
    "examples": ["$.items[*].title,$..body:html"],
}
POLICY: Described = {
    "max_length": 120,
    "description": "Id of an installed policy (see /v1/policies); the server's default where left out.",
    "examples": ["follow-source"],
}
QUALITY: Described = {
    "description": "How hard engines look for the best draft; the server's default where left out.",
}
THRESHOLD = DEFAULT.threshold
