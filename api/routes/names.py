"""/v1/names and /v1/transliterate: what things are called, and how a name is written elsewhere."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query

from api.dependencies import ServiceParameter
from api.models import Problem
from api.schemas.names import (
    FoundName,
    FoundNames,
    MatchRequest,
    NameMatch,
    TransliterateRequest,
    Transliteration,
    Transliterations,
)
from api.service import Service
from toolkit.errors import BadInput, UnknownEntity
from toolkit.glossary.detail import EntityDetail, entity_detail
from toolkit.glossary.renderings import known_names
from toolkit.glossary.search import search_of
from toolkit.languages import Language
from toolkit.translit.key import may_be_same
from toolkit.translit.names import transliterate as write_text
from toolkit.translit.names import transliterate_name

_LONGEST_NAME = 200

router = APIRouter(
    prefix="/v1", tags=["names"], responses={status: {"model": Problem} for status in (400, 413, 415, 422)}
)
EntityId = Annotated[str, Path(max_length=120, description="Id of an entity.", examples=["khankendi-stepanakert"])]
AllForms = Annotated[
    bool, Query(description="Forms with a possessor or a tail too (Şuşamız, Şuşadakı); they are many.")
]
Wanted = Annotated[
    str, Query(min_length=1, max_length=_LONGEST_NAME, description="A name in any script.", examples=["Stepanakert"])
]
QueryLanguage = Annotated[Language | None, Query(description="Language of the query; else its letters tell.")]
Limit = Annotated[int, Query(ge=1, le=100, description="Most results.")]


@router.get("/names")
def find(service: ServiceParameter, q: Wanted, lang: QueryLanguage = None, limit: Limit = 10) -> FoundNames:
    """Entities that a name in any script and spelling may stand for, best first."""
    found = search_of(service.glossary).find(_whole(q), limit=limit, language=lang)
    rows = [FoundName.model_validate(asdict(one) | {"score": _score(one.score)}) for one in found]
    return FoundNames(results=rows)


@router.post("/names/match")
def match(body: MatchRequest) -> NameMatch:
    """Whether two names in any scripts can be the same, and why."""
    found = may_be_same(_whole(body.a), _whole(body.b))
    return NameMatch(match=found.same, score=_score(found.score), why=found.why)


@router.get("/names/{entity}", response_model_exclude_none=True, responses={404: {"model": Problem}})
def show(service: ServiceParameter, entity: EntityId, all_forms: AllForms = False) -> EntityDetail:
    """All names of an entity, by usage and language, with their forms, and what is known of it."""
    try:
        return entity_detail(service.glossary, entity, all_forms=all_forms)
    except UnknownEntity as error:
        raise HTTPException(404, str(error)) from None


@router.post("/transliterate")
def transliterate(body: TransliterateRequest, service: ServiceParameter) -> Transliteration | Transliterations:
    """Write a text, or a name, in another language's letters."""
    if body.text is not None:
        return _transliterated(body.text, body, service)
    texts = body.texts or []
    service.checked_list([len(text) for text in texts])
    return Transliterations(results=[_transliterated(text, body, service) for text in texts])


def _transliterated(text: str, body: TransliterateRequest, service: Service) -> Transliteration:
    text = service.checked(text)
    if not body.names:
        written = write_text(text, body.source, body.target, body.scheme, body.variety)
        return Transliteration(text=written, source="guess" if body.source is Language.EN else "rule")
    known = known_names(service.glossary, body.source, body.target)
    found = transliterate_name(_short(text).strip(), body.source, body.target, body.scheme, body.variety, known)
    return Transliteration(text=found.text, source=found.source, alternatives=list(found.alternatives))


def _short(name: str) -> str:
    if len(name) > _LONGEST_NAME:
        raise BadInput(f"a name has more than {_LONGEST_NAME} characters", remedy="send a text, without `names`")
    return name


def _whole(name: str) -> str:
    """A name that is text. Raises BadInput for control characters, which no name has."""
    if any(char < " " for char in name):
        raise BadInput("the name holds a control character", remedy="send the name alone")
    return name


def _score(score: float) -> float:
    return round(min(max(score, 0.0), 1.0), 3)
