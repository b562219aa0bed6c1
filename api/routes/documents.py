"""POST /v1/documents: a file that is worked on in the background."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from pydantic import Field, TypeAdapter, ValidationError

from api import options
from api.dependencies import DeskParameter, PrincipalParameter, ServiceParameter
from api.jobs.files import TRANSLATION
from api.jobs.model import Task, Verb
from api.models import Override, Problem
from api.routes.jobs import JobAnswer
from api.routes.uploads import name_of, source_part, upload_of
from toolkit.documents.formats import checked_format, format_of
from toolkit.engines.ct2 import Quality
from toolkit.errors import BadOption
from toolkit.languages import Language

router = APIRouter(
    prefix="/v1", tags=["jobs"], responses={status: {"model": Problem} for status in (400, 413, 422, 503)}
)

_NAME = 100
_OVERRIDES = 200_000
_LIST: TypeAdapter[tuple[Override, ...]] = TypeAdapter(
    Annotated[tuple[Override, ...], Field(max_length=options.OVERRIDES["max_length"])]
)


@router.post("/documents", status_code=202)
async def submit(
    service: ServiceParameter,
    desk: DeskParameter,
    principal: PrincipalParameter,
    file: Annotated[UploadFile, File(description="The document; its name says the format.")],
    verb: Annotated[Verb, Form(description="What is to be done with it.")],
    source: Annotated[Language, Form(alias="from", description="Language of the document.")],
    to: Annotated[
        list[Language] | None, Form(description="translate: languages wanted, one or more. check: of the translation.")
    ] = None,
    policy: Annotated[str | None, Form(**options.POLICY)] = None,
    date: Annotated[str | None, Form(**options.DATE)] = None,
    engine: Annotated[str | None, Form(**options.ENGINE)] = None,
    quality: Annotated[Quality | None, Form(**options.QUALITY)] = None,
    memory_threshold: Annotated[float, Form(**options.MEMORY_THRESHOLD)] = options.THRESHOLD,
    columns: Annotated[str | None, Form(**options.COLUMNS)] = None,
    paths: Annotated[str | None, Form(**options.PATHS)] = None,
    overrides: Annotated[str | None, Form(max_length=_OVERRIDES, description=options.OVERRIDES["description"])] = None,
    form: Annotated[
        str | None, Form(alias="format", max_length=_NAME, description="Where the file's name does not say it.")
    ] = None,
    fix: Annotated[bool, Form(**options.FIX)] = False,
    seconds: Annotated[
        int | None, Form(ge=1, le=1_000_000, description="Longest time it may take, within the server's limit.")
    ] = None,
    translation: Annotated[UploadFile | None, File(description="check: the translation of the document.")] = None,
) -> JobAnswer:
    """Accept a document as a job: see /v1/jobs/{id} for how far it is, and …/result for what came of it."""
    upload = upload_of(file, service.settings)
    task = Task(
        verb=verb, name=name_of(upload), format=checked_format(form or format_of(name_of(upload))),
        source=source, targets=_targets(verb, to or [], translation), policy=policy or None, date=date or None,
        engine=engine or None, quality=quality, memory_threshold=memory_threshold, columns=columns or None,
        paths=paths or None, overrides=_overrides(overrides), fix=fix and verb is Verb.CHECK, seconds=seconds,
        translation=name_of(translation) if translation is not None else None,
    )  # fmt: skip
    parts = source_part(upload)
    if translation is not None:
        parts[TRANSLATION] = upload_of(translation, service.settings, "translation").file
    return JobAnswer.of(await desk.submit(principal.id, task, parts))


def _overrides(text: str | None) -> tuple[Override, ...]:
    """The overrides of a form, a list in JSON as bodies have it. Raises BadOption, which does not repeat them."""
    try:
        return _LIST.validate_json(text) if text else ()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part)[:40] for part in ("overrides", *first["loc"]))
        raise BadOption(first["msg"], where=place, remedy="write them as in the body of /v1/translate") from None


def _targets(verb: Verb, to: list[Language], translation: UploadFile | None) -> tuple[Language, ...]:
    """The languages wanted, each once. Raises BadOption where they or the translation do not suit the verb."""
    if (translation is not None) != (verb is Verb.CHECK):
        raise BadOption("check, and nothing else, takes a translation", where="translation", remedy="send two files")
    if verb in (Verb.LINT, Verb.RESTYLE):
        if to:
            raise BadOption(f"{verb} keeps the language", where="to", remedy="leave it out")
        return ()
    if not to or (verb is Verb.CHECK and len(to) > 1):
        number = "one language" if verb is Verb.CHECK else "one language or more"
        raise BadOption(f"{verb} needs {number}", where="to", remedy="use az, en, hy or ru")
    return tuple(dict.fromkeys(to))
