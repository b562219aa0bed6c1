"""A segment on its way up the ladder: its draft, the best translation so far, and which step served which name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from toolkit.engines.protocol import Draft, Engine, Request
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.pipeline.check_pair import Checked, check_pair, name_remarks
from toolkit.pipeline.checks.pair import Pair, Remark, Side, side_of
from toolkit.pipeline.naming import Namer
from toolkit.pipeline.obey.budget import Budget
from toolkit.pipeline.obey.left_out import left_out
from toolkit.pipeline.obey.objects import moved_links, with_letters, without_letters
from toolkit.pipeline.obey.unknown import restored
from toolkit.pipeline.outcome import Outcome
from toolkit.pipeline.result import Action, Origin, Step
from toolkit.text.spans import Span

AMISS = frozenset(("N009", "N012", "N013", "N014", "N017"))
"""Findings that say that a name is missing, mangled, exchanged or out of nowhere."""
_RUINED = frozenset(("T011", "T013", "T014", "T015"))
"""Findings that say that the draft is no translation of its source: repeated, copied, cut short, empty."""
_TOO_MANY = 3
"""So many findings besides those about names say the same."""
_WEIGHTS = {"N009": 3, "N013": 3, "N014": 3, "N017": 3, "N018": 0, "N020": 0, "N021": 0, "N022": 0}


@dataclass(frozen=True)
class Desk:
    """What every step works with; `engine` has drafted the cases and can be asked again."""

    engine: Engine
    source: Language
    target: Language
    policy: Policy
    glossary: Glossary
    namer: Namer
    budget: Budget = field(default_factory=lambda: Budget(0, free=True))

    def ask(self, requests: Sequence[Request], n_best: int = 1) -> Sequence[Draft | None]:
        """Drafts in one batch; objects in a text (`￼`) are letters to the engine."""
        if not requests:
            return ()
        lettered = [with_letters(request) for request in requests]
        drafts = self.engine.translate([one for one, _ in lettered], self.source, self.target, n_best=n_best)
        return [
            draft if draft is None or not letters else without_letters(draft, letters)
            for draft, (_, letters) in zip(drafts, lettered, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A translation that a step proposes; `told` is what is to be said of it where it is kept.

    `draft` is set where it is another draft of the engine, so that later steps know its alignment.
    """

    text: str
    told: tuple[Remark, ...] = ()
    draft: Draft | None = None


