"""Put names of a translation right in place: misspelled ones, exchanged ones, those of another usage than wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.glossary.names import CompiledName, Role
from toolkit.glossary.policy import SOURCE, wanted_usage
from toolkit.glossary.uploaded import USAGE as UPLOADED
from toolkit.mentions.model import Mention, Reading, Zone
from toolkit.morphology.base import Context, Features
from toolkit.pipeline.checks.cases import WrongCase, wrong_case
from toolkit.pipeline.checks.names import Pairing, Via
from toolkit.pipeline.checks.near_forms import NearForm
from toolkit.pipeline.checks.pair import Pair
from toolkit.pipeline.checks.swaps import Swap
from toolkit.pipeline.render import Decision, Outcome, Renderer, inflect, written_like
from toolkit.pipeline.restyle import adjustments
from toolkit.text.spans import Edit, Span

_SURE_ENOUGH = 0.85
"""How like a misspelled form must be to the name of a contested entity for it to be put right unasked."""


@dataclass
class Repairs:
    """What is to change in the translation, and the decision for each mention of the source that has one."""

    edits: list[Edit] = field(default_factory=list)
    decisions: dict[Mention, Decision] = field(default_factory=dict)
    repaired: set[Mention] = field(default_factory=set)
    doubts: Mapping[Mention, Sequence[str]] = field(default_factory=dict)
    wrong_cases: list[tuple[Mention | None, WrongCase, Sequence[Decision]]] = field(default_factory=list)
    """Names in a case that cannot be: the mention of the source they stand for, and the forms that can."""


def plan_repairs(pair: Pair, found: Pairing, swaps: Sequence[Swap], renderer: Renderer) -> Repairs:
    """The edits that put the names of a translation right; nothing else in it is touched."""
    plan = Repairs()
    text = pair.target.text
    claimed: set[Span] = set()
    for swap in swaps:
        decision = instead(swap.wanted, swap.written, swap.written.features, pair, renderer) if swap.certain else None
        if decision is not None:
            plan.decisions[swap.wanted] = decision
            plan.repaired.add(swap.wanted)
            claimed.add(decision.mention.span)
    for mention, stand in found.stands.items():
        if stand.near is not None:
            decision = _misspelled(mention, stand.near, pair, renderer)
            if decision is not None:
                plan.repaired.add(mention)
        elif stand.mention is not None and stand.span not in claimed:
            decision = renderer.decide(replace(stand.mention, chosen=_chosen(mention, stand.mention)), text)
        else:
            decision = None
        if decision is not None:
            plan.decisions[mention] = decision
            claimed.add(decision.mention.span)
    others = [renderer.decide(other, text) for other in pair.target.mentions if other.span not in claimed]
    _set_cases(plan, others, found, pair, renderer)
    decisions = sorted({d.mention.span: d for d in [*others, *plan.decisions.values()]}.values(), key=_place)
    neighbours, plan.doubts = adjustments(decisions, text, pair.target.language)
    edits = [Edit(decision.mention.span, decision.text) for decision in decisions if decision.replaced]
    plan.edits = edits + [edit for edit in neighbours if not any(edit.span.overlaps(known.span) for known in edits)]
    return plan


def _set_cases(plan: Repairs, others: list[Decision], found: Pairing, pair: Pair, renderer: Renderer) -> None:
    """Find names in a forbidden case among the decisions; where one form alone is possible, that is decided on."""
    text = pair.target.text
    standing = {stand.mention: mention for mention, stand in found.stands.items() if stand.via is Via.NAME}
    for decision in (*plan.decisions.values(), *others):
        mention = decision.mention
        if decision.code or (wrong := wrong_case(mention, text, pair.target.language)) is None:
            continue
        options = {option.text: option for f in wrong.features if (option := _in_form(mention, f, text, renderer))}
        source = standing.get(mention)
        plan.wrong_cases.append((source, wrong, tuple(options.values())))
        if len(options) == 1 and source is not None:
            plan.decisions[source] = next(iter(options.values()))
            plan.repaired.add(source)
        elif len(options) == 1 and decision in others:
            others[others.index(decision)] = next(iter(options.values()))


def _in_form(mention: Mention, features: Features, text: str, renderer: Renderer) -> Decision | None:
    """The name as the policy wants it, in another form than it was written in."""
    readings = tuple(replace(reading, features=features) for reading in mention.readings[:1])
    decided = renderer.decide(replace(mention, readings=readings), text)
    name = readings[0].name
    if decided.replaced or decided.code:
        return replace(decided, mention=mention) if decided.replaced else None
    context = Context(text[mention.sentence.start : mention.span.start], text[mention.span.end : mention.sentence.end])
    form = inflect(renderer.glossary.table(renderer.language), name, features, context)
    if form is None:
        return None
    written = written_like(form, mention, renderer.language)
    outcome = Outcome(written, decided.usage, "repair:case", form, name.lexeme)
    return Decision(mention, written, decided.usage, "repair:case", outcome)


def _place(decision: Decision) -> Span:
    return decision.mention.span


def _chosen(mention: Mention, stand: Mention) -> str:
    """The usage that was chosen for a mention, as its translation understands it: `source` is that of the mention. The
    names of an uploaded glossary are chosen by being there."""
    if not mention.chosen and UPLOADED in mention.usages and UPLOADED not in stand.usages:
        return UPLOADED
    if mention.chosen != SOURCE or set(mention.usages) & set(stand.usages):
        return mention.chosen
    return mention.usages[0]


def instead(mention: Mention, written: Mention, features: Features, pair: Pair, renderer: Renderer) -> Decision | None:
    """The name of a mention in the place and the form of another one."""
    name, usage = name_for(mention, pair, renderer)
    if name is None:
        return None
    text, table = pair.target.text, pair.target.glossary.table(pair.target.language)
    context = Context(text[written.sentence.start : written.span.start], text[written.span.end : written.sentence.end])
    form = inflect(table, name, features, context)
    if form is None:
        return None
    rendered = written_like(form, written, pair.target.language)
    rule = f"repair:{written.entity}"
    return Decision(written, rendered, usage, rule, Outcome(rendered, usage, rule, form, name.lexeme))


def _misspelled(mention: Mention, near: NearForm, pair: Pair, renderer: Renderer) -> Decision | None:
    if pair.source.glossary.entity(mention.entity).contested and near.score < _SURE_ENOUGH:
        return None
    reading = Reading(near.name, near.features)
    whole = Span(0, len(pair.target.text))
    written = Mention(near.span, near.span.of(pair.target.text), (reading,), Zone.NARRATION, whole)
    return instead(mention, written, near.features, pair, renderer)


def name_for(mention: Mention, pair: Pair, renderer: Renderer) -> tuple[CompiledName | None, str]:
    """The name the policy wants for a mention in the other language, and its usage."""
    table = pair.target.glossary.table(pair.target.language)
    kind = pair.source.glossary.entity(mention.entity).kind
    wanted = wanted_usage(renderer.policy, mention.entity, kind, mention.usages, mention.chosen)
    usages = [*([wanted] if wanted else []), *mention.usages, "international"]
    for usage in usages:
        role = mention.readings[0].name.role
        name = table.find(mention.entity, usage, Role.FULL if role is Role.VARIANT else role)
        if name is not None:
            return name, usage if usage in name.usages else "+".join(name.usages)
    names = table.of_entity(mention.entity)
    return (names[0], "+".join(names[0].usages)) if names else (None, "")
