"""Step 3, once more without the wrong name: what stands where a name should is forbidden, and the rest drafted anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from toolkit.engines.protocol import Ability, Constraint, Request
from toolkit.pipeline.obey.aligned import decisions_for, words_for
from toolkit.pipeline.obey.case import Case, Desk, Proposal
from toolkit.pipeline.obey.chances import Wanted, in_place, with_a_chance
from toolkit.pipeline.result import Step
from toolkit.text.spans import Span

_COST = 1.5
"""Of a quick search that no other text shares, measured by a first draft among many."""


class Suppressed:
    """Forbids the names that are not of the source, and the words aligned with a name that is missing."""

    step = Step.REDECODED

    def wants(self, case: Case, desk: Desk) -> bool:
        able = Ability.FORBIDDEN in desk.engine.abilities
        return able and case.amiss and case.hopeful and bool(unwanted(case))

    def propose(self, cases: Sequence[Case], desk: Desk) -> Iterable[tuple[Case, Proposal]]:
        able = with_a_chance(cases, lambda case: _hoped(case, desk), desk)
        asked = desk.budget.affords(able, lambda case: _COST * len(case.request.text), most=0.5)
        drafts = desk.ask([_without(case, unwanted(case)) for case in asked])
        for case, draft in zip(asked, drafts, strict=True):
            if draft is not None and draft.text.strip():
                yield case, Proposal(draft.text, draft=draft)


def _hoped(case: Case, desk: Desk) -> Wanted | None:
    """The draft with the wanted name instead of what was aligned with it."""
    decision = next(iter(decisions_for(case.missing[0], case, desk)), None)
    text = None if decision is None else in_place(case, decision.text)
    return None if text is None else (case.request.text, text)


def unwanted(case: Case) -> tuple[str, ...]:
    """The wrong names of the translation, as written; none that stands for another name of the source too."""
    text = case.checked.text
    right = {place.text for place in case.checked.placed.values()}
    wrong = {r.target.of(text) for r in case.checked.remarks if r.code in ("N012", "N013", "N014") and r.target}
    for mention in case.missing:
        place = words_for(mention.span, case.draft)
        if place is not None:
            wrong.add(place.of(case.draft.text))
    return tuple(sorted(name for name in wrong - right if name.strip() and name in case.draft.text))


def _without(case: Case, names: tuple[str, ...]) -> Request:
    """The request with the names forbidden, wherever they would stand."""
    constraints = [replace(one, forbidden=tuple(sorted({*one.forbidden, *names}))) for one in case.request.constraints]
    if not constraints:
        place = next((mention.span for mention in case.source.mentions), Span(0, 0))
        constraints = [Constraint(place, (), names)]
    return replace(case.request, constraints=tuple(constraints), before=case.draft.text)
