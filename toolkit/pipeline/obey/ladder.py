"""The ladder: each step is tried only where the ones before left something amiss, on all such segments at once.

1. decoding held to the glossary, 2. names found in the draft and replaced (both done when a case is opened), and the
form chosen by the engine's score where several are possible; 3. other drafts: n-best, then one without the wrong
name; 4. a stand-in; 5. the words that the engine aligned with the name; 6. whatever is left is flagged.

What an engine is asked again for must have a chance (`chances`) and be within what a text may cost (`budget`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from toolkit.pipeline.obey.aligned import AlignedSpan
from toolkit.pipeline.obey.case import Case, Desk, Proposal
from toolkit.pipeline.obey.forms import ScoredForm
from toolkit.pipeline.obey.n_best import NBest
from toolkit.pipeline.obey.stand_in import StandIn
from toolkit.pipeline.obey.suppress import Suppressed
from toolkit.pipeline.result import Step


class Rung(Protocol):
    """A step of the ladder."""

    @property
    def step(self) -> Step: ...

    def wants(self, case: Case, desk: Desk) -> bool:
        """Whether the case needs the step and the engine can take it."""
        ...

    def propose(self, cases: Sequence[Case], desk: Desk) -> Iterable[tuple[Case, Proposal]]:
        """Translations to consider, the likeliest of each case first; engines are asked for all cases at once."""
        ...


LADDER: tuple[Rung, ...] = (ScoredForm(), NBest(), Suppressed(), StandIn(), AlignedSpan())


def climb(cases: Sequence[Case], desk: Desk, ladder: Sequence[Rung] = LADDER) -> None:
    """Better the cases step by step; a proposal is kept only where the checks find less to say."""
    for rung in ladder:
        waiting = [case for case in cases if rung.wants(case, desk)]
        if waiting:
            for case, proposal in rung.propose(waiting, desk):
                case.consider(proposal, rung.step, desk)
