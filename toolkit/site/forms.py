"""The forms of names for the page of an entity: by language and case, the ones that would be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.names import CompiledName, NameTable, Role
from toolkit.languages import Language
from toolkit.morphology.base import Case, Features, Number, Part
from toolkit.site.titles import alphabetical

_CASES = {
    Case.NOM: "nominative",
    Case.GEN: "genitive",
    Case.DAT: "dative",
    Case.ACC: "accusative",
    Case.ABL: "ablative",
    Case.INS: "instrumental",
    Case.LOC: "locative",
    Case.PREP: "prepositional",
    Case.POSS: "possessive",
}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """The forms of one name in one case."""

    case: str
    texts: tuple[str, ...]
    definite: tuple[str, ...] = ()
    """Armenian: with the article."""


@dataclass(frozen=True, slots=True)
class Inflected:
    """A name, the usages that write it so, and its forms; `adjective` and `demonym` are empty where there is none."""

    text: str
    usages: tuple[str, ...]
    rows: tuple[CaseRow, ...]
    adjective: str
    demonym: str


class FormLists:
    """Reads forms out of the compiled glossary; an ending table is read once, however many names share it."""

    def __init__(self, glossary: Glossary) -> None:
        self._tables = {language: _Language(glossary.table(language)) for language in Language}

    def of_entity(self, entity: str) -> Mapping[Language, tuple[Inflected, ...]]:
        """The full and short names of an entity, inflected; a language without names is left out."""
        found = {language: tuple(table.inflected(entity)) for language, table in self._tables.items()}
        return {language: names for language, names in found.items() if names}


class _Language:
    def __init__(self, table: NameTable) -> None:
        self._table = table
        self._wanted = {
            index: features for index, features in enumerate(table.features) if _is_plain(features)
        }  # fmt: skip
        self._endings: dict[int, tuple[tuple[Features, str], ...]] = {}

    def inflected(self, entity: str) -> Iterator[Inflected]:
        names = [name for name in self._table.of_entity(entity) if name.role in (Role.FULL, Role.SHORT, Role.ACRONYM)]
        for name in sorted(names, key=lambda name: (alphabetical(name.lexeme.text), name.lexeme.text)):
            rows = tuple(self._rows(name))
            yield Inflected(name.lexeme.text, name.usages, rows, name.lexeme.adjective, name.lexeme.demonym)

    def _rows(self, name: CompiledName) -> Iterator[CaseRow]:
        forms: dict[tuple[Number, Case, bool], dict[str, None]] = {}
        for stem in name.stems:
            if stem.part is Part.NAME:
                for features, ending in self._preferred(stem.paradigm):
                    key = (features.number, features.case, features.definite)
                    forms.setdefault(key, {})[stem.text + ending] = None
        number = Number.SINGULAR if any(number is Number.SINGULAR for number, _, _ in forms) else Number.PLURAL
        for case, label in _CASES.items():
            plain, definite = (tuple(forms.get((number, case, article), ())) for article in (False, True))
            if plain or definite:
                yield CaseRow(label, plain, definite)

    def _preferred(self, paradigm: int) -> tuple[tuple[Features, str], ...]:
        if paradigm not in self._endings:
            self._endings[paradigm] = tuple(
                (self._wanted[index], ending)
                for ending, index, preferred in self._table.paradigms[paradigm].endings
                if preferred and index in self._wanted
            )
        return self._endings[paradigm]


def _is_plain(features: Features) -> bool:
    """Whether a form is the name in a case, without a possessor or what may follow a case."""
    return features.part is Part.NAME and not features.possessor and not features.tail and not features.gender
