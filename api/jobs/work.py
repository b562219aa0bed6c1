"""What is done for a job: read the files, run the verb for each language, write results, report and texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from api.glossaries.layers import Layer
from api.jobs.files import SOURCE, TRANSLATION, JobFiles
from api.jobs.model import Job, Task, Verb
from api.jobs.reading import read_upload
from api.jobs.watching import JobWatch, WatchedEngine
from api.observe.meter import Meter, metered
from api.overrides import overrides_of
from api.service import Service
from api.written import json_pieces
from toolkit.documents.file import File
from toolkit.documents.options import Use, read_options
from toolkit.engines.protocol import Engine
from toolkit.engines.registry import engines_for, parse_quality
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.uploaded import USAGE
from toolkit.languages import Language
from toolkit.memory.match import MatchOptions
from toolkit.pipeline.check import check
from toolkit.pipeline.lint import lint
from toolkit.pipeline.report import write_report
from toolkit.pipeline.restyle import restyle
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
        source, other = self._read(job)
        layer = self.service.uploaded(task.glossaries, task.source, task.targets[0]) if task.glossaries else None
        results = []
        with metered(Meter(job.owner)):
            for language in task.languages:
                result = self._result(task, source, other, language, layer, watch)
                watch.passed(len(result.segments))
                results.append(self.service.worked(task.verb.value, source.document, result))
        with self.files.making(job.id, job.attempt) as folder:
            self._write(folder, task, other or source, results, layer.glossary if layer else self.service.glossary)
        return sum(len(result.findings) for result in results)

    def _read(self, job: Job) -> tuple[File, File | None]:
        """The file, and the translation that it is compared with."""
        task, content = job.task, self.files.read(job.id, SOURCE)
        stays = task.verb in (Verb.LINT, Verb.RESTYLE)
        reading = read_options(task.columns, task.paths, task.source.value if stays else None)
        if task.verb is not Verb.CHECK:
            return read_upload(content, task.format, task.name, reading), None
        source = read_upload(content, task.format, task.name, replace(reading, use=Use.SOURCES))
        content = self.files.read(job.id, TRANSLATION)
        reading = replace(reading, use=Use.TARGETS)
        return source, read_upload(content, task.output_format, task.translation or "", reading)

    def _result(
        self, task: Task, source: File, other: File | None, language: Language, layer: Layer | None, watch: JobWatch
    ) -> Result:
        service, document = self.service, source.document
        glossary = layer.glossary if layer else service.glossary
        [overrides] = overrides_of(task.overrides, glossary, None)
        policy, choices = service.policy(task.policy, task.date, overrides), overrides.choices
        if task.verb is Verb.TRANSLATE:
            engines = [WatchedEngine(engine, watch) for engine in self.engines(task, language)]
            memory = layer.memory if layer else service.memory
            policy = layer.glossary.over(policy, USAGE) if layer else policy
            return translate(
                document, task.source, language, policy, glossary, memory, engines=engines,
                options=MatchOptions(task.memory_threshold), choices=choices, watch=watch,
                ask_again=service.ask_again,
            )  # fmt: skip
        if other is not None:
            return check(
                document, other.document, task.source, language, policy, glossary,
                fix=task.fix, choices=choices, watch=watch,
            )  # fmt: skip
        verb = restyle if task.verb is Verb.RESTYLE else lint
        return verb(document, language, policy, glossary, choices=choices, watch=watch)

    def engines(self, task: Task, language: Language) -> Sequence[Engine]:
        """The engines that a job names, or the server's. Raises BadOption or ModelUnusable."""
        settings = self.service.settings.toolkit
        quality = task.quality or parse_quality(settings.quality, "DRAGOMAN_QUALITY")
        return engines_for(task.source, language, settings, quality, task.engine or settings.engine)

    def _write(self, folder: Path, task: Task, file: File, results: Sequence[Result], glossary: Glossary) -> None:
        _write_json(folder / RESULTS, results[0] if len(results) == 1 else list(results))
        for result in results:
            _write_json(folder / result_file(result.lang), result)
        titled = [(task.translation or task.name, result) for result in results]
        write_report(folder / REPORT, titled, glossary)
        if not task.changes_text:
            return
        for result in results:
            (folder / text_file(result.lang)).write_bytes(file.written(result.file))
        with ZipFile(folder / ALL_TEXTS, "w", ZIP_DEFLATED) as archive:
            for result in results:
                archive.write(folder / text_file(result.lang), task.output_name(result.lang))


def _write_json(path: Path, value: object) -> None:
    with path.open("wb") as file:
        file.writelines(json_pieces(value))
