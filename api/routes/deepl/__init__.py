"""DeepL's routes at their own paths, so that its clients work by changing the host."""

from __future__ import annotations

from fastapi import APIRouter

from api.routes.deepl import documents, glossaries, information, multilingual, translate

router = APIRouter(tags=["DeepL"])
for part in (translate, documents, information, glossaries, multilingual):
    router.include_router(part.router)
