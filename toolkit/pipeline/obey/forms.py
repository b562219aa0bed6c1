"""Step 2, where several forms of the wanted name are possible: the engine's score chooses, near ties stay flagged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from toolkit.engines.protocol import Ability, Scorer
from toolkit.languages import Language
from toolkit.pipeline.obey.case import Case, Desk, Proposal
from toolkit.pipeline.render import Decision
from toolkit.pipeline.restyle import adjustments
from toolkit.pipeline.result import Step
from toolkit.text.spans import Edit, apply_edits

NEAR = 0.5
"""A form is a near tie when it is more than exp(-0.5), six tenths, as likely as the best, the sentence around it
included; the same measure as where decoding is held to forms."""


_COST = 0.12
"""Of a score, measured by a first draft."""


class ScoredForm:
    """Renders an undecided name in each way it can be meant, and takes the likeliest sentence."""

    step = Step.SCORED

    def wants(self, case: Case, desk: Desk) -> bool:
        return Ability.SCORES in desk.engine.abilities and any(
            d.code == "N002" for d in case.checked.decisions.values()
        )

    def propose(self, cases: Sequence[Case], desk: Desk) -> Iterable[tuple[Case, Proposal]]:
        for number in range(max(len(_undecided(case)) for case in cases)):
            left = [(case, open_[-number - 1]) for case in cases if len(open_ := _undecided(case)) > number]
            options = [(case, _rendered(case, decision)) for case, decision in left]
            several = [(case, texts) for case, texts in options if len(texts) > 1]
            several = desk.budget.affords(several, lambda one: scoring(one[0].source.text, one[1]), most=0.5)
            chosen = likeliest([(case.source.text, texts) for case, texts in several], desk)
            yield from ((case, Proposal(text)) for (case, _), (text, sure) in zip(several, chosen, strict=True) if sure)


def scoring(source: str, texts: Sequence[str]) -> float:
    """What it costs to score translations, in code points of source drafted for the first time."""
    return _COST * len(source) * len(texts)


def likeliest(options: Sequence[tuple[str, Sequence[str]]], desk: Desk) -> list[tuple[str, bool]]:
    """For each (source, translations) the translation that the engine finds likeliest, and whether clearly so.

    The engine tells means over its tokens; a text has at least as many of these as words.
    """
    scorer = cast(Scorer, desk.engine)
    pairs = [(source, text) for source, texts in options for text in texts]
    scores = iter(scorer.score(pairs, desk.source, desk.target) if pairs else ())
    found: list[tuple[str, bool]] = []
    for _, texts in options:
        ranked = sorted(((next(scores), text) for text in texts), key=lambda item: (-item[0], item[1]))
        lead = (ranked[0][0] - ranked[1][0]) * (len(ranked[0][1].split()) + 1) if len(ranked) > 1 else NEAR
        found.append((ranked[0][1], lead >= NEAR))
    return found


def _undecided(case: Case) -> list[Decision]:
    return [decision for decision in case.checked.decisions.values() if decision.code == "N002"]


def _rendered(case: Case, decision: Decision) -> list[str]:
    """The translation with each rendering of one name."""
    text, language = case.checked.text, case.checked.target.language
    return [rendered(text, language, [one]) for one in case.checked.renderer.options(decision.mention, text)]


def rendered(text: str, language: Language, decisions: Sequence[Decision]) -> str:
    """A text with names rendered, and what agrees with them."""
    edits = [Edit(decision.mention.span, decision.text) for decision in decisions]
    beside, _ = adjustments(decisions, text, language)
    return apply_edits(text, [*edits, *(b for b in beside if not any(b.span.overlaps(e.span) for e in edits))])
