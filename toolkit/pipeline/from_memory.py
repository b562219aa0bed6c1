"""A match of the memory as the outcome of a segment."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.documents.finishing import StoredPair
from toolkit.memory.match import Match, MatchKind
from toolkit.mentions.model import Mention, Zone
from toolkit.pipeline.fill import Filled, Filler
from toolkit.pipeline.outcome import Outcome, Placed
from toolkit.pipeline.result import Action, Origin
from toolkit.pipeline.segment import Segment
from toolkit.text.spans import Span

_UNCERTAIN = 0.99
"""The score of a stored sentence that has all the words, but could not surely be fitted to the new names."""


def outcome_of_match(match: Match, segment: Segment, filler: Filler) -> Outcome:
    """The stored translation with the segment's names and numbers; `memory` only if all of it is certain."""
    filled = filler.fill(match, segment.template)
    sure = match.kind is MatchKind.EXACT and filled.certain
    remarks: list[tuple[str, Span | None, Mapping[str, object]]] = [
        (remark.code, remark.slot.span if remark.slot else None, remark.fields) for remark in filled.remarks
    ]
    if match.kind is MatchKind.NEAR:
        remarks.insert(0, ("T002", None, {"score": match.score, "difference": match.differences}))
    placed = _placed(segment, filled)
    for mention, place in placed.items():
        if mention.zone is Zone.QUOTE and place.action is Action.REPLACED:
            remarks.append(("N005", mention.span, {"surface": mention.surface, "rendering": place.text}))
    return Outcome(
        filled.text,
        Origin.MEMORY if sure else Origin.MEMORY_FUZZY,
        match.score if sure else min(match.score, _UNCERTAIN),
        placed,
        remarks,
        stored=None if sure else StoredPair(match.source.text, match.target.text, match.entry.topic or "memory"),
    )


def _placed(segment: Segment, filled: Filled) -> dict[Mention, Placed]:
    """Where each mention came to stand: in its slot, or as a word of the stored translation for the same entity."""
    placed: dict[Mention, Placed] = {}
    for put in filled.puts:
        mention = put.slot.mention
        if mention in segment.mentions and mention not in placed:
            action = action_of(mention, put.naming.usage)
            placed[mention] = Placed(
                put.text, put.span, put.naming.usage, put.naming.rule, action, put.naming.candidates, put.features
            )
    waiting = list(filled.kept)
    for mention in segment.mentions:
        found = next((kept for kept in waiting if kept.decision.mention.entity == mention.entity), None)
        if mention not in placed and found is not None:
            waiting.remove(found)
            decision = found.decision
            action = action_of(mention, decision.usage)
            placed[mention] = Placed(found.text, found.span, decision.usage, decision.rule, action, decision.candidates)
    return placed


def action_of(mention: Mention, usage: str) -> Action:
    return Action.KEPT if set(usage.split("+")) & set(mention.usages) else Action.REPLACED
