"""Drafts of engines: asked in one batch, and each checked by what `check` checks any translation by.

A draft's names follow the policy; where that follows the source, they take the usage the source has.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.engines.protocol import Constraint, Engine, Request
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.languages import Language
from toolkit.pipeline.check_pair import check_pair
from toolkit.pipeline.checks.pair import Pair, Side, side_of
from toolkit.pipeline.naming import Namer
from toolkit.pipeline.outcome import Outcome
from toolkit.pipeline.result import Origin
from toolkit.pipeline.segment import Segment


def translate_by_engines(
    segments: Sequence[Segment],
    engines: Sequence[Engine],
    source: Language,
    target: Language,
    policy: Policy,
    glossary: Glossary,
) -> list[Outcome | None]:
    """An outcome for each segment: of the first engine that has a draft for it; None where none has."""
    found: list[Outcome | None] = [None] * len(segments)
    namer = Namer(glossary, policy, target)
    for engine in engines:
        waiting = [index for index, outcome in enumerate(found) if outcome is None]
        if not waiting or not engine.can(source, target):
            continue
        drafts = engine.translate([_request(segments[index], namer) for index in waiting], source, target)
        for index, draft in zip(waiting, drafts, strict=True):
            if draft is not None and draft.text.strip():
                found[index] = checked_draft(segments[index], draft.text, target, policy, glossary)
    return found


def checked_draft(segment: Segment, draft: str, target: Language, policy: Policy, glossary: Glossary) -> Outcome:
    """A draft with its names put right where they surely can be, and all that `check` has to say of the rest."""
    source = Side(segment.text, segment.template.language, glossary, segment.mentions)
    checked = check_pair(Pair(source, side_of(draft, target, glossary)), policy, glossary, fix=True)
    return Outcome(checked.text, Origin.MACHINE, 0.0, checked.placed, checked.remarks, draft)


def _request(segment: Segment, namer: Namer) -> Request:
    constraints = []
    for slot in segment.template.slots:
        naming = namer.name_of(slot) if slot.is_name else None
        if naming is not None and naming.name is not None:
            constraints.append(Constraint(slot.span, (naming.name.lexeme.text,)))
    return Request(segment.text, tuple(constraints))
