"""Stored translations that the present glossary and policy would write otherwise, and how.

Only entries that were stored or last read under another signature are looked at. Their names are put right by the same
repair that stands behind `check --fix`; a side that is the source, or that is taken for it, is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.languages import Language
from toolkit.memory.own.model import Stored
from toolkit.pipeline.check_pair import check_pair
from toolkit.pipeline.checks.pair import Pair, side_of
from toolkit.pipeline.result import finding
from toolkit.pipeline.signature import signature


@dataclass(frozen=True, slots=True)
class Reading:
    """An entry read under the present glossary and policy."""

    stored: Stored
    source: Language
    """The side that the others are measured by."""
    sides: Mapping[Language, str]
    """The sides that would be written otherwise, as they would be."""
    remarks: tuple[str, ...]
    """What remains to be said of the names and is no machine's to mend."""

    @property
    def stale(self) -> bool:
        return bool(self.sides)


def reading_signature(glossary: Glossary, policy: Policy) -> str:
    """Under what an entry is read: it changes with the packs, the policy and the version of the program."""
    return signature(glossary, policy)


def read_again(entries: Iterable[Stored], policy: Policy, glossary: Glossary) -> Iterator[Reading]:
    """Each entry as it would be written now, in order and streaming."""
    for stored in entries:
        record = stored.record
        source = record.source if record.source in record.sides else None
        source = source or min(record.sides)
        sides: dict[Language, str] = {}
        remarks: list[str] = []
        measure = side_of(record.sides[source], source, glossary)
        for language, text in record.sides.items():
            if language is source:
                continue
            checked = check_pair(Pair(measure, side_of(text, language, glossary)), policy, glossary, fix=True)
            if checked.text != text:
                sides[language] = checked.text
            remarks += [
                f"{remark.code} {finding(remark.code, 0, 0, **remark.fields).message}"
                for remark in checked.remarks
                if remark.code.startswith("N") and remark.code != "N018"
            ]
        yield Reading(stored, source, sides, tuple(dict.fromkeys(remarks)))
