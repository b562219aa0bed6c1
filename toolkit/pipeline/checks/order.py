"""Two names of one kind in another order: by mistake, or because grammar or the other text wants it so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.morphology.base import Case, Part
from toolkit.pipeline.checks.converses import is_turned
from toolkit.pipeline.checks.joined import joined
from toolkit.pipeline.checks.names import Pairing, Via
from toolkit.pipeline.checks.pair import Pair, Side
from toolkit.pipeline.checks.role_of import Role, role_of
from toolkit.pipeline.checks.routes import is_left
from toolkit.pipeline.checks.swaps import PHRASE_AZ, acting_group, counted

_FEW_WORDS = re.compile(r"(?: [^\W\d_]+){0,3} ")
_A_WORD = re.compile(r" (?:\w+ )?")
_IN_TURN = re.compile(
    r"respectively|соответственно|համապատասխանաբար|müvafiq olaraq|(?<!\d)\d{1,3} ?[:–—-] ?\d{1,3}(?!\d)"
)
"""What makes the order of equals tell: which of two has what, or a score."""
_OBLIQUE = frozenset((Case.ACC, Case.DAT, Case.GEN, Case.LOC, Case.ABL))


def changed_places(pair: Pair, found: Pairing) -> tuple[Mention, Mention] | None:
    """Two names of one kind, each once in both texts, in another order; where the grammar of the target explains the
    order (Azerbaijani puts what a verb or noun governs before it), nothing is said."""
    glossary = pair.source.glossary
    before, after = counted(pair.source.mentions), counted(pair.target.mentions)
    once = [
        (mention, stand.mention)
        for mention, stand in found.stands.items()
        if stand.via is Via.NAME and stand.mention and before[mention.entity] == after[mention.entity] == 1
    ]
    once = [pair_ for pair_ in once if acting_group(pair_[0], glossary) in ("body", "country", "person")]
    if len(once) != 2 or acting_group(once[0][0], glossary) != acting_group(once[1][0], glossary):
        return None
    (first, first_out), (second, second_out) = sorted(once, key=lambda item: item[0].span)
    if _parts_crossed(first, second, first_out, second_out):
        return first, first_out
    if first_out.span < second_out.span or _grammar_explains(pair, first, second, first_out, second_out):
        return None
    if _keep_their_roles(pair, once) or are_equals(pair, (first, first_out), (second, second_out)):
        return None
    return first, first_out


def object_first(pair: Pair, found: Pairing) -> tuple[Mention, Mention] | None:
    """Two names of one kind, each once in both texts: what does, or is left, comes first in the source, and after the
    object or aim in the translation. Nobody writes so without a reason, which may be the exchange of two names."""
    return next((names[0] for names in _in_another_order(pair, found) if _is_object_first(pair, *names)), None)


def turned_equals(pair: Pair, found: Pairing) -> tuple[Mention, Mention] | None:
    """Two names joined as equals in both texts (“Baku and Yerevan”), in another order."""
    return next((names[0] for names in _in_another_order(pair, found) if are_equals(pair, *names)), None)


_Named = tuple[Mention, Mention]
"""A mention of the source, and what stands for it."""


def _in_another_order(pair: Pair, found: Pairing) -> Iterator[tuple[_Named, _Named]]:
    glossary = pair.source.glossary
    before, after = counted(pair.source.mentions), counted(pair.target.mentions)
    once = [
        (mention, stand.mention)
        for mention, stand in sorted(found.stands.items(), key=lambda item: item[0].span)
        if stand.via is Via.NAME and stand.mention and before[mention.entity] == after[stand.mention.entity] == 1
    ]
    for first, second in combinations(once, 2):
        if acting_group(first[0], glossary) == acting_group(second[0], glossary) and second[1].span < first[1].span:
            yield first, second


def _keep_their_roles(pair: Pair, names: Sequence[tuple[Mention, Mention]]) -> bool:
    """Whether the two have each a role of its own, the same in both texts, or who says it is the same one: then the
    order is free (“…, Yerevan said”)."""
    left = [(is_left(here, pair.source), is_left(there, pair.target)) for here, there in names]
    if sorted(left) == [(False, False), (True, True)]:
        return True
    roles = [(role_of(here, pair.source), role_of(there, pair.target)) for here, there in names]
    if is_turned(pair) and {here for here, _ in roles} == {there for _, there in roles}:
        return all(here is not there for here, there in roles)
    if any(here is there is Role.SAYS for here, there in roles) and not all(there is Role.SAYS for _, there in roles):
        return True
    return all(here is there is not None for here, there in roles) and len(set(roles)) == len(roles)


def are_equals(pair: Pair, one: _Named, other: _Named) -> bool:
    """Whether a word joins the two in both texts, and nothing is said of each in turn (respectively, 2:1)."""
    for side, first, second in ((pair.source, one[0], other[0]), (pair.target, one[1], other[1])):
        if not joined(first.span, second.span, side.text) or _IN_TURN.search(side.folded.text):
            return False
    return True


def _is_object_first(pair: Pair, one: _Named, other: _Named) -> bool:
    """Whether what does or is left comes first in the source, and after the object or aim in the translation."""
    (first, first_out), (second, second_out), language = one, other, pair.target.language
    roles = role_of(first, pair.source), role_of(second, pair.source)
    roles_out = role_of(first_out, pair.target), role_of(second_out, pair.target)
    if language is Language.EN or roles[1] is not Role.GOVERNED or roles_out[1] is not Role.GOVERNED:
        return False
    if roles[0] is Role.GOVERNED:
        between = pair.target.text[second_out.span.end : first_out.span.start]
        aim_first = first_out.features.case is Case.ABL is not second_out.features.case
        return aim_first and roles_out[0] is Role.GOVERNED and _A_WORD.fullmatch(between) is not None
    if second_out.features.case not in (Case.ACC, Case.DAT, Case.ABL) or first_out.features.case is not Case.NOM:
        return False
    return roles[0] in (Role.DOES, Role.SAYS) and roles_out[0] in (Role.DOES, Role.SAYS, None)


def _is_derived(mention: Mention) -> bool:
    """Whether all that a word can be is an adjective or the name of a people."""
    return all(reading.features.part in (Part.ADJECTIVE, Part.DEMONYM) for reading in mention.readings)


def _parts_crossed(first: Mention, second: Mention, first_out: Mention, second_out: Mention) -> bool:
    """The one that was an adjective has become the name, and the one that was the name the adjective: a British
    traveller in Spain has become a Spanish one in Britain, in whatever order."""
    before = _is_derived(first), _is_derived(second)
    after = _is_derived(first_out), _is_derived(second_out)
    return before[0] != before[1] and before == after[::-1]


def _objects_first(one: Mention, other: Mention, side: Side) -> bool:
    """Whether an Azerbaijani object or aim stands right before a name that is itself no part of a longer phrase."""
    if side.language is not Language.AZ or one.features.case not in (Case.ACC, Case.DAT):
        return False
    between = side.text[one.span.end : other.span.start]
    return _FEW_WORDS.fullmatch(between) is not None and PHRASE_AZ.match(side.text[other.span.end :]) is None


def _grammar_explains(pair: Pair, first: Mention, second: Mention, first_out: Mention, second_out: Mention) -> bool:
    """Azerbaijani puts what is governed first, and what is said of somebody before him; so may any language where
    only one of the two is a name. An object that stands right before its subject is no such thing."""
    languages = pair.source.language, pair.target.language
    derived = {_is_derived(mention) for mention in (first, second, first_out, second_out)}
    if derived != {False}:
        return Language.AZ in languages
    for language, one, other in (
        (pair.target.language, second_out, first_out),
        (pair.source.language, first, second),
    ):
        if language is Language.AZ and one.features.case in _OBLIQUE and other.features.case not in _OBLIQUE:
            return not _objects_first(one, other, pair.target)
    return False
