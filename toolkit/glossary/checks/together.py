"""Whether entries and terms are in order beside each other: ids, references, homonyms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import combinations

from toolkit.glossary.checks.problems import Remark
from toolkit.glossary.model import Entry, Term
from toolkit.glossary.nearest import meant
from toolkit.languages import Language
from toolkit.text.folding import fold_key


def check_references(entry: Entry, known: Set[str]) -> Iterator[Remark]:
    """Whether the ids that an entry refers to are there; `known` holds the ids of all entries."""
    single = ((("part_of",), entry.part_of), (("instance_of",), entry.instance_of))
    references = [(path, other) for path, other in single if other]
    remarks = [*references, *((("distinct_from", place), other) for place, other in enumerate(entry.distinct_from))]
    for path, other in remarks:
        if other == entry.id:
            yield Remark("G302", path, "leads to the entry itself", "remove it")
        elif other not in known:
            yield Remark(
                "G302", path, f"there is no entry {other}", meant(other, known, "check the id, or add that entry first")
            )


def check_circles(entries: Mapping[str, Entry]) -> Iterator[tuple[str, Remark]]:
    """Entries whose `part_of` leads back to themselves, by id."""
    for start, entry in entries.items():
        seen: set[str] = set()
        place: Entry | None = entry
        while place is not None and place.part_of is not None and place.id not in seen and place.part_of != place.id:
            seen.add(place.id)
            place = entries.get(place.part_of)
        if place is not None and place.id == start and len(seen) > 1:
            yield start, Remark("G302", ("part_of",), "leads in a circle back to this entry", "remove one `part_of`")


def check_term_usages(term: Term, usages: set[str]) -> Iterator[Remark]:
    """Whether the usages that a term belongs to are those of some name."""
    for place, usage in enumerate(term.used_by):
        if usage not in usages:
            yield Remark(
                "G305",
                ("used_by", place),
                f"no entry has the usage {usage}",
                meant(usage, usages, "check its spelling, or remove it"),
            )


def check_homonyms(entries: Sequence[Entry]) -> Iterator[tuple[str, Remark]]:
    """Pairs of entries with a name in common, as (id of the later one, remark)."""
    shared: dict[tuple[str, str], dict[Language, str]] = defaultdict(dict)
    for language in Language:
        for owners in _surfaces(entries, language).values():
            for pair in combinations(sorted(owners), 2):
                shared[pair].setdefault(language, owners[pair[1]])
    by_id = {entry.id: entry for entry in entries}
    for pair, surfaces in sorted(shared.items()):
        remark = _homonym(by_id[pair[0]], by_id[pair[1]], surfaces)
        if remark is not None:
            yield pair[1], remark


def _surfaces(entries: Sequence[Entry], language: Language) -> dict[str, dict[str, str]]:
    """The ids of the entries that have a full name, by the folded name, with the name as each writes it.

    Short forms stand only where a full one came first, so they may be shared."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in entries:
        for name in entry.names:
            text = name.in_language(language)
            if text is None:
                continue
            for spelling in (text, *text.variants, *([text.acronym] if text.acronym else [])):
                found[fold_key(spelling.text, language)].setdefault(entry.id, spelling.text)
    return found


def _homonym(one: Entry, other: Entry, surfaces: Mapping[Language, str]) -> Remark | None:
    told_apart = one.id in other.distinct_from or other.id in one.distinct_from
    if one.kind == other.kind and len(surfaces) == len(Language) and not told_apart:
        return Remark(
            "G304",
            ("names",),
            f"{one.id} has the same names in all languages and is of the same kind",
            f"make one entry of the two, or write `distinct_from: [{one.id}]` and give `cues`",
        )
    without = [language for language in sorted(surfaces) if not one.cues.get(language) and not other.cues.get(language)]
    if not without:
        return None
    listed = ", ".join(f"{language.english_name} “{surfaces[language]}”" for language in without)
    return Remark(
        "G303",
        ("cues",),
        f"{one.id} has the same name: {listed}",
        f"give one or both `cues`, words that tell the two apart, like {{{without[0].value}: [river, bank]}}",
    )
