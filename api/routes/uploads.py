"""What the routes that take files have in common."""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from fastapi import UploadFile
from starlette.responses import FileResponse

from api.jobs.desk import Desk
from api.jobs.files import SOURCE
from api.jobs.model import Job, Task, Verb
from api.jobs.reading import media_type_of, read_upload
from api.settings import ApiSettings
from toolkit.documents.model import Document
from toolkit.errors import BadInput, BadOption, TooLong
from toolkit.languages import Language
from toolkit.text.identify import identify

UPLOADS = ("/translate_file", "/v1/documents", "/v2/document")
"""Their paths."""

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LONGEST_NAME = 120
_UNTRUSTED = {
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}
"""A file that somebody sent runs no script in a browser, and is taken for nothing but what it is served as."""


def upload_of(value: Any, settings: ApiSettings, field: str = "file") -> UploadFile:
    """A field of a form that must be a file. Raises BadOption for another, TooLong and BadInput by its size."""
    from starlette.datastructures import UploadFile as Uploaded

    if not isinstance(value, Uploaded):
        raise BadOption(f"Invalid request: missing {field} parameter", remedy="send it as a file in a multipart form")
    size = value.size or 0
    if size > settings.max_upload:
        raise TooLong(f"{size:,} bytes, more than {settings.max_upload:,}", where=field, remedy="send it in parts")
    if size == 0:
        raise BadInput("the file is empty", where=field, remedy="send a text with words in it")
    return value  # type: ignore[return-value]  # FastAPI's is Starlette's with more methods


def name_of(upload: UploadFile) -> str:
    """The name of an uploaded file, for showing: no folders, no signs that can't be seen; its end is kept."""
    name = PureWindowsPath(PurePosixPath(upload.filename or "").name).name
    return _CONTROLS.sub("", name)[-_LONGEST_NAME:].strip() or "document.txt"


def document_of(upload: UploadFile, form: str) -> Document:
    """The document that was uploaded. Raises NotText or BadInput."""
    upload.file.seek(0)
    return read_upload(upload.file.read(), form, name_of(upload)).document


def language_of(document: Document) -> Language:
    """The language that the document seems to be in."""
    found = identify(document.text)
    return found.language if found else Language.EN


def task_into(name: str, form: str, source: Language, target: Language, **more: Any) -> Task:
    """What a client of another service expects of any pair of languages: of one language with itself, the text."""
    if source is target:
        return Task(verb=Verb.RESTYLE, name=name, format=form, source=source, **more)
    return Task(verb=Verb.TRANSLATE, name=name, format=form, source=source, targets=(target,), **more)


def file_answer(desk: Desk, job: Job, language: Language | None) -> FileResponse:
    """The text that a job made in a language, or an archive of all."""
    path, task = desk.text(job, language), job.task
    if language is None:
        return FileResponse(path, media_type="application/zip", filename=f"{job.id}.zip", headers=_UNTRUSTED)
    name = task.output_name(language)
    return FileResponse(path, media_type=media_type_of(task.output_format, name), filename=name, headers=_UNTRUSTED)


def report_answer(desk: Desk, job: Job) -> FileResponse:
    return FileResponse(desk.report(job), media_type="text/html; charset=utf-8", headers=_UNTRUSTED)


def json_answer(desk: Desk, job: Job, language: Language | None) -> FileResponse:
    return FileResponse(desk.results(job, language), media_type="application/json")


def source_part(upload: UploadFile) -> dict[str, Any]:
    return {SOURCE: upload.file}
