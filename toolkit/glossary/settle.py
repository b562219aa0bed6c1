"""A policy that looks at countries or dates, brought down to what it wants of each entity of a glossary."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.errors import BadOption
from toolkit.glossary.dates import InForce, in_force, parse_date
from toolkit.glossary.entities import Dated, Entity
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy, SettledPolicy
from toolkit.glossary.usages import INTERNATIONAL


def settle(policy: Policy, glossary: Glossary, date: str | None = None) -> Policy:
    """The policy for use; unchanged where it looks at neither countries nor dates.

    Raises BadOption where it looks at dates and none is given, or it is no date.
    """
    if not policy.by_date and not policy.countries:
        return policy
    wanted: dict[str, str] = {}
    outdated: dict[str, dict[str, str]] = {}
    undecided: list[str] = []
    if policy.by_date:
        if date is None:
            raise BadOption(
                f"the policy {policy.id} chooses names by date", remedy="say when things happened: --date 2020-10-03"
            )
        date = parse_date(date)
    for entity in glossary.entities.values():
        if entity.id in policy.entities or entity.kind in policy.kinds:
            continue
        if entity.country in policy.countries:
            wanted[entity.id] = policy.countries[entity.country]
        if not policy.by_date or date is None:
            continue
        for periods in (_house_periods(policy, entity), entity.dated):
            found = _at(date, periods)
            if found is InForce.UNSURE:
                undecided.append(entity.id)
            elif isinstance(found, str):
                wanted[entity.id] = found
            if found is not InForce.NO:
                break
        else:
            outdated.update(_outdated(entity))
    return SettledPolicy(
        **policy.model_dump() | {"entities": {**wanted, **policy.entities}},
        date=date if policy.by_date else None,
        outdated=outdated,
        undecided=tuple(undecided),
    )


def _house_periods(policy: Policy, entity: Entity) -> Sequence[Dated]:
    return [Dated(period.usage, period.since, period.until) for period in policy.periods.get(entity.id, ())]


def _at(date: str, periods: Sequence[Dated]) -> str | InForce:
    """The usage in force at a date; NO where none is, UNSURE where several may be and none is the international."""
    states = {period.usage: in_force(date, period.since, period.until) for period in periods}
    current = [usage for usage, state in states.items() if state is InForce.YES]
    if InForce.UNSURE in states.values():
        return InForce.UNSURE
    if len(current) > 1:
        return INTERNATIONAL if INTERNATIONAL in current else InForce.UNSURE
    return current[0] if current else InForce.NO


def _outdated(entity: Entity) -> dict[str, dict[str, str]]:
    """Where no dated name was in force: the entity's international name stands for these, or its only other one."""
    dated = {period.usage for period in entity.dated}
    others = [usage for usage in entity.usages if usage not in dated]
    instead = INTERNATIONAL if INTERNATIONAL in others else others[0] if len(others) == 1 else None
    return {entity.id: dict.fromkeys(sorted(dated), instead)} if dated and instead else {}
