"""/v1/languages, /v1/glossaries, /v1/policies, /v1/models, /v1/engines: what this server has."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter

from api.dependencies import ServiceParameter
from api.schemas.installed import (
    DirectionAnswer,
    DirectionEngines,
    EngineAnswer,
    LanguageAnswer,
    PackAnswer,
    PolicyAnswer,
)
from toolkit.engines.available import available
from toolkit.engines.models.catalogue import direction_name
from toolkit.engines.models.listing import list_models
from toolkit.glossary.summary import summaries
from toolkit.languages import Language

router = APIRouter(prefix="/v1", tags=["installed"])


@router.get("/languages")
def languages() -> list[LanguageAnswer]:
    """The working languages; every one can be translated into every other."""
    return [
        LanguageAnswer(
            code=language, name=language.english_name, targets=[other for other in Language if other is not language]
        )
        for language in Language
    ]


@router.get("/glossaries")
def glossaries(service: ServiceParameter) -> list[PackAnswer]:
    """The packs of the server's glossary, in alphabetical order."""
    return [PackAnswer.model_validate(asdict(summary)) for summary in summaries(service.glossary)]


@router.get("/policies")
def policies(service: ServiceParameter) -> list[PolicyAnswer]:
    """The installed policies, in alphabetical order; a request names one of these."""
    default = service.default_policy
    return [
        PolicyAnswer.model_validate(policy.model_dump() | {"default": policy == default})
        for policy in service.policies.values()
    ]


@router.get("/models")
def models(service: ServiceParameter) -> list[DirectionAnswer]:
    """The models for each direction: what is installed, and what `dragoman models install` can get."""
    return [DirectionAnswer.model_validate(asdict(one)) for one in list_models(service.settings.toolkit)]


@router.get("/engines")
def engines(service: ServiceParameter) -> list[DirectionEngines]:
    """The engines that are there for each direction now, whatever a request may ask for by name."""
    settings = service.settings.toolkit
    return [
        DirectionEngines(
            direction=direction_name((source, target)),
            engines=[EngineAnswer.model_validate(asdict(one)) for one in available(source, target, settings)],
        )
        for source in Language
        for target in Language
        if source is not target
    ]
