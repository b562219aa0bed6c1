"""/v1/jobs: how far documents are, and what came of them."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import FileResponse

from api.dependencies import DeskParameter, PrincipalParameter
from api.jobs.model import Job, State, Verb
from api.models import Problem
from api.routes.uploads import file_answer, json_answer, report_answer
from toolkit.languages import Language

router = APIRouter(
    prefix="/v1/jobs", tags=["jobs"], responses={status: {"model": Problem} for status in (400, 404, 422, 503)}
)


class Form(StrEnum):
    """What is fetched of a finished job."""

    FILE = "file"
    JSON = "json"
    REPORT = "report"


class JobProgress(BaseModel):
    """Segments done of all; all is 0 before the document is read."""

    done: int = Field(description="Segments that are done.")
    total: int = Field(description="All segments.")


class JobAnswer(BaseModel):
    """A job as its owner sees it."""

    model_config = ConfigDict(populate_by_name=True)

    id: str = Field(description="Id of the job.")
    verb: Verb = Field(description="What is done with the document.")
    name: str = Field(description="Name of the file that was uploaded.")
    source: Language = Field(alias="from", description="Language of the document.")
    to: list[Language] = Field(description="Languages wanted; none where the language stays.")
    policy: str | None = Field(description="Policy asked for; none for the server's default.")
    state: State = Field(description="Where it is.")
    progress: JobProgress = Field(description="How far it is.")
    findings: int | None = Field(description="Number of findings, when it is done.")
    reason: str | None = Field(description="Why it failed, or is tried again.")
    created: datetime = Field(description="When it was accepted.")
    started: datetime | None = Field(description="When it was begun.")
    finished: datetime | None = Field(description="When it ended.")
    expires: datetime = Field(description="When its files are deleted, if nothing happens before.")
    result: str | None = Field(description="Path of the result, when it is done.")

    @classmethod
    def of(cls, job: Job) -> JobAnswer:
        done = job.state is State.DONE
        return cls(
            id=job.id,
            verb=job.task.verb,
            name=job.task.name,
            source=job.task.source,
            to=list(job.task.targets),
            policy=job.task.policy,
            state=job.state,
            progress=JobProgress(done=job.progress.done, total=job.progress.total),
            findings=job.findings if done else None,
            reason=job.reason or None,
            created=_time(job.created),
            started=_time(job.started) if job.started else None,
            finished=_time(job.finished) if job.finished else None,
            expires=_time(job.expires),
            result=f"/v1/jobs/{job.id}/result" if done else None,
        )


class JobList(BaseModel):
    """Jobs of one owner."""

    jobs: list[JobAnswer] = Field(description="The newest first.")


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@router.get("")
async def listed(
    desk: DeskParameter,
    principal: PrincipalParameter,
    limit: Annotated[int, Query(ge=1, le=1_000, description="Most jobs.")] = 100,
    before: Annotated[UUID | None, Query(description="Those older than this one: the last of the page before.")] = None,
) -> JobList:
    """Your jobs, the newest first. 404 where `before` is no job of yours, or one that is gone by now."""
    return JobList(jobs=[JobAnswer.of(job) for job in await desk.list(principal.id, limit, before)])


@router.get("/{identity}")
async def one(identity: str, desk: DeskParameter, principal: PrincipalParameter) -> JobAnswer:
    """How far a job is."""
    return JobAnswer.of(await desk.find(principal.id, identity))


@router.get(
    "/{identity}/result",
    response_class=FileResponse,
    responses={409: {"model": Problem}, 410: {"model": Problem}},
)
async def result(
    identity: str,
    request: Request,
    desk: DeskParameter,
    principal: PrincipalParameter,
    form: Annotated[
        Form | None, Query(description="The file, the Result as JSON, or the report as a page; else as Accept says.")
    ] = None,
    to: Annotated[Language | None, Query(description="Of several languages, this one; else all in an archive.")] = None,
) -> FileResponse:
    """What came of a job. 409 while it is not done, 410 when its files are deleted."""
    job = await desk.find(principal.id, identity)
    if form is None:
        wants_json = request.headers.get("accept", "").partition(";")[0].strip() == "application/json"
        form = Form.JSON if wants_json or not job.task.changes_text else Form.FILE
    if form is Form.REPORT:
        return report_answer(desk, job)
    if form is Form.JSON:
        return json_answer(desk, job, to)
    languages = job.task.languages
    return file_answer(desk, job, to or (languages[0] if len(languages) == 1 else None))


@router.delete("/{identity}", status_code=204)
async def delete(identity: str, desk: DeskParameter, principal: PrincipalParameter) -> Response:
    """Cancel a job that waits or runs; remove one that has ended, with its files."""
    await desk.remove(principal.id, identity)
    return Response(status_code=204)
