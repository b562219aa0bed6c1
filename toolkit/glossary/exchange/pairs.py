"""Pairs of words out of concepts, for formats that know a source and a target text and little else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.glossary.exchange.cells import safe_cell
from toolkit.glossary.exchange.concepts import Concept, Part, Wording, merged
from toolkit.glossary.exchange.files import LeftOut, Proposal
from toolkit.glossary.exchange.selection import Selection
from toolkit.glossary.model import Kind
from toolkit.languages import Language

_PARTS = (Part.FULL, Part.ACRONYM)
"""Short forms stand only where the full one came first, and variants are never written: neither makes a pair."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts of one concept; the usages that both have in common, none where a policy joins two usages."""

    source: str
    target: str
    concept: Concept
    usages: tuple[str, ...] = ()
    part: Part = Part.FULL

    @property
    def label(self) -> str:
        """Entity, usages and kind (and that it is an acronym), as people can read and `parse_label` does read them."""
        usages = [", ".join(self.usages)] if self.usages else []
        part = [] if self.part is Part.FULL else [self.part.value]
        return "; ".join([self.concept.id, *usages, self.concept.kind.value if self.concept.kind else "", *part])


_LABEL = re.compile(
    r"(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)(?:; (?P<usages>[a-z0-9, -]+?))??; (?P<kind>[a-z]+)(?:; (?P<part>acronym))?"
)


def parse_label(label: str) -> tuple[str, tuple[str, ...], Kind, Part] | None:
    """Id, usages, kind and part out of a label of ours; None for any other text."""
    match = _LABEL.fullmatch(label.strip())
    if match is None or match["kind"] not in {kind.value for kind in Kind}:
        return None
    usages = tuple(sorted(match["usages"].split(", "))) if match["usages"] else ()
    return match["id"], usages, Kind(match["kind"]), Part(match["part"] or Part.FULL)


def pairs_of(concepts: Iterable[Concept], selection: Selection) -> tuple[list[Pair], list[LeftOut]]:
    """The pairs by source text, each source and target of a concept once; and the texts that no cell can hold."""
    found: dict[tuple[str, str, str], Pair] = {}
    left_out: list[LeftOut] = []
    for concept in selection.of(concepts):
        for source, target, usages in _joined(concept, selection):
            pair = Pair(safe_cell(source.text), safe_cell(target.text), concept, usages, source.part)
            for kept, wording in ((pair.source, source), (pair.target, target)):
                if kept != wording.text:
                    left_out.append(LeftOut(wording.text, f"a cell cannot hold it; written as {kept!r}"))
            if pair.source and pair.target:
                key = (pair.source, pair.target, concept.id)
                before = found.get(key)
                found[key] = replace(pair, usages=tuple(sorted({*pair.usages, *before.usages}))) if before else pair
    return [found[key] for key in sorted(found)], left_out


def _joined(concept: Concept, selection: Selection) -> Iterator[tuple[Wording, Wording, tuple[str, ...]]]:
    source, target = selection.pair
    wanted = selection.wanted(concept)
    for part in _PARTS:
        targets = concept.texts(target, part)
        for wording in concept.texts(source, part):
            for usage in wording.usages if selection.usage is None else {selection.usage} & {*wording.usages}:
                match = next((other for other in targets if (wanted or usage) in other.usages), None)
                if match is not None:
                    yield wording, match, (usage,) if usage in match.usages else ()


def one_target_each(pairs: Sequence[Pair]) -> tuple[list[Pair], list[LeftOut]]:
    """The pairs whose source text has one target; where several entities share a name, the commoner one's pair.

    A name that still has several targets is left out: a tool that takes one of them would do so in silence.
    """
    by_source: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_source.setdefault(pair.source, []).append(pair)
    kept, left_out = [], []
    for source, rivals in by_source.items():
        common = [pair for pair in rivals if not pair.concept.needs_cue] or rivals
        targets = sorted({pair.target for pair in common})
        if len(targets) == 1:
            kept.append(common[0])
        else:
            owners = sorted({pair.concept.id for pair in common})
            remedy = "say --usage or --policy" if len(owners) == 1 else "one name of several entities"
            left_out.append(LeftOut(source, f"has {len(targets)} targets: {', '.join(targets)} ({remedy})"))
    return kept, left_out


def proposal(
    source: str, target: str, languages: tuple[Language, Language], place: str, *, label: str = "", note: str = ""
) -> Proposal:
    """A row of two texts as a proposal; a label that is none of ours becomes the note."""
    parsed = parse_label(label)
    entity, usages, kind, part = parsed or ("", (), None, Part.FULL)
    note = note if parsed or not label else " ".join(filter(None, (label, note)))
    wordings = merged(
        Wording(language, text.strip(), usages, part)
        for language, text in zip(languages, (source, target), strict=True)
    )
    return Proposal(Concept(id=entity, kind=kind, wordings=wordings, note=note), place, parts=parsed is not None)


def trouble(place: str, why: str) -> Proposal:
    """A row that cannot be read."""
    return Proposal(Concept(), place, parts=False, trouble=why)
