"""What a DeepL client asks before it translates: usage, languages, pairs of languages for glossaries."""

from __future__ import annotations

from itertools import permutations
from typing import Any

from fastapi import APIRouter, Request

from api.dependencies import PrincipalParameter, ServiceParameter
from api.fields import read_fields
from api.openapi import body_of, query_of
from api.schemas.deepl import (
    DeeplLanguage,
    DeeplLanguagePair,
    DeeplLanguagePairs,
    DeeplLanguagesFields,
    DeeplUsage,
)
from toolkit.errors import BadOption
from toolkit.languages import Language

router = APIRouter(prefix="/v2")

_UNLIMITED = 1_000_000_000_000
"""What DeepL itself says of an account without a limit."""
_TARGETS = {Language.EN: (("EN-GB", "English (British)"), ("EN-US", "English (American)"))}


@router.get("/usage")
@router.post("/usage")
def usage(request: Request, service: ServiceParameter, principal: PrincipalParameter) -> DeeplUsage:
    """Characters of this calendar month that the key was used for, and its quota."""
    quota: int | None = getattr(request.state, "quota", None)
    return DeeplUsage(character_count=service.usage.used(principal.id), character_limit=quota or _UNLIMITED)


@router.get(
    "/languages",
    response_model=list[DeeplLanguage],
    response_model_exclude_unset=True,
    openapi_extra=query_of(DeeplLanguagesFields, "type", required=False),
)
@router.post(
    "/languages",
    response_model=list[DeeplLanguage],
    response_model_exclude_unset=True,
    openapi_extra=body_of(DeeplLanguagesFields),
)
async def languages(request: Request) -> list[dict[str, Any]]:
    """Source or target languages; `type` stands in the query, or in a form in the body."""
    fields = await read_fields(request)
    kind = str(request.query_params.get("type") or fields.get("type") or "source")
    if kind not in ("source", "target"):
        raise BadOption("the parameter 'type' must be source or target")
    if kind == "source":
        return [{"language": code(language), "name": language.english_name} for language in Language]
    return [
        {"language": written, "name": name, "supports_formality": False}
        for language in Language
        for written, name in _TARGETS.get(language, ((code(language), language.english_name),))
    ]


@router.get("/glossary-language-pairs")
def pairs() -> DeeplLanguagePairs:
    """Every pair of the four languages."""
    found = [DeeplLanguagePair(source_lang=source, target_lang=target) for source, target in permutations(Language, 2)]
    return DeeplLanguagePairs(supported_languages=found)


def code(language: Language) -> str:
    """A language as DeepL writes it."""
    return language.value.upper()
