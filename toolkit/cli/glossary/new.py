"""`dragoman glossary new`: put a new entry together and write its file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli.glossary.folder import chosen
from toolkit.cli.session import DONE, FINDINGS
from toolkit.errors import BadOption

if TYPE_CHECKING:
    from toolkit.glossary.model import Entry


def new(
    kind: Annotated[str | None, typer.Option("--kind", help="What it is: city, person, village and others.")] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name",
            metavar="USAGE.LANG=TEXT",
            help="A name, such as armenian.ru=Шуши; with grammar: armenian.ru={text: Шуши, declension: indeclinable}.",
        ),
    ] = None,
    like: Annotated[
        list[str] | None,
        typer.Option("--like", metavar="USAGE=USAGE", help="A usage with the names of another one."),
    ] = None,
    contested: Annotated[bool, typer.Option("--contested", help="The sides use different names today.")] = False,
    role: Annotated[str, typer.Option("--role", help="Persons: the public role, in English.")] = "",
    part_of: Annotated[str, typer.Option("--part-of", metavar="ID", help="The entity it lies in.")] = "",
    entity_id: Annotated[str, typer.Option("--id", help="The id; else the English names, joined.")] = "",
    pack: Annotated[str, typer.Option("--pack", help="The pack that the entry is for.")] = "south-caucasus",
    root: Annotated[Path | None, typer.Option("--root", metavar="DIR", help="Folder of packs and policies.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write to the terminal and into no file.")] = False,
) -> int:
    """Write a new entry; asks for what it needs where nothing is given. Exits with 1 where the entry has an error."""
    from toolkit.cli.glossary.asking import ask_fields
    from toolkit.glossary.draft import canonical, drafted, keep
    from toolkit.glossary.pack import PACK_FILE, find_packs, load_pack

    folders = {folder.name: folder for folder in find_packs(chosen(root))}
    if pack not in folders:
        raise BadOption(f"no pack {pack!r}", where=PACK_FILE, remedy=f"use one of {', '.join(folders)}")
    known = [entry for folder in folders.values() for entry in load_pack(folder).entries]
    asked = not kind and not name and sys.stdin.isatty()
    if asked:
        fields = ask_fields(known)
    else:
        fields = _fields(kind, name or [], like or [], {"role": role, "part_of": part_of, "id": entity_id})
        fields |= {"contested": True} if contested else {}
    entry = drafted(fields, known)
    sound = _looked_over(entry, known, say_alike=not asked)
    sys.stdout.write(canonical(entry) if dry_run or asked else "")
    if not sound:
        sys.stderr.write("not written: correct the errors first\n")
        return FINDINGS
    if dry_run or (asked and not typer.confirm("Write this file?", default=True, err=True)):
        return DONE
    sys.stdout.write(f"{keep(entry, folders[pack])}\n")
    return DONE


def _looked_over(entry: Entry, known: Sequence[Entry], *, say_alike: bool) -> bool:
    """Say what the checks and the grammar make of an entry, and with `say_alike` which entries have such names.

    False where it has an error.
    """
    from toolkit.glossary.checks.problems import CODES, Severity
    from toolkit.glossary.draft import already_there, genitives, in_words, remarks_on

    remarks = remarks_on(entry, known)
    for remark in remarks:
        sys.stderr.write(f"{in_words(remark)}\n")
    for similar in already_there(entry, known) if say_alike else ():
        sys.stderr.write(f"already there: {similar.entity} ({similar.language} {similar.name})\n")
    for usage, language, text, genitive in genitives(entry):
        sys.stderr.write(f"genitive by the grammar: {usage} {language} {text}, {genitive}\n")
    return all(CODES[remark.code][0] is not Severity.ERROR for remark in remarks)


def _fields(kind: str | None, names: list[str], likes: list[str], others: dict[str, str]) -> dict[str, Any]:
    """The fields of an entry from the options."""
    from toolkit.glossary.yaml_safe import parse_yaml

    if not kind or not names:
        raise BadOption("a kind and a name are needed", remedy="--kind village --name international.en=Gosh")
    usages: dict[str, dict[str, Any]] = {}
    for option in names:
        place, equals, text = option.partition("=")
        usage, dot, language = place.strip().rpartition(".")
        if not equals or not dot or not text.strip():
            raise BadOption(f"{option!r} is no name", where="--name", remedy="write USAGE.LANG=TEXT, armenian.ru=Шуши")
        value: Any = text.strip()
        if value.startswith("{"):
            value = parse_yaml(f"name: {value}", where=option)["name"]
        usages.setdefault(usage, {"usage": usage})[language] = value
    for option in likes:
        usage, equals, other = (part.strip() for part in option.partition("="))
        if not equals:
            raise BadOption(f"{option!r} names no two usages", where="--like", remedy="write international=armenian")
        usages.setdefault(usage, {"usage": usage})["like"] = other
    given = {field: value for field, value in others.items() if value}
    return {"kind": kind, "names": [usages[usage] for usage in sorted(usages)], **given}
