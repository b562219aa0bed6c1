"""Whether one entry, or one term, is in order in itself."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from toolkit.glossary.checks.grammar import check_derived, check_name_text, name_texts
from toolkit.glossary.checks.ids import expected_ids
from toolkit.glossary.checks.inflection import check_inflection
from toolkit.glossary.checks.letters import check_text, check_visible
from toolkit.glossary.checks.problems import Remark
from toolkit.glossary.checks.sounds import check_sounds
from toolkit.glossary.model import Entry, Kind, Name, NameText, Review, Term
from toolkit.glossary.yaml_safe import FieldPath
from toolkit.languages import Language
from toolkit.text.folding import fold_key

# Degrees within which the South Caucasus lies: there the two numbers of a position are easily swapped.
_LATITUDES = (38.0, 44.0)
_LONGITUDES = (39.9, 51.0)


def check_entry(entry: Entry) -> Iterator[Remark]:
    """All remarks on an entry that need no other entry."""
    for index, name in enumerate(entry.names):
        yield from _check_name(name, index, entry)
    yield from check_inflection(entry)
    yield from check_sounds(entry)
    yield from _check_order(entry)
    yield from _check_shared_words(entry)
    yield from _check_cues(entry)
    yield from _check_near(entry)
    yield from _check_facts(entry)


def check_term(term: Term) -> Iterator[Remark]:
    """All remarks on a term that need no entry."""
    if list(term.used_by) != sorted(term.used_by):
        yield Remark(
            "G201",
            ("used_by",),
            "the usages are not in alphabetical order",
            "sort them, or run `dragoman glossary format`",
        )
    for language in Language:
        side = term.in_language(language)
        if side is None:
            yield Remark(
                "G203", (language.value,), f"no {language.english_name} wording", "add it, or say why in `note`"
            )
            continue
        for index, words in enumerate(side.words):
            yield from check_visible(words, (language.value, "words", index))
        yield from check_visible(side.neutral, (language.value, "neutral"))


def _check_name(name: Name, index: int, entry: Entry) -> Iterator[Remark]:
    path = ("names", index)
    if name.since and name.until and _date(name.until) < _date(name.since):
        yield Remark("G204", (*path, "until"), f"{name.until} is before `since`, {name.since}", "check both dates")
    if name.like is not None:
        target = next(other for other in entry.names if other.usage == name.like)
        if target.like is not None:
            yield Remark(
                "G210",
                (*path, "like"),
                f"{name.like} has no texts of its own: it is `like` another",
                f"write like: {target.like}",
            )
        return
    missing = [language for language in Language if name.in_language(language) is None]
    if missing:
        listed = ", ".join(language.english_name for language in missing)
        yield Remark("G203", path, f"the {name.usage} usage has no text in {listed}", "add it, if you are sure of it")
    for language in Language:
        text = name.in_language(language)
        if text is None:
            continue
        for inner, inner_path in name_texts(text, (*path, language.value)):
            yield from check_name_text(inner, language, inner_path)
        if text.variants:
            yield from _check_variants(text, language, (*path, language.value, "variants"))


def _check_variants(text: NameText, language: Language, path: FieldPath) -> Iterator[Remark]:
    seen = {fold_key(text.text, language)}
    for place, variant in enumerate(text.variants):
        spelling = fold_key(variant.text, language)
        if spelling in seen:
            yield Remark(
                "G211",
                (*path, place),
                f"“{variant.text}” is already there",
                "remove it; letter case and ё for е do not count",
            )
        seen.add(spelling)


def _date(partial: str) -> tuple[int, str]:
    """A date to compare by: the year as a number (it may have any length and be before our era), then the rest."""
    sign = -1 if partial.startswith("-") else 1
    year, _, rest = partial.lstrip("-").partition("-")
    return sign * int(year), rest


def _check_order(entry: Entry) -> Iterator[Remark]:
    usages = [name.usage for name in entry.names]
    if usages != sorted(usages):
        wanted = ", ".join(sorted(usages))
        yield Remark(
            "G201",
            ("names",),
            "the usages are not in alphabetical order",
            f"order them {wanted}, or run `dragoman glossary format`",
        )
    ids = expected_ids(entry)
    if ids and entry.id not in ids:
        yield Remark(
            "G202",
            ("id",),
            f"the sides' English names in alphabetical order give {ids[0]}",
            f"call id and file {ids[0]}",
        )


def _check_shared_words(entry: Entry) -> Iterator[Remark]:
    for field, what in (("adjectives", "adjective"), ("demonyms", "demonym")):
        for language, word in sorted(getattr(entry, field).items()):
            path = (field, language.value)
            yield from check_text(word, language, path)
            yield from check_derived(word, what, language, path)


def _check_cues(entry: Entry) -> Iterator[Remark]:
    for field, listed in (("cues", entry.cues), ("heads", entry.heads)):
        for language, words in sorted(listed.items()):
            for index, word in enumerate(words):
                yield from check_text(word, language, (field, language.value, index))
    if entry.needs_cue and not any(entry.cues.values()):
        yield Remark(
            "G209",
            ("needs_cue",),
            "the name waits for a word that speaks for it, and `cues` has none",
            "add `cues`, or remove `needs_cue`",
        )


def _check_near(entry: Entry) -> Iterator[Remark]:
    own = {
        inner.text
        for name in entry.names
        for language in Language
        if (text := name.in_language(language)) is not None
        for inner in (text, *text.variants)
    }
    for index, near in enumerate(entry.near):
        yield from check_visible(near.text, ("near", index, "text"))
        if near.text in own:
            yield Remark("G212", ("near", index), f"“{near.text}” is a name of this entry", "remove one of the two")
    for one, other in itertools.combinations(range(len(entry.near)), 2):
        if entry.near[one].text == entry.near[other].text:
            yield Remark(
                "G211", ("near", other), f"“{entry.near[other].text}” is already there", "remove one of the two"
            )


def _check_facts(entry: Entry) -> Iterator[Remark]:
    if entry.position and _looks_swapped(*entry.position):
        latitude, longitude = entry.position
        yield Remark(
            "G205",
            ("position",),
            "looks like longitude before latitude",
            f"write [{longitude}, {latitude}] if it lies there",
        )
    if entry.contested and len(entry.names) < 2:
        yield Remark(
            "G206", ("names",), "a contested entity has the names of one usage only", "add the other side's name"
        )
    if entry.review is Review.DOUBTFUL and not entry.note:
        yield Remark("G207", ("review",), "is doubtful, and nothing says why", "say in `note` what is open")
    if entry.kind is Kind.PERSON and not entry.role:
        yield Remark("G208", ("role",), "a person without a public role", "add `role`; only public figures belong here")
    if entry.kind is not Kind.PERSON and entry.role:
        yield Remark("G208", ("role",), "only persons have a role", "move it to `note`")
    for field in ("note", "role"):
        yield from check_visible(getattr(entry, field), (field,))


def _looks_swapped(first: float, second: float) -> bool:
    def inside(latitude: float, longitude: float) -> bool:
        return _LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]

    return inside(second, first) and not inside(first, second)
