"""`dragoman memory search`: stored sentences like a text."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from toolkit.cli import options
from toolkit.cli.line_languages import given_language, optional_language
from toolkit.cli.session import DONE, FINDINGS, Session


def search(
    query: Annotated[list[str], typer.Argument(metavar="QUERY…", help="A sentence, or a part of one.")],
    lang: options.LanguageOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="Most results.")] = 5,
    as_json: options.JsonOption = False,
) -> int:
    """Stored sentences like a text, best first, with their other sides; those of your own and the seeds."""
    found = Session().memory.search(
        " ".join(query), given_language(optional_language(lang, "--lang"), "--lang"), limit=limit
    )
    rows = [
        {
            "score": round(score, 3),
            "topic": entry.topic,
            "origin": entry.where,
            **{language.value: entry.text(language) for language in entry.sides},
        }
        for score, entry in found
    ]
    if as_json:
        sys.stdout.write(json.dumps({"results": rows}, ensure_ascii=False, indent=2) + "\n")
        return DONE if rows else FINDINGS
    for row in rows:
        sys.stdout.write(f"{row['score']:.2f}  {row['topic'] or row['origin']}\n")
        for language in ("az", "en", "hy", "ru"):
            if language in row:
                sys.stdout.write(f"      {language}  {row[language]}\n")
    return DONE if rows else FINDINGS
