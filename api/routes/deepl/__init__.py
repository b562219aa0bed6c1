"""DeepL's routes at their own paths, so that its clients work by changing the host."""

from __future__ import annotations

from fastapi import APIRouter

from api.routes.deepl import documents, glossaries, information, multilingual, translate
from api.schemas.deepl import DeeplError

router = APIRouter(tags=["DeepL"], responses={status: {"model": DeeplError} for status in (400, 404, 413, 415, 503)})
for part in (translate, documents, information, glossaries, multilingual):
    router.include_router(part.router)
