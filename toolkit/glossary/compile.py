"""Compile loaded packs into name tables, one a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from toolkit.glossary.instances import instances
from toolkit.glossary.model import Entry, NameText
from toolkit.glossary.names import CompiledName, NameTable, Role
from toolkit.glossary.paradigms import Paradigm, ParadigmTable
from toolkit.languages import Language
from toolkit.morphology.base import Lexeme
from toolkit.morphology.grammars import grammar_of
from toolkit.text.scripts import SCRIPT_OF, dominant_script


def compile_language(entries: Sequence[Entry], language: Language, base: NameTable | None = None) -> NameTable:
    """All names of `entries` in one language, with every form the grammar can list.

    Where a `base` is given, its paradigms and features come first, so that its names can be joined to these.
    """
    grammar = grammar_of(language)
    table = ParadigmTable(language)
    if base is not None:
        table.features = {features: index for index, features in enumerate(base.features)}
        table.paradigms = {paradigm.endings: index for index, paradigm in enumerate(base.paradigms)}
    names = [
        CompiledName(entity, usages, role, lexeme, table.stems(grammar.forms(lexeme)))
        for entry in entries
        for entity, usages, role, lexeme in _merged(_names_of(entry, language))
    ] + [
        CompiledName(found.entity, found.usages, Role.VARIANT, found.lexeme, table.stems(found.forms))
        for found in instances(entries, language, lexeme_of, grammar.forms)
    ]
    return NameTable(
        language,
        names,
        [Paradigm(language, endings) for endings in table.paradigms],
        list(table.features),
    )


_AZERBAIJANI = re.compile("[çğıəöşüÇĞİƏÖŞÜ]")
"""Letters by which a Latin text shows that it is spelled as in Azerbaijani: English texts have names so, too (Şuşa)."""

Draft = tuple[str, tuple[str, ...], Role, Lexeme]


def _names_of(entry: Entry, language: Language) -> Iterator[Draft]:
    """Each text of an entry in one language; `like` adds a usage to the texts of another."""
    followers: dict[str, list[str]] = {}
    for name in entry.names:
        if name.like:
            followers.setdefault(name.like, []).append(name.usage)
    for name in entry.names:
        text = name.in_language(language)
        if text is not None:
            usages = tuple(sorted([name.usage, *followers.get(name.usage, ())]))
            yield from _texts(entry, usages, text, language)
            if language is Language.EN and name.az is not None and _AZERBAIJANI.search(name.az.text):
                yield entry.id, usages, Role.VARIANT, Lexeme(name.az.text, entry.kind.value)
    for near in entry.near:
        if dominant_script(near.text) is SCRIPT_OF[language]:
            yield entry.id, (), Role.FREQUENT if near.frequent else Role.NEAR, Lexeme(near.text, "other")


def _texts(entry: Entry, usages: tuple[str, ...], text: NameText, language: Language) -> Iterator[Draft]:
    yield entry.id, usages, Role.FULL, lexeme_of(entry, text, language, shared=True)
    for role, other in ((Role.ACRONYM, text.acronym), (Role.SHORT, text.short)):
        if other is not None:
            yield entry.id, usages, role, lexeme_of(entry, other, language)
            for variant in other.variants:
                yield entry.id, usages, Role.VARIANT, lexeme_of(entry, variant, language)
    for variant in text.variants:
        yield entry.id, usages, Role.VARIANT, lexeme_of(entry, variant, language)


def lexeme_of(entry: Entry, text: NameText, language: Language, *, shared: bool = False) -> Lexeme:
    """The grammar's view of a text; `shared` lets the entry's own adjective and demonym stand in."""
    return Lexeme(
        text=text.text,
        kind=entry.kind.value,
        declension=text.declension,
        agreement=text.agreement,
        animate=entry.kind.value in ("person", "people"),
        head=text.head,
        genitive=text.genitive,
        reading=text.reading,
        adjective=text.adjective or (entry.adjectives.get(language, "") if shared else ""),
        demonym=text.demonym or (entry.demonyms.get(language, "") if shared else ""),
        plural=text.plural,
        article=text.article,
    )


def _merged(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Join usages that write the very same text with the same grammar and role (Hadrut on both sides)."""
    merged: dict[tuple[str, Role, Lexeme], set[str]] = {}
    for entity, usages, role, lexeme in drafts:
        merged.setdefault((entity, role, lexeme), set()).update(usages)
    for (entity, role, lexeme), found in merged.items():
        yield entity, tuple(sorted(found)), role, lexeme
