"""Step 3, other drafts: the further ones that an engine has for a sentence may have the name right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from toolkit.engines.protocol import Ability, Draft
from toolkit.pipeline.obey.case import Case, Desk, Proposal
from toolkit.pipeline.result import Step

HOW_MANY = 5
_COST = 1.5
"""Of a search among so many drafts, measured by the first one."""


class NBest:
    """Takes the further drafts that came with the first one; asks for some where none did."""

    step = Step.N_BEST

    def wants(self, case: Case, desk: Desk) -> bool:
        return case.amiss and Ability.N_BEST in desk.engine.abilities

    def propose(self, cases: Sequence[Case], desk: Desk) -> Iterable[tuple[Case, Proposal]]:
        for case in cases:
            yield from _further(case, case.draft)
        lacking = [case for case in cases if case.amiss and not case.draft.alternatives]
        asked = desk.budget.affords(lacking, lambda case: _COST * len(case.request.text), most=0.5)
        for case, draft in zip(asked, desk.ask([case.request for case in asked], HOW_MANY), strict=True):
            if draft is not None:
                yield from _further(case, draft)


def _further(case: Case, draft: Draft) -> Iterator[tuple[Case, Proposal]]:
    """The drafts that are not the one there is."""
    texts = dict.fromkeys((draft.text, *draft.alternatives))
    for text in texts:
        if text.strip() and text not in (case.first, case.draft.text):
            yield case, Proposal(text, draft=draft if text == draft.text else Draft(text))
