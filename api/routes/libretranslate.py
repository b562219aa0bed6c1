"""LibreTranslate's routes, so that its clients work by changing the host. JSON and form data are both read."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from api.dependencies import ServiceParameter
from api.fields import read_fields
from api.openapi import body_of
from api.schemas.libretranslate import (
    LibreDetected,
    LibreDetectFields,
    LibreError,
    LibreHealth,
    LibreLanguage,
    LibreTranslateFields,
    LibreTranslation,
)
from api.service import Service
from api.written import json_answer
from toolkit.errors import BadInput, BadOption
from toolkit.languages import Language, parse_language
from toolkit.pipeline.result import Result
from toolkit.text.identify import identify

router = APIRouter(
    tags=["LibreTranslate"], responses={status: {"model": LibreError} for status in (400, 413, 415, 503)}
)

_REQUIRED = ("q", "source", "target")
_FORMATS = ("html", "text")


@router.get("/languages")
def languages() -> list[LibreLanguage]:
    """The languages with what each can be translated into."""
    return [
        LibreLanguage(
            code=language, name=language.english_name, targets=[other for other in Language if other is not language]
        )
        for language in Language
    ]


@router.get("/health")
def health() -> LibreHealth:
    """Whether the server answers."""
    return LibreHealth(status="ok")


@router.post(
    "/translate",
    response_model=LibreTranslation,
    openapi_extra=body_of(LibreTranslateFields),
)
async def translate(request: Request, service: ServiceParameter) -> Response:
    """Translate a text or a list of texts."""
    fields = await read_fields(request)
    for name in _REQUIRED:
        if not fields.get(name):
            raise BadOption(f"Invalid request: missing {name} parameter")
    return await run_in_threadpool(lambda: json_answer(_translate(fields, service)))


@router.post("/detect", response_model=list[LibreDetected], openapi_extra=body_of(LibreDetectFields))
async def detect(request: Request) -> list[dict[str, Any]]:
    """The language of a text."""
    fields = await read_fields(request)
    found = identify(str(fields.get("q") or ""))
    if found is None:
        raise BadOption("Invalid request: missing q parameter")
    return [{"language": found.language.value, "confidence": round(100 * found.confidence)}]


def _translate(fields: dict[str, Any], service: Service) -> dict[str, Any]:
    wanted = fields["q"]
    texts = wanted if isinstance(wanted, list) else [wanted]
    if not all(isinstance(text, str) for text in texts):
        raise BadInput("Invalid request: q must be a string or a list of strings")
    if len(texts) > service.settings.max_texts:
        raise BadInput(f"Invalid request: more than {service.settings.max_texts} texts")
    form = fields.get("format") or "text"
    if form not in _FORMATS:
        raise BadOption("Invalid request: unknown format", remedy=f"use one of {', '.join(_FORMATS)}")
    service.checked("".join(texts))
    target = parse_language(str(fields["target"]), where="target")
    documents = [service.read(text, form) for text in texts]
    sources = [_source(str(fields["source"]), document.text) for document in documents]
    results = [
        service.into(document, language, target) for document, (language, _) in zip(documents, sources, strict=True)
    ]
    return _answer(results, fields, sources, many=isinstance(wanted, list))


def _source(code: str, text: str) -> tuple[Language, float]:
    """The language that a request names, or that of the text as it is read."""
    if code != "auto":
        return parse_language(code, where="source"), 1.0
    found = identify(text)
    return (found.language, found.confidence) if found else (Language.EN, 0.0)


def _answer(
    results: list[Result], fields: dict[str, Any], sources: list[tuple[Language, float]], *, many: bool
) -> dict[str, Any]:
    """LibreTranslate's answer; `findings` and `signature` are additions that its clients pass over."""
    answer: dict[str, Any] = {
        "translatedText": [result.text for result in results],
        "findings": [[remark.model_dump(mode="json") for remark in result.findings] for result in results],
        "signature": [result.signature for result in results],
    }
    if fields["source"] == "auto":
        answer["detectedLanguage"] = [
            {"language": language.value, "confidence": round(100 * sure)} for language, sure in sources
        ]
    if str(fields.get("alternatives") or "0") != "0":  # there is one translation of each text
        answer["alternatives"] = [[] for _ in results]
    return answer if many else {key: value[0] for key, value in answer.items()}
