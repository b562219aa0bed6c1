"""A style for Vale, the prose checker of copy desks: contested words, names by a policy, and a list of accepted names.

    .vale.ini                                            shows how the style is switched on
    styles/Dragoman/Contested.yml                        words that one side uses, with the neutral wording
    styles/Dragoman/Loaded.yml                           those for which no neutral wording is given
    styles/Dragoman/Names.yml                            under a policy, the names that it does not take
    styles/Dragoman/Variants.yml                         other spellings: found by Dragoman, never written by it
    styles/config/vocabularies/Dragoman/accept.txt       names as they are spelt: no speller complains of them

For English: Vale's word boundaries and spelling know no other of the four languages. Like `lint`, the rules warn and
suggest and never replace. A name that several entities share, or that is right for another, is in no rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import yaml

from toolkit.errors import BadOption
from toolkit.glossary.exchange.cells import safe_cell
from toolkit.glossary.exchange.concepts import Concept, Part, Wording
from toolkit.glossary.exchange.files import LeftOut, Written
from toolkit.glossary.exchange.selection import Selection
from toolkit.languages import Language

_STYLE = "styles/Dragoman"
_VOCABULARY = "styles/config/vocabularies/Dragoman/accept.txt"
_INI = "StylesPath = styles\nMinAlertLevel = suggestion\nVocab = Dragoman\n\n[*]\nBasedOnStyles = Dragoman\n"
_SPECIAL = re.compile(r"([\\.^$*+?()\[\]{}|])")
_MAIN = (Part.FULL, Part.ACRONYM)


def write(concepts: Sequence[Concept], selection: Selection) -> Written:
    """Raises BadOption where another language than English is asked for."""
    if {selection.source, selection.target} - {Language.EN, None}:
        raise BadOption("a Vale style is for English", remedy="leave --from and --to out")
    chosen = selection.of(concepts)
    names, variants, left_out = _names(chosen, concepts, selection)
    accepted = sorted(_accepted(chosen, selection) - names.keys() - variants.keys())
    contested, loaded = _terms(selection)
    files = {".vale.ini": _INI.encode(), _VOCABULARY: "".join(f"{_pattern(text)}\n" for text in accepted).encode()}
    if contested:
        files[f"{_STYLE}/Contested.yml"] = _substitution("Say '%s' for the contested '%s'.", contested, ignorecase=True)
    if loaded:
        files[f"{_STYLE}/Loaded.yml"] = _rule(
            {
                "extends": "existence",
                "message": "'%s' is contested wording.",
                "level": "warning",
                "ignorecase": True,
                "vocab": False,
                "tokens": [_pattern(word) for word in loaded],
            }
        )
    if names:
        files[f"{_STYLE}/Names.yml"] = _substitution("This house writes '%s', not '%s'.", names)
    if variants:
        files[f"{_STYLE}/Variants.yml"] = _substitution(
            "The glossary spells it '%s', not '%s'.", variants, level="suggestion"
        )
    count = sum(map(len, (accepted, names, variants, contested, loaded)))
    return Written(files, count, tuple(dict.fromkeys(left_out)))


def _accepted(concepts: Iterable[Concept], selection: Selection) -> set[str]:
    """The English names that may be written: those that the policy wants where it wants any, else all but variants."""
    accepted = set()
    for concept in concepts:
        wanted = selection.usage or selection.wanted(concept)
        for wording in concept.wordings:
            if wording.language is not Language.EN or wording.part.is_variant:
                continue
            if wanted is None or wanted in wording.usages:
                accepted.add(safe_cell(wording.text))
    return accepted - {""}


def _names(
    chosen: Sequence[Concept], everything: Sequence[Concept], selection: Selection
) -> tuple[dict[str, str], dict[str, str], list[LeftOut]]:
    """Names that the policy does not take, and variants, each with what is to be written."""
    owners: dict[str, set[str]] = {}
    for concept in everything:
        for wording in concept.wordings:
            if wording.language is Language.EN:
                owners.setdefault(wording.text.casefold(), set()).add(concept.id)
    names: dict[str, str] = {}
    variants: dict[str, str] = {}
    left_out = []
    for concept in chosen:
        wanted = selection.usage or selection.wanted(concept)
        right = [
            one for part in _MAIN for one in concept.texts(Language.EN, part) if not wanted or wanted in one.usages
        ]
        written = {one.text.casefold() for one in right}
        for wording in concept.wordings:
            if wording.language is not Language.EN or wording.part in (Part.SHORT, Part.SHORT_VARIANT):
                continue
            if wording.text.casefold() in written:
                continue
            targets = _targets(wording, right, wanted)
            if len(targets) > 1:
                left_out.append(LeftOut(wording.text, f"may stand for {' or '.join(sorted(targets))}"))
            elif targets and len(owners[wording.text.casefold()]) > 1:
                left_out.append(LeftOut(wording.text, "is a name of several entities, so no rule forbids it"))
            elif targets:
                (variants if wording.part.is_variant else names)[wording.text] = targets.pop()
    return dict(sorted(names.items())), dict(sorted(variants.items())), left_out


def _targets(wording: Wording, right: Sequence[Wording], wanted: str | None) -> set[str]:
    """The names that should stand for one: of the same part, and without a wanted usage of its own usages."""
    part = {Part.VARIANT: Part.FULL, Part.ACRONYM_VARIANT: Part.ACRONYM}.get(wording.part, wording.part)
    same = [one for one in right if one.part is part]
    return {one.text for one in same if wanted or set(one.usages) & set(wording.usages)}


def _terms(selection: Selection) -> tuple[dict[str, str], list[str]]:
    """The contested English words with neutral wording, and those without."""
    with_neutral: dict[str, str] = {}
    without: list[str] = []
    for term in selection.terms:
        side = term.en
        if side is None or (selection.usage and selection.usage not in term.used_by):
            continue
        for word in side.words:
            if side.neutral and side.neutral.casefold() != word.casefold():
                with_neutral.setdefault(word, side.neutral)
            else:
                without.append(word)
    return dict(sorted(with_neutral.items())), sorted(set(without) - with_neutral.keys())


def _pattern(text: str) -> str:
    """A text as the regular expression that matches it."""
    return _SPECIAL.sub(r"\\\1", text)


def _substitution(message: str, swap: dict[str, str], *, level: str = "warning", ignorecase: bool = False) -> bytes:
    return _rule(
        {
            "extends": "substitution",
            "message": message,
            "level": level,
            "ignorecase": ignorecase,
            # The names accepted elsewhere are no exceptions here.
            "vocab": False,
            "swap": {_pattern(text): wanted for text, wanted in swap.items()},
        }
    )


def _rule(fields: dict[str, object]) -> bytes:
    content: bytes = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=120, encoding="utf-8")
    return content
