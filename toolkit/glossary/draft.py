"""A new entry as it is put together: its id, its file, and what a person should look at before it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from toolkit.errors import BadInput
from toolkit.glossary.checks.confusable import check_duplicates, check_forms
from toolkit.glossary.checks.entry import check_entry
from toolkit.glossary.checks.grammar import name_texts
from toolkit.glossary.checks.ids import expected_ids
from toolkit.glossary.checks.problems import CODES, Remark, Severity
from toolkit.glossary.checks.together import check_homonyms, check_references
from toolkit.glossary.compile import lexeme_of
from toolkit.glossary.format import format_text
from toolkit.glossary.model import Entry, Name
from toolkit.glossary.plain import explain, field_name
from toolkit.languages import Language
from toolkit.morphology.base import Case, Features
from toolkit.morphology.grammars import grammar_of
from toolkit.translit.key import plain_key, similarity

Fields = Mapping[str, Any]
"""The fields of an entry as they stand in its file."""

_NO_ID = "new"
_NEAR_SKELETONS = 70
_WITH_CASES = (Language.AZ, Language.HY, Language.RU)


@dataclass(frozen=True, slots=True)
class Similar:
    """An entity that is there already, by a name that may be the same as a new one."""

    entity: str
    name: str
    language: Language
    score: float


def drafted(fields: Fields, known: Iterable[Entry]) -> Entry:
    """An entry of the fields; without an id it gets the one that joins its English names.

    Raises BadInput, in plain words, for fields that can be no entry.
    """
    try:
        entry = Entry.model_validate({"id": _NO_ID, **fields})
    except ValidationError as error:
        first = explain(error)[0]
        raise BadInput(first.message, where=first.field, remedy=first.remedy) from None
    return entry if "id" in fields else entry.model_copy(update={"id": proposed_id(entry, known)})


def proposed_id(entry: Entry, known: Iterable[Entry]) -> str:
    """The sides' English names in alphabetical order; where that is taken, with a word more.

    Raises BadInput where no English name tells an id.
    """
    ids = [one for one in expected_ids(entry) if one != _NO_ID]
    if not ids:
        raise BadInput("without an English name there is no id", where="id", remedy="give an English name, or an id")
    taken = {other.id for other in known}
    choices = (ids[0], *(f"{ids[0]}-{word}" for word in (entry.part_of, entry.kind.value) if word))
    free = next((choice for choice in choices if choice not in taken), None)
    if free is None:
        raise BadInput(f"the id {ids[0]} is taken", where="id", remedy="add to that entry, or give an id of your own")
    return free


def canonical(entry: Entry) -> str:
    """The entry as its file is written."""
    fields = entry.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"review": entry.review.value}
    return format_text(yaml.safe_dump(fields, allow_unicode=True, sort_keys=False))


def remarks_on(entry: Entry, known: Sequence[Entry]) -> list[Remark]:
    """All remarks on a new entry, by itself and beside those that are there; errors first."""
    others = [other for other in known if other.id != entry.id]
    remarks = [*check_entry(entry), *check_references(entry, {other.id for other in known})]
    before = {remark for _, remark in _beside(others)}
    remarks += [remark for _, remark in _beside([*others, entry]) if remark not in before]
    return sorted(remarks, key=lambda remark: (CODES[remark.code][0] is not Severity.ERROR, remark.code))


def _beside(entries: Sequence[Entry]) -> Iterator[tuple[str, Remark]]:
    return chain(check_homonyms(entries), check_forms(entries), check_duplicates(entries))


def in_words(remark: Remark) -> str:
    """A remark as one line."""
    severity = CODES[remark.code][0]
    return f"{severity} {remark.code} {field_name(remark.path)}: {remark.message} ({remark.remedy})"


def similar_names(text: str, language: Language, known: Iterable[Entry], limit: int = 3) -> list[Similar]:
    """Entities with a name that may be the same, in any of the four languages, nearest first."""
    from rapidfuzz import fuzz

    wanted = plain_key(text, language)
    best: dict[str, Similar] = {}
    for entry in known:
        for name in entry.names:
            for other, theirs in _spellings(name):
                if fuzz.ratio(wanted, plain_key(theirs, other)) < _NEAR_SKELETONS:
                    continue
                match = similarity(text, theirs, language, other)
                if match.same and (entry.id not in best or match.score > best[entry.id].score):
                    best[entry.id] = Similar(entry.id, theirs, other, match.score)
    return sorted(best.values(), key=lambda found: (-found.score, found.entity))[:limit]


def _spellings(name: Name) -> Iterator[tuple[Language, str]]:
    """The texts of a name in all languages, with their variants, acronyms and short forms."""
    for language in Language:
        text = name.in_language(language)
        if text is not None:
            yield from ((language, inner.text) for inner, _ in name_texts(text, ()))


def already_there(entry: Entry, known: Iterable[Entry]) -> list[Similar]:
    """Entities that a new one may be, by the first text of each of its usages."""
    known = list(known)
    found: dict[str, Similar] = {}
    for name in entry.names:
        texts = ((language, name.in_language(language)) for language in Language)
        first = next(((language, text.text) for language, text in texts if text is not None), None)
        for similar in similar_names(first[1], first[0], known) if first else ():
            found.setdefault(similar.entity, similar)
    return list(found.values())


def genitives(entry: Entry) -> Iterator[tuple[str, Language, str, str]]:
    """Usage, language, name and the genitive that the grammar gives: a wrong one shows that grammar is missing."""
    for name in entry.names:
        for language in _WITH_CASES:
            text = name.in_language(language)
            if text is not None:
                forms = grammar_of(language).forms(lexeme_of(entry, text, language))
                wanted = Features(case=Case.GEN)
                found = [form.text for form in forms if form.features == wanted and form.preferred]
                if found:
                    yield name.usage, language, text.text, found[0]


def keep(entry: Entry, pack: Path) -> Path:
    """Write the entry into its folder of a pack. Raises BadInput where there is such a file already."""
    path = pack / entry.kind.value / f"{entry.id}.yaml"
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(canonical(entry))
    except FileExistsError:
        raise BadInput("this file is there already", where=str(path), remedy="add to it, or give another id") from None
    except OSError as error:
        raise BadInput(
            f"cannot be written: {error.strerror}", where=str(path), remedy="give the folder of your clone as --root"
        ) from None
    return path
