"""Both sides' names: "Stepanakert (Khankendi)" at the first mention, then one; or at every mention.

A heading does not count as the first mention, nor does a mention inside a quotation. A text that gives both
names itself has introduced the entity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.glossary.names import CompiledName
from toolkit.glossary.usages import SIDES
from toolkit.mentions.model import Mention, Zone
from toolkit.morphology.base import Context, Features, Part
from toolkit.pipeline.render import Decision, Renderer, inflect, written_like
from toolkit.text.spans import Span, SpanSet


def with_both_names(
    decisions: Sequence[Decision], renderer: Renderer, text: str, headings: Sequence[Span]
) -> list[Decision]:
    """The decisions with the other side's name added where an entity is first mentioned in the running text, or
    wherever it is named, as the policy wants."""
    always = renderer.policy.both_names == "always"
    heads = SpanSet(() if always else headings)
    introduced: set[str] = set()
    found = []
    for decision in decisions:
        mention = decision.mention
        if mention.zone is Zone.METALINGUISTIC:
            introduced.add(mention.entity)
        counts = mention.zone is Zone.NARRATION and not heads.covers(mention.span) and not decision.code
        if counts and (always or mention.entity not in introduced):
            other = _other_name(decision, renderer, text)
            if other is not None:
                introduced.add(mention.entity)
                decision = replace(
                    decision, text=f"{decision.text} ({other})", rule=f"both-names:{renderer.policy.both_names}"
                )
        found.append(decision)
    return found


def _other_name(decision: Decision, renderer: Renderer, text: str) -> str | None:
    """The other side's name in the form of the mention; None where it is the same or cannot be told."""
    mention = decision.mention
    if mention.features.part is not Part.NAME or not renderer.glossary.entity(mention.entity).contested:
        return None
    usages = set(decision.usage.split("+"))
    others = [usage for usage in SIDES if usage not in usages]
    name = renderer.glossary.table(renderer.language).find(mention.entity, others[0]) if len(others) == 1 else None
    if name is None:
        return None
    texts = {_inflected(renderer, name, mention, reading.features, text) for reading in mention.readings}
    single = texts.pop() if len(texts) == 1 else None
    return single if single != decision.text else None


def _inflected(renderer: Renderer, name: CompiledName, mention: Mention, features: Features, text: str) -> str | None:
    context = Context(text[mention.sentence.start : mention.span.start], ")")
    form = inflect(renderer.glossary.table(renderer.language), name, features, context)
    return written_like(form, mention, renderer.language) if form else None
