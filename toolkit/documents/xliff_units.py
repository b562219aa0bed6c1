"""The translation units of an XLIFF file, versions 1.2 and 2.x: what is to be translated, and what stays.

1.2: https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html; 2.1: http://docs.oasis-open.org/xliff/xliff-core/v2.1/.
A unit here is a <trans-unit> of 1.2 or a <segment> of 2.x: one source, one target.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.documents.xml_tree import Element, read_tree
from toolkit.errors import BadInput

_OPEN_STATES = frozenset({"initial", "needs-adaptation", "needs-l10n", "needs-translation", "new"})
"""States (of both versions) in which a target is no one's work yet."""
_MADE = frozenset({"exact-match", "fuzzy-match", "leveraged-glossary", "leveraged-mt", "leveraged-tm", "mt-suggestion"})
"""Where a target of 1.2 came from, if no person wrote it."""
OURS = "dragoman:"
"""The prefix by which a subState of 2.x says that this program wrote the target."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A source and its target. `content` is the element whose content is translated: the source, or what 1.2 keeps of
    it cut into sentences (seg-source). `holder` is the element that has both."""

    holder: Element
    source: Element
    content: Element
    target: Element | None
    open: bool
    """Whether a translation may be written: there is none yet, or none that a person made or read."""


@dataclass(frozen=True, slots=True)
class Xliff:
    """A file's units in order, its version (1 or 2), and its root."""

    root: Element
    version: int
    units: tuple[Unit, ...]


def read_units(text: str) -> Xliff:
    """The units whose text may be changed. Raises BadInput for what is no XLIFF of these versions, or no XML."""
    root = read_tree(text)
    if root.local != "xliff":
        raise BadInput(f"<{root.name[:40]}> is not the root of an XLIFF file", remedy="give --format for another kind")
    given = root.attribute(text, "version") or ""
    if not given.startswith(("1.", "2.")):
        raise BadInput(f"XLIFF {given[:20]!r} is not read", remedy="save it as XLIFF 1.2 or 2.1")
    version = int(given[0])
    return Xliff(root, version, tuple(_units(text, root, version)))


def _units(text: str, root: Element, version: int) -> Iterator[Unit]:
    waiting = [(child, True) for child in reversed(root.children)]
    while waiting:
        element, wanted = waiting.pop()
        says = element.attribute(text, "translate")
        wanted = wanted if says is None else says == "yes"
        if element.local == ("trans-unit" if version == 1 else "segment"):
            source = element.child("source")
            if wanted and source is not None and source.closed:
                yield _unit(text, element, source, version)
        elif element.local not in ("alt-trans", "bin-unit"):
            waiting += [(child, wanted) for child in reversed(element.children)]


def _unit(text: str, holder: Element, source: Element, version: int) -> Unit:
    target = holder.child("target")
    cut = holder.child("seg-source") if version == 1 else None
    content = cut if cut is not None and cut.closed else source
    return Unit(holder, source, content, target, _is_open(text, holder, source, target, version))


def _is_open(text: str, holder: Element, source: Element, target: Element | None, version: int) -> bool:
    if version == 1 and holder.attribute(text, "approved") == "yes":
        return False
    state = (target if version == 1 and target is not None else holder).attribute(text, "state")
    if target is None or not target.content.of(text).strip():
        return state not in ("final", "signed-off")
    if version == 1:
        if target.attribute(text, "state-qualifier") in _MADE and state not in ("final", "signed-off", "translated"):
            return True
    elif state == "translated" and (holder.attribute(text, "substate") or "").startswith(OURS):
        return True
    if state is not None and state in _OPEN_STATES and (version == 1 or state != "initial"):
        return True
    same = target.content.of(text) == source.content.of(text)
    return same and state in (None, "initial")
