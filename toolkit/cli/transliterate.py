"""`dragoman transliterate`: names or whole texts in another language's letters."""

from __future__ import annotations

import json
import sys
from functools import cache
from typing import Annotated, Any

import typer

from toolkit.cli import options
from toolkit.cli.inputs import read_text
from toolkit.cli.line_languages import given_language, optional_language, row_language
from toolkit.cli.session import DONE, Session, stream_json_lines, string_field

app = typer.Typer(add_completion=False, rich_markup_mode=None)

Scheme = Annotated[
    str, typer.Option("--scheme", metavar="NAME", help="press, official, bgn-pcgn, iso9 or iso9985, as the pair has.")
]
Variety = Annotated[
    str | None, typer.Option("--variety", metavar="NAME", help="classical or western (Armenian), cyrl (Azerbaijani).")
]

To = Annotated[str | None, typer.Option("--to", metavar="LANG", help="Language wanted: az, en, hy or ru.")]
Names = Annotated[bool, typer.Option("--names", help="Each line is a name: the glossary first, with alternatives.")]


@app.command()
def transliterate(
    files: options.Files,
    source: options.From = None,
    to: To = None,
    scheme: Scheme = "press",
    variety: Variety = None,
    names: Names = False,
    as_json: options.JsonOption = False,
    jsonl: options.JsonLines = False,
) -> int:
    """Write texts, or names (--names, --jsonl), in another language's letters."""
    from toolkit.glossary.renderings import known_names
    from toolkit.translit.names import transliterate as write_text
    from toolkit.translit.names import transliterate_name

    given = optional_language(source, "--from"), optional_language(to, "--to")
    session = Session()
    known = cache(lambda of, into: known_names(session.glossary, of, into))

    def answer(name: str, row: dict[str, Any]) -> dict[str, Any]:
        of, into = row_language(row, "from", given[0], "--from"), row_language(row, "to", given[1], "--to")
        found = transliterate_name(name, of, into, str(row.get("scheme", scheme)), variety, known(of, into))
        return {"text": found.text, "source": found.source, "alternatives": list(found.alternatives)}

    if jsonl:
        return 2 if stream_json_lines(files, lambda row: answer(string_field(row, "text"), row)) else DONE
    from_language, to_language = given_language(given[0], "--from"), given_language(given[1], "--to")
    for file in files:
        text = read_text(file)
        if not names:
            sys.stdout.write(write_text(text, from_language, to_language, scheme, variety))
            continue
        for line in text.splitlines():
            found = answer(line.strip(), {})
            if as_json:
                sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
            else:
                sys.stdout.write("\t".join([found["text"], found["source"], *found["alternatives"]]) + "\n")
    return DONE
