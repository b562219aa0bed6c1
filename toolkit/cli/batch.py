"""`dragoman batch`: an archive of any size, with as many workers as there are cores."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from toolkit.batch.model import BatchVerb, Counts, Fields, Task
from toolkit.batch.run import ERRORS, Job, RunnerName, run_batch
from toolkit.cli import options
from toolkit.cli.batch_progress import BatchProgress
from toolkit.cli.session import DONE, FINDINGS, PARTIAL, Session
from toolkit.errors import BadOption
from toolkit.languages import parse_language
from toolkit.pipeline.findings import Severity

app = typer.Typer(add_completion=False, rich_markup_mode=None)

Archive = Annotated[Path, typer.Argument(metavar="IN", help="A folder, a .jsonl file or a .parquet file.")]
Out = Annotated[
    Path,
    typer.Option("--out", metavar="DIR", help="Folder for the output, errors.jsonl and the ledger."),
]
Verb = Annotated[BatchVerb, typer.Option("--verb", help="What is done to every text.")]
Lang = Annotated[
    str | None, typer.Option("--lang", metavar="LANG", help="lint, restyle: language of the texts: az, en, hy or ru.")
]
From = Annotated[str | None, typer.Option("--from", metavar="LANG", help="check, translate: language of the sources.")]
To = Annotated[
    list[str] | None, typer.Option("--to", metavar="LANG", help="Language wanted, or of the translation to check.")
]
Runner = Annotated[
    RunnerName, typer.Option("--runner", help="This process alone, a pool of processes, or a Ray cluster.")
]
Count = Annotated[
    int | None, typer.Option("--workers", metavar="N", min=1, help="Workers; as many as cores if not given.")
]
Fix = Annotated[bool, typer.Option("--fix", help="check: put the names of the translations right.")]
Brief = Annotated[bool, typer.Option("--brief", help="Leave segments and mentions out of what comes out.")]
Retry = Annotated[bool, typer.Option("--retry", help="Try again what failed in an earlier run.")]


def _field(name: str, what: str) -> object:
    return typer.Option(f"--{name}-field", metavar="NAME", help=f"Field or column of {what}.")


IdField = Annotated[str, _field("id", "the id")]
TextField = Annotated[str, _field("text", "the text")]
SourceField = Annotated[str, _field("source", "the source (check)")]
TargetField = Annotated[str, _field("target", "the translation (check)")]
DateField = Annotated[str, _field("date", "the date, for by-date policies")]
LangField = Annotated[str, _field("lang", "the language (lint, restyle)")]
FromField = Annotated[str, _field("from", "the source's language")]
ToField = Annotated[str, _field("to", "the language wanted")]
PolicyField = Annotated[str, _field("policy", "the house style")]


@app.command()
def batch(
    archive: Archive,
    out: Out,
    verb: Verb,
    lang: Lang = None,
    from_: From = None,
    to: To = None,
    policy: options.PolicyOption = None,
    date: options.DateOption = None,
    engine: options.EngineOption = None,
    quality: options.QualityOption = None,
    runner: Runner = RunnerName.POOL,
    workers: Count = None,
    fix: Fix = False,
    brief: Brief = False,
    retry: Retry = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the summary as JSON.")] = False,
    fail_on: options.FailOnOption = None,
    format_name: options.Format = None,
    columns: options.Columns = None,
    paths: options.Paths = None,
    id_field: IdField = "id",
    text_field: TextField = "text",
    source_field: SourceField = "source",
    target_field: TargetField = "target",
    date_field: DateField = "date",
    lang_field: LangField = "lang",
    from_field: FromField = "from",
    to_field: ToField = "to",
    policy_field: PolicyField = "policy",
) -> int:
    """Do the same to every text of an archive; a second run goes on where the first stopped.

    Rows of a table may say their own lang, from, to, policy and date. What fails is listed in errors.jsonl.
    """
    task = Task(
        verb=verb.value, source=_source(verb, lang, from_), targets=_targets(to or ()), policy=policy, date=date,
        engine=engine, quality=quality, format=format_name, columns=columns, paths=paths, fix=fix, brief=brief,
    )  # fmt: skip
    _require_fitting(verb, task)
    Session(policy).policy_file()
    fields = Fields({
        "id": id_field, "text": text_field, "source": source_field, "target": target_field, "date": date_field,
        "lang": lang_field, "from": from_field, "to": to_field, "policy": policy_field,
    })  # fmt: skip
    job = Job(archive, out, task, runner, workers or cores(), fields, retry)
    with BatchProgress() as progress:
        counts = run_batch(job, progress)
    _summarise(counts, progress.seconds, out, as_json=as_json)
    return _exit_code(counts, fail_on)


def _exit_code(counts: Counts, fail_on: options.FailOn | None) -> int:
    if fail_on is not None and counts.worst >= Severity(fail_on.value).rank:
        return FINDINGS
    return PARTIAL if counts.failed or counts.untranslated else DONE


def _source(verb: BatchVerb, lang: str | None, from_: str | None) -> str | None:
    """The language of the texts; None where their rows say it. Raises UnknownLanguage."""
    option, code = ("--from", from_ or lang) if verb.bilingual else ("--lang", lang or from_)
    return None if code is None else parse_language(code, where=option).value


def _targets(to: Sequence[str]) -> tuple[str, ...]:
    """The languages wanted, each once. Raises UnknownLanguage."""
    return tuple(dict.fromkeys(parse_language(code, where="--to").value for code in to))


def _require_fitting(verb: BatchVerb, task: Task) -> None:
    """Raises BadOption for an option that the verb has no use for."""
    if task.targets and not verb.bilingual:
        raise BadOption(f"{verb} stays in one language", where="--to", remedy="use --verb translate or check")
    if task.fix and verb is not BatchVerb.CHECK:
        raise BadOption("only check repairs", where="--fix", remedy="leave it out, or use --verb check")


def cores() -> int:
    """The cores that this process may use."""
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _summarise(counts: Counts, seconds: float, out: Path, *, as_json: bool) -> None:
    rate = counts.done / seconds if seconds else 0.0
    worst = list(Severity)[counts.worst].value if counts.worst >= 0 else None
    if as_json:
        shown = {**asdict(counts), "worst": worst, "seconds": round(seconds, 3), "rate": round(rate, 2)}
        shown["out"] = str(out)
        sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
        return
    sys.stdout.write(
        f"{counts.items:,} texts: {counts.done:,} done now, {counts.kept:,} done before, {counts.failed:,} failed; "
        f"{counts.untranslated:,} with untranslated segments; {rate:,.1f} texts/s\n"
    )
    if counts.left_out:
        sys.stdout.write(f"{counts.left_out:,} files of other languages left out\n")
    if counts.failed:
        sys.stdout.write(f"what failed, and why: {out / ERRORS}\n")
