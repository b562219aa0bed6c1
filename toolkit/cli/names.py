"""`dragoman names`: find a name in any script, show an entity, compare two names."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Annotated, Any

import typer

from toolkit.cli import options
from toolkit.cli.session import DONE, FINDINGS, Session, stream_json_lines, string_field
from toolkit.errors import BadOption
from toolkit.languages import Language

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="Find, show and compare names."
)

Limit = Annotated[int, typer.Option("--limit", min=1, max=100, help="Most results.")]


@app.command()
def find(
    query: Annotated[list[str], typer.Argument(metavar="QUERY…", help="A name; with --jsonl, files or -.")],
    limit: Limit = 10,
    as_json: options.JsonOption = False,
    jsonl: options.JsonLines = False,
) -> int:
    """Entities that a name in any script and spelling may stand for, best first; exits with 1 where there is none."""
    from toolkit.glossary.search import search_of

    search = search_of(Session().glossary)

    def results(name: str) -> list[dict[str, Any]]:
        return [asdict(found) | {"score": round(found.score, 3)} for found in search.find(name, limit=limit)]

    if jsonl:
        return 2 if stream_json_lines(query, lambda row: {"results": results(string_field(row, "text"))}) else DONE
    name = " ".join(query)
    found = results(name)
    if as_json:
        sys.stdout.write(json.dumps({"results": found}, ensure_ascii=False, indent=2) + "\n")
    else:
        for row in found:
            sys.stdout.write(f"{row['score']:.2f}  {row['entity']:<32} {row['name']} ({row['lang']}, {row['usage']})\n")
        if not found:
            sys.stderr.write(f"dragoman: no name like {name!r}\n")
    return DONE if found else FINDINGS


@app.command()
def show(entity: Annotated[str, typer.Argument(metavar="ID")], as_json: options.JsonOption = False) -> int:
    """All names of an entity, by usage and language, with what is known of it."""
    entry = Session().glossary.entry(entity)
    if as_json:
        sys.stdout.write(entry.model_dump_json(indent=2, exclude_defaults=True, by_alias=True) + "\n")
        return DONE
    facts = [entry.kind.value, "contested" if entry.contested else "", entry.role, f"review: {entry.review.value}"]
    sys.stdout.write(f"{entry.id} ({', '.join(fact for fact in facts if fact)})\n")
    for name in entry.names:
        years = f" {name.since or '…'}–{name.until or '…'}" if name.since or name.until else ""
        sys.stdout.write(f"  {name.usage}{years}{f': like {name.like}' if name.like else ''}\n")
        for language in Language:
            text = name.in_language(language)
            if text is not None:
                also = ", ".join(variant.text for variant in text.variants)
                acronym = f" [{text.acronym.text}]" if text.acronym else ""
                sys.stdout.write(f"    {language}  {text.text}{acronym}{f' (also {also})' if also else ''}\n")
    for what, other in (("part of", entry.part_of), ("one of", entry.instance_of)):
        sys.stdout.write(f"  {what}: {other}\n" if other else "")
    for language, words in sorted(entry.heads.items()):
        sys.stdout.write(f"  in brief, {language}: {', '.join(words)}\n")
    if entry.note:
        sys.stdout.write(f"  note: {entry.note}\n")
    return DONE


@app.command()
def match(
    names: Annotated[list[str], typer.Argument(metavar="A B", help="Two names; with --jsonl, files or -.")],
    jsonl: options.JsonLines = False,
    as_json: options.JsonOption = False,
) -> int:
    """Whether two names in any scripts can be the same, and why; exits with 1 where they can't."""
    from toolkit.translit.key import may_be_same

    def compared(a: str, b: str) -> dict[str, Any]:
        found = may_be_same(a, b)
        return {"match": found.same, "score": round(found.score, 3), "why": found.why}

    if jsonl:
        failed = stream_json_lines(names, lambda row: compared(string_field(row, "a"), string_field(row, "b")))
        return 2 if failed else DONE
    if len(names) != 2:
        raise BadOption(f"{len(names)} names given", where="names match", remedy="give two, in quotation marks")
    answer = compared(*names)
    if as_json:
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(
            f"{'may be the same' if answer['match'] else 'not the same'} ({answer['score']}): {answer['why']}\n"
        )
    return DONE if answer["match"] else FINDINGS
