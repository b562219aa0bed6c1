"""What is done for a job: read the files, run the verb for each language, write results, report and texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from api.jobs.files import SOURCE, TRANSLATION, JobFiles
from api.jobs.model import Job, Task, Verb
from api.jobs.reading import read_document, write_document
from api.jobs.watching import JobWatch, WatchedEngine
from api.service import Service
from toolkit.documents.model import Document
from toolkit.engines.protocol import Engine
from toolkit.engines.registry import engines_for, parse_quality
from toolkit.languages import Language
from toolkit.pipeline.check import check
from toolkit.pipeline.report import write_report
from toolkit.pipeline.result import Result
from toolkit.pipeline.translate import translate

RESULTS, REPORT, ALL_TEXTS = "results.json", "report.html", "texts.zip"


def text_file(language: Language) -> str:
    """The name, in the folder of an attempt, of the text in a language."""
    return f"text.{language.value}"


def result_file(language: Language) -> str:
    """The name there of the Result in a language."""
    return f"result.{language.value}.json"


@dataclass(frozen=True, slots=True)
class Work:
    """Does jobs by the service's pipeline. Runs in a thread; several may at once."""

    service: Service
    files: JobFiles

    def do(self, job: Job, watch: JobWatch) -> int:
        """All of a job, its files written; the number of findings.

        Raises what the pipeline raises, and Stopped where `watch` was told to stop.
        """
        task = job.task
        document = read_document(self.files.read(job.id, SOURCE), task.format, task.name)
        results = []
        for language in task.languages:
            result = self._result(job, document, language, watch)
            watch.passed(len(result.segments))
            results.append(result)
        with self.files.making(job.id, job.attempt) as folder:
            self._write(folder, task, results)
        return sum(len(result.findings) for result in results)

    def _result(self, job: Job, document: Document, language: Language, watch: JobWatch) -> Result:
        task = job.task
        if task.verb is Verb.TRANSLATE:
            service = self.service
            return translate(
                document,
                task.source,
                language,
                service.policy(task.policy),
                service.glossary,
                service.memory,
                engines=[WatchedEngine(engine, watch) for engine in self.engines(task, language)],
                watch=watch,
            )
        if task.verb is Verb.CHECK:
            return self._checked(job, document, language)
        verb = self.service.restyle if task.verb is Verb.RESTYLE else self.service.lint
        return verb(document, language, task.policy)

    def _checked(self, job: Job, document: Document, language: Language) -> Result:
        task, name = job.task, job.task.translation or ""
        other = read_document(self.files.read(job.id, TRANSLATION), task.output_format, name)
        policy = self.service.policy(task.policy)
        return check(document, other, task.source, language, policy, self.service.glossary, fix=task.fix)

    def engines(self, task: Task, language: Language) -> Sequence[Engine]:
        """The engines that a job names, or the server's. Raises BadOption or ModelUnusable."""
        settings = self.service.settings.toolkit
        quality = parse_quality(task.quality or settings.quality, where="quality")
        return engines_for(task.source, language, settings, quality, task.engine or settings.engine)

    def _write(self, folder: Path, task: Task, results: Sequence[Result]) -> None:
        objects = [result.model_dump(mode="json", exclude_none=True) for result in results]
        _write_json(folder / RESULTS, objects[0] if len(objects) == 1 else objects)
        for result, shown in zip(results, objects, strict=True):
            _write_json(folder / result_file(result.lang), shown)
        titled = [(task.translation or task.name, result) for result in results]
        write_report(folder / REPORT, titled, self.service.glossary)
        if not task.changes_text:
            return
        for result in results:
            (folder / text_file(result.lang)).write_bytes(write_document(result))
        with ZipFile(folder / ALL_TEXTS, "w", ZIP_DEFLATED) as archive:
            for result in results:
                archive.write(folder / text_file(result.lang), task.output_name(result.lang))


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
