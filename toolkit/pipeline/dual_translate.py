"""Both sides' names at the first mention of a translation: the rule of `dual`, applied to what was translated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.mentions.model import Mention
from toolkit.mentions.resolve import analyse
from toolkit.morphology.base import Features
from toolkit.pipeline.dual import with_both_names
from toolkit.pipeline.outcome import Outcome, Placed
from toolkit.pipeline.render import Renderer
from toolkit.pipeline.result import Origin
from toolkit.text.spans import Edit, Span, apply_edits

_APART = "\n\n"


def add_both_names(outcomes: Sequence[Outcome], headings: Sequence[bool], renderer: Renderer) -> list[Outcome]:
    """The outcomes with the other side's name added where an entity is first mentioned in the running text.

    `headings` says of each outcome whether it is one; untranslated segments are left alone.
    """
    text, spans = "", []
    for outcome in outcomes:
        spans.append(Span(len(text), len(text) + len(outcome.text)))
        text += outcome.text + _APART
    translated = [span for span, o in zip(spans, outcomes, strict=True) if o.origin is not Origin.UNTRANSLATED]
    forms = _forms(outcomes, spans)
    mentions = [
        _in_form(mention, forms.get(mention.span))
        for mention in analyse(text, renderer.language, renderer.glossary, translated).mentions
    ]
    decisions = [renderer.decide(mention, text) for mention in mentions]
    rule = f"both-names:{renderer.policy.both_names}"
    heads = [span for span, heading in zip(spans, headings, strict=True) if heading]
    added: list[Edit] = []
    for before, after in zip(decisions, with_both_names(decisions, renderer, text, heads), strict=True):
        if after.text != before.text and not before.replaced:
            end = after.mention.span.end
            added.append(Edit(Span(end, end), after.text[len(before.text) :]))
    return [
        _with(outcome, [Edit(e.span.shift(-span.start), e.text) for e in added if span.contains(e.span)], rule)
        for outcome, span in zip(outcomes, spans, strict=True)
    ]


def _forms(outcomes: Sequence[Outcome], spans: Sequence[Span]) -> dict[Span, Features]:
    """The forms in which names were put into the translation, by their place in the joined text."""
    return {
        place.span.shift(span.start): place.features
        for outcome, span in zip(outcomes, spans, strict=True)
        for place in outcome.placed.values()
        if place.span is not None and place.features is not None
    }


def _in_form(mention: Mention, features: Features | None) -> Mention:
    """The mention in the form it was written in: what was written need not be guessed again."""
    if features is None:
        return mention
    return replace(mention, readings=tuple(replace(reading, features=features) for reading in mention.readings))


def _with(outcome: Outcome, edits: Sequence[Edit], rule: str) -> Outcome:
    if not edits:
        return outcome
    placed = {mention: _moved(place, edits, rule) for mention, place in outcome.placed.items()}
    return replace(outcome, text=apply_edits(outcome.text, edits), placed=placed)


def _moved(place: Placed, edits: Sequence[Edit], rule: str) -> Placed:
    """A rendering after the additions; its own one belongs to it."""
    if place.span is None:
        return place
    start = place.span.start + sum(len(edit.text) for edit in edits if edit.span.end <= place.span.start)
    own = next((edit.text for edit in edits if edit.span.start == place.span.end), "")
    text = place.text + own
    return replace(place, text=text, span=Span(start, start + len(text)), rule=rule if own else place.rule)
