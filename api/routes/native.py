"""/v1: the verbs, with the same Result as the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from fastapi import APIRouter, Response

from api.dependencies import ServiceParameter
from api.models import (
    CheckRequest,
    Problem,
    Request,
    RestyleRequest,
    Result,
    Results,
    TextError,
    TextPair,
    TranslateRequest,
)
from api.overrides import Overrides, overrides_of
from api.service import Drafting, OneLanguage, Service
from api.written import json_answer
from toolkit.documents.options import Use, read_options
from toolkit.errors import DragomanError, WrongUse

T = TypeVar("T", str, TextPair)

router = APIRouter(
    prefix="/v1",
    tags=["native"],
    responses={status: {"model": Problem} for status in (400, 413, 415, 422, 503)},
)


@router.post("/translate", response_model=Result | Results)
def translate(body: TranslateRequest, service: ServiceParameter) -> Response:
    """Translate a text, or a list of texts.

    What neither the memory nor an engine translates stays in the source language and is marked untranslated.
    """
    drafting = Drafting(body.engine, body.quality, body.memory_threshold)
    if body.source is body.target:
        raise WrongUse(f"from {body.source} to {body.target} there is nothing to translate", remedy="use /v1/restyle")
    service.engines(body.source, body.target, body.engine, body.quality)
    reading = read_options(body.columns, body.paths)

    def one(text: str, overrides: Overrides) -> Result:
        document = service.read(text, body.format, reading)
        return service.translate(
            document, body.source, body.target, body.policy, body.date, overrides=overrides, drafting=drafting
        )

    return _answers(body, body.text, body.texts, one, service)


@router.post("/restyle", response_model=Result | Results)
def restyle(body: RestyleRequest, service: ServiceParameter) -> Response:
    """Put the names of a text, or of a list of texts, into a house style; the language stays."""
    return _in_one_language("restyle", body, service)


@router.post("/lint", response_model=Result | Results)
def lint(body: RestyleRequest, service: ServiceParameter) -> Response:
    """List mixed usages, contested terms and unresolved names; the text is not changed."""
    return _in_one_language("lint", body, service)


@router.post("/check", response_model=Result | Results)
def check(body: CheckRequest, service: ServiceParameter) -> Response:
    """Compare a translation, whoever made it, with its source; with `fix` its names are put right in place."""
    single, reading = None, read_options(body.columns, body.paths)
    if body.source is not None and body.target is not None:
        single = TextPair(source=body.source, target=body.target)

    def one(pair: TextPair, overrides: Overrides) -> Result:
        documents = (
            service.read(pair.source, body.format, replace(reading, use=Use.SOURCES)),
            service.read(pair.target, body.format, replace(reading, use=Use.TARGETS)),
        )
        return service.check(
            *documents, (body.from_, body.to), body.policy, body.date, fix=body.fix, overrides=overrides
        )

    return _answers(body, single, body.pairs, one, service)


def _in_one_language(verb: OneLanguage, body: RestyleRequest, service: Service) -> Response:
    reading = read_options(body.columns, body.paths, body.lang)

    def one(text: str, overrides: Overrides) -> Result:
        document = service.read(text, body.format, reading)
        return service.in_one_language(verb, document, body.lang, body.policy, body.date, overrides=overrides)

    return _answers(body, body.text, body.texts, one, service)


def _answers(
    body: Request,
    single: T | None,
    several: Sequence[T] | None,
    one: Callable[[T, Overrides], Result],
    service: Service,
) -> Response:
    """The answer for one text; or for each of several, where the failure of one is an error of that one alone.

    Raises what is wrong with the request as a whole: an unknown policy, an override that cannot be, too many texts.
    """
    service.policy(body.policy, body.date)
    overrides = overrides_of(body.overrides, service.glossary, None if several is None else len(several))
    if single is not None:
        return json_answer(one(single, overrides[0]))
    several = several or ()
    service.checked_list([_characters(item) for item in several])
    found: list[Result | TextError] = []
    for number, (item, wanted) in enumerate(zip(several, overrides, strict=True), 1):
        try:
            found.append(one(item, wanted).model_copy(update={"id": str(number)}))
        except DragomanError as error:
            found.append(TextError(id=str(number), error=str(error), code=error.code))
    return json_answer(Results(results=found))


def _characters(item: str | TextPair) -> int:
    return len(item) if isinstance(item, str) else len(item.source) + len(item.target)