@dataclass
class Case:
    """One segment with the best translation so far, which every accepted proposal makes better."""

    source: Side
    request: Request
    constrained: Sequence[Mention]
    """The mention of each constraint of the request."""
    draft: Draft
    """The draft that the translation was made from."""
    checked: Checked
    first: str
    """What the engine wrote when it was first asked."""
    told: list[Remark] = field(default_factory=list)
    steps: dict[Mention, Step] = field(default_factory=dict)

    @property
    def amiss(self) -> bool:
        """Whether a name is still missing or wrong."""
        return any(remark.code in AMISS for remark in self.checked.remarks)

    @property
    def hopeful(self) -> bool:
        """Whether the draft is a translation but for its names: a loop or a torso is not mended by asking again."""
        codes = [remark.code for remark in self.checked.remarks if not remark.code.startswith("N")]
        return _RUINED.isdisjoint(codes) and len(codes) < _TOO_MANY

    @property
    def missing(self) -> list[Mention]:
        """The mentions of the source that nothing stands for, or a wrong name."""
        wrong = {remark.source for remark in self.checked.remarks if remark.code in ("N009", "N013")}
        return [mention for mention in self.source.mentions if mention.span in wrong]

    def consider(self, proposal: Proposal, step: Step, desk: Desk) -> bool:
        """Take a proposal over where less is wrong with its names and no more with the rest; whether it was.

        Another draft must be better as it is: that a name out of nowhere could be taken for the lost one is no gain.
        """
        pair = Pair(self.source, side_of(proposal.text, desk.target, desk.glossary))
        if proposal.draft is not None:
            as_drafted, _ = faults(name_remarks(pair, desk.policy, desk.glossary))
            if as_drafted >= faults(self.checked.remarks)[0]:
                return False
            draft, told = restored(self.source, proposal.draft, desk.target)
            told = (*told, *self._left_out(draft, desk))
            if told:
                proposal = Proposal(draft.text, (*proposal.told, *told), draft)
                pair = Pair(self.source, side_of(draft.text, desk.target, desk.glossary))
        checked = check_pair(pair, desk.policy, desk.glossary, fix=True)
        names, rest = faults([*checked.remarks, *proposal.told])
        before, rest_before = faults([*self.checked.remarks, *self.told])
        if names >= before or rest > rest_before:
            return False
        served = _said_of(self.checked.remarks) - _said_of(checked.remarks)
        for mention in self.source.mentions:
            if mention.span in served:
                self.steps[mention] = step
        self.checked = checked
        placed = [remark._replace(target=self._place(remark) or remark.target) for remark in proposal.told]
        self.told = [*(self.told if proposal.draft is None else ()), *placed]
        self.draft = proposal.draft or replace(self.draft, alignment=(), held=())
        return True

    def _left_out(self, draft: Draft, desk: Desk) -> Sequence[Remark]:
        """What another draft leaves out; one that is not aligned is held to leave out what this one does."""
        if draft.alignment:
            return left_out(self.source, draft, desk.target)
        return [remark for remark in self.told if remark.code == "T017"]

    def _place(self, remark: Remark) -> Span | None:
        """Where the mention that a remark is about stands in the translation."""
        places = (place.span for mention, place in self.checked.placed.items() if mention.span == remark.source)
        return next(places, None)

    def outcome(self, engine: str) -> Outcome:
        """The segment's outcome, each mention with the step that served it."""
        remarks = [*self.checked.remarks, *self.told]
        flagged = {remark.source for remark in remarks if remark.code not in ("N018", "N020")}
        placed = {}
        for mention, place in self.checked.placed.items():
            step = Step.FLAGGED if mention.span in flagged else self.steps.get(mention, Step.DRAFT)
            late = step not in (Step.DRAFT, Step.HELD, Step.FLAGGED) and place.action is Action.KEPT
            placed[mention] = replace(place, step=step, action=Action.REPAIRED if late else place.action)
        text = self.checked.text
        links = moved_links(self.draft.alignment, self.draft.text, text)
        return Outcome(text, Origin.MACHINE, 0.0, placed, remarks, self.first, engine, links)


def open_case(source: Side, request: Request, constrained: Sequence[Mention], draft: Draft, desk: Desk) -> Case:
    """A case with the engine's draft checked, and its names put right where they are found in it (steps 1 and 2)."""
    first = draft.text
    draft, told = restored(source, draft, desk.target)
    pair = Pair(source, side_of(draft.text, desk.target, desk.glossary))
    checked = check_pair(pair, desk.policy, desk.glossary, fix=True)
    case = Case(source, request, constrained, draft, checked, first, [*told, *left_out(source, draft, desk.target)])
    held = {constrained[one.constraint]: one for one in draft.held if one.constraint < len(constrained)}
    for mention, place in checked.placed.items():
        if mention in held:
            case.steps[mention] = Step.HELD
        elif place.action is not Action.KEPT:
            case.steps[mention] = Step.REPLACED
    for mention, one in held.items():
        if one.near_tie and mention in checked.placed:
            forms = " / ".join(request.constraints[one.constraint].allowed)
            fields = {"surface": mention.surface, "candidates": forms}
            case.told.append(Remark("N002", mention.span, fields, checked.placed[mention].span))
    return case


def faults(remarks: Sequence[Remark]) -> tuple[int, int]:
    """How much is wrong with the names (what is missing weighs more than what is spelled amiss), and with the rest."""
    names = sum(_WEIGHTS.get(remark.code, 1) for remark in remarks if remark.code.startswith("N"))
    return names, sum(not remark.code.startswith("N") for remark in remarks)


def _said_of(remarks: Sequence[Remark]) -> set[Span | None]:
    return {remark.source for remark in remarks if remark.code in AMISS | {"N002"}}
