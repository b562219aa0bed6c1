"""Drafts of engines: asked in one batch, and each checked by what `check` checks any translation by.

A draft's names follow the policy; where that follows the source, they take the usage the source has. Where names are
amiss in a draft, the ladder of `obey` makes the engine better it.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.engines.protocol import Engine
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.languages import Language
from toolkit.pipeline.checks.pair import Side
from toolkit.pipeline.naming import Namer
from toolkit.pipeline.obey.budget import PER_CENT, Budget
from toolkit.pipeline.obey.case import Case, Desk, open_case
from toolkit.pipeline.obey.ladder import climb
from toolkit.pipeline.obey.requests import request_for
from toolkit.pipeline.outcome import Outcome
from toolkit.pipeline.segment import Segment


def translate_by_engines(
    segments: Sequence[Segment],
    engines: Sequence[Engine],
    source: Language,
    target: Language,
    policy: Policy,
    glossary: Glossary,
    ask_again: float = PER_CENT,
) -> list[Outcome | None]:
    """An outcome for each segment: of the first engine that has a draft for it; None where none has.

    Lost names may cost `ask_again` per cent of the first drafts' time.
    """
    found: list[Outcome | None] = [None] * len(segments)
    namer = Namer(glossary, policy, target)
    for engine in engines:
        waiting = [index for index, outcome in enumerate(found) if outcome is None]
        if not waiting or not engine.can(source, target):
            continue
        texts = [segments[index].text for index in waiting]
        desk = Desk(engine, source, target, policy, glossary, namer, Budget.of(texts, ask_again))
        cases = _drafted([segments[index] for index in waiting], desk)
        climb([case for case in cases if case is not None], desk)
        for index, case in zip(waiting, cases, strict=True):
            if case is not None:
                found[index] = case.outcome(engine.id)
    return found


def _drafted(segments: Sequence[Segment], desk: Desk) -> list[Case | None]:
    """A case for each segment; None where the engine has no draft."""
    asked = [request_for(segment, desk.namer, desk.engine.abilities) for segment in segments]
    drafts = desk.ask([request for request, _ in asked])
    return [
        open_case(Side(segment.text, desk.source, desk.glossary, segment.mentions), request, mentions, draft, desk)
        if draft is not None and draft.text.strip()
        else None
        for segment, (request, mentions), draft in zip(segments, asked, drafts, strict=True)
    ]
