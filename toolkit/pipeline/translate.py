"""translate: one language in, another out. The memory first, then the engines in order; the rest stays and is said so.

Everything outside the sentences comes back byte for byte.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.documents.model import BlockKind, Document
from toolkit.engines.protocol import Engine
from toolkit.errors import WrongUse
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.languages import Language
from toolkit.memory.match import DEFAULT, EXACT_ONLY, MatchOptions, find_match
from toolkit.memory.protocol import TranslationMemory
from toolkit.mentions.resolve import Analysis, analyse
from toolkit.pipeline.as_written import as_read, as_written
from toolkit.pipeline.choices import Choice, choices_signature, with_choices
from toolkit.pipeline.drafts import translate_by_engines
from toolkit.pipeline.dual_translate import add_both_names
from toolkit.pipeline.fill import Filler
from toolkit.pipeline.from_memory import outcome_of_match
from toolkit.pipeline.in_file import in_file, segment_changes
from toolkit.pipeline.inline_places import with_tags
from toolkit.pipeline.names_alone import translate_names_alone
from toolkit.pipeline.obey.budget import PER_CENT
from toolkit.pipeline.outcome import Outcome, result_findings, result_mentions, result_segment, untranslated
from toolkit.pipeline.render import Renderer
from toolkit.pipeline.result import Finding, Result, ResultMention
from toolkit.pipeline.segment import Cutter, Segment
from toolkit.pipeline.signature import signature
from toolkit.text.spans import Edit, Span, SpanSet, apply_edits
from toolkit.watch import Watch, unwatched


@dataclass(frozen=True)
class _Job:
    """What every step of one translation needs."""

    source: Language
    target: Language
    policy: Policy
    glossary: Glossary
    memory: TranslationMemory | None
    options: MatchOptions


def translate(
    document: Document,
    source: Language,
    target: Language,
    policy: Policy,
    glossary: Glossary,
    memory: TranslationMemory | None = None,
    *,
    engines: Sequence[Engine] = (),
    options: MatchOptions = DEFAULT,
    choices: Sequence[Choice] = (),
    ask_again: float = PER_CENT,
    name: str | None = None,
    watch: Watch = unwatched,
) -> Result:
    """The document in the target language, names by policy; `engines` are asked in order for what is not stored.

    For lost names the engines may be asked again for `ask_again` per cent of their time (`obey.budget`).
    `choices` come before the policy, each for one mention of the source. `watch` is told how many segments the memory
    had, and may end it all. Raises WrongUse where source and target are the same language, BadOption for a choice that
    meets no mention, ModelUnusable from an engine.
    """
    if source is target:
        raise WrongUse(f"from {source} to {target} there is nothing to translate", remedy="use `restyle`")
    job = _Job(source, target, policy, glossary, memory, options)
    text = document.text
    blocks = [block.span for block in document.blocks]
    analysis = analyse(text, source, glossary, blocks, document.markup, lambda _, total: watch(0, total))
    analysis = with_choices(analysis, document, choices)
    segments, found = _remembered(document, analysis, job, watch)
    outcomes = _drafted(segments, found, job, engines, ask_again)
    if policy.both_names != "never":
        heads = SpanSet(block.span for block in document.blocks if block.kind is BlockKind.HEADING)
        headings = [heads.covers(segment.span) for segment in segments]
        outcomes = add_both_names(outcomes, headings, Renderer(glossary, policy, target))
    outcomes = [with_tags(s, as_read(o, document)) for s, o in zip(segments, outcomes, strict=True)]
    mentions, findings = _reported(segments, outcomes, glossary)
    result = Result(
        id=name,
        lang=target,
        source_lang=source,
        text=_written(document, target, segments, outcomes),
        segments=tuple(result_segment(s, o) for s, o in zip(segments, outcomes, strict=True)),
        mentions=tuple(mentions),
        findings=tuple(findings),
        signature=signature(
            glossary, policy, *choices_signature(choices), *_served(outcomes, memory, engines, options, ask_again)
        ),
    )
    return in_file(result, document, segment_changes(document, segments, outcomes), stored=[o.stored for o in outcomes])


def _written(document: Document, target: Language, segments: Sequence[Segment], outcomes: Sequence[Outcome]) -> str:
    """The text with what came of its segments; its language codes too, unless they stand in the original alone."""
    edits = [Edit(segment.span, outcome.text) for segment, outcome in zip(segments, outcomes, strict=True)]
    if not document.original:
        edits += [Edit(code.span, code.written(target.value)) for code in document.language_codes]
    return apply_edits(document.text, edits)


def _served(
    outcomes: Sequence[Outcome],
    memory: TranslationMemory | None,
    engines: Sequence[Engine],
    options: MatchOptions,
    ask_again: float,
) -> list[str]:
    """What made the translation, for the signature: the memory and its threshold, and the engines that served, in the
    order in which they were asked."""
    parts = [f"{memory.signature}~{options.threshold:g}"] if memory else []
    served = {outcome.engine for outcome in outcomes}
    ids = [engine.id for engine in engines if engine.id in served] if served - {""} else []
    if not ids:
        return parts
    again = "" if ask_again == PER_CENT else f"~{ask_again:g}"
    return [*parts, f"engine:{'+'.join(dict.fromkeys(ids))}{again}"]


def _remembered(
    document: Document, analysis: Analysis, job: _Job, watch: Watch
) -> tuple[list[Segment], list[Outcome | None]]:
    """The segments of a document, and what needs no engine: names alone, and what the memory has.

    A block of several sentences is looked up as a whole before its sentences are.
    """
    segments: list[Segment] = []
    found: list[Outcome | None] = []
    filler = Filler(job.glossary, job.policy, job.target)
    cutter = Cutter(document, analysis, job.source, job.glossary)
    sentences = SpanSet(analysis.sentences)
    done = 0
    for block in document.blocks:
        inside = sentences.inside(block.span)
        if len(inside) > 1:
            whole = cutter.cut(Span(inside[0].start, inside[-1].end))
            outcome = _stored(whole, document, filler, job, EXACT_ONLY)
            if outcome is not None:
                segments.append(whole)
                found.append(outcome)
                done += len(inside)
                continue
        for sentence in inside:
            segment = cutter.cut(sentence)
            segments.append(segment)
            found.append(
                translate_names_alone(segment, job.target, job.policy, job.glossary)
                or _stored(segment, document, filler, job, job.options)
            )
            done += found[-1] is not None
        watch(done, len(analysis.sentences))
    return segments, found


def _stored(segment: Segment, document: Document, filler: Filler, job: _Job, options: MatchOptions) -> Outcome | None:
    """What the memory has: first for the segment as the file writes it, with its markup, then as it is read."""
    if job.memory is None or not segment.searchable:
        return None
    written = as_written(segment, document, job.glossary)
    if written is not None and (match := find_match(job.memory, written.template, job.target, EXACT_ONLY)):
        return written.outcome(outcome_of_match(match, written.segment, filler))
    if segment.markup:  # the same markup in the stored translation, or none
        options = EXACT_ONLY
    match = find_match(job.memory, segment.template, job.target, options)
    return outcome_of_match(match, segment, filler) if match else None


def _drafted(
    segments: Sequence[Segment],
    found: Sequence[Outcome | None],
    job: _Job,
    engines: Sequence[Engine],
    ask_again: float,
) -> list[Outcome]:
    """What was found, and for the rest what the engines make of it, or the segment as it is."""
    waiting = [i for i, outcome in enumerate(found) if outcome is None and not segments[i].markup]
    drafted = translate_by_engines(
        [segments[i] for i in waiting], engines, job.source, job.target, job.policy, job.glossary, ask_again
    )
    known = dict(zip(waiting, drafted, strict=True))
    return [
        outcome or known.get(i) or untranslated(segments[i], "T005" if segments[i].markup else "T001")
        for i, outcome in enumerate(found)
    ]


def _reported(
    segments: Sequence[Segment], outcomes: Sequence[Outcome], glossary: Glossary
) -> tuple[list[ResultMention], list[Finding]]:
    mentions: list[ResultMention] = []
    findings: list[Finding] = []
    grown = 0
    for segment, outcome in zip(segments, outcomes, strict=True):
        mentions.extend(result_mentions(segment, outcome, segment.span.start + grown, glossary))
        findings.extend(result_findings(segment, outcome, segment.span.start + grown))
        grown += len(outcome.text) - len(segment.span)
    return mentions, findings
