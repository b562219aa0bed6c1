"""Who does and to whom it is done: “Baku accused Yerevan” that has become «Ереван обвинил Баку»; who says and of whom,
whose and whither.

Only an exchange is told: of two names of a kind, each has in the translation the role that the other has in the source.
A passive, a noun in the place of a verb, another verb give a name another role, but hardly ever each the other's.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, combinations

from toolkit.glossary.glossary import Glossary
from toolkit.mentions.model import Mention
from toolkit.pipeline.checks.converses import is_turned
from toolkit.pipeline.checks.names import Pairing, Via
from toolkit.pipeline.checks.pair import Pair, Side
from toolkit.pipeline.checks.role_of import Role, role_of
from toolkit.pipeline.checks.swaps import acting_group

_ACTORS = ("body", "land", "organisation", "person", "settlement")
_LANDS = frozenset(("country", "region"))


def crossed_roles(pair: Pair, found: Pairing) -> tuple[Mention, Mention] | None:
    """(a mention of the source, what stands for it), where of two names of a kind each has the role of the other. Each
    of the two may be named several times, if all its mentions have a known role."""
    glossary = pair.source.glossary
    places = {
        mention: stand.mention
        for mention, stand in sorted(found.stands.items(), key=lambda item: item[0].span)
        if stand.via is Via.NAME and stand.mention is not None
    }
    turned = is_turned(pair)
    for group in _ACTORS:
        entities = list(dict.fromkeys(m.entity for m in places if _actor(m, glossary) == group))
        roles = {entity: _roles_of(entity, pair.source) for entity in entities}
        roles_out = {entity: _roles_of(entity, pair.target) for entity in entities}
        for one, other in combinations(entities, 2):
            before, after = (roles[one], roles[other]), (roles_out[one], roles_out[other])
            after = _turned(after) if turned else after
            crossed = _are_crossed(before, after) or _are_crossed(_without_speech(before), _without_speech(after))
            if crossed or _another_speaks(before, after):
                first = next(mention for mention in places if mention.entity == one)
                return first, places[first]
    return None


def _actor(mention: Mention, glossary: Glossary) -> str:
    group = acting_group(mention, glossary)
    return "land" if group in _LANDS else group


_Roles = tuple[Sequence[Role], Sequence[Role]]


def _are_crossed(before: _Roles, after: _Roles) -> bool:
    moved = before[0] != after[0] and before[1] != after[1]
    return all(before) and all(after) and moved and sorted(chain(*before)) == sorted(chain(*after))


def _another_speaks(before: _Roles, after: _Roles) -> bool:
    """Whether the one alone says something in the source, the other alone in the translation."""
    says = [[Role.SAYS in named for named in roles] for roles in (before, after)]
    return all(map(any, says)) and not any(map(all, says)) and says[0] != says[1]


def _turned(roles: _Roles) -> _Roles:
    """The roles that the names have where the same is told from the other end."""
    other_end = {Role.DOES: Role.GOVERNED, Role.GOVERNED: Role.DOES}
    one, other = (sorted(other_end.get(role, role) for role in named) for named in roles)
    return one, other


def _without_speech(roles: _Roles) -> _Roles:
    """The same, where to say something is one thing that one does: languages say it in too many words to list."""
    one, other = (sorted(Role.DOES if role is Role.SAYS else role for role in named) for named in roles)
    return one, other


def _roles_of(entity: str, side: Side) -> Sequence[Role]:
    """The roles of all mentions of an entity, sorted; nothing where one of them is open."""
    roles = [role_of(mention, side) for mention in side.mentions if mention.entity == entity]
    known = [role for role in roles if role is not None]
    return sorted(known) if len(known) == len(roles) else ()
