"""LibreTranslate's routes about the server itself: what its page and apps ask before they translate."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException

from api.auth.principal import ANONYMOUS
from api.dependencies import PrincipalParameter, ServiceParameter
from api.schemas.libretranslate import LibreChoice, LibreChosen, LibreSettings
from toolkit.documents.formats import SUFFIXES
from toolkit.languages import Language

router = APIRouter(tags=["LibreTranslate"])

_TYPING = 500
"""Milliseconds after a key was pressed until a page translates."""


@router.get("/frontend/settings")
async def settings(service: ServiceParameter, principal: PrincipalParameter) -> LibreSettings:
    """What a page should know: whether a key is wanted, how much it may send, which files it may send."""
    keys = principal is not ANONYMOUS
    return LibreSettings(
        apiKeys=keys,
        keyRequired=keys,
        charLimit=service.settings.max_characters,
        frontendTimeout=_TYPING,
        suggestions=False,
        filesTranslation=True,
        supportedFilesFormat=sorted({*SUFFIXES, ".txt"}),
        language=LibreChosen(
            source=LibreChoice(code="auto", name="Auto Detect"),
            target=LibreChoice(code=Language.EN.value, name=Language.EN.english_name),
        ),
    )


@router.get("/spec")
async def spec(request: Request) -> dict[str, Any]:
    """The description of the API, as /openapi.json has it."""
    described: dict[str, Any] = request.app.openapi()
    return described


@router.post("/suggest", include_in_schema=False)
async def suggest() -> None:
    """Better translations are not taken from strangers: the memory is added to with `dragoman memory import`."""
    raise HTTPException(403, "Suggestions are disabled on this server.")
