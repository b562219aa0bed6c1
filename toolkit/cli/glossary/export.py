"""`dragoman glossary export`: write the glossary in the format of another tool."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import options
from toolkit.cli.glossary.folder import chosen
from toolkit.cli.session import DONE, Session
from toolkit.errors import BadInput, BadOption

if TYPE_CHECKING:
    from toolkit.glossary.exchange.files import Written
    from toolkit.glossary.exchange.selection import Selection
    from toolkit.glossary.glossary import Glossary
    from toolkit.glossary.model import Kind

_FORMAT = "csv, omegat, skos, tbx-2, tbx-3, tbx-3-dct, tmx, tsv, vale or weblate."


def export(
    format_name: Annotated[str, typer.Argument(metavar="FORMAT", help=_FORMAT)],
    out: Annotated[
        str, typer.Argument(metavar="OUT", help="The file to write (- is standard output); vale: a folder.")
    ],
    pack: Annotated[list[str] | None, typer.Option("--pack", help="A pack to export; all if none.")] = None,
    source: Annotated[str | None, typer.Option("--from", metavar="LANG", help="Language of the source texts.")] = None,
    target: Annotated[str | None, typer.Option("--to", metavar="LANG", help="Language of the target texts.")] = None,
    usage: Annotated[str | None, typer.Option("--usage", help="Only the names of this usage.")] = None,
    policy: options.PolicyOption = None,
    date: options.DateOption = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Only entities of this kind.")] = None,
    root: Annotated[Path | None, typer.Option("--root", metavar="DIR", help="Folder of packs and policies.")] = None,
) -> int:
    """Write names for DeepL (csv, tsv), OmegaT, Weblate, SKOS, TBX, TMX or Vale; says what the format cannot hold."""
    from toolkit.glossary.exchange.concepts import concept_of
    from toolkit.glossary.exchange.formats import format_named
    from toolkit.glossary.glossary import Glossary

    wanted = format_named(format_name)
    session = Session(policy_name=policy, date=date)
    glossary = Glossary.load(chosen(root), cache=session.settings.cache)
    packs = [one for one in glossary.packs if not pack or one.pack.id in pack]
    unknown = set(pack or ()) - {one.pack.id for one in packs}
    if unknown:
        known = ", ".join(one.pack.id for one in glossary.packs)
        raise BadOption(f"no pack {min(unknown)!r}", where="--pack", remedy=f"use one of {known}")
    selection = _selection(source, target, usage, kind or [], session, glossary)
    concepts = [concept_of(entry) for one in packs for entry in one.entries]
    written = wanted.write(concepts, selection)
    _save(written, out)
    for left in written.left_out:
        sys.stderr.write(f"left out: {left.text}: {left.why}\n")
    sys.stderr.write(f"{written.count} written, {len(written.left_out)} left out; the format cannot hold ")
    sys.stderr.write(f"{'; '.join(wanted.loses)}\n")
    return DONE


def _selection(
    source: str | None,
    target: str | None,
    usage: str | None,
    kinds: list[str],
    session: Session,
    glossary: Glossary,
) -> Selection:
    from toolkit.glossary.exchange.selection import Selection
    from toolkit.glossary.settle import settle
    from toolkit.languages import parse_language

    usages = sorted({name for entity in glossary.entities.values() for name in entity.usages})
    if usage is not None and usage not in usages:
        raise BadOption(f"no entry has the usage {usage!r}", where="--usage", remedy=f"use one of {', '.join(usages)}")
    return Selection(
        source=parse_language(source, where="--from") if source else None,
        target=parse_language(target, where="--to") if target else None,
        usage=usage,
        policy=settle(session.policy_file(), glossary, session.date) if session.policy_name else None,
        kinds=frozenset(parse_kind(kind) for kind in kinds),
        terms=tuple(term for pack in glossary.packs for term in pack.terms),
    )


def parse_kind(kind: str) -> Kind:
    """A kind of entity. Raises BadOption for an unknown one."""
    from toolkit.glossary.model import Kind

    try:
        return Kind(kind)
    except ValueError:
        raise BadOption(f"unknown kind {kind!r}", where="--kind", remedy=f"use one of {', '.join(Kind)}") from None


def _save(written: Written, out: str) -> None:
    if out == "-":
        if "" not in written.files:
            raise BadOption("this format is a folder of files", where="OUT", remedy="name a folder")
        sys.stdout.buffer.write(written.files[""])
        return
    try:
        for name, content in written.files.items():
            path = Path(out) / name if name else Path(out)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", where=out, remedy="name another place") from None
