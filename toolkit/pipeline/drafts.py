"""Drafts of engines: asked in one batch, names put right in what comes back, missing names said.

A draft's names follow the policy; where that follows the source, they take the usage the source has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.engines.protocol import Constraint, Engine, Request
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.mentions.resolve import analyse
from toolkit.pipeline.naming import Namer
from toolkit.pipeline.outcome import Outcome, Placed
from toolkit.pipeline.render import Decision, Renderer
from toolkit.pipeline.restyle import adjustments
from toolkit.pipeline.result import Action, Origin
from toolkit.pipeline.segment import Segment
from toolkit.text.spans import Edit, Span, apply_edits


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
    """A draft with its names as the policy wants them, and a finding for each name of the source that it lacks."""
    mentions = analyse(draft, target, glossary, [Span(0, len(draft))]).mentions
    renderer = Renderer(glossary, _following(segment, mentions, policy), target)
    decisions = [renderer.decide(mention, draft) for mention in mentions]
    neighbours, doubts = adjustments(decisions, draft, target)
    edits = [Edit(decision.mention.span, decision.text) for decision in decisions if decision.replaced]
    edits += [edit for edit in neighbours if not any(edit.span.overlaps(known.span) for known in edits)]
    remarks: list[tuple[str, Span | None, Mapping[str, object]]] = []
    placed: dict[Mention, Placed] = {}
    waiting = list(decisions)
    for mention in segment.mentions:
        decision = next((d for d in waiting if d.mention.entity == mention.entity), None)
        if decision is None:
            remarks.append(("N009", mention.span, {"surface": mention.surface, "entity": mention.entity}))
            continue
        waiting.remove(decision)
        placed[mention] = _place(mention, decision, edits)
        if decision.code:
            remarks.append((decision.code, mention.span, _fields(decision)))
        remarks.extend(
            ("N003", mention.span, {"rendering": decision.text, "doubt": doubt})
            for doubt in doubts.get(decision.mention, ())
        )
    return Outcome(apply_edits(draft, edits), Origin.MACHINE, 0.0, placed, remarks, draft)


def _request(segment: Segment, namer: Namer) -> Request:
    constraints = []
    for slot in segment.template.slots:
        naming = namer.name_of(slot) if slot.is_name else None
        if naming is not None and naming.name is not None:
            constraints.append(Constraint(slot.span, (naming.name.lexeme.text,)))
    return Request(segment.text, tuple(constraints))


def _following(segment: Segment, drafted: Sequence[Mention], policy: Policy) -> Policy:
    """The policy, with the source's usage for what it leaves to the source."""
    present = {usage for mention in drafted for usage in mention.usages}
    wanted: dict[str, str] = {}
    for mention in segment.mentions:
        usages = set(mention.usages)
        for other in drafted:
            if other.entity == mention.entity and not usages & set(other.usages) and present:
                wanted[mention.entity] = sorted(usages)[0]
    if policy.usage is not None or policy.kinds or not wanted:
        return policy
    return policy.model_copy(update={"entities": wanted | dict(policy.entities)})


def _place(mention: Mention, decision: Decision, edits: Sequence[Edit]) -> Placed:
    span = decision.mention.span
    start = span.start + sum(len(e.text) - len(e.span) for e in edits if e.span.end <= span.start and e.span != span)
    if decision.replaced:
        action = Action.REPAIRED if set(decision.usage.split("+")) & set(mention.usages) else Action.REPLACED
    else:
        action = Action.KEPT
    return Placed(
        decision.text,
        Span(start, start + len(decision.text)),
        decision.usage,
        decision.rule,
        action,
        decision.candidates,
    )


def _fields(decision: Decision) -> Mapping[str, object]:
    return {
        "surface": decision.mention.surface,
        "usage": decision.rule.partition(":")[2],
        "candidates": " / ".join(decision.candidates),
    }
