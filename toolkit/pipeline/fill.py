"""Fill a stored translation with the names, numbers, months and weekdays of a new sentence.

Each slot of the stored target takes the form that the stored word has there, and the words beside it are made to
agree. What a rule cannot decide is said as a remark; `certain` is False where the text then may be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.glossary.names import CompiledName
from toolkit.languages import Language
from toolkit.memory.calendar import calendar_of
from toolkit.memory.match import Match
from toolkit.memory.slots import NUMBER, Slot
from toolkit.memory.template import Template
from toolkit.morphology.base import Context, Features, Form, Lexeme, Replacement
from toolkit.morphology.grammars import grammar_of
from toolkit.pipeline.figures import fit_number
from toolkit.pipeline.naming import Namer, Naming
from toolkit.pipeline.render import Decision, Renderer, in_shape, inflect
from toolkit.text.casing import Shape, capitalize, shape_of, upper
from toolkit.text.spans import Edit, Span, apply_edits

_CLOSED = re.compile(r"[.!?…։:][\"»”’)]*$")


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding in the making: its code, the slot of the source it is about (None: the sentence), its fields."""

    code: str
    slot: Slot | None
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Put:
    """A name put into the translation: for which slot of the source, where, and by what rule."""

    slot: Slot
    span: Span
    text: str
    naming: Naming
    features: Features
    """The form it was put in."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A mention of the stored translation that is no slot, decided by policy as in any text."""

    decision: Decision
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """The translation of one sentence; spans are code points of `text`."""

    text: str
    puts: tuple[Put, ...]
    kept: tuple[Kept, ...]
    remarks: tuple[Remark, ...]
    certain: bool


@dataclass
class _Work:
    """One filling in progress: edits of the stored target, in its offsets."""

    match: Match
    plain: str
    """The new text, word for word."""
    edits: list[Edit] = field(default_factory=list)
    puts: list[Put] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    certain: bool = True

    def remark(self, code: str, slot: Slot | None, **fields: object) -> None:
        self.remarks.append(Remark(code, slot, fields))

    def add(self, edits: Sequence[Edit]) -> None:
        """Edits that touch no other."""
        for edit in edits:
            if not any(edit.span.overlaps(known.span) or edit.span == known.span for known in self.edits):
                self.edits.append(edit)


