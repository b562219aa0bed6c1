"""Segments that hold nothing but names, figures, marks and protected text ("CGTN", "/@agency"): translated by rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.languages import Language
from toolkit.memory.slots import NUMBER, Slot
from toolkit.mentions.zones import zones_of
from toolkit.morphology.base import Case, Context, Features
from toolkit.pipeline.from_memory import action_of
from toolkit.pipeline.naming import Namer
from toolkit.pipeline.outcome import Outcome, Placed
from toolkit.pipeline.render import in_shape, inflect
from toolkit.pipeline.result import Origin
from toolkit.pipeline.segment import Segment
from toolkit.text.spans import Edit, Span, apply_edits


def translate_names_alone(segment: Segment, target: Language, policy: Policy, glossary: Glossary) -> Outcome | None:
    """The names in their base form, all else as it is; None where there is a word, a doubt or an oblique case."""
    names = [slot for slot in segment.template.slots if slot.is_name]
    if (
        segment.markup
        or not segment.searchable
        or not _nothing_else(segment, names)
        or not all(_stands_alone(slot) for slot in names)
    ):
        return None
    namer = Namer(glossary, policy, target)
    table = glossary.table(target)
    edits: list[Edit] = []
    remarks: list[tuple[str, Span | None, Mapping[str, object]]] = []
    namings = [namer.name_of(slot) for slot in names]
    for slot, naming in zip(names, namings, strict=True):
        text = slot.surface
        if naming.name is not None:
            form = inflect(table, naming.name, Features(), Context())
            text = in_shape(form, slot.surface, slot.lexeme.text, target) if form else naming.name.lexeme.text
        if naming.code:
            fields = {"surface": slot.surface, "entity": slot.value, "language": target.english_name}
            remarks.append((naming.code, slot.span, fields | {"candidates": " / ".join(naming.candidates)}))
        edits.append(Edit(slot.span, text))
    placed = {}
    grown = 0
    for slot, naming, edit in zip(names, namings, edits, strict=True):
        span = Span(slot.span.start + grown, slot.span.start + grown + len(edit.text))
        grown += len(edit.text) - len(slot.span)
        if slot.mention is not None:
            action = action_of(slot.mention, naming.usage)
            placed[slot.mention] = Placed(edit.text, span, naming.usage, naming.rule, action, naming.candidates)
    return Outcome(apply_edits(segment.text, edits), Origin.RESTYLED, 1.0, placed, remarks)


def _nothing_else(segment: Segment, names: Sequence[Slot]) -> bool:
    """Whether no letter stands outside names, figures and protected spans, and every mention is a name."""
    spans = [slot.span for slot in segment.template.slots if slot.is_name or slot.cls == NUMBER]
    spans += zones_of(segment.text, segment.template.language).protected
    letters = [index for index, char in enumerate(segment.text) if char.isalpha()]
    covered = all(any(span.start <= index < span.end for span in spans) for index in letters)
    return covered and len(names) == len(segment.mentions)


def _stands_alone(slot: Slot) -> bool:
    certain = slot.mention is None or slot.mention.doubt is None
    return certain and any(features.case is Case.NOM for features in slot.features)
