"""Decide what a mention becomes under a policy, in its own language.

Every reading that survived is rendered on its own. Where all come out alike, that is the rendering; where they
differ, nothing tells which one is meant: the mention stays as it is and is flagged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.glossary.names import CompiledName, NameTable, Role
from toolkit.glossary.policy import caution, wanted_usage
from toolkit.languages import Language
from toolkit.mentions.model import Doubt, Mention, Reading, Zone
from toolkit.morphology.base import Case, Context, Features, Form, Lexeme, Part
from toolkit.morphology.grammars import grammar_of
from toolkit.text.casing import Shape, apply_shape, capitalize, shape_of
from toolkit.text.folding import APOSTROPHES, TONE_MARKS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one reading becomes: a text under a usage, or None where the wanted name has no such form."""

    text: str | None
    usage: str
    rule: str
    form: Form | None = None
    lexeme: Lexeme | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a mention; `outcome` carries the new form where it was replaced."""

    mention: Mention
    text: str
    usage: str
    rule: str
    outcome: Outcome | None = None
    code: str = ""
    candidates: tuple[str, ...] = ()

    @property
    def replaced(self) -> bool:
        return self.text != self.mention.surface


@dataclass(frozen=True)
class Renderer:
    """Renders mentions of one language under one policy."""

    glossary: Glossary
    policy: Policy
    language: Language

    def decide(self, mention: Mention, text: str) -> Decision:
        """The decision for one mention of `text`."""
        usage = "+".join(mention.usages)
        kept = Decision(mention, mention.surface, usage, "")
        if mention.zone is Zone.PROTECTED or (mention.zone is Zone.METALINGUISTIC and not mention.chosen):
            return replace(kept, rule=f"zone:{mention.zone}")
        if mention.zone is Zone.QUOTE and self.policy.quotes == "speaker" and not mention.chosen:
            return replace(kept, rule="quotes:speaker")
        careful = caution(self.policy, self.glossary.entity(mention.entity), self.language)
        if careful is not None and mention.doubt is None and not mention.chosen:
            return replace(kept, rule=f"flag:{self.policy.id}", code=careful.code, candidates=careful.instead)
        outcomes = [self._outcome(reading, mention, text) for reading in mention.readings]
        texts = list(dict.fromkeys(outcome.text for outcome in outcomes))
        if texts == [mention.surface]:
            return replace(kept, rule=outcomes[0].rule)
        if mention.doubt is not None or len(texts) > 1 or texts[0] is None:
            return _flagged(kept, mention, outcomes)
        chosen = outcomes[0]
        return Decision(mention, texts[0], chosen.usage, chosen.rule, chosen)

    def options(self, mention: Mention, text: str) -> list[Decision]:
        """What a mention can become: a decision for each different text that its readings lead to."""
        found: dict[str, Decision] = {}
        for reading in mention.readings:
            outcome = self._outcome(reading, mention, text)
            if outcome.text is not None:
                found.setdefault(outcome.text, Decision(mention, outcome.text, outcome.usage, outcome.rule, outcome))
        return list(found.values())

    def _outcome(self, reading: Reading, mention: Mention, text: str) -> Outcome:
        name = reading.name
        own = "+".join(name.usages)
        kind = self.glossary.entity(name.entity).kind
        wanted = wanted_usage(self.policy, name.entity, kind, name.usages, mention.chosen)
        by = "chosen" if mention.chosen else "policy"
        if wanted is None:
            return Outcome(mention.surface, own, f"{by}:source")
        if wanted in name.usages:
            return Outcome(mention.surface, own, f"{by}:{wanted}")
        table = self.glossary.table(self.language)
        role = Role.FULL if name.role is Role.VARIANT else name.role
        new = alike(table, name, table.find(name.entity, wanted, role), wanted)
        if new is None:
            return Outcome(mention.surface, own, f"no-name:{wanted}")
        context = Context(
            text[mention.sentence.start : mention.span.start], text[mention.span.end : mention.sentence.end]
        )
        form = inflect(table, new, reading.features, context)
        if form is None:
            return Outcome(None, wanted, f"no-form:{wanted}")
        written = written_like(form, mention, self.language)
        if mention.surface[:1].isupper() and not any(char.isalnum() for char in context.before):
            written = capitalize(written, self.language)
        return Outcome(written, wanted, f"{by}:{wanted}", form, new.lexeme)


def alike(table: NameTable, old: CompiledName, new: CompiledName | None, usage: str) -> CompiledName | None:
    """Of the names under a usage the one most like the old: "region" stays "region", a singular (արցախահայություն)
    stays one.
    """
    if new is None:
        return new
    if old.lexeme.plural != new.lexeme.plural:
        return _of_same_number(table, old, new, usage)
    if " " not in old.lexeme.text:
        return new
    words = old.lexeme.text.split()
    others = [
        name
        for name in table.of_entity(old.entity)
        if usage in name.usages and name.role in (Role.FULL, Role.VARIANT) and " " in name.lexeme.text
    ]

    def likeness(name: CompiledName) -> tuple[int, int]:
        theirs = name.lexeme.text.split()
        return len(set(words).intersection(theirs)), (words[0] == theirs[0]) + (words[-1] == theirs[-1])

    return max([new, *others], key=likeness)


def _of_same_number(table: NameTable, old: CompiledName, new: CompiledName, usage: str) -> CompiledName:
    """The name of the usage that is a plural, or none, as the old one is, and ends most like it; else `new`."""
    from rapidfuzz.distance import Postfix

    others = [
        name
        for name in table.of_entity(old.entity)
        if usage in name.usages and name.role in (Role.FULL, Role.VARIANT) and name.lexeme.plural == old.lexeme.plural
    ]
    return max(others, key=lambda name: Postfix.similarity(name.lexeme.text, old.lexeme.text), default=new)


def inflect(table: NameTable, name: CompiledName, features: Features, context: Context) -> Form | None:
    """The form of a name with these features that the sentence wants; None where it has none."""
    for wanted in (features, *_looser(features, table.language)):
        forms = [form for form in table.forms(name, wanted) if form.preferred]
        if forms:
            return grammar_of(table.language).select(forms, context)
    return None


def _looser(features: Features, language: Language) -> Sequence[Features]:
    """Features that say the same in a paradigm that makes fewer distinctions; Խանքենդիի for an Armenian adjective."""
    looser = []
    if features.definite:
        looser.append(replace(features, definite=False))
    if features.animate:
        looser.append(replace(features, animate=False))
    if features.part is Part.ADJECTIVE and language is Language.HY:
        looser.append(Features(case=Case.GEN))
    return looser


def written_like(form: Form, mention: Mention, language: Language) -> str:
    """A new form with the capitals and the apostrophe of the surface it replaces."""
    return in_shape(form, mention.surface, mention.readings[0].name.lexeme.text, language)


def in_shape(form: Form, surface: str, name: str, language: Language) -> str:
    """A form written as `surface` writes the base form `name`: in capitals, with a capital, with its apostrophe."""
    shape = shape_of(surface)
    text = form.text
    if shape is Shape.UPPER and shape_of(name) is not Shape.UPPER:
        text = apply_shape(text, Shape.UPPER, language)
    elif shape is Shape.TITLE and (form.features.part is not Part.NAME or name[:1].islower()):
        text = apply_shape(text, Shape.TITLE, language)
    typed = next((char for char in surface if char in APOSTROPHES), "'")
    tone = next((char for char in surface if char in TONE_MARKS), "")
    return _toned(text, tone).replace("'", typed) if tone else text.replace("'", typed)


def _toned(text: str, tone: str) -> str:
    """An Armenian word with a mark of stress or question after its last vowel (ու is one vowel of two letters)."""
    place = max(text.rfind(vowel) for vowel in "աեէըիոօԱԵԷԸԻՈՕ")
    return text[: place + 1] + tone + text[place + 1 :]


def _flagged(kept: Decision, mention: Mention, outcomes: Sequence[Outcome]) -> Decision:
    candidates = tuple(sorted({outcome.text for outcome in outcomes if outcome.text is not None}))
    if mention.doubt is Doubt.ENTITY:
        return replace(kept, rule="flag:entity", code="N001", candidates=mention.entities)
    if mention.doubt is Doubt.HOMOGRAPH:
        return replace(kept, rule="flag:homograph", code="N006", candidates=candidates)
    if any(outcome.text is None for outcome in outcomes) and len(candidates) <= 1:
        return replace(kept, rule="flag:no-form", code="N004", candidates=candidates)
    return replace(kept, rule="flag:form", code="N002", candidates=candidates)
