"""Stored translations for other programs: TMX 1.4, XLIFF 1.2 and 2.1, lines of JSON; streaming."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from toolkit import __version__
from toolkit.errors import BadOption
from toolkit.languages import Language
from toolkit.memory.exchange.model import Pair
from toolkit.memory.own.model import Stored

FORMATS = ("jsonl", "tmx", "xliff", "xliff2")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def write_entries(entries: Iterable[Stored], form: str, pair: Pair) -> Iterator[str]:
    """The pieces of a file. Raises BadOption for an unknown format, or for XLIFF without its two languages."""
    if form == "jsonl":
        return _json_lines(entries)
    if form == "tmx":
        return _tmx(entries, pair)
    if form not in FORMATS:
        raise BadOption(f"unknown format {form!r}", remedy=f"use one of {', '.join(FORMATS)}")
    if pair.source is None or pair.target is None or pair.source is pair.target:
        raise BadOption("an XLIFF file has two languages", remedy="give --from and --to")
    write = _xliff if form == "xliff" else _xliff2
    return write(entries, pair.source, pair.target)


def _json_lines(entries: Iterable[Stored]) -> Iterator[str]:
    for stored in entries:
        record = stored.record
        row = {language.value: record.sides[language] for language in sorted(record.sides)}
        row |= {"topic": record.topic, "origin": record.origin, "date": record.date, "signature": record.signature}
        if record.source:
            row["source_language"] = record.source.value
        yield json.dumps({key: value for key, value in row.items() if value}, ensure_ascii=False) + "\n"


def _tmx(entries: Iterable[Stored], pair: Pair) -> Iterator[str]:
    source = pair.source.value if pair.source else "*all*"
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="dragoman" creationtoolversion="{__version__}" segtype="sentence" o-tmf="dragoman" '
        f'adminlang="en" srclang="{source}" datatype="plaintext"/>\n<body>\n'
    )
    for stored in entries:
        record = stored.record
        date = f' creationdate="{compact}"' if (compact := _compact(record.date)) else ""
        spoken = f' srclang="{record.source}"' if record.source else ""
        props = {"topic": record.topic, "origin": record.origin, "signature": record.signature}
        yield f'<tu tuid="{stored.number}"{date}{spoken}>\n'
        yield from (f'<prop type="dragoman:{key}">{_text(value)}</prop>\n' for key, value in props.items() if value)
        for language in sorted(record.sides):
            yield f'<tuv xml:lang="{language}"><seg>{_text(record.sides[language])}</seg></tuv>\n'
        yield "</tu>\n"
    yield "</body>\n</tmx>\n"


def _xliff(entries: Iterable[Stored], source: Language, target: Language) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
        f'<file original="memory" datatype="plaintext" source-language="{source}" target-language="{target}">\n<body>\n'
    )
    for stored in _both(entries, source, target):
        sides = stored.record.sides
        yield (
            f'<trans-unit id="{stored.number}" approved="yes">\n<source>{_text(sides[source])}</source>\n'
            f'<target state="final">{_text(sides[target])}</target>\n</trans-unit>\n'
        )
    yield "</body>\n</file>\n</xliff>\n"


def _xliff2(entries: Iterable[Stored], source: Language, target: Language) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" '
        f'srcLang="{source}" trgLang="{target}">\n<file id="memory">\n'
    )
    empty = True
    for stored in _both(entries, source, target):
        empty = False
        sides = stored.record.sides
        yield (
            f'<unit id="{stored.number}">\n<segment state="final">\n<source>{_text(sides[source])}</source>\n'
            f"<target>{_text(sides[target])}</target>\n</segment>\n</unit>\n"
        )
    if empty:  # the standard wants at least one
        yield '<unit id="none">\n<segment>\n<source/>\n</segment>\n</unit>\n'
    yield "</file>\n</xliff>\n"


def _both(entries: Iterable[Stored], source: Language, target: Language) -> Iterator[Stored]:
    return (stored for stored in entries if {source, target} <= stored.record.sides.keys())


def _text(text: str) -> str:
    """A text as XML has it; without the control characters that it cannot hold."""
    return escape(_CONTROL.sub("", text))


def _compact(date: str) -> str:
    """A date of ISO 8601 as TMX has it."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?Z)?", date)
    return "{}{}{}T{}{}{}Z".format(*(part or "00" for part in found.groups())) if found else ""
