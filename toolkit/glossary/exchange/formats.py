"""The formats by name: who writes and reads each, and what each cannot say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from toolkit.errors import BadOption
from toolkit.glossary.exchange import deepl, omegat, skos, tbx, tbx_read, tmx, vale, weblate
from toolkit.glossary.exchange.concepts import Concept
from toolkit.glossary.exchange.files import Reader, Writer

_GRAMMAR = "grammar (declension, genitive, adjectives and the rest)"
_ENTRY = "cues, near words, the state of review (what comes in is a draft)"
_PAIRS = ("variants and short forms", _GRAMMAR, "position, country, role, sources, dates of names", _ENTRY)


@dataclass(frozen=True, slots=True)
class Format:
    """A format of exchange; `loses` lists what it cannot say, for people, and `carried` gives what it can."""

    name: str
    suffix: str
    title: str
    write: Writer
    read: Reader | None
    loses: tuple[str, ...]
    carried: Callable[[Concept], Concept] | None = None
    """What is left of a concept that went through the format whole; None where it does not go through as one."""


def _through_tbx(concept: Concept) -> Concept:
    bare = replace(
        concept, country="", part_of="", instance_of="", heads=(), position=None, periods=(), needs_cue=False
    )
    return replace(bare, wordings=tbx.as_terms(concept.wordings))


def _through_skos(concept: Concept) -> Concept:
    return replace(concept, needs_cue=False)


_TBX_LOSES = (
    "grammar but gender",
    "whose variant a variant is (the full name's, the acronym's)",
    "position, country, what it lies in or is one of, words in brief, dates of names",
    "an unset flag `contested`: import only ever sets it",
    _ENTRY,
)

FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format(
            "csv",
            ".csv",
            "DeepL's glossary as CSV: source, target",
            deepl.write_csv,
            deepl.read_csv,
            ("entity, usages, kind, contested", "notes", "a source text with several targets: left out", *_PAIRS),
        ),
        Format(
            "omegat",
            ".txt",
            "OmegaT's glossary: source, target, comment",
            omegat.write,
            omegat.read,
            ("contested", "notes", *_PAIRS),
        ),
        Format(
            "skos",
            ".jsonld",
            "SKOS and SKOS-XL as JSON-LD",
            skos.write,
            skos.read,
            ("adjectives and demonyms that all usages share", _ENTRY),
            _through_skos,
        ),
        Format("tbx-2", ".tbx", "TBX-Basic version 2 (martif)", tbx.write_2, tbx_read.read, _TBX_LOSES, _through_tbx),
        Format(
            "tbx-3",
            ".tbx",
            "TBX-Basic version 3 (ISO 30042:2019), categories as attributes (DCA)",
            tbx.write_3,
            tbx_read.read,
            _TBX_LOSES,
            _through_tbx,
        ),
        Format(
            "tbx-3-dct",
            ".tbx",
            "TBX-Basic version 3 (ISO 30042:2019), categories as tags (DCT)",
            tbx.write_3_tags,
            tbx_read.read,
            _TBX_LOSES,
            _through_tbx,
        ),
        Format("tmx", ".tmx", "TMX 1.4", tmx.write, tmx.read, ("contested", *_PAIRS)),
        Format(
            "tsv",
            ".tsv",
            "DeepL's glossary as TSV: source, target",
            deepl.write_tsv,
            deepl.read_tsv,
            ("entity, usages, kind, contested", "notes", "a source text with several targets: left out", *_PAIRS),
        ),
        Format(
            "vale",
            "",
            "a Vale style and a list of accepted names, for English (a folder)",
            vale.write,
            None,
            ("all languages but English", "it is not read back"),
        ),
        Format(
            "weblate", ".csv", "Weblate's CSV, columns by name", weblate.write, weblate.read, ("contested", *_PAIRS)
        ),
    )
}
"""By name, in alphabetical order."""


def format_named(name: str) -> Format:
    """Raises BadOption for an unknown name."""
    if name not in FORMATS:
        raise BadOption(f"unknown format {name[:40]!r}", remedy=f"use one of {', '.join(FORMATS)}")
    return FORMATS[name]


def format_of(file_name: str, content: bytes) -> Format:
    """The format of a file, by its name and its beginning. Raises BadOption where neither tells."""
    suffix = "." + file_name.rpartition(".")[2].lower()
    head = content[:4000].removeprefix(b"\xef\xbb\xbf")
    if suffix in (".jsonld", ".json"):
        return FORMATS["skos"]
    if suffix == ".csv":
        columns = {cell.strip(' "\r').lower() for cell in head.split(b"\n")[0].decode("utf-8", "replace").split(",")}
        return FORMATS["weblate" if {"source", "target"} <= columns else "csv"]
    by_suffix = {".tbx": "tbx-3", ".tmx": "tmx", ".tsv": "tsv", ".txt": "omegat", ".tab": "omegat", ".utf8": "omegat"}
    if suffix in by_suffix:
        return FORMATS[by_suffix[suffix]]
    for mark, name in ((b"<tmx", "tmx"), (b"<martif", "tbx-2"), (b"<tbx", "tbx-3")):
        if mark in head:
            return FORMATS[name]
    raise BadOption("the format is not known by this name", where=file_name, remedy=f"--format {' | '.join(READABLE)}")


READABLE = tuple(name for name, one in FORMATS.items() if one.read is not None)
