"""XLIFF 1.2 and 2.x: sources are read, targets are written; sources, notes and all else stay as they are.

A target that a person made, approved or signed off is kept. Inline elements are tags: they follow the name that they
enclose, and a sentence in which they have no certain place stays untranslated, and its target unwritten.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from toolkit.documents.html_blocks import Blocks
from toolkit.documents.model import Document, LanguageCode
from toolkit.documents.options import DEFAULT, ReadOptions, Use
from toolkit.documents.xliff_inline import add_content
from toolkit.documents.xliff_targets import write_targets
from toolkit.documents.xliff_units import Xliff, read_units
from toolkit.documents.xml_tree import Element
from toolkit.text.spans import Span


def read_xliff(text: str, options: ReadOptions = DEFAULT) -> Document:
    """One side of the file. Raises BadInput for what is no XLIFF, or no XML.

    To translate, the sources without a finished target; to compare, the sources or targets of the units that have
    both; where the verb has one language, the targets if they are in it, else the sources.
    """
    file = read_units(text)
    if options.use is not Use.TRANSLATE:
        both = [unit for unit in file.units if unit.target and unit.target.closed]
        return _in_place(text, [unit.source if options.use is Use.SOURCES else unit.target for unit in both])
    if options.language is not None:
        if target_language(text, file) == options.language:
            return _in_place(text, [unit.target for unit in file.units if unit.target and unit.target.closed])
        return _in_place(text, [unit.source for unit in file.units])
    blocks = Blocks(text)
    units = [unit for unit in file.units if unit.open]
    for unit in units:
        add_content(blocks, text, unit.content.content, split=unit.content is not unit.source)
    finish = partial(write_targets, units=units, version=file.version, declared=target_language(text, file))
    return blocks.document(list(_codes(text, file)), finish)


def _in_place(text: str, elements: list[Element | None]) -> Document:
    blocks = Blocks(text)
    for element in elements:
        if element is not None:
            add_content(blocks, text, element.content, split=False)
    return blocks.document()


def _files(file: Xliff) -> Iterator[Element]:
    """The elements that name the languages: each <file> of 1.2, the root of 2.x."""
    if file.version == 2:
        yield file.root
    else:
        yield from (child for child in file.root.children if child.local == "file")


def target_language(text: str, file: Xliff) -> str | None:
    """The two letters of the language that the file is to be translated into, where it says so."""
    name = "target-language" if file.version == 1 else "trglang"
    declared = (element.attribute(text, name) for element in _files(file))
    return next((value[:2].lower() for value in declared if value), None)


def _codes(text: str, file: Xliff) -> Iterator[LanguageCode]:
    """A file that does not say what it is translated into says it from then on."""
    name = "target-language" if file.version == 1 else "trgLang"
    for element in _files(file):
        if not element.attribute(text, name):
            known = element.attributes.get(name.lower())
            end = element.tag.start + 1 + len(element.name)
            yield LanguageCode(known) if known else LanguageCode(Span(end, end), f' {name}="{{}}"')
