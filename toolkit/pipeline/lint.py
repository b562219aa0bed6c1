"""lint: mixed usages, contested terms and names that cannot be decided, in one text; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.documents.model import Document
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.languages import Language
from toolkit.mentions.model import Mention, Zone
from toolkit.mentions.resolve import analyse
from toolkit.pipeline.choices import Choice, choices_signature, with_choices
from toolkit.pipeline.in_file import in_file
from toolkit.pipeline.render import Renderer
from toolkit.pipeline.restyle import report
from toolkit.pipeline.result import Finding, Origin, Result, ResultSegment, finding
from toolkit.pipeline.signature import signature
from toolkit.pipeline.terms import contested_terms
from toolkit.text.spans import Span, SpanSet
from toolkit.watch import Watch, unwatched


def lint(
    document: Document,
    language: Language,
    policy: Policy,
    glossary: Glossary,
    *,
    choices: Sequence[Choice] = (),
    name: str | None = None,
    watch: Watch = unwatched,
) -> Result:
    """The text as it is, with its mentions and what an editor should look at.

    Mentions carry what `policy`, or before it one of the `choices`, would make of them; nothing is replaced. Raises
    BadOption for a choice that meets no mention.
    """
    text = document.text
    analysis = analyse(text, language, glossary, [block.span for block in document.blocks], document.markup, watch)
    analysis = with_choices(analysis, document, choices)
    renderer = Renderer(glossary, policy, language)
    mentions, undecided = report([renderer.decide(m, text) for m in analysis.mentions], {}, glossary)
    shown = tuple(
        mention.model_copy(update={"target_start": mention.start, "target_end": mention.end}) for mention in mentions
    )
    findings = [
        *(remark for remark in undecided if remark.code != "N005"),
        *_mixed_usages(analysis.mentions),
        *_terms(document, language, glossary),
    ]
    result = Result(
        id=name,
        lang=language,
        source_lang=language,
        text=text,
        segments=tuple(_as_it_is(sentence, text) for sentence in analysis.sentences),
        mentions=shown,
        findings=tuple(sorted(findings, key=lambda remark: (remark.start, remark.end, remark.code))),
        signature=signature(glossary, policy, *choices_signature(choices)),
    )
    return in_file(result, document)


def _as_it_is(sentence: Span, text: str) -> ResultSegment:
    words = sentence.of(text)
    return ResultSegment(start=sentence.start, end=sentence.end, source=words, target=words, origin=Origin.RESTYLED)


def _terms(document: Document, language: Language, glossary: Glossary) -> Iterator[Finding]:
    """The contested terms in what is read of the document."""
    areas = SpanSet(block.span for block in document.blocks)
    for remark in contested_terms(document.text, language, glossary):
        if areas.covers(Span(remark.start, remark.end)):
            yield remark


def _mixed_usages(mentions: Sequence[Mention]) -> Iterator[Finding]:
    """A finding at each mention by which a text leaves the usage it named the entity by before."""
    first: dict[str, Mention] = {}
    for mention in mentions:
        if mention.zone is not Zone.NARRATION or len(mention.entities) > 1:
            continue
        known = first.setdefault(mention.entity, mention)
        if not set(known.usages) & set(mention.usages):
            start, end = mention.span.start, mention.span.end
            surfaces = " / ".join(sorted({known.surface, mention.surface}))
            yield finding("N007", start, end, entity=mention.entity, surfaces=surfaces)
