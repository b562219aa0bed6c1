"""The seed articles and the sentences of the memory as texts to try a change on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.documents.markdown import read_markdown
from toolkit.documents.model import Document
from toolkit.documents.plain import read_plain
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.names import NameTable
from toolkit.languages import Language
from toolkit.memory.markup import parse_marks
from toolkit.memory.sources import memory_files, read_entries
from toolkit.mentions.find import Finder


@dataclass(frozen=True, slots=True)
class SeedText:
    """A text in one language: its place (file, or file and line), and the entities that marks in it name."""

    place: str
    language: Language
    document: Document
    marked: tuple[str, ...] = ()


def seed_texts(folder: Path) -> Iterator[SeedText]:
    """All texts below a folder of seeds, articles first. Raises MemoryBroken at a file that cannot be read."""
    files = memory_files([folder])
    for path in files:
        language = path.suffixes[-2].removeprefix(".") if len(path.suffixes) > 1 else ""
        if path.suffix == ".md" and language in list(Language):
            yield SeedText(path.name, Language(language), read_markdown(path.read_text(encoding="utf-8")))
    # Sentences need no glossary to be read; only aligned articles do.
    for entry in read_entries([path for path in files if path.suffix == ".jsonl"], Glossary()):
        for language, side in sorted(entry.sides.items()):
            marked = parse_marks(side, where=entry.where)
            entities = tuple(mark.entity for mark in marked.marks)
            yield SeedText(entry.where, language, read_plain(marked.text), entities)


def texts_naming(texts: Iterable[SeedText], tables: Mapping[Language, NameTable]) -> list[SeedText]:
    """The texts in which one of the names of the tables may stand, in any form."""
    finders = {language: Finder(table) for language, table in tables.items()}
    return [text for text in texts if finders[text.language].find(text.document.text)]
