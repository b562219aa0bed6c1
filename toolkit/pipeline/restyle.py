"""restyle: one language in, the same language out, names by policy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from toolkit.documents.model import BlockKind, Document
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.languages import Language
from toolkit.mentions.model import Mention, Zone
from toolkit.mentions.resolve import Analysis, analyse
from toolkit.morphology.base import Replacement
from toolkit.morphology.grammars import grammar_of
from toolkit.pipeline.choices import Choice, choices_signature, with_choices
from toolkit.pipeline.dual import with_both_names
from toolkit.pipeline.in_file import can_change, changes_of, in_file, within_tags
from toolkit.pipeline.outcome import Placed, result_mention
from toolkit.pipeline.render import Decision, Renderer
from toolkit.pipeline.result import Action, Finding, Origin, Result, ResultMention, ResultSegment, finding
from toolkit.pipeline.signature import signature
from toolkit.text.spans import Edit, Span, apply_edits
from toolkit.watch import Watch, unwatched


def restyle(
    document: Document,
    language: Language,
    policy: Policy,
    glossary: Glossary,
    *,
    choices: Sequence[Choice] = (),
    name: str | None = None,
    analysis: Analysis | None = None,
    watch: Watch = unwatched,
) -> Result:
    """The document with every name as `policy` wants it; all else comes back byte for byte.

    `choices` come before the policy, each for one mention; raises BadOption for one that meets no mention. `analysis`
    is that of the same document by the same glossary, where the caller has it already.
    """
    text = document.text
    areas = [block.span for block in document.blocks]
    analysis = analysis or analyse(text, language, glossary, areas, document.markup, watch)
    analysis = with_choices(analysis, document, choices)
    renderer = Renderer(glossary, policy, language)
    decisions = [renderer.decide(mention, text) for mention in analysis.mentions]
    if policy.both_names != "never":
        headings = [block.span for block in document.blocks if block.kind is BlockKind.HEADING]
        decisions = with_both_names(decisions, renderer, text, headings)
    decisions = within_tags(decisions, document)
    neighbours, doubts = adjustments(decisions, text, language)
    neighbours = [edit for edit in neighbours if can_change(document, edit.span)]
    edits = [Edit(decision.mention.span, decision.text) for decision in decisions if decision.replaced]
    mentions, findings = report(decisions, doubts, glossary, [*edits, *neighbours])
    result = Result(
        id=name,
        lang=language,
        source_lang=language,
        text=apply_edits(text, [*edits, *neighbours]),
        segments=_segments(analysis, text, [*edits, *neighbours]),
        mentions=mentions,
        findings=findings,
        signature=signature(glossary, policy, *choices_signature(choices)),
    )
    return in_file(result, document, changes_of(document, [*edits, *neighbours]))


def adjustments(
    decisions: Sequence[Decision], text: str, language: Language
) -> tuple[list[Edit], dict[Mention, tuple[str, ...]]]:
    """What must change beside the replaced names: edits in `text`, and doubts by mention."""
    grammar = grammar_of(language)
    edits: list[Edit] = []
    doubts: dict[Mention, tuple[str, ...]] = {}
    for sentence, group in groupby(decisions, lambda decision: decision.mention.sentence):
        members = list(group)
        names = tuple(member.mention.span.shift(-sentence.start) for member in members)
        for decision in members:
            outcome = decision.outcome
            if not decision.replaced or outcome is None or outcome.form is None or outcome.lexeme is None:
                continue
            span = decision.mention.span.shift(-sentence.start)
            old = decision.mention.readings[0].name.lexeme
            adjustment = grammar.adjust(Replacement(sentence.of(text), span, old, outcome.lexeme, outcome.form, names))
            moved = [Edit(edit.span.shift(sentence.start), edit.text) for edit in adjustment.edits]
            edits.extend(edit for edit in moved if not any(edit.span.overlaps(known.span) for known in edits))
            if adjustment.doubts:
                doubts[decision.mention] = adjustment.doubts
    return edits, doubts


def report(
    decisions: Iterable[Decision],
    doubts: dict[Mention, tuple[str, ...]],
    glossary: Glossary,
    edits: Sequence[Edit] = (),
) -> tuple[tuple[ResultMention, ...], tuple[Finding, ...]]:
    """Decisions as the mentions and findings of a Result."""
    mentions: list[ResultMention] = []
    findings: list[Finding] = []
    moved = _Shift(edits)
    for decision in decisions:
        mention = decision.mention
        remarks = _remarks(decision, doubts.get(mention, ()))
        findings.extend(remarks)
        start = moved.start(mention.span.start)
        target, action = Span(start, start + len(decision.text)), _action(decision)
        placed = Placed(decision.text, target, decision.usage, decision.rule, action, decision.candidates)
        flags = tuple(remark.code for remark in remarks)
        mentions.append(result_mention(mention, mention.span, target, placed, flags, action, glossary))
    return tuple(mentions), tuple(findings)


def _action(decision: Decision) -> Action:
    if decision.code:
        return Action.FLAGGED
    return Action.REPLACED if decision.replaced else Action.KEPT


def _remarks(decision: Decision, doubts: Sequence[str]) -> list[Finding]:
    mention = decision.mention
    start, end = mention.span.start, mention.span.end
    found = []
    if decision.code:
        candidates = " / ".join(decision.candidates)
        found.append(
            finding(
                decision.code, start, end, surface=mention.surface, usage=decision.rule.partition(":")[2],
                candidates=candidates, rendering=candidates,
            )
        )  # fmt: skip
    found.extend(finding("N003", start, end, rendering=decision.text, doubt=doubt) for doubt in doubts)
    if decision.replaced and mention.zone is Zone.QUOTE:
        found.append(finding("N005", start, end, surface=mention.surface, rendering=decision.text))
    return found


class _Shift:
    """Where an offset of the source stands after the edits; asked in rising order."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = sorted(edits, key=lambda edit: edit.span)
        self._next = 0
        self._by = 0

    def start(self, offset: int) -> int:
        while self._next < len(self._edits) and self._edits[self._next].span.end <= offset:
            edit = self._edits[self._next]
            self._by += len(edit.text) - len(edit.span)
            self._next += 1
        return offset + self._by


def _segments(analysis: Analysis, text: str, edits: Sequence[Edit]) -> tuple[ResultSegment, ...]:
    ordered = sorted(edits, key=lambda edit: edit.span)
    segments = []
    index = 0
    for sentence in analysis.sentences:
        inside = []
        while index < len(ordered) and ordered[index].span.start < sentence.end:
            inside.append(Edit(ordered[index].span.shift(-sentence.start), ordered[index].text))
            index += 1
        source = sentence.of(text)
        segments.append(
            ResultSegment(
                start=sentence.start, end=sentence.end, source=source, target=apply_edits(source, inside),
                origin=Origin.RESTYLED,
            )
        )  # fmt: skip
    return tuple(segments)
