"""One sentence and its translation: every check, and the repair of names. The one piece of logic behind `check` and
behind every draft of an engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.glossary.usages import OF_LANGUAGE, OF_NO_SIDE
from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.pipeline.checks.length import check_length
from toolkit.pipeline.checks.links import check_links
from toolkit.pipeline.checks.loops import check_loops
from toolkit.pipeline.checks.names import Pairing, Via, pair_names
from toolkit.pipeline.checks.negation import check_negation
from toolkit.pipeline.checks.numbers import check_days, check_numbers
from toolkit.pipeline.checks.offices import check_offices
from toolkit.pipeline.checks.omissions import check_omissions
from toolkit.pipeline.checks.order import changed_places, object_first, turned_equals
from toolkit.pipeline.checks.pair import Pair, Remark, Remarks, Side, side_of
from toolkit.pipeline.checks.parallels import reversed_pair
from toolkit.pipeline.checks.repair import Repairs, plan_repairs
from toolkit.pipeline.checks.roles import crossed_roles
from toolkit.pipeline.checks.routes import turned_route
from toolkit.pipeline.checks.script import check_script
from toolkit.pipeline.checks.sides import takes_side
from toolkit.pipeline.checks.strangers import check_strangers
from toolkit.pipeline.checks.swaps import Swap, find_swaps, shifted_counts
from toolkit.pipeline.checks.whose import changed_owner
from toolkit.pipeline.outcome import Placed
from toolkit.pipeline.render import Decision, Renderer
from toolkit.pipeline.result import Action
from toolkit.text.spans import Span, apply_edits

TEXT_CHECKS = (
    check_numbers, check_days, check_negation, check_links, check_loops, check_script, check_length, check_omissions,
    check_strangers, check_offices,
)  # fmt: skip
PLACE_CHECKS = (changed_places, crossed_roles, turned_route, changed_owner, reversed_pair, object_first)
"""Each finds a name that may have changed places with another one."""


@dataclass(frozen=True)
class Checked:
    """The translation as it is, or repaired; what became of each mention of the source; what is to be said."""

    text: str
    placed: Mapping[Mention, Placed]
    remarks: Sequence[Remark]
    target: Side
    """`text` with the names in it."""
    decisions: Mapping[Mention, Decision]
    """For a mention of the source, what the policy says of the name that stands for it in `text`."""
    renderer: Renderer
    """What decided."""


@dataclass(frozen=True)
class _Names:
    """What the names of a pair come to; `text` is the translation they stand in."""

    text: str
    pairing: Pairing
    swaps: Sequence[Swap]
    plan: Repairs
    remarks: Sequence[Remark]


def check_pair(pair: Pair, policy: Policy, glossary: Glossary, *, fix: bool = False) -> Checked:
    """Check a translation; with `fix`, its names are put right where that leaves less to be said about them."""
    language = pair.target.language
    renderer = Renderer(glossary, _following(pair, policy, glossary), language)
    names = _check_names(pair, renderer)
    text, placed, remarks = pair.target.text, _placed(names, {}, ()), list(names.remarks)
    decisions = names.plan.decisions
    if fix and names.plan.edits:
        repaired = apply_edits(text, names.plan.edits)
        after = Pair(pair.source, side_of(repaired, language, glossary))
        again = _check_names(after, renderer)
        if _severity(again.remarks) <= _severity(names.remarks):
            told = [
                Remark("N018", mention.span, {"surface": mention.surface, "written": d.mention.surface,
                                              "rendering": d.text}, _place_in(mention, again))
                for mention, d in names.plan.decisions.items() if mention in names.plan.repaired
            ]  # fmt: skip
            told += [
                Remark("N003", mention.span, {"rendering": d.text, "doubt": doubt}, _place_in(mention, again))
                for mention, d in names.plan.decisions.items() for doubt in names.plan.doubts.get(d.mention, ())
            ]  # fmt: skip
            text, pair = repaired, after
            placed = _placed(again, names.plan.decisions, names.plan.repaired)
            remarks, decisions = [*again.remarks, *told], again.plan.decisions
    found = Remarks(remarks)
    for ask in TEXT_CHECKS:
        ask(pair, found)
    return Checked(text, placed, found.found, pair.target, decisions, renderer)


def name_remarks(pair: Pair, policy: Policy, glossary: Glossary) -> Sequence[Remark]:
    """What `check_pair` says of the names of a translation, without the rest."""
    found = Remarks(list(_check_names(pair, Renderer(glossary, _following(pair, policy, glossary),
                                                     pair.target.language)).remarks))  # fmt: skip
    check_strangers(pair, found)
    return found.found


def _place_in(mention: Mention, names: _Names) -> Span | None:
    stand = names.pairing.stands.get(mention)
    return stand.span if stand else None


def _severity(remarks: Sequence[Remark]) -> int:
    """How much is wrong with the names: what is missing or exchanged weighs more than what is spelled amiss."""
    weights = {"N009": 3, "N013": 3, "N014": 3, "N017": 3}
    return sum(weights.get(remark.code, 1) for remark in remarks)


def _check_names(pair: Pair, renderer: Renderer) -> _Names:
    pairing = pair_names(pair)
    swaps = find_swaps(pair, pairing)
    plan = plan_repairs(pair, pairing, swaps, renderer)
    remarks = Remarks()
    glossary = renderer.glossary
    exchanged = {swap.wanted: swap for swap in swaps}
    for mention in (*pairing.missing, *(swap.wanted for swap in swaps if swap.wanted in pairing.stands)):
        swap = exchanged.get(mention)
        if swap is None:
            remarks.add("N009", mention.span, None, surface=mention.surface, entity=mention.entity)
        else:
            remarks.add("N013", mention.span, swap.written.span, surface=mention.surface, entity=mention.entity,
                        written=swap.written.surface)  # fmt: skip
    for mention in pairing.doubtful:
        remarks.add("N006", mention.span, None, surface=mention.surface)
    written = {swap.written.span for swap in swaps}
    for extra in pairing.extra:
        if extra.span not in written and takes_side(extra.entity, glossary):
            remarks.add("N014", None, extra.span, surface=extra.surface, entity=extra.entity)
    for mention, stand in pairing.stands.items():
        if stand.via is Via.NEAR:
            wanted = plan.decisions.get(mention)
            remarks.add("N012", mention.span, stand.span, surface=mention.surface,
                        written=stand.span.of(pair.target.text), rendering=wanted.text if wanted else "")  # fmt: skip
    for wanting, wrong, options in plan.wrong_cases:
        forms = " / ".join(f"“{option.text}”" for option in options) or "the form that the sentence wants"
        remarks.add("N016", wanting.span if wanting else None, wrong.mention.span, surface=wrong.mention.surface,
                    governor=wrong.governor, rendering=forms)  # fmt: skip
    for fewer, more in shifted_counts(pair, pairing):
        remarks.add("N013", fewer.span, more.span, surface=fewer.surface, entity=fewer.entity, written=more.surface)
    turned = next((pair_ for ask in PLACE_CHECKS if (pair_ := ask(pair, pairing)) is not None), None)
    if turned is not None:
        remarks.add("N017", turned[0].span, turned[1].span, surface=turned[0].surface)
    elif (order := turned_equals(pair, pairing)) is not None:
        remarks.add("N026", order[0].span, order[1].span, surface=order[0].surface)
    for mention, decision in plan.decisions.items():
        if mention not in plan.repaired:
            _usage_remarks(mention, decision, remarks)
    return _Names(pair.target.text, pairing, swaps, plan, remarks.found)


def _usage_remarks(mention: Mention, decision: Decision, remarks: Remarks) -> None:
    if decision.replaced:
        remarks.add("N015", mention.span, decision.mention.span, surface=decision.mention.surface,
                    usage=decision.usage, rendering=decision.text)  # fmt: skip
    elif decision.code:
        remarks.add(decision.code, mention.span, decision.mention.span, surface=decision.mention.surface,
                    usage=decision.rule.partition(":")[2], candidates=" / ".join(decision.candidates))  # fmt: skip


def _placed(
    names: _Names, made: Mapping[Mention, Decision], repaired: set[Mention] | Sequence[Mention]
) -> dict[Mention, Placed]:
    """The place of each mention that has one; `made` are the decisions by which the text came out as it is."""
    placed = {}
    for mention, stand in names.pairing.stands.items():
        decision = made.get(mention) or names.plan.decisions.get(mention)
        text = stand.span.of(names.text)
        action = Action.KEPT
        if mention in repaired:
            action = Action.REPAIRED
        elif decision is not None and mention in made and decision.replaced:
            same = set(decision.usage.split("+")) & set(mention.usages)
            action = Action.REPAIRED if same else Action.REPLACED
        usage, rule = (decision.usage, decision.rule) if decision else ("", stand.via.value)
        candidates = decision.candidates if decision else ()
        placed[mention] = Placed(text, stand.span, usage, rule, action, candidates)
    return placed


def _following(pair: Pair, policy: Policy, glossary: Glossary) -> Policy:
    """The policy, with the source's usage for what it leaves to the source: for a disputed name that the translation
    gives in none of the usages of the source, and for any other that it gives in that of another side. A source that
    speaks about both names is left alone."""
    if policy.usage is not None or policy.kinds:
        return policy
    wanted: dict[str, str] = {}
    for entity in sorted({mention.entity for mention in pair.source.mentions}):
        here = [set(m.usages) for m in pair.source.mentions if m.entity == entity]
        there = [set(m.usages) for m in pair.target.mentions if m.entity == entity]
        common = set.intersection(*here)
        if not common or not there or any(common & usages for usages in there):
            continue
        if glossary.entity(entity).contested or (
            _sides(common, pair.source.language) and _sides(set.union(*there), pair.target.language)
        ):
            wanted[entity] = sorted(common)[0]
    return policy.model_copy(update={"entities": wanted | dict(policy.entities)}) if wanted else policy


def _sides(usages: set[str], language: Language) -> set[str]:
    """The sides that name somebody so, besides the one whose language this is."""
    return usages - OF_NO_SIDE - {OF_LANGUAGE.get(language)}
