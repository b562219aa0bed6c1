"""Step 5, the aligned span: the words that the engine aligned with a name are replaced by the wanted form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from toolkit.engines.protocol import Ability, Draft
from toolkit.mentions.model import Mention, Reading, Zone
from toolkit.morphology.base import Context, Features, Part
from toolkit.morphology.grammars import grammar_of
from toolkit.pipeline.checks.pair import Pair, Remark, side_of
from toolkit.pipeline.checks.repair import instead, name_for
from toolkit.pipeline.obey.case import Case, Desk, Proposal
from toolkit.pipeline.obey.endings import same_end
from toolkit.pipeline.obey.forms import likeliest, rendered, scoring
from toolkit.pipeline.render import Decision
from toolkit.pipeline.result import Step
from toolkit.text.spans import Span

_GAP = re.compile(r"[\s-]*")


class AlignedSpan:
    """Replaces, name by name, what the alignment says to render it."""

    step = Step.ALIGNED

    def wants(self, case: Case, desk: Desk) -> bool:
        return any(words_for(mention.span, case.draft) is not None for mention in case.missing)

    def propose(self, cases: Sequence[Case], desk: Desk) -> Iterable[tuple[Case, Proposal]]:
        for number in range(max(len(case.missing) for case in cases)):
            left = [(case, missing[-number - 1]) for case in cases if len(missing := case.missing) > number]
            options = [(case, mention, decisions_for(mention, case, desk)) for case, mention in left]
            several = [(case, mention, decisions) for case, mention, decisions in options if decisions]
            texts = [[rendered(case.draft.text, desk.target, [d]) for d in found] for case, _, found in several]
            asked = [(case.source.text, some) for (case, _, _), some in zip(several, texts, strict=True)]
            chosen = _chosen(asked, desk)
            for (case, mention, decisions), some, (text, sure) in zip(several, texts, chosen, strict=True):
                decision = decisions[some.index(text)]
                yield case, Proposal(text, tuple(_told(mention, decision, decisions, sure=sure)))


def _chosen(options: Sequence[tuple[str, Sequence[str]]], desk: Desk) -> list[tuple[str, bool]]:
    """Of the translations of each source the one to take, and whether it is sure: by the engine's score where it has
    one and may be asked, else the first."""
    found = {number: (texts[0], len(texts) == 1) for number, (_, texts) in enumerate(options)}
    if Ability.SCORES in desk.engine.abilities:
        unsure = [number for number, (_, sure) in found.items() if not sure]
        asked = desk.budget.affords(unsure, lambda number: scoring(*options[number]))
        found.update(zip(asked, likeliest([options[number] for number in asked], desk), strict=True))
    return list(found.values())


def words_for(span: Span, draft: Draft) -> Span | None:
    """The capitalised words of a draft that are aligned with a span of the source; None where they stand apart.

    What opens a sentence has a capital in any case: it counts only where nothing else is aligned with the span.
    """
    words = sorted({theirs for ours, theirs in draft.alignment if ours.overlaps(span)})
    words = [word for word in words if word.of(draft.text)[:1].isupper()]
    if len(words) > 1 and not any(char.isalnum() for char in draft.text[: words[0].start]):
        words = words[1:]
    if not words or not all(_GAP.fullmatch(draft.text[one.end : other.start]) for one, other in pairwise(words)):
        return None
    return Span(words[0].start, words[-1].end)


def decisions_for(mention: Mention, case: Case, desk: Desk) -> list[Decision]:
    """The wanted name in each form that it can have where the aligned words stand, the likeliest first."""
    place = words_for(mention.span, case.draft)
    if place is None or mention.zone is Zone.PROTECTED:
        return []
    text, renderer = case.draft.text, case.checked.renderer
    pair = Pair(case.source, side_of(text, desk.target, desk.glossary))
    there = [one for one in pair.target.mentions if one.span.overlaps(place)]
    if there:  # another name, whose form is known
        decision = instead(mention, there[0], there[0].features, pair, renderer) if len(there) == 1 else None
        return [decision] if decision is not None else []
    name, _ = name_for(mention, pair, renderer)
    if name is None:
        return []
    surface = place.of(text)
    written = Mention(place, surface, (Reading(name, Features()),), Zone.NARRATION, Span(0, len(text)))
    possible = [features for features in desk.glossary.table(desk.target).features if _plain(features)]
    allowed = grammar_of(desk.target).narrow(possible, Context(text[: place.start], text[place.end :]))
    found: dict[str, Decision] = {}
    for features in allowed:
        decision = instead(mention, written, features, pair, renderer)
        if decision is not None:
            found.setdefault(decision.text, decision)
    return sorted(found.values(), key=lambda decision: -same_end(decision.text, surface))


@lru_cache(maxsize=4096)
def _plain(features: Features) -> bool:
    """A form of the name itself, singular where the name is, with nothing hung on."""
    return replace(features, case=Features().case, definite=False) == Features(part=Part.NAME)


def _told(mention: Mention, decision: Decision, decisions: Sequence[Decision], *, sure: bool) -> Iterable[Remark]:
    fields = {"surface": mention.surface, "step": Step.ALIGNED.value, "rendering": decision.text}
    yield Remark("N020", mention.span, fields)
    if not sure:
        forms = " / ".join(one.text for one in decisions)
        yield Remark("N002", mention.span, {"surface": mention.surface, "candidates": forms})
