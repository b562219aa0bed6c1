"""Another name in the place of the right one: an entity exchanged for one of its kind, doubled, or changed over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Kind
from toolkit.mentions.model import Mention, Zone
from toolkit.pipeline.checks.bodies import owner_of
from toolkit.pipeline.checks.joined import joined
from toolkit.pipeline.checks.names import Pairing
from toolkit.pipeline.checks.pair import Pair, Side
from toolkit.translit.key import begins_like

_GROUP_OF = {
    kind: name
    for name, kinds in {
        "country": (Kind.COUNTRY,),
        "organisation": (Kind.AGENCY, Kind.COMPANY, Kind.MEDIA, Kind.MILITARY, Kind.ORGANISATION, Kind.PARTY),
        "person": (Kind.PERSON,),
        "region": (Kind.DISTRICT, Kind.REGION),
        "settlement": (Kind.CITY, Kind.TOWN, Kind.VILLAGE),
        "water": (Kind.LAKE, Kind.RIVER, Kind.SEA),
    }.items()
    for kind in kinds
}
PHRASE_AZ = re.compile(
    r"[ -](?:(?:və|ilə|ya|tərəf\w*|kimi|üçün|qədər)(?!\w)"
    r"|(?:\w+ )?(?!(?:iki|altı|yeddi|iyirmi|əlli)(?!\w))\w+[ıiuü](?:n\w*)?(?!\w))"
)
"""After an Azerbaijani name: words of which it is the first part (Ermənistan prezidenti)."""
_ALIKE = 0.75
"""Of their skeletons, how much two names share when one was read for the other."""


@dataclass(frozen=True, slots=True)
class Swap:
    """A name of the source and the mention that stands in its place; `certain` where nothing else can be meant."""

    wanted: Mention
    written: Mention
    certain: bool


def group_of(mention: Mention, glossary: Glossary) -> str:
    """Kinds that may be taken for one another; a kind of its own where none may."""
    kind = glossary.entity(mention.entity).kind
    return _GROUP_OF.get(kind, kind.value)


def _kind(mention: Mention, glossary: Glossary) -> Kind:
    return glossary.entity(mention.entity).kind


def acting_group(mention: Mention, glossary: Glossary) -> str:
    """The same, where the bodies of states are one kind: the ministry of one accuses the army of another."""
    owner = owner_of(mention.entity, glossary)
    return group_of(mention, glossary) if owner is None else "body"


def find_swaps(pair: Pair, found: Pairing) -> list[Swap]:
    """Missing names with the name that was written in their place."""
    glossary = pair.source.glossary
    swaps: list[Swap] = list(_exchanged_parts(pair, found))
    for group in sorted({group_of(mention, glossary) for mention in found.missing}):
        missing = [mention for mention in found.missing if group_of(mention, glossary) == group]
        extra = [
            mention
            for mention in found.extra
            if group_of(mention, glossary) == group
            and not _is_part(mention, missing, pair.source)
            and not any(swap.written is mention for swap in swaps)
            and not _reads_another(mention, set(found.missing) - set(missing), pair)
        ]
        if extra:
            swaps.extend(_exchanged(missing, extra, glossary, group))
        elif len({mention.entity for mention in missing}) == 1:
            swaps.extend(_doubled(missing, pair, found, group))
    return swaps


def _exchanged_parts(pair: Pair, found: Pairing) -> Iterator[Swap]:
    """A name whose part was exchanged: the Minsk Group of the EU for the OSCE Minsk Group. Never certain: the part may
    stand in another case than the whole."""
    glossary = pair.source.glossary
    for mention, stand in found.stands.items():
        for inner in pair.source.hits_inside(mention.span):
            named = {r.entity for r in inner.readings} - set(mention.entities)
            groups = {_GROUP_OF.get(kind, kind.value) for kind in (glossary.entity(entity).kind for entity in named)}
            if not named or any(named & {r.entity for r in hit.readings} for hit in pair.target.hits):
                continue
            for extra in found.extra:
                if group_of(extra, glossary) in groups and extra.span.start - stand.span.end in (0, 1):
                    yield Swap(mention, extra, certain=False)


def _is_part(extra: Mention, missing: Sequence[Mention], side: Side) -> bool:
    """Whether a name is one that a missing name is made of: Nakhchivan is written in no other name's place where the
    Nakhchivan Khanate is missing."""
    inside = {r.entity for mention in missing for hit in side.hits_inside(mention.span) for r in hit.readings}
    return bool(inside & set(extra.entities))


def _reads_another(extra: Mention, missing: Iterable[Mention], pair: Pair) -> bool:
    """Whether a name was read into a missing one of another kind: Kazakhstan stands in the place of the town of Qazax,
    and of no country."""
    languages = pair.source.language, pair.target.language
    return any(begins_like(mention.surface, extra.surface, *languages) >= _ALIKE for mention in missing)


def _exchanged(missing: Sequence[Mention], extra: Sequence[Mention], glossary: Glossary, group: str) -> Iterator[Swap]:
    """One entity for one other is certain, of bodies only within a kind (no union of states for a news agency); where
    several are missing, the order only suggests which."""
    single = len({m.entity for m in missing}) == 1 == len({m.entity for m in extra}) and len(missing) >= len(extra)
    single = single and (group != "organisation" or _kind(missing[0], glossary) == _kind(extra[0], glossary))
    for wanted, written in zip(missing, extra, strict=False):
        yield Swap(wanted, written, single and wanted.zone is not Zone.PROTECTED and written.zone is not Zone.PROTECTED)


def _doubled(missing: Sequence[Mention], pair: Pair, found: Pairing, group: str) -> Iterator[Swap]:
    """“Armenia and Armenia”: a neighbour of the same kind is named once too often."""
    mentions = pair.target.mentions
    for first, second in pairwise(mentions):
        if (
            first.entity == second.entity
            and found.surplus.get(first.entity, 0) >= 1
            and group_of(first, pair.source.glossary) == group
            and joined(first.span, second.span, pair.target.text)
        ):
            wanted = missing[0]
            other = next((m for m in pair.source.mentions if m.entity == first.entity), None)
            comes_first = other is not None and wanted.span.start < other.span.start
            yield Swap(wanted, first if comes_first else second, len(missing) == 1)
            return


def shifted_counts(pair: Pair, found: Pairing) -> Iterator[tuple[Mention, Mention]]:
    """(a mention of the source, one of the translation): the first entity is named more rarely there than in the
    source, the second, of its kind, more often."""
    glossary = pair.source.glossary
    before, after = (_counted_by_state(side.mentions, glossary) for side in (pair.source, pair.target))
    if found.missing or found.extra:
        return
    fewer = [m for m in pair.source.mentions if 0 < after[m.entity] < before[m.entity]]
    more = [m for m in pair.target.mentions if 0 < before[m.entity] < after[m.entity]]
    for old in fewer:
        for new in more:
            if group_of(old, glossary) == group_of(new, glossary):
                yield old, new
                return


def counted(mentions: Iterable[Mention]) -> Counter[str]:
    """How often each entity is named."""
    return Counter(mention.entity for mention in mentions)


def _counted_by_state(mentions: Sequence[Mention], glossary: Glossary) -> Counter[str]:
    """The same, where the name of a state's body names the state too: one text may say both in a name, one in two."""
    counts = counted(mentions)
    counts.update(owner for mention in mentions if (owner := owner_of(mention.entity, glossary)) is not None)
    return counts
