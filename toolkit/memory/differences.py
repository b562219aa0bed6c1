"""In which words two texts differ, and whether the difference is one of sense."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit.languages import Language
from toolkit.memory.keys import Word
from toolkit.memory.words import weighty_words

Change = tuple[list[Word], list[Word]]
"""The words of the one text and those of the other in their place."""


def differences(stored: Sequence[Word], new: Sequence[Word]) -> list[Change] | None:
    """The stretches in which two texts differ; None where the order of their slots does."""
    from rapidfuzz.distance import Levenshtein

    before, after = [word.folded for word in stored], [word.folded for word in new]
    changed = []
    for code in Levenshtein.opcodes(before, after):
        if code.tag != "equal":
            pair = (list(stored[code.src_start : code.src_end]), list(new[code.dest_start : code.dest_end]))
            if any(word.slot is not None for words in pair for word in words):
                return None
            changed.append(pair)
    return changed


def changes_sense(changed: Iterable[Change], language: Language) -> bool:
    """Whether a difference lies in a negation, a numeral, a word that turns the sense, a name or a question mark."""
    lists = weighty_words(language)
    return any(
        word.named
        or word.surface[:1].isupper()
        or word.folded in ("?", "՞")
        or any(char.isdigit() for char in word.folded)
        or word.folded in lists.counting | lists.turning
        or lists.negates(word.folded)
        for pair in changed
        for words in pair
        for word in words
    )


def shown(changed: Iterable[Change]) -> str:
    parts = []
    for before, after in changed:
        old, new = (" ".join(word.surface for word in words) or "nothing" for words in (before, after))
        parts.append(f"stored “{old}”, here “{new}”")
    return "; ".join(parts)
