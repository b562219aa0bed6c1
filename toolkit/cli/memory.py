"""`dragoman memory`: search and count the translation memory."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from toolkit.cli import options
from toolkit.cli.session import DONE, FINDINGS, Session
from toolkit.languages import parse_language
from toolkit.memory.markup import parse_marks

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="Search and count.")


@app.command()
def search(
    query: Annotated[list[str], typer.Argument(metavar="QUERY…", help="A sentence, or a part of one.")],
    lang: options.LanguageOption,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="Most results.")] = 5,
    as_json: options.JsonOption = False,
) -> int:
    """Stored sentences like a text, best first, with their other sides."""
    found = Session().memory.search(" ".join(query), parse_language(lang, where="--lang"), limit=limit)
    rows = [
        {
            "score": round(score, 3),
            "topic": entry.topic,
            **{language.value: parse_marks(text).text for language, text in entry.sides.items()},
        }
        for score, entry in found
    ]
    if as_json:
        sys.stdout.write(json.dumps({"results": rows}, ensure_ascii=False, indent=2) + "\n")
        return DONE if rows else FINDINGS
    for row in rows:
        sys.stdout.write(f"{row['score']:.2f}  {row['topic']}\n")
        for language in ("az", "en", "hy", "ru"):
            if language in row:
                sys.stdout.write(f"      {language}  {row[language]}\n")
    return DONE if rows else FINDINGS


@app.command()
def stats(as_json: options.JsonOption = False) -> int:
    """How many sentences there are, by topic and language, and how many slots for names and numbers."""
    counted = Session().memory.stats()
    if as_json:
        sys.stdout.write(json.dumps(asdict(counted), ensure_ascii=False, indent=2) + "\n")
        return DONE
    sys.stdout.write(f"{counted.entries} entries\n")
    for title, counts in (("languages", counted.languages), ("slots", counted.slots), ("topics", counted.topics)):
        sys.stdout.write(f"  {title}: {', '.join(f'{name} {count}' for name, count in counts.items())}\n")
    return DONE
