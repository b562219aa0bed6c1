"""POST /v2/translate."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from api.dependencies import ServiceParameter
from api.fields import list_field, names_field, read_fields, text_field
from api.openapi import body_of
from api.routes.deepl.dictionaries import named
from api.routes.deepl.information import code
from api.schemas.deepl import DeeplTranslateFields, DeeplTranslations
from api.service import Service
from api.written import json_answer
from toolkit.documents.html import read_html
from toolkit.documents.model import Document
from toolkit.documents.plain import read_plain
from toolkit.documents.xml import read_xml
from toolkit.errors import BadOption
from toolkit.languages import Language, parse_language
from toolkit.pipeline.result import Result
from toolkit.text.identify import identify

router = APIRouter(prefix="/v2")

_NO = ("0", "false", "False")


@router.post("/translate", response_model=DeeplTranslations, openapi_extra=body_of(DeeplTranslateFields))
async def translate(request: Request, service: ServiceParameter) -> Response:
    """Translate texts. `findings`, `names` and `signature` of each are additions that strict clients pass over."""
    fields = await read_fields(request)
    return await run_in_threadpool(lambda: json_answer(_translate(fields, service)))


def _translate(fields: dict[str, Any], service: Service) -> dict[str, Any]:
    texts = list_field(fields, "text")
    if not texts:
        raise BadOption("the parameter 'text' is missing")
    if len(texts) > service.settings.max_texts:
        raise BadOption(f"the parameter 'text' has more than {service.settings.max_texts} texts")
    service.checked("".join(texts))
    target = parse_language(text_field(fields, "target_lang"), where="target_lang")
    source = (
        parse_language(text_field(fields, "source_lang"), where="source_lang") if fields.get("source_lang") else None
    )
    glossaries = named(fields, source, target, service)
    layer = service.uploaded(glossaries, source, target) if source is not None and glossaries else None
    documents = [_read(text, fields) for text in texts]
    answers = []
    for text, document in zip(texts, documents, strict=True):
        language = source or _detected(document.text)
        result = service.into(document, language, target, layer)
        answers.append(_answer(result, language, len(text)))
    return {"translations": answers}


def _answer(result: Result, language: Language, characters: int) -> dict[str, Any]:
    names = [
        {
            "surface": mention.surface,
            "rendering": mention.rendering,
            "entity": mention.entity,
            "usage": mention.usage_out,
            "action": mention.action,
            "applied": mention.target_start is not None and mention.rule != "untranslated",
        }
        for mention in result.mentions
    ]
    return {
        "detected_source_language": code(language),
        "text": result.text,
        "billed_characters": characters,
        "names": names,
        "findings": [remark.model_dump(mode="json") for remark in result.findings],
        "signature": result.signature,
    }


def _detected(text: str) -> Language:
    found = identify(text)
    return found.language if found else Language.EN


def _read(text: str, fields: dict[str, Any]) -> Document:
    """The text by the wanted handling of tags; inside `ignore_tags` nothing changes."""
    handling = fields.get("tag_handling")
    ignored = names_field(fields, "ignore_tags")
    if handling == "html":
        return read_html(text, ignored)
    if handling == "xml":
        return read_xml(
            text,
            ignored,
            splitting=names_field(fields, "splitting_tags"),
            inside=names_field(fields, "non_splitting_tags"),
            outline=str(fields.get("outline_detection", "1")) not in _NO,
        )
    if handling:
        raise BadOption("the parameter 'tag_handling' must be html or xml")
    return read_plain(text)
