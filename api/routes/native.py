"""/v1: the verbs, with the same Result as the command line."""

from __future__ import annotations

from fastapi import APIRouter

from api.dependencies import ServiceParameter
from api.models import Problem, RestyleRequest, Result, TranslateRequest

router = APIRouter(
    prefix="/v1",
    tags=["native"],
    responses={status: {"model": Problem} for status in (400, 413, 422, 503)},
)


@router.post("/translate", response_model_exclude_none=True)
def translate(body: TranslateRequest, service: ServiceParameter) -> Result:
    """Translate a text; what the memory does not hold stays in the source language and is marked untranslated."""
    return service.translate(service.read(body.text, body.format), body.source, body.target, body.policy)


@router.post("/restyle", response_model_exclude_none=True)
def restyle(body: RestyleRequest, service: ServiceParameter) -> Result:
    """Put the names of a text into a house style; the language stays."""
    return service.restyle(service.read(body.text, body.format), body.lang, body.policy)


@router.post("/lint", response_model_exclude_none=True)
def lint(body: RestyleRequest, service: ServiceParameter) -> Result:
    """List mixed usages, contested terms and unresolved names; the text is not changed."""
    return service.lint(service.read(body.text, body.format), body.lang, body.policy)
