"""Names whose coming up from nowhere is worth a word: of contested entities, of the states around them, of persons."""

from __future__ import annotations

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Kind

SIDED = frozenset(("armenia", "azerbaijan", "georgia", "iran", "russia", "turkey-turkiye"))

_ACTORS_AND_PLACES = frozenset(
    {Kind.CITY, Kind.COUNTRY, Kind.DISTRICT, Kind.ORGANISATION, Kind.PEOPLE, Kind.REGION, Kind.TOWN, Kind.VILLAGE}
)


def takes_side(entity: str, glossary: Glossary) -> bool:
    """Whether an invented mention of the entity changes who did what."""
    known = glossary.entity(entity)
    return (known.contested and known.kind in _ACTORS_AND_PLACES) or entity in SIDED or known.kind is Kind.PERSON
