"""Step 4, a stand-in: a well-known name of the same kind, gender and number is translated in the place of a name that
the engine loses, and swapped back in the form that the sentence gave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from toolkit.engines.protocol import Constraint, Request
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.names import CompiledName, Role
from toolkit.languages import Language
from toolkit.mentions.model import Mention, Zone
from toolkit.morphology.base import Context, Gender
from toolkit.pipeline.checks.pair import Pair, Remark, side_of
from toolkit.pipeline.checks.repair import instead
from toolkit.pipeline.obey.case import Case, Desk, Proposal
from toolkit.pipeline.obey.chances import Wanted, in_place, with_a_chance
from toolkit.pipeline.obey.forms import rendered
from toolkit.pipeline.render import Decision, Outcome, inflect, written_like
from toolkit.pipeline.restyle import adjustments
from toolkit.pipeline.result import Step
from toolkit.text.spans import Edit, Span, apply_edits

_USAGE = "international"


@dataclass(frozen=True, slots=True)
class _Swapped:
    """A source with stand-ins: for each the mention it stands in for, by the entity that stands in."""

    request: Request
    mentions: Mapping[str, Mention]


_COST = 1.0
"""Of a quick search for a few texts together, measured by a first draft among many."""


class StandIn:
    """Translates the sentence with stand-ins for all the names that it loses."""

    step = Step.STAND_IN

    def wants(self, case: Case, desk: Desk) -> bool:
        return bool(case.missing) and case.hopeful

    def propose(self, cases: Sequence[Case], desk: Desk) -> Iterable[tuple[Case, Proposal]]:
        able = with_a_chance(cases, lambda case: _hoped(case, desk), desk)
        asked = desk.budget.affords(able, lambda case: _COST * len(case.request.text), most=0.7)
        swapped = [(case, found) for case in asked if (found := _swapped(case, desk)) is not None]
        drafts = desk.ask([found.request for _, found in swapped])
        for (case, found), draft in zip(swapped, drafts, strict=True):
            if draft is not None and (proposal := _back(case, found, draft.text, desk)) is not None:
                yield case, proposal


@cache
def _listed() -> Mapping[str, tuple[str, ...]]:
    """The entities that may stand in for one of a kind."""
    text = files("toolkit.pipeline.obey").joinpath("data/stand_ins.yaml").read_text(encoding="utf-8")
    return {kind: tuple(group["entities"]) for group in yaml.safe_load(text) for kind in group["kinds"]}


def _hoped(case: Case, desk: Desk) -> Wanted | None:
    """The source with stand-ins, and the draft with the name of one where it would stand."""
    swapped = _swapped(case, desk)
    if swapped is None:
        return None
    entity = next((one for one, mention in swapped.mentions.items() if mention == case.missing[0]), None)
    name = desk.glossary.table(desk.target).find(entity, _USAGE) if entity else None
    text = None if name is None else in_place(case, name.lexeme.text)
    return None if text is None else (swapped.request.text, text)


def _swapped(case: Case, desk: Desk) -> _Swapped | None:
    """The source with a stand-in for each name that is missing and has one; None where none has."""
    taken = {
        entity for mention in (*case.source.mentions, *case.checked.target.mentions) for entity in mention.entities
    }
    mentions: dict[str, Mention] = {}
    decisions: list[Decision] = []
    for mention in case.missing:
        decision = next(_stand_ins(mention, case, desk, taken), None) if mention.zone is not Zone.PROTECTED else None
        if decision is not None:
            entity = decision.usage
            taken.add(entity)
            mentions[entity] = mention
            decisions.append(decision)
    if not decisions:
        return None
    edits = [Edit(decision.mention.span, decision.text) for decision in decisions]
    beside, _ = adjustments(decisions, case.source.text, desk.source)
    edits += [edit for edit in beside if not any(edit.span.overlaps(known.span) for known in edits)]
    return _Swapped(_edited(case.request, edits, case.draft.text), mentions)


def _stand_ins(mention: Mention, case: Case, desk: Desk, taken: set[str]) -> Iterator[Decision]:
    """Decisions that put a stand-in (named in their `usage`) into the source in the mention's form."""
    glossary = desk.glossary
    table = glossary.table(desk.source)
    name = mention.readings[0].name
    text = case.source.text
    context = Context(text[: mention.span.start], text[mention.span.end :])
    gender = _gender(mention.entity, glossary, mention.usages)
    for entity in _listed().get(glossary.entity(mention.entity).kind.value, ()):
        if entity in taken or entity not in glossary.entities or _gender(entity, glossary) is not gender:
            continue
        role = Role.FULL if name.role in (Role.VARIANT, Role.ACRONYM) else name.role
        other = table.find(entity, _USAGE, role)
        form = inflect(table, other, mention.features, context) if other else None
        if other is None or form is None or glossary.table(desk.target).find(entity, _USAGE) is None:
            continue
        written = written_like(form, mention, desk.source)
        yield Decision(mention, written, entity, "stand-in", Outcome(written, entity, "stand-in", form, other.lexeme))


@lru_cache(maxsize=4096)
def _gender(entity: str, glossary: Glossary, usages: tuple[str, ...] = (_USAGE,)) -> Gender | None:
    """The gender, or the plural, that Russian gives to an entity's name: the one language of ours with both."""
    from toolkit.morphology import ru_names

    names: Sequence[CompiledName] = glossary.table(Language.RU).of_entity(entity)
    name = next((name for name in names if set(name.usages) & set(usages)), names[0] if names else None)
    return ru_names.name(name.lexeme).gender if name else None


def _edited(request: Request, edits: Sequence[Edit], before: str) -> Request:
    """The request for the edited source: constraints that were edited are dropped, the others keep their words."""
    kept = [one for one in request.constraints if not any(one.span.overlaps(edit.span) for edit in edits)]
    moved = tuple(Constraint(_moved(one.span, edits), one.allowed, one.forbidden) for one in kept)
    return Request(apply_edits(request.text, edits), moved, before)


def _moved(span: Span, edits: Sequence[Edit]) -> Span:
    return span.shift(sum(len(edit.text) - len(edit.span) for edit in edits if edit.span.end <= span.start))


def _back(case: Case, swapped: _Swapped, draft: str, desk: Desk) -> Proposal | None:
    """The draft with the wanted names for the stand-ins; None where one is not there exactly once."""
    pair = Pair(case.source, side_of(draft, desk.target, desk.glossary))
    decisions: list[Decision] = []
    told: list[Remark] = []
    for entity, mention in swapped.mentions.items():
        written = [one for one in pair.target.mentions if entity in one.entities]
        if len(written) != 1:
            return None
        decision = instead(mention, written[0], written[0].features, pair, case.checked.renderer)
        if decision is None:
            return None
        decisions.append(decision)
        fields = {"surface": mention.surface, "step": Step.STAND_IN.value, "rendering": decision.text}
        told.append(Remark("N020", mention.span, fields))
    return Proposal(rendered(draft, desk.target, decisions), tuple(told))
