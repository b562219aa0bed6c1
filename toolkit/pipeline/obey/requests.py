"""Step 1, decoding held to the glossary: what an engine is told of the names in a segment."""

from __future__ import annotations

from functools import lru_cache

from toolkit.engines.protocol import Ability, Constraint, Request
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.names import CompiledName, NameTable
from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.morphology.base import Part
from toolkit.pipeline.naming import Namer, Naming
from toolkit.pipeline.segment import Segment


def request_for(segment: Segment, namer: Namer, abilities: Ability) -> tuple[Request, list[Mention]]:
    """The request for a segment, and the mention that each of its constraints is about.

    An engine that holds to constraints gets every form of the wanted name, so that the sentence chooses the case, and
    is forbidden the forms that other usages have for the entity; any other gets the name alone.
    """
    held = Ability.CONSTRAINTS in abilities
    wanted: list[tuple[Mention, Naming, Constraint]] = []
    for slot in segment.template.slots:
        if not slot.is_name or slot.mention is None:
            continue
        naming = namer.name_of(slot)
        if naming.name is not None:
            allowed = all_forms(namer.glossary, namer.language, naming.name) if held else (naming.name.lexeme.text,)
            wanted.append((slot.mention, naming, Constraint(slot.span, allowed)))
    if held:
        written = {form for _, _, constraint in wanted for form in constraint.allowed}
        wanted = [
            (mention, naming, Constraint(one.span, one.allowed, _other_usages(namer, mention, naming, written)))
            for mention, naming, one in wanted
        ]
    return Request(segment.text, tuple(one for _, _, one in wanted)), [mention for mention, _, _ in wanted]


@lru_cache(maxsize=4096)
def all_forms(glossary: Glossary, language: Language, name: CompiledName) -> tuple[str, ...]:
    """Every form a name is written in, the base form first: its own number, nobody's possession."""
    table = glossary.table(language)
    texts = {name.lexeme.text: None}
    number = _number(table, name)
    for features in table.features:
        if features.part is Part.NAME and features.number == number and not features.possessor:
            texts.update((form.text, None) for form in table.forms(name, features) if form.preferred)
    return tuple(texts)


def _number(table: NameTable, name: CompiledName) -> str:
    """The number of the base form."""
    numbers = (f.number for f in table.features if any(x.text == name.lexeme.text for x in table.forms(name, f)))
    return next(numbers, table.features[0].number)


def _other_usages(namer: Namer, mention: Mention, naming: Naming, written: set[str]) -> tuple[str, ...]:
    """The forms of the entity's names in usages that are not wanted here; none where the usage is not certain, and
    none that another name of the segment needs or that is a part of a wanted form."""
    if naming.name is None or naming.code or len(mention.entities) > 1:
        return ()
    table = namer.glossary.table(namer.language)
    others = [
        name
        for name in table.of_entity(mention.entity)
        if name.role.is_name and name.usages and not set(name.usages) & set(naming.name.usages)
    ]
    forms = {form for name in others for form in all_forms(namer.glossary, namer.language, name)}
    return tuple(sorted(form for form in forms if not any(form in wanted for wanted in written)))
