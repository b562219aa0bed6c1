"""Dictionaries of uploaded glossaries as DeepL's routes take and give them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.exceptions import HTTPException

from api.fields import names_field, text_field
from api.glossaries.entries import Pair, parse_entries
from api.glossaries.store import Dictionary, Stored
from api.service import Service
from toolkit.errors import BadOption
from toolkit.glossary.uploaded import uploaded_pack
from toolkit.languages import Language, parse_language

LONGEST_NAME = 1_024
_MOST_GLOSSARIES = 5


def unknown() -> HTTPException:
    """The error for a glossary that is not there."""
    return HTTPException(404, "Glossary not found")


def found(service: Service, identity: str) -> Stored:
    """The glossary of that id. Raises HTTPException 404."""
    stored = service.store.get(identity)
    if stored is None:
        raise unknown()
    return stored


def languages_of(fields: dict[str, Any]) -> tuple[Language, Language]:
    """`source_lang` and `target_lang`. Raises BadOption or UnknownLanguage."""
    source = parse_language(text_field(fields, "source_lang"), where="source_lang")
    target = parse_language(text_field(fields, "target_lang"), where="target_lang")
    if source is target:
        raise BadOption("source_lang and target_lang are the same language")
    return source, target


def named(fields: dict[str, Any], source: Language | None, target: Language, service: Service) -> tuple[str, ...]:
    """Ids of the glossaries that a translation is to use, the first of them uppermost; all have the pair of languages.

    Raises BadOption, HTTPException 404 for one that is not there.
    """
    wanted = names_field(fields, "glossary_id") + names_field(fields, "glossary_ids")
    if not wanted or source is target:
        return ()
    if source is None:
        raise BadOption("the parameter 'source_lang' is needed with a glossary")
    if len(wanted) > _MOST_GLOSSARIES:
        raise BadOption(f"more than {_MOST_GLOSSARIES} glossaries")
    for identity in wanted:
        pairs = [(one.source, one.target) for one in found(service, identity).dictionaries]
        if (source, target) not in pairs:
            raise BadOption(f"the glossary has no dictionary from {source.value.upper()} to {target.value.upper()}")
    return tuple(wanted)


def read_dictionary(fields: Any, service: Service) -> tuple[Language, Language, Sequence[Pair]]:
    """A dictionary with its entries, all of them fit to be terms. Raises BadOption or BadInput."""
    if not isinstance(fields, dict):
        raise BadOption("the parameter 'dictionaries' must be a list of objects")
    source, target = languages_of(fields)
    most = service.settings.max_body
    pairs = parse_entries(text_field(fields, "entries", most=most), str(fields.get("entries_format") or "tsv"))
    uploaded_pack(pairs, source, target, service.glossary)
    return source, target, pairs


def read_dictionaries(fields: dict[str, Any], service: Service) -> list[tuple[Language, Language, Sequence[Pair]]]:
    """All dictionaries of a request, each of another pair of languages. Raises BadOption or BadInput."""
    given = fields.get("dictionaries")
    if not isinstance(given, list) or not given:
        raise BadOption("the parameter 'dictionaries' is missing or no list")
    read = [read_dictionary(one, service) for one in given]
    if len({(source, target) for source, target, _ in read}) < len(read):
        raise BadOption("two dictionaries are of one pair of languages")
    return read


def dictionary_of(dictionary: Dictionary) -> dict[str, Any]:
    return {
        "source_lang": dictionary.source.value,
        "target_lang": dictionary.target.value,
        "entry_count": dictionary.count,
    }