class Filler:
    """Fills stored translations of one language under one policy."""

    def __init__(self, glossary: Glossary, policy: Policy, language: Language) -> None:
        self._glossary = glossary
        self._language = language
        self._namer = Namer(glossary, policy, language)
        self._renderer = Renderer(glossary, policy, language)

    def fill(self, match: Match, new: Template) -> Filled:
        """The stored target of `match` with what `new` says."""
        work = _Work(match, new.plain)
        target = match.target
        for slot, link in zip(target.slots, match.links, strict=True):
            if link is not None:
                self._fill_slot(work, slot, match.source.slots[link], match.bound[link])
        linked = [slot.span for slot, link in zip(target.slots, match.links, strict=True) if link is not None]
        kept = [slot.mention for slot, link in zip(target.slots, match.links, strict=True) if link is None]
        decisions = [self._renderer.decide(m, target.text) for m in (*target.literals, *kept) if m is not None]
        decisions = [d for d in decisions if not any(d.mention.span.overlaps(span) for span in linked)]
        for decision in decisions:
            self._keep(work, decision)
        work.add(_full_stop(match, new, self._language))
        text = apply_edits(target.text, work.edits)
        puts = tuple(replace(put, span=_moved(put.span, put.text, work.edits)) for put in work.puts)
        found = tuple(Kept(d, _moved(d.mention.span, d.text, work.edits), d.text) for d in decisions)
        filled = Filled(text, puts, found, tuple(work.remarks), work.certain)
        capitals = shape_of(new.text) is Shape.UPPER and shape_of(match.source.text) is not Shape.UPPER
        return _raised(filled, self._language) if capitals and len(new.words) > 1 else filled

    def _fill_slot(self, work: _Work, slot: Slot, old: Slot, new: Slot) -> None:
        if new.is_name:
            self._fill_name(work, slot, old, new)
        elif slot.cls == NUMBER and new.figure is not None and slot.figure is not None:
            self._fill_number(work, slot, new)
        elif new.value != slot.value:
            lexeme = calendar_of(self._language).lexeme(new.cls, new.value)
            forms = {f: calendar_of(self._language).forms(new.cls, new.value, f) for f in slot.features}
            self._inflect(work, slot, new, lexeme, [found[0] for found in forms.values() if found])

    def _fill_number(self, work: _Work, slot: Slot, new: Slot) -> None:
        if new.value == slot.value or new.figure is None or slot.figure is None:
            return
        fitted = fit_number(work.match.target.text, slot.span, slot.figure, new.figure, self._language)
        work.add(fitted.edits)
        if fitted.doubt:
            work.certain = False
            work.remark("T006", new, number=new.surface, doubt=fitted.doubt)

    def _fill_name(self, work: _Work, slot: Slot, old: Slot, new: Slot) -> None:
        same_text = new.value == slot.value and work.match.source.plain == work.plain
        naming = self._namer.name_of(new, slot.usages if same_text else ())
        if new.mention is not None and new.mention.doubt is not None and not same_text:
            candidates = " / ".join(new.mention.entities)
            code = "N001" if len(new.mention.entities) > 1 else "N006"
            work.remark(code, new, surface=new.surface, candidates=candidates)
            work.certain = False
        if naming.name is None:
            work.certain = False
            language = self._language.english_name
            work.remark("N010", new, surface=new.surface, entity=new.value, language=language)
            text = slot.surface if new.value == slot.value else new.surface
            self._put(work, slot, new, text, naming, slot.features[0])
            return
        if naming.code:
            fields = {"surface": new.surface, "language": self._language.english_name}
            work.remark(naming.code, new, candidates=" / ".join(naming.candidates), **fields)
        if _same_name(naming.name, slot, old, new):
            work.puts.append(Put(new, slot.span, slot.surface, naming, slot.features[0]))
            return
        table = self._glossary.table(self._language)
        context = _context(work.match.target.text, slot.span)
        forms = [form for f in slot.features if (form := inflect(table, naming.name, f, context)) is not None]
        self._inflect(work, slot, new, naming.name.lexeme, forms, naming)

    def _inflect(
        self, work: _Work, slot: Slot, new: Slot, lexeme: Lexeme, forms: Sequence[Form], naming: Naming | None = None
    ) -> None:
        """Write one of `forms` (one for each reading of the stored word) into the slot, and what agrees with it."""
        text = work.match.target.text
        if not forms:
            work.certain = False
            work.remark("N004", new, surface=new.surface, usage=naming.usage if naming else "")
            forms = [Form(lexeme.text, Features())]
        texts = list(dict.fromkeys(form.text for form in forms))
        form = forms[0]
        if len(texts) > 1:
            allowed = grammar_of(self._language).narrow([f.features for f in forms], _context(text, slot.span))
            form = next(f for f in forms if f.features in allowed)
            narrowed = {f.text for f in forms if f.features in allowed}
            if len(narrowed) > 1:
                work.certain = False
                work.remark("N002", new, surface=new.surface, candidates=" / ".join(texts))
        written = in_shape(form, slot.surface, slot.lexeme.text, self._language)
        if shape_of(slot.lexeme.text) is Shape.LOWER and shape_of(slot.surface) is Shape.TITLE:
            written = capitalize(written, self._language)
        self._put(work, slot, new, written, naming, form.features)
        names = tuple(other.span for other in work.match.target.slots)
        adjustment = grammar_of(self._language).adjust(
            Replacement(text, slot.span, slot.lexeme, lexeme, Form(written, form.features), names)
        )
        work.add(adjustment.edits)
        for doubt in adjustment.doubts:
            work.certain = False
            work.remark("N003", new, rendering=written, doubt=doubt)

    def _put(self, work: _Work, slot: Slot, new: Slot, text: str, naming: Naming | None, features: Features) -> None:
        before = work.match.target.text[: slot.span.start]
        if not any(char.isalnum() for char in before) and slot.surface[:1].isupper():
            text = capitalize(text, self._language)
        work.add([Edit(slot.span, text)])
        if naming is not None:
            work.puts.append(Put(new, slot.span, text, naming, features))

    def _keep(self, work: _Work, decision: Decision) -> None:
        if decision.replaced:
            work.add([Edit(decision.mention.span, decision.text)])
        if decision.code:
            fields = {"surface": decision.mention.surface, "candidates": " / ".join(decision.candidates)}
            work.remark(decision.code, None, usage=decision.rule.partition(":")[2], **fields)


def _same_name(name: CompiledName, slot: Slot, old: Slot, new: Slot) -> bool:
    """Whether the stored word already is the name, or a spelling of it that the stored translation chose."""
    if name.entity != slot.value:
        return False
    if name.lexeme.text == slot.lexeme.text:
        return True
    return old.lexeme.text == new.lexeme.text and not set(name.usages).isdisjoint(slot.usages)


def _context(text: str, span: Span) -> Context:
    return Context(text[: span.start], text[span.end :])


def _moved(span: Span, text: str, edits: Sequence[Edit]) -> Span:
    """Where a span of the stored target stands after the edits, holding `text`."""
    start = span.start + sum(len(e.text) - len(e.span) for e in edits if e.span.end <= span.start and e.span != span)
    return Span(start, start + len(text))


def _full_stop(match: Match, new: Template, language: Language) -> Sequence[Edit]:
    """A full stop taken or given where the new text, unlike the stored one, is a headline or a sentence."""
    target = match.target
    if (new.stop is None) == (match.source.stop is None):
        return ()
    if new.stop is None:
        return [Edit(target.stop, "")] if target.stop is not None else ()
    if target.stop is None and not _CLOSED.search(target.text):
        end = len(target.text.rstrip())
        return [Edit(Span(end, end), "։" if language is Language.HY else ".")]
    return ()


def _raised(filled: Filled, language: Language) -> Filled:
    """The translation in capitals, as the source is and the stored sentence is not."""

    def moved(span: Span) -> Span:
        return Span(*(len(upper(filled.text[:offset], language)) for offset in (span.start, span.end)))

    puts = tuple(replace(put, text=upper(put.text, language), span=moved(put.span)) for put in filled.puts)
    kept = tuple(replace(one, text=upper(one.text, language), span=moved(one.span)) for one in filled.kept)
    return replace(filled, text=upper(filled.text, language), puts=puts, kept=kept)
