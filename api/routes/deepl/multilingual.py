"""/v3/glossaries: glossaries of several pairs of languages."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.dependencies import ServiceParameter
from api.fields import read_fields, text_field
from api.glossaries.entries import write_tsv
from api.glossaries.store import Stored
from api.openapi import body_of, query_of
from api.routes.deepl.dictionaries import (
    LONGEST_NAME,
    dictionary_of,
    found,
    languages_of,
    read_dictionaries,
    read_dictionary,
    unknown,
)
from api.schemas.deepl import (
    DeeplDictionary,
    DeeplDictionaryFields,
    DeeplEntries,
    DeeplLanguagePair,
    DeeplMultilingual,
    DeeplMultilingualFields,
    DeeplMultilinguals,
    DeeplUpdateFields,
)
from api.service import Service
from toolkit.errors import BadOption

router = APIRouter(prefix="/v3/glossaries")


@router.post(
    "",
    status_code=201,
    response_model=DeeplMultilingual,
    openapi_extra=body_of(DeeplMultilingualFields, form=False),
)
async def create(request: Request, service: ServiceParameter) -> dict[str, Any]:
    """Upload a glossary with one dictionary or more."""
    fields = await read_fields(request)
    return await run_in_threadpool(_create, fields, service)


def _create(fields: dict[str, Any], service: Service) -> dict[str, Any]:
    name = text_field(fields, "name", most=LONGEST_NAME)
    return _shown(service.store.create(name, read_dictionaries(fields, service)))


@router.get("", response_model=DeeplMultilinguals)
def listed(service: ServiceParameter) -> dict[str, list[dict[str, Any]]]:
    """All glossaries."""
    return {"glossaries": [_shown(stored) for stored in service.store.list()]}


@router.get("/{identity}", response_model=DeeplMultilingual)
def one(identity: str, service: ServiceParameter) -> dict[str, Any]:
    """A glossary without its entries."""
    return _shown(found(service, identity))


@router.patch("/{identity}", response_model=DeeplMultilingual, openapi_extra=body_of(DeeplUpdateFields, form=False))
async def update(identity: str, request: Request, service: ServiceParameter) -> dict[str, Any]:
    """Rename a glossary, or add entries to its dictionaries."""
    fields = await read_fields(request)
    return await run_in_threadpool(_update, identity, fields, service)


def _update(identity: str, fields: dict[str, Any], service: Service) -> dict[str, Any]:
    found(service, identity)
    if fields.get("name") is None and fields.get("dictionaries") is None:
        raise BadOption("neither 'name' nor 'dictionaries' is given")
    name = text_field(fields, "name", most=LONGEST_NAME) if fields.get("name") is not None else None
    for source, target, pairs in read_dictionaries(fields, service) if fields.get("dictionaries") is not None else ():
        service.store.merge(identity, source, target, pairs)
    if name is not None:
        service.store.rename(identity, name)
    return _shown(found(service, identity))


@router.delete("/{identity}", status_code=204)
def delete(identity: str, service: ServiceParameter) -> Response:
    """Delete a glossary."""
    if not service.store.delete(identity):
        raise unknown()
    return Response(status_code=204)


@router.get(
    "/{identity}/entries",
    response_model=DeeplEntries,
    openapi_extra=query_of(DeeplLanguagePair, "source_lang", "target_lang"),
)
def entries(identity: str, request: Request, service: ServiceParameter) -> dict[str, list[dict[str, str]]]:
    """The entries of one pair of languages as TSV."""
    source, target = languages_of(dict(request.query_params))
    found(service, identity)
    pairs = service.store.entries(identity, source, target)
    if pairs is None:
        raise _no_dictionary()
    shown = {"source_lang": source.value, "target_lang": target.value, "entries": write_tsv(pairs)}
    return {"dictionaries": [{**shown, "entries_format": "tsv"}]}


@router.put("/{identity}/dictionaries", response_model=DeeplDictionary, openapi_extra=body_of(DeeplDictionaryFields))
async def replace(identity: str, request: Request, service: ServiceParameter) -> dict[str, Any]:
    """Put a dictionary in the place of the one of its languages."""
    fields = await read_fields(request)
    return await run_in_threadpool(_replace, identity, fields, service)


def _replace(identity: str, fields: dict[str, Any], service: Service) -> dict[str, Any]:
    found(service, identity)
    source, target, pairs = read_dictionary(fields, service)
    service.store.replace(identity, source, target, pairs)
    return {"source_lang": source.value, "target_lang": target.value, "entry_count": len(pairs)}


@router.delete(
    "/{identity}/dictionaries",
    status_code=204,
    openapi_extra=query_of(DeeplLanguagePair, "source_lang", "target_lang"),
)
def delete_dictionary(identity: str, request: Request, service: ServiceParameter) -> Response:
    """Delete the entries of one pair of languages."""
    source, target = languages_of(dict(request.query_params))
    found(service, identity)
    if not service.store.delete_dictionary(identity, source, target):
        raise _no_dictionary()
    return Response(status_code=204)


def _no_dictionary() -> HTTPException:
    return HTTPException(404, "No dictionary found for the given language pair")


def _shown(stored: Stored) -> dict[str, Any]:
    return {
        "glossary_id": stored.id,
        "name": stored.name,
        "creation_time": stored.created,
        "dictionaries": [dictionary_of(dictionary) for dictionary in stored.dictionaries],
    }
