"""The seeds: every marked name is one the glossary has, in a form it knows, and every entry finds itself."""

from __future__ import annotations

from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.markup import parse_marks
from toolkit.memory.sources import memory_files, read_entries
from toolkit.settings import share_folder


def test_every_mark_names_an_entity_of_the_glossary(glossary: Glossary) -> None:
    """A mark with an unknown id or a usage that no name of the entity has would be a dead word."""
    unknown = []
    for entry in read_entries(memory_files([share_folder() / "seeds"]), glossary):
        for language, text in entry.sides.items() if entry.marked else ():
            names = glossary.table(Language(language))
            for mark in parse_marks(text, where=entry.where).marks:
                usages = {usage for name in names.of_entity(mark.entity) for usage in name.usages}
                if not usages or (mark.usage and mark.usage not in usages):
                    unknown.append(f"{entry.where} {language} {mark.entity}:{mark.usage}")
    assert unknown == []
