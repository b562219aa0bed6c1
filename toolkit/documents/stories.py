"""The parts of a package as one text: what lies inside a paragraph but is no part of it stands on its own.

A text box or a note's body lies, in the file, in the middle of the sentence that it hangs on. It is cut out, leaving a
mark, and follows its part; so sentences are read whole, and offsets rise. U+0000 divides the stories and U+0001 n
U+0002 marks the place of one: no XML can hold these, so no file can forge them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.documents.xml_parts import XmlTag

DIVIDER = "\0"
_PLACE = re.compile("\x01([0-9]+)\x02")


class Stories:
    """Collects parts; `text` is all of them, `parts` takes such a text apart again."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._roots: dict[str, int] = {}

    @property
    def text(self) -> str:
        return DIVIDER.join(self._texts)

    @property
    def count(self) -> int:
        """How many stories there are so far."""
        return len(self._texts)

    def add(self, part: str, text: str, tags: Iterable[XmlTag], cut: str, mirror: str = "") -> None:
        """Add a part. Elements named one of `cut` become stories of their own.

        Inside an element `mirror` (the fallback that older programs read), one with the very text of a story before it
        is that story again: it is read once and written twice.
        """
        cuts = frozenset(cut.split())
        root = self._roots[part] = len(self._texts)
        self._texts.append("")
        open_cuts: list[tuple[int, list[str], int]] = [(root, [], 0)]
        known: dict[str, int] = {}
        mirrored = 0
        for tag in tags:
            if mirror and tag.name == mirror and tag.opens != tag.closes:
                mirrored += 1 if tag.opens else -1
            if tag.name not in cuts or (tag.opens and tag.closes):
                continue
            if tag.opens:
                number, pieces, position = open_cuts[-1]
                pieces.append(text[position : tag.end])
                open_cuts[-1] = number, pieces, tag.end
                open_cuts.append((len(self._texts), [], tag.end))
                self._texts.append("")
            else:
                number, pieces, position = open_cuts.pop()
                content = "".join([*pieces, text[position : tag.start]])
                same = known.get(content) if mirrored else known.setdefault(content, number)
                if same is None or same == number or number != len(self._texts) - 1:
                    same = number
                    self._texts[number] = content
                else:
                    self._texts.pop()
                outer, before, _ = open_cuts[-1]
                before.append(f"\x01{same}\x02")
                open_cuts[-1] = outer, before, tag.start
        _, pieces, position = open_cuts[0]
        self._texts[root] = "".join([*pieces, text[position:]])

    def parts(self, text: str) -> dict[str, str]:
        """The parts of a text that came out of `text`, each whole again."""
        texts = text.split(DIVIDER)

        def whole(piece: str) -> str:
            return _PLACE.sub(lambda match: whole(texts[int(match[1])]), piece)

        return {part: whole(texts[root]) for part, root in self._roots.items()}
