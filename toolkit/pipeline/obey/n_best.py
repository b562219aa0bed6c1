"""Step 3, other drafts: the further ones that an engine has for a sentence may have the name right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit.engines.protocol import Ability, Draft
from toolkit.pipeline.obey.case import Case, Desk, Proposal
from toolkit.pipeline.result import Step

HOW_MANY = 5


class NBest:
    """Asks for further drafts, of the segments that need one alone."""

    step = Step.N_BEST

    def wants(self, case: Case, desk: Desk) -> bool:
        return case.amiss and Ability.N_BEST in desk.engine.abilities

    def propose(self, cases: Sequence[Case], desk: Desk) -> Iterable[tuple[Case, Proposal]]:
        drafts = desk.ask([case.request for case in cases], HOW_MANY)
        for case, draft in zip(cases, drafts, strict=True):
            if draft is None:
                continue
            for text in dict.fromkeys((draft.text, *draft.alternatives)):
                if text.strip() and text != case.first:
                    told = draft if text == draft.text else Draft(text)
                    yield case, Proposal(text, draft=told)
