"""English articles beside a name: a or an by the sound that follows, "the" by what the name wants.

"The" before a name may belong to a noun after it (the Artsakh government). It is added or dropped only where the
words after the name show that the name stands alone; otherwise a doubt is given.
"""

from __future__ import annotations

import re

from toolkit.languages import Language
from toolkit.morphology.base import Adjustment, Case, Part, Replacement
from toolkit.text.casing import capitalize
from toolkit.text.spans import Edit, Span

_ARTICLE = re.compile(r"(?<!\w)(an|a)(\s+)[\"'“‘]?$", re.IGNORECASE)
_THE = re.compile(r"(?<!\w)the(\s+)$", re.IGNORECASE)
_DETERMINER = re.compile(
    r"(?<!\w)(a|an|the|this|that|these|those|its|his|her|their|our|my|your|no|every|each|some|any|\w+['’]s|\w+s['’])\s+(\w+\s+)?$",
    re.IGNORECASE,
)
_HEADS_AFTER = re.compile(r"\s+\w", re.UNICODE)
# Words after which no noun phrase goes on: the name before them stands alone.
_STANDS_ALONE = re.compile(
    r"\s+(about|accused|across|after|agreed|also|although|and|announced|are|as|at|because|before|began|between|but|by|called|came"
    r"|can|continued|could|declared|denied|did|does|during|for|from|had|has|have|he|however|if|in|into|is|it|made|may"
    r"|might|must|near|not|of|on|or|over|rejected|remains|reported|said|says|sent|she|should|since|so|still|than|that"
    r"|they|through|to|told|took|under|until|urged|was|we|were|when|where|which|while|who|will|with|within|without"
    r"|would)(?!\w)",
    re.IGNORECASE,
)
# Read with a consonant though a vowel is written: Europe, Ukraine, Ural, Union, One; but unin-, unim- begin with un-.
_READ_WITH_Y_OR_W = re.compile(
    r"(eu|ew|ubi|ugand|uk|uni(?![nm])|ural|urug|us[aeiu]|uta|uti|on(e|ce)(?!\w)|ouag)", re.IGNORECASE
)
_ACRONYM = re.compile(r"[A-Z]{2,}(?![a-z])")
_LETTERS_WITH_AN = frozenset("AEFHILMNORSX")
_READ_AS_WORDS = frozenset({"NATO", "UNESCO", "UNICEF", "OPEC", "FIFA", "UEFA", "SOCAR", "NASA", "LUKOIL"})
_MUTE_H = re.compile(r"(honou?r|hour|heir|honest)", re.IGNORECASE)


def adjust(replacement: Replacement) -> Adjustment:
    """The edit of the article before the mention, or a doubt about it."""
    before = replacement.sentence[: replacement.span.start]
    article = _ARTICLE.search(before)
    edits: list[Edit] = []
    doubts: list[str] = []
    if article is not None:
        edit = _indefinite(article, replacement)
        edits += [edit] if edit is not None else []
    elif replacement.form.features.part is Part.NAME and replacement.old.article != replacement.new.article:
        edit, doubt = _definite(before, replacement)
        edits += [edit] if edit is not None else []
        doubts += [doubt] if doubt else []
    kept = [edit for edit in edits if not any(name.overlaps(edit.span) for name in replacement.names)]
    return Adjustment(tuple(kept), tuple(doubts))


def takes_an(text: str, *, all_capitals: bool = False) -> bool:
    """Whether `text` is read with a vowel first (an Aghdam resident, an MP; a European, a UN mission)."""
    match = re.search(r"\w+", text)
    word = match.group() if match else ""
    if _ACRONYM.match(word) and not all_capitals and word not in _READ_AS_WORDS:
        return word[0] in _LETTERS_WITH_AN
    if not word or _READ_WITH_Y_OR_W.match(word):
        return False
    return word[0].lower() in "aeiou" or _MUTE_H.match(word) is not None


def _indefinite(article: re.Match[str], replacement: Replacement) -> Edit | None:
    """a for an or an for a, in the capitals of the sentence; None where it fits already."""
    present = article.group(1)
    loud = replacement.sentence.isupper()
    wanted = "an" if takes_an(replacement.form.text, all_capitals=loud) else "a"
    if wanted == present.lower():
        return None
    if loud:
        wanted = wanted.upper()
    elif present[0].isupper():
        wanted = capitalize(wanted, Language.EN)
    return Edit(Span(*article.span(1)), wanted)


def _definite(before: str, replacement: Replacement) -> tuple[Edit | None, str]:
    """Drop or add "the"; the second value is a doubt where the words after the name do not tell whose it is."""
    alone = _stands_alone(replacement)
    the = _THE.search(before)
    if replacement.old.article and the is not None:
        if not alone:
            return None, f'"the" before {replacement.form.text} may belong to the name that was replaced'
        return _drop(the, replacement), ""
    if replacement.new.article and the is None and not _DETERMINER.search(before):
        if not alone:
            return None, f'{replacement.form.text} may need "the" before it'
        return _add(before, replacement), ""
    return None, ""


def _stands_alone(replacement: Replacement) -> bool:
    """Whether no noun after the name can own the article."""
    after = replacement.sentence[replacement.span.end :]
    if replacement.form.features.case is Case.POSS:
        return True
    return not _HEADS_AFTER.match(after) or _STANDS_ALONE.match(after) is not None


def _drop(the: re.Match[str], replacement: Replacement) -> Edit:
    """Without "the"; the name after it begins with a capital, so the sentence still does."""
    return Edit(Span(the.start(), replacement.span.start), "")


def _add(before: str, replacement: Replacement) -> Edit:
    at_start = not before.strip(" \"'“‘") or before.rstrip(" \"'“‘")[-1:] in ".!?"
    text = "THE " if replacement.sentence.isupper() else "The " if at_start else "the "
    return Edit(Span(replacement.span.start, replacement.span.start), text)
