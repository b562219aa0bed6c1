"""/v2/document: files in DeepL's dialect. A document is found by its id and the key that was given with it."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from fastapi import APIRouter, Request, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse

from api.dependencies import DeskParameter, PrincipalParameter, ServiceParameter
from api.fields import read_fields, text_field
from api.jobs.desk import Desk
from api.jobs.model import Job, State, Task
from api.openapi import body_of, upload_body_of
from api.routes.deepl.dictionaries import named
from api.routes.uploads import document_of, file_answer, language_of, name_of, source_part, task_into, upload_of
from api.schemas.deepl import DeeplDocument, DeeplDocumentFields, DeeplDocumentKey, DeeplDocumentStatus
from api.service import Service
from toolkit.documents.formats import format_of
from toolkit.errors import BadOption
from toolkit.languages import parse_language

router = APIRouter(prefix="/v2/document")

_STATES = {State.DONE: "done", State.QUEUED: "queued", State.RUNNING: "translating"}


@router.post("", openapi_extra=upload_body_of(DeeplDocumentFields))
async def submit(
    request: Request, service: ServiceParameter, desk: DeskParameter, principal: PrincipalParameter
) -> DeeplDocument:
    """Upload a document to be translated."""
    key = secrets.token_hex(32)
    try:
        fields = await read_fields(request)
        upload = upload_of(fields.get("file"), service.settings)
        task = await run_in_threadpool(_task, fields, upload, _hash(key), service)
        job = await desk.submit(principal.id, task, source_part(upload))
    finally:
        await request.close()
    return DeeplDocument(document_id=job.id, document_key=key)


def _task(fields: dict[str, Any], upload: UploadFile, key: str, service: Service) -> Task:
    name = name_of(upload)
    wanted = str(fields.get("output_format") or "").lower()
    if wanted and wanted != PurePath(name).suffix[1:].lower():
        raise BadOption("the parameter 'output_format' must be the format of the file")
    target = parse_language(text_field(fields, "target_lang"), where="target_lang")
    form = format_of(name)
    given = (
        parse_language(text_field(fields, "source_lang"), where="source_lang") if fields.get("source_lang") else None
    )
    glossaries = named(fields, given, target, service)
    document = document_of(upload, form)
    source = given or language_of(document)
    return task_into(name, form, source, target, key=key, characters=len(document.text), glossaries=glossaries)


@router.post("/{identity}", response_model_exclude_unset=True, openapi_extra=body_of(DeeplDocumentKey))
async def status(
    identity: str, request: Request, desk: DeskParameter, principal: PrincipalParameter
) -> DeeplDocumentStatus:
    """How far a document is."""
    job = await _found(identity, request, desk, principal.id)
    answer: dict[str, str | int] = {"document_id": job.id, "status": _STATES.get(job.state, "error")}
    if job.state is State.RUNNING:
        answer["seconds_remaining"] = max(1, job.progress.total - job.progress.done)
    elif job.state is State.DONE:
        answer["billed_characters"] = job.task.characters
    elif job.state is not State.QUEUED:
        answer["message"] = answer["error_message"] = job.reason or f"the document is {job.state}"
    return DeeplDocumentStatus.model_validate(answer)


@router.post("/{identity}/result", response_class=FileResponse, openapi_extra=body_of(DeeplDocumentKey))
async def result(identity: str, request: Request, desk: DeskParameter, principal: PrincipalParameter) -> FileResponse:
    """The translated document."""
    job = await _found(identity, request, desk, principal.id)
    if job.state in (State.QUEUED, State.RUNNING):
        raise HTTPException(503, "Document not ready", headers={"Retry-After": "1"})
    if job.state is not State.DONE:
        raise HTTPException(404, "Document not found")
    return file_answer(desk, job, job.task.languages[0])


async def _found(identity: str, request: Request, desk: Desk, owner: str) -> Job:
    fields = await read_fields(request)
    given = text_field(fields, "document_key")
    job = await desk.find(owner, identity)
    if not hmac.compare_digest(_hash(given), job.task.key):
        raise HTTPException(404, "Document not found")
    return job


def _hash(key: str) -> str:
    return sha256(key.encode("utf-8", "replace")).hexdigest()
