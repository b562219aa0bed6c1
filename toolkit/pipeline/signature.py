"""How a Result was made, in one line: the same input and signature give the same output."""

from __future__ import annotations

import hashlib

from toolkit import __version__
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.glossary.policy import as_decided


def signature(glossary: Glossary, policy: Policy, *extra: str) -> str:
    """`dragoman:0.1.0|pack:…@…|policy:…@…` and, where one served, the engine or memory."""
    parts = [f"dragoman:{__version__}", glossary.signature, f"policy:{policy.id}@{_digest(policy)}", *extra]
    return "|".join(part for part in parts if part)


def _digest(policy: Policy) -> str:
    return hashlib.sha256(as_decided(policy).encode()).hexdigest()[:8]
