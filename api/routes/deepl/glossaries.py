"""/v2/glossaries: glossaries of one pair of languages."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from api.dependencies import ServiceParameter
from api.fields import read_fields, text_field
from api.glossaries.entries import write_tsv
from api.glossaries.store import Stored
from api.openapi import body_of
from api.routes.deepl.dictionaries import LONGEST_NAME, dictionary_of, found, read_dictionary, unknown
from api.schemas.deepl import DeeplGlossaries, DeeplGlossary, DeeplGlossaryFields
from api.service import Service

router = APIRouter(prefix="/v2/glossaries")


@router.post("", status_code=201, response_model=DeeplGlossary, openapi_extra=body_of(DeeplGlossaryFields))
async def create(request: Request, service: ServiceParameter) -> dict[str, Any]:
    """Upload a glossary as TSV or CSV."""
    fields = await read_fields(request)
    return await run_in_threadpool(_create, fields, service)


def _create(fields: dict[str, Any], service: Service) -> dict[str, Any]:
    name = text_field(fields, "name", most=LONGEST_NAME)
    return _shown(service.store.create(name, [read_dictionary(fields, service)]))


@router.get("", response_model=DeeplGlossaries)
def listed(service: ServiceParameter) -> dict[str, list[dict[str, Any]]]:
    """All glossaries of one pair of languages."""
    return {"glossaries": [_shown(stored) for stored in service.store.list() if len(stored.dictionaries) == 1]}


@router.get("/{identity}", response_model=DeeplGlossary)
def one(identity: str, service: ServiceParameter) -> dict[str, Any]:
    """A glossary without its entries."""
    return _shown(_single(service, identity))


@router.get(
    "/{identity}/entries",
    response_class=Response,
    responses={200: {"content": {"text/tab-separated-values": {"schema": {"type": "string"}}}}},
)
def entries(identity: str, service: ServiceParameter) -> Response:
    """The entries, one a line, source and target text with a tab between them."""
    dictionary = _single(service, identity).dictionaries[0]
    pairs = service.store.entries(identity, dictionary.source, dictionary.target)
    return Response(write_tsv(pairs or ()), media_type="text/tab-separated-values")


@router.delete("/{identity}", status_code=204)
def delete(identity: str, service: ServiceParameter) -> Response:
    """Delete a glossary."""
    if not service.store.delete(identity):
        raise unknown()
    return Response(status_code=204)


def _single(service: Service, identity: str) -> Stored:
    """A glossary that these routes can show: of several pairs of languages they know nothing."""
    stored = found(service, identity)
    if len(stored.dictionaries) != 1:
        raise unknown()
    return stored


def _shown(stored: Stored) -> dict[str, Any]:
    return {
        "glossary_id": stored.id,
        "name": stored.name,
        "ready": True,
        "creation_time": stored.created,
        **dictionary_of(stored.dictionaries[0]),
    }
