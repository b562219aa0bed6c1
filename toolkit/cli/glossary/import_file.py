"""`dragoman glossary import`: what a file of another tool would do to the glossary, and with --apply, do it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import options
from toolkit.cli.glossary.export import parse_kind
from toolkit.cli.glossary.folder import chosen
from toolkit.cli.session import DONE, FINDINGS
from toolkit.errors import BadInput, BadOption, NotFound, TooLong

if TYPE_CHECKING:
    from toolkit.glossary.exchange.files import Proposal
    from toolkit.glossary.exchange.keep import Tried
    from toolkit.glossary.exchange.plan import Outcome, Plan
    from toolkit.glossary.exchange.selection import Selection

_LARGEST = 64 * 1024 * 1024


def import_file(
    file: Annotated[str, typer.Argument(metavar="FILE", help="CSV, TSV, OmegaT, Weblate, SKOS, TBX or TMX.")],
    format_name: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="The format; else the file's name decides.")
    ] = None,
    source: Annotated[str | None, typer.Option("--from", metavar="LANG", help="Language of the source texts.")] = None,
    target: Annotated[str | None, typer.Option("--to", metavar="LANG", help="Language of the target texts.")] = None,
    usage: Annotated[
        str | None, typer.Option("--usage", help="Who uses the names, where the file does not say.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help="What new entities are, where the file does not say.")
    ] = None,
    pack: Annotated[str, typer.Option("--pack", help="The pack for new entries.")] = "south-caucasus",
    apply: Annotated[bool, typer.Option("--apply", help="Write what is added and changed.")] = False,
    root: Annotated[Path | None, typer.Option("--root", metavar="DIR", help="Folder of packs and policies.")] = None,
    as_json: options.JsonOption = False,
) -> int:
    """Show what would be added, changed and refused, and why; exits with 1 where something is refused or wrong."""
    from toolkit.glossary.exchange.keep import keep, tried
    from toolkit.glossary.exchange.plan import plan
    from toolkit.glossary.pack import PACK_FILE, find_packs, load_pack

    folder = chosen(root)
    packs = [load_pack(path) for path in find_packs(folder)]
    if pack not in {one.pack.id for one in packs}:
        raise BadOption(
            f"no pack {pack!r}", where=PACK_FILE, remedy=f"use one of {', '.join(one.pack.id for one in packs)}"
        )
    selection = _selection(source, target, usage)
    proposals = _read(file, format_name, selection)
    known = [entry for one in packs for entry in one.entries]
    planned = plan(proposals, known, usage=usage, kind=parse_kind(kind) if kind else None)
    where = {entry.id: one.pack.id for one in packs for entry in one.entries}
    result = tried(folder, planned.entries, where, pack)
    written = apply and not result.errors
    if written:
        keep(folder, result)
    _show(planned, result, written=written, as_json=as_json)
    if apply and result.errors:
        sys.stderr.write("nothing is written: correct the errors first, in the file or in the glossary\n")
    refused = any(outcome.action == "refused" for outcome in planned.outcomes)
    return FINDINGS if refused or result.errors else DONE


def _selection(source: str | None, target: str | None, usage: str | None) -> Selection:
    from toolkit.glossary.exchange.selection import Selection
    from toolkit.languages import parse_language

    return Selection(
        source=parse_language(source, where="--from") if source else None,
        target=parse_language(target, where="--to") if target else None,
        usage=usage,
    )


def _read(file: str, format_name: str | None, selection: Selection) -> list[Proposal]:
    """The proposals of a file. Raises BadInput, with the file's name, for one that cannot be read."""
    from toolkit.glossary.exchange.formats import format_named, format_of

    try:
        with Path(file).open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        raise NotFound("no such file", where=file, remedy="check the path") from None
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", where=file, remedy="check the path") from None
    if len(content) > _LARGEST:
        raise TooLong(f"is larger than {_LARGEST >> 20} MB", where=file, remedy="divide it")
    wanted = format_named(format_name) if format_name else format_of(file, content)
    if wanted.read is None:
        raise BadOption(f"{wanted.name} is only written", where="--format", remedy="give a file of another format")
    try:
        return wanted.read(content, selection)
    except BadInput as error:
        place = f"{file}, {error.where}" if error.where else file
        raise type(error)(error.what, where=place, remedy=error.remedy) from None


def _show(planned: Plan, result: Tried, *, written: bool, as_json: bool) -> None:
    from toolkit.glossary.exchange.plan import Action

    counts = {action.value: planned.count(action) for action in Action}
    if as_json:
        shown = {
            "applied": written,
            "counts": counts,
            "outcomes": [asdict(outcome) for outcome in planned.outcomes],
            "files": list(result.files),
            "problems": [asdict(problem) for problem in result.problems],
        }
        sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2) + "\n")
        return
    for outcome in planned.outcomes:
        if outcome.action is not Action.UNCHANGED or outcome.reasons:
            sys.stdout.write(_line(outcome))
    said = {why.message for outcome in planned.outcomes for why in outcome.reasons}
    for problem in result.problems:
        sys.stdout.write("" if problem.subject in said else f"{problem}\n")
    summary = ", ".join(f"{count} {action}" for action, count in counts.items())
    files = f"{len(result.files)} files written" if written else "nothing written; --apply writes it"
    sys.stdout.write(f"{summary}; {files if result.files else 'nothing to write'}\n")


def _line(outcome: Outcome) -> str:
    changes = "; ".join(outcome.changes)
    lines = [" ".join(filter(None, (f"{outcome.place}: {outcome.action}", outcome.entity)))]
    lines[0] += f": {changes}" if changes else ""
    lines += [f"  {why.severity} {why.code}: {why.message} ({why.remedy})" for why in outcome.reasons]
    return "".join(f"{line}\n" for line in lines)
