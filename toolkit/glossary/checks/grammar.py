"""Whether the grammar that an entry declares can be of its names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from toolkit.glossary.checks.letters import check_text
from toolkit.glossary.checks.problems import Remark
from toolkit.glossary.model import NameText
from toolkit.glossary.yaml_safe import FieldPath
from toolkit.languages import Language

# English writes derived words with a capital; the other three without (Armenian, Azerbaijani, Russian orthography).
_RAISED = frozenset({Language.EN})


def name_texts(name: NameText, path: FieldPath) -> Iterator[tuple[NameText, FieldPath]]:
    """A name with its acronym, short form and variants, each with its path."""
    yield name, path
    for field in ("acronym", "short"):
        inner: NameText | None = getattr(name, field)
        if inner is not None:
            yield from name_texts(inner, (*path, field))
    for index, variant in enumerate(name.variants):
        yield from name_texts(variant, (*path, "variants", index))


def check_name_text(name: NameText, language: Language, path: FieldPath) -> Iterator[Remark]:
    """Remarks on one text and the words declared for it (not on its variants)."""
    for field in ("text", "genitive", "adjective", "demonym"):
        value = getattr(name, field)
        if value:
            yield from check_text(value, language, (*path, field))
    yield from check_derived(name.adjective, "adjective", language, (*path, "adjective"))
    yield from check_derived(name.demonym, "demonym", language, (*path, "demonym"))
    if language is Language.HY and name.genitive and not _may_be_genitive(name.text, name.genitive):
        yield Remark(
            "G106",
            (*path, "genitive"),
            f"“{name.genitive}” does not begin like “{name.text}”",
            "write the genitive of this name, or remove the field where it is regular",
        )


def check_derived(word: str, what: str, language: Language, path: FieldPath) -> Iterator[Remark]:
    """Whether an adjective or demonym begins as its language begins such words."""
    first = next((char for char in word if char.isalpha()), "")
    if not first:
        return
    if language in _RAISED and first.islower():
        yield Remark("G105", path, f"“{word}” begins with a small letter", f"an English {what} takes a capital")
    if language not in _RAISED and first.isupper():
        yield Remark(
            "G105",
            path,
            f"“{word}” begins with a capital",
            f"{language.english_name} writes the {what} in small letters",
        )


def _may_be_genitive(name: str, genitive: str) -> bool:
    """Armenian ի and ու fall out before an ending (խումբ, խմբի), so letters are compared without them (and quotes)."""
    bare, other = (re.sub("ու|ի|[«»“”]", "", text.lower().replace("և", "եվ")) for text in (name, genitive))
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(bare, other, strict=False)))
    return shared * 2 >= len(bare)
