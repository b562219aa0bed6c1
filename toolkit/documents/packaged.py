"""What DOCX and ODT have in common: the parts of a package as one document, and the way back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from toolkit.documents.encodings import Encoding
from toolkit.documents.file import REMEDY_EMPTY, File
from toolkit.documents.flow_blocks import FlowBlocks
from toolkit.documents.package import Package
from toolkit.documents.stories import DIVIDER, Stories
from toolkit.documents.xml_parts import XmlTag, prefixes_of, read_part, xml_tags
from toolkit.errors import BadInput
from toolkit.languages import Language

ReadStory = Callable[[str, Iterator[XmlTag], FlowBlocks], None]
"""Takes the text of all stories, the tags of one of them, and where its paragraphs go."""


class Parts:
    """The parts of one package, read once and checked; `cut` and `mirror` as in `Stories.add`."""

    def __init__(self, package: Package, namespaces: Mapping[str, str], cut: str, mirror: str = "") -> None:
        self._package = package
        self._namespaces = namespaces
        self._cut, self._mirror = cut, mirror
        self._stories = Stories()
        self._prefixes: list[Mapping[str, str]] = []
        self._parts: dict[str, tuple[str, Encoding]] = {}

    @property
    def names(self) -> list[str]:
        """The parts that were added, in order."""
        return list(self._parts)

    def text(self, name: str) -> str:
        return self._parts[name][0]

    def add(self, name: str, *, read: bool, refused: Iterable[str] = ()) -> None:
        """Read a part; `read` where it holds text. Raises BadInput where it has an element that is `refused`."""
        text, encoding = read_part(self._package, name)
        self._parts[name] = text, encoding
        prefixes = prefixes_of(text, self._namespaces, self._package)
        if _has(text, prefixes, refused):
            raise self._package.bad(
                "has tracked changes, so that it holds two texts in one",
                remedy="accept or reject them all and save it",
            )
        before = self._stories.count
        tags = xml_tags(text, prefixes) if _has(text, prefixes, self._cut.split()) else ()
        self._stories.add(name, text, tags, self._cut, self._mirror)
        self._prefixes += [prefixes if read else {}] * (self._stories.count - before)

    def file(
        self, data: bytes, where: str, read: ReadStory, localised: Callable[[str, Language], str], blocks: Blocks
    ) -> File:
        """All parts as one file. Raises BadInput where there is nothing to read in them."""
        joined = self._stories.text
        collected = blocks(joined)
        start = 0
        for prefixes, story in zip(self._prefixes, joined.split(DIVIDER), strict=True):
            end = start + len(story)
            if prefixes:
                read(joined, xml_tags(joined, prefixes, start, end), collected)
            start = end + len(DIVIDER)
        document = collected.document(localised)
        if not document.blocks:
            raise BadInput("there is no text", where=where, remedy=REMEDY_EMPTY)
        return File(document, data, self._encode)

    def _encode(self, text: str) -> bytes:
        changed = {}
        for name, new in self._stories.parts(text).items():
            old, encoding = self._parts[name]
            if new != old:
                changed[name] = encoding.encode(new)
        return self._package.with_contents(changed)


def _has(text: str, prefixes: Mapping[str, str], names: Iterable[str]) -> bool:
    """Whether one of these elements is in a part; most parts are done with at a glance."""
    wanted = frozenset(names)
    seen = re.search(rf"<(?:{'|'.join(map(re.escape, wanted))})[\s/>]", text) if wanted else None
    return seen is not None and any(tag.name in wanted for tag in xml_tags(text, prefixes))


Blocks = Callable[[str], FlowBlocks]
