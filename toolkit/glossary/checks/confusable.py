"""Names that may be taken for another entity's: a form that is the other's name, or a slightly different spelling."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from toolkit.glossary.checks.problems import Remark
from toolkit.glossary.compile import lexeme_of
from toolkit.glossary.model import Entry, Kind, NameText
from toolkit.languages import Language
from toolkit.morphology.grammars import grammar_of
from toolkit.text.folding import fold_key
from toolkit.translit.key import plain_key

_SETTLED = frozenset({Kind.CITY, Kind.TOWN, Kind.VILLAGE})
# An ending may change the last letters of a stem (Բաքու, Բաքվի) and is no longer than this.
_CHANGING = 2
_LONGEST_ENDING = 6
_SHORTEST_STEM = 3
# Languages in which two names must agree, and the part of the letters that English spellings must share.
_LANGUAGES_ALIKE = 3
_LETTERS_ALIKE = 60


def check_forms(entries: Sequence[Entry]) -> Iterator[tuple[str, Remark]]:
    """Entries with a name that, inflected, is the name of another entity (Վան gives Վանի)."""
    by_id = {entry.id: entry for entry in entries}
    for language in Language:
        names = _names(entries, language)
        surfaces = sorted(names)
        for surface in surfaces:
            others = _beginning_alike(surface, surfaces)
            for entry, text in names[surface] if others else ():
                rivals = {
                    (other, rival.id, rival_text.text)
                    for other in others
                    for rival, rival_text in names[other]
                    if not _told_apart(entry, rival, language)
                }
                forms = _forms(entry, text, language) if rivals else set()
                for other, rival_id, name in sorted(rivals):
                    if other in forms:
                        yield entry.id, _form_of(by_id[rival_id], text.text, name, language)


def _names(entries: Sequence[Entry], language: Language) -> dict[str, list[tuple[Entry, NameText]]]:
    found: dict[str, list[tuple[Entry, NameText]]] = defaultdict(list)
    for entry in entries:
        for name in entry.names:
            text = name.in_language(language)
            if text is not None:
                found[fold_key(text.text, language)].append((entry, text))
    return found


def _beginning_alike(surface: str, surfaces: Sequence[str]) -> set[str]:
    """Of sorted surfaces, those that could be this one with an ending."""
    beginning = surface[: max(_SHORTEST_STEM, len(surface) - _CHANGING)]
    found = set()
    for other in surfaces[bisect_left(surfaces, beginning) :]:
        if not other.startswith(beginning):
            break
        if other != surface and len(surface) - _CHANGING <= len(other) <= len(surface) + _LONGEST_ENDING:
            found.add(other)
    return found


def _forms(entry: Entry, text: NameText, language: Language) -> set[str]:
    """The forms that are written of a name, its adjective and demonym, folded; none with a possessive or a tail."""
    return {
        fold_key(form.text, language)
        for form in grammar_of(language).forms(lexeme_of(entry, text, language, shared=True))
        if form.preferred and not form.features.possessor and not form.features.tail
    }


def _told_apart(one: Entry, other: Entry, language: Language) -> bool:
    return (
        one.id == other.id
        or other.id in one.distinct_from
        or one.id in other.distinct_from
        or bool(one.cues.get(language) or other.cues.get(language))
    )


def _form_of(rival: Entry, text: str, surface: str, language: Language) -> Remark:
    return Remark(
        "G306",
        ("cues",),
        f"{language.english_name} “{surface}” is a form of “{text}” here and also the name of {rival.id}",
        f"give one or both `cues` in {language.english_name}, or write `distinct_from: [{rival.id}]`",
    )


def check_duplicates(entries: Sequence[Entry]) -> Iterator[tuple[str, Remark]]:
    """Entries whose names agree with another's in sound, in most languages, as (id of the later one, remark)."""
    by_id = {entry.id: entry for entry in entries}
    shared: dict[tuple[str, str], set[Language]] = defaultdict(set)
    for (_, language, _), ids in _by_sound(entries).items():
        for pair in combinations(sorted(ids), 2):
            shared[pair].add(language)
    for (first, second), languages in sorted(shared.items()):
        one, other = by_id[first], by_id[second]
        if len(languages) >= _LANGUAGES_ALIKE and _is_doubtful(one, other):
            yield second, _alike(one, other)


def _by_sound(entries: Sequence[Entry]) -> Mapping[tuple[str, Language, str], set[str]]:
    """Ids by kind (settlements are one), language and skeleton; names with figures say nothing by their letters."""
    found: dict[tuple[str, Language, str], set[str]] = defaultdict(set)
    for entry in entries:
        kind = "settled" if entry.kind in _SETTLED else entry.kind.value
        for name in entry.names:
            for language in Language:
                text = name.in_language(language)
                if text is None or any(char.isdigit() for char in text.text):
                    continue
                sound = plain_key(text.text, language)
                if sound:
                    found[kind, language, sound].add(entry.id)
    return found


def _is_doubtful(one: Entry, other: Entry) -> bool:
    """Whether a person should look: nothing tells the two apart, and the same names are another check's."""
    if one.id in other.distinct_from or other.id in one.distinct_from or one.cues or other.cues:
        return False
    mine, theirs = _english(one), _english(other)
    return not set(mine) & set(theirs) and any(_letters_alike(a, b) for a in mine for b in theirs)


def _english(entry: Entry) -> list[str]:
    return [fold_key(name.en.text, Language.EN) for name in entry.names if name.en is not None]


def _letters_alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other) >= _LETTERS_ALIKE


def _alike(one: Entry, other: Entry) -> Remark:
    theirs = ", ".join(dict.fromkeys(name.en.text for name in one.names if name.en is not None))
    return Remark(
        "G307",
        ("names",),
        f"the names sound like those of {one.id} ({theirs}), and both are of the kind {other.kind.value}"
        if one.kind is other.kind
        else f"the names sound like those of {one.id} ({theirs}, {one.kind.value})",
        f"make one entry of the two, or write `distinct_from: [{one.id}]`",
    )
