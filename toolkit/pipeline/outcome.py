"""What became of one segment on its way into another language, in offsets of its own texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.documents.finishing import StoredPair
from toolkit.documents.original import Tag
from toolkit.documents.writing import Raw
from toolkit.glossary.glossary import Glossary
from toolkit.mentions.model import Mention
from toolkit.morphology.base import Features
from toolkit.pipeline.checks.pair import Remark
from toolkit.pipeline.findings import CODES, Severity
from toolkit.pipeline.result import Action, Finding, Origin, ResultMention, ResultSegment, Step, finding
from toolkit.pipeline.segment import Segment
from toolkit.text.spans import Span


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention's rendering; `span` in the outcome's text, None where it has no place of its own there."""

    text: str
    span: Span | None
    usage: str
    rule: str
    action: Action = Action.KEPT
    candidates: tuple[str, ...] = ()
    features: Features | None = None
    """The form it was put in, where that is known."""
    step: Step | None = None
    """Which step of the ladder served it, in a machine translation."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The target text of a segment, where it comes from, and what is to be said of it.

    `remarks` are (code, span within the segment or None for all of it, fields of the message); those of a check know
    their place in the target text too.
    """

    text: str
    origin: Origin
    score: float = 1.0
    placed: Mapping[Mention, Placed] = field(default_factory=dict)
    remarks: Sequence[tuple[str, Span | None, Mapping[str, object]] | Remark] = ()
    draft: str | None = None
    engine: str = ""
    """The id of the engine that drafted it."""
    links: tuple[tuple[Span, Span], ...] = ()
    """Which stretches of the segment and of the text stand for each other, by words, where an engine told it."""
    tags: tuple[tuple[int, Tag], ...] = ()
    """The segment's tags, by the offset in the text before which they stand, in order."""
    as_written: bool = False
    """Whether the text has the signs of its format in it; places in it are then those of the file's writing."""
    raw: Raw | None = None
    """How the file writes the text, where that is known."""
    stored: StoredPair | None = None
    """What a near match was made of."""


def untranslated(segment: Segment, code: str = "T001") -> Outcome:
    """The segment as it is, said to be so."""
    return Outcome(segment.template.text, Origin.UNTRANSLATED, 0.0, remarks=[(code, None, {})])


def result_segment(segment: Segment, outcome: Outcome) -> ResultSegment:
    return ResultSegment(
        start=segment.span.start,
        end=segment.span.end,
        source=segment.template.text,
        target=outcome.text,
        origin=outcome.origin,
        score=outcome.score,
        draft=outcome.draft,
    )


def result_mentions(segment: Segment, outcome: Outcome, start: int, glossary: Glossary) -> list[ResultMention]:
    """The mentions of a segment whose target text begins at `start` of the text that came out."""
    return [_mention(mention, segment, outcome, start, glossary) for mention in segment.mentions]


def _mention(mention: Mention, segment: Segment, outcome: Outcome, start: int, glossary: Glossary) -> ResultMention:
    flags = tuple(remark[0] for remark in outcome.remarks if remark[1] == mention.span)
    placed = outcome.placed.get(mention) or _unplaced(mention, outcome)
    source = mention.span.shift(segment.span.start)
    target = placed.span.shift(start) if placed.span else None
    return result_mention(mention, source, target, placed, flags, flagged_or(placed.action, flags), glossary)


def flagged_or(action: Action, flags: Sequence[str]) -> Action:
    """What was done with a mention, unless a finding about it is more than a note."""
    graver = any(CODES[code].severity is not Severity.INFO for code in flags)
    return Action.FLAGGED if graver else action


def result_mention(
    mention: Mention,
    source: Span,
    target: Span | None,
    placed: Placed,
    flags: tuple[str, ...],
    action: Action,
    glossary: Glossary,
) -> ResultMention:
    """A mention with its places in the texts that went in and came out."""
    return ResultMention(
        start=source.start,
        end=source.end,
        target_start=target.start if target else None,
        target_end=target.end if target else None,
        surface=mention.surface,
        entity=mention.entity,
        kind=glossary.entity(mention.entity).kind,
        usage="+".join(mention.usages),
        case=str(mention.features),
        zone=mention.zone,
        rendering=placed.text,
        usage_out=placed.usage,
        action=action,
        rule=placed.rule,
        step=placed.step,
        flags=flags,
        candidates=placed.candidates,
    )


def _unplaced(mention: Mention, outcome: Outcome) -> Placed:
    """A mention with no counterpart: it stands where it stood, or the translation says it in other words."""
    usage = "+".join(mention.usages)
    if outcome.origin is Origin.UNTRANSLATED:
        return Placed(mention.surface, mention.span, usage, "untranslated")
    step = Step.FLAGGED if outcome.origin is Origin.MACHINE else None
    return Placed("", None, usage, f"{outcome.origin}:in-other-words", step=step)


def result_findings(segment: Segment, outcome: Outcome, start: int) -> list[Finding]:
    """The remarks as findings, in the order of the source; `start` as in `result_mentions`."""
    found = []
    for remark in outcome.remarks:
        code, span, fields = remark[:3]
        area = span.shift(segment.span.start) if span is not None else segment.span
        made = finding(code, area.start, area.end, **fields)
        if isinstance(remark, Remark) and remark.target is not None:
            place = remark.target.shift(start)
            made = made.model_copy(update={"target_start": place.start, "target_end": place.end})
        found.append(made)
    return sorted(found, key=lambda remark: remark.start)
