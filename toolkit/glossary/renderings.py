"""What the glossary calls a name in another language: the first thing a transliteration asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.names import CompiledName
from toolkit.languages import Language
from toolkit.text.folding import fold_key


@lru_cache(maxsize=16)
def known_names(glossary: Glossary, source: Language, target: Language) -> Callable[[str], Sequence[str]]:
    """A function from a name in `source` to what the same entity is called in `target` under the same usage.

    It answers nothing for a name that the glossary does not have, and several where it is several entities'.
    """
    by_name: dict[str, list[CompiledName]] = {}
    for name in glossary.table(source).names:
        if name.role.is_name:
            by_name.setdefault(fold_key(name.lexeme.text, source), []).append(name)
    table = glossary.table(target)

    def known(name: str) -> list[str]:
        found: list[str] = []
        for meant in by_name.get(fold_key(name, source), ()):
            renderings = (table.find(meant.entity, usage, meant.role) for usage in meant.usages)
            found.extend(rendering.lexeme.text for rendering in renderings if rendering is not None)
        return list(dict.fromkeys(found))

    return known
