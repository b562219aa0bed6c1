"""LibreTranslate's routes for files. They wait until the file is translated, as its own do."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse

from api.addresses import public_address
from api.dependencies import DeskParameter, PrincipalParameter, ServiceParameter
from api.fields import read_fields
from api.jobs.model import State, Task
from api.openapi import upload_body_of
from api.routes.uploads import document_of, file_answer, language_of, name_of, source_part, task_into, upload_of
from api.schemas.libretranslate import LibreError, LibreFile, LibreFileFields
from toolkit.documents.formats import format_of
from toolkit.errors import BadOption
from toolkit.languages import parse_language

router = APIRouter(
    tags=["LibreTranslate"], responses={status: {"model": LibreError} for status in (400, 404, 409, 410, 413, 415, 503)}
)

_ID = 36
"""Characters of a job's id."""


@router.post("/translate_file", openapi_extra=upload_body_of(LibreFileFields))
async def translate_file(
    request: Request, service: ServiceParameter, desk: DeskParameter, principal: PrincipalParameter
) -> LibreFile:
    """Translate a file; the answer names the address of the translation."""
    try:
        fields = await read_fields(request)
        upload = upload_of(fields.get("file"), service.settings)
        task = await run_in_threadpool(_task, fields, upload)
        job = await desk.submit(principal.id, task, source_part(upload))
    finally:
        await request.close()
    job = await desk.ended(job, float(service.settings.job_seconds), request.is_disconnected)
    if not job.state.ended:
        await desk.remove(principal.id, job.id)
        raise HTTPException(503, "the server is busy (try again later)", headers={"Retry-After": "60"})
    if job.state is not State.DONE:
        raise HTTPException(400, job.reason or f"the job is {job.state}")
    suffix = task.output_name(task.languages[0]).rpartition(".")[2]
    address = request.url_for("download_file", name=f"{job.id}.{suffix}")
    settings = service.settings
    return LibreFile(translatedFileUrl=public_address(address, request.scope, settings.public_url, settings.proxies))


def _task(fields: dict[str, Any], upload: UploadFile) -> Task:
    for name in ("source", "target"):
        if not isinstance(fields.get(name), str):
            raise BadOption(f"Invalid request: missing {name} parameter")
    form = format_of(name_of(upload))
    target = parse_language(fields["target"], where="target")
    if fields["source"] == "auto":
        source = language_of(document_of(upload, form))
    else:
        source = parse_language(fields["source"], where="source")
    return task_into(name_of(upload), form, source, target)


@router.get("/download_file/{name}", response_class=FileResponse)
async def download_file(name: str, desk: DeskParameter, principal: PrincipalParameter) -> FileResponse:
    """A file that was translated."""
    job = await desk.find(principal.id, name[:_ID])
    return file_answer(desk, job, job.task.languages[0])
