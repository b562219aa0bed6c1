"""Names in a row (в Агдаме, Шуше и Физули): what stands before the row governs each of them."""

from __future__ import annotations

import re

from toolkit.morphology.ru_sentence import Token, clause_before, is_finite, tokens

_LINKS = frozenset({"и", "или", "да", "либо"})
_FARTHEST_LINK = 8
ROW_BEFORE = re.compile(r"[A-ZА-ЯЁ][\w-]*(?:,| и| или|, и|, ни|, но и|, а также)\s*$")
"""What ends with another name of the row and what links it to the one that follows."""
ROW_GOES_ON = re.compile(r"(?:, [A-ZА-ЯЁ][\w-]*){0,6} (?:и|или) [A-ZА-ЯЁ]")


def last_words(text: str, after: str) -> list[Token] | None:
    """The clause before; None after a comma, dash or bracket, which say nothing; [] at the start of a sentence."""
    marks = [token for token in tokens(text.rstrip()) if token.text not in "«»\"„“”'"]
    if marks and not marks[-1].is_word:
        if marks[-1].text in ".!?…\n":
            return []
        return _enumerated(marks, after) if marks[-1].text == "," else None
    row = _enumerated(marks, after)
    return clause_before(text) if row is None else row


def _enumerated(marks: list[Token], after: str) -> list[Token] | None:
    """Before «Агдаме, Шуше и» stands what governs the whole row; None where no such row ends here.

    Two names with a comma alone are no row (в Шуше, Азербайджан): an «и» must follow in it.
    """
    index = len(marks)
    names = 0
    linked = bool(ROW_GOES_ON.match(after))
    while index >= 2 and names < _FARTHEST_LINK:
        link, name = marks[index - 1], marks[index - 2]
        if not (link.text == "," or link.key in _LINKS) or not name.is_word or not name.is_capitalised:
            break
        if index == 2 and is_finite(name):  # Пали и Агдам, и Физули
            break
        linked = linked or link.key in _LINKS
        index -= 2
        names += 1
    if not names or not linked or (index and not marks[index - 1].is_word):
        return None
    cut = max((i for i, token in enumerate(marks[:index]) if not token.is_word), default=-1)
    return marks[cut + 1 : index]
