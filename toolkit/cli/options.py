"""Options that several commands share, each described once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

STANDARD_INPUT = "-"


class FailOn(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        default_factory=lambda: [STANDARD_INPUT],
        show_default=False,
        help="Files to read; - is standard input, which is read where none is named.",
    ),
]
LanguageOption = Annotated[
    str | None, typer.Option("--lang", metavar="LANG", help="Language of the text: az, en, hy or ru.")
]
From = Annotated[str | None, typer.Option("--from", metavar="LANG", help="Language of the source: az, en, hy or ru.")]
To = Annotated[
    list[str] | None, typer.Option("--to", metavar="LANG", help="Language wanted; may be given several times.")
]
PolicyOption = Annotated[
    str | None, typer.Option("--policy", metavar="NAME", help="House style: an id, or the path of a YAML file.")
]
DateOption = Annotated[
    str | None,
    typer.Option(
        "--date", metavar="DATE", help="When things happened (2020-10-03, 2020-10, 2020), for by-date policies."
    ),
]
EngineOption = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="What translates where the memory does not: auto (the best installed), memory (nothing else), argos, "
        "argostranslate, firefox, libretranslate, llm, multilingual, or one model by its name.",
    ),
]
QualityOption = Annotated[
    str | None, typer.Option("--quality", metavar="LEVEL", help="How hard engines look: fast, normal or best.")
]
ThresholdOption = Annotated[
    float,
    typer.Option(
        "--memory-threshold",
        metavar="SHARE",
        min=0.5,
        max=1,
        help="How like a stored sentence must be to be taken; 1 takes exact matches alone.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Write the whole result as JSON.")]
JsonLines = Annotated[bool, typer.Option("--jsonl", help="Read and write one JSON object a line.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write a file for each text into this folder.")]
Report = Annotated[
    Path | None, typer.Option("--report", metavar="FILE.html", help="Write a page that shows every mention.")
]
FailOnOption = Annotated[
    FailOn | None, typer.Option("--fail-on", help="Exit with 1 where a finding is at least this severe.")
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help="article, csv, docx, feed, html, json, markdown, odt, srt, text, tsv, vtt, xliff or xml; "
        "else the file's name decides.",
    ),
]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="LIST",
        help="Columns of a table to read, by title or number, and what they hold: title,body:html.",
    ),
]
Paths = Annotated[
    str | None,
    typer.Option(
        "--paths",
        metavar="LIST",
        help="Strings of a JSON file to read, and what they hold: $.items[*].title,$..body:html.",
    ),
]
