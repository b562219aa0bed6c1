"""Names whose coming up from nowhere is worth a word: of contested entities, of the states around them
and their bodies, of persons."""

from __future__ import annotations

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Kind
from toolkit.pipeline.checks.bodies import owner_of

SIDED = frozenset(("armenia", "azerbaijan", "georgia", "iran", "russia", "turkey-turkiye"))

_ACTORS_AND_PLACES = frozenset(
    {Kind.CITY, Kind.COUNTRY, Kind.DISTRICT, Kind.ORGANISATION, Kind.PEOPLE, Kind.REGION, Kind.TOWN, Kind.VILLAGE}
)


def takes_side(entity: str, glossary: Glossary) -> bool:
    """Whether an invented mention of the entity changes who did what."""
    known = glossary.entity(entity)
    if known.kind is Kind.PERSON or entity in SIDED or owner_of(entity, glossary) in SIDED:
        return True
    return known.contested and known.kind in _ACTORS_AND_PLACES
