"""Sentences that speak about a name: "Martuni, known in Azerbaijan as Khojavend". Such names are kept.

The sentence is folded and each mention in it becomes one character, so that the phrases of data/zones.yaml say
where the name stands ("known … as ◇") and a country that only speaks ("which Baku calls ◇") is not taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.languages import Language
from toolkit.mentions.cues import NAMES, OTHER_NAMES, cues_of
from toolkit.mentions.model import Mention
from toolkit.morphology.base import Case, Part
from toolkit.text.folding import fold_key
from toolkit.text.spans import Span

_STAND_INS = re.compile(f"[{NAMES[0]}-{OTHER_NAMES[1]}]")
_MOST = ord(OTHER_NAMES[1]) - ord(OTHER_NAMES[0])
_OPENING, _CLOSING = "«“„\"'‘‹", "»”“\"'’›"
_TITLE_OPENING, _TITLE_CLOSING = '«“„"', '»”“"'
_SPEECH_GOES_ON = re.compile(r"\s*,\s*[—–-]|\s*[—–-]\s*de(?:di|yə|yib|yir)(?!\w)")
_ANYTHING = re.compile("")
_SAID_BEFORE = {
    Language.AZ: re.compile(r"(?<!\w)(?:üçün|kimi|kimə|kimisinə) $|[—–] $"),
    Language.EN: re.compile(r"(?<!\w)(?:and|as|but|marked|or|say|says|said|write|writes|wrote) $|, $"),
    Language.HY: re.compile(r"(?<!\w)(?:համար՝?|որպես|թե) $"),
    Language.RU: re.compile(r"(?<!\w)(?:это|как|или) $|[—–] $"),
}
"""What stands before a name that is only said; then a mark or a small word must follow."""

_SAID_AFTER = {
    Language.AZ: _ANYTHING,
    Language.EN: re.compile(r"\W*$|[,;.)]| (?:and|but|for|in|on|or|to)(?!\w)"),
    Language.HY: _ANYTHING,
    Language.RU: re.compile(r"\W"),
}
_ON_PAPER = {
    Language.AZ: re.compile(r"(?<!\w)(?:xəritə|hərf|yazılış|lövhə|tələffüz|lüğət)"),
    Language.EN: re.compile(r"(?<!\w)(?:letters?|maps?|pronounc\w*|signposts?|spell\w*|syllables?|vowels?)(?!\w)"),
    Language.HY: re.compile(r"(?<!\w)(?:քարտեզ|տառ|ցուցանակ|արտասան|բառարան)"),
    Language.RU: re.compile(r"(?<!\w)(?:карт[аеуы](?:х|м|ми)?(?!\w)|букв|гласн|написани|произно|указател|табличк)"),
}
"""Words that tell of names as they are written or said: two names of a place in such a sentence are both meant."""

_NAMING_CASES = {
    Language.AZ: {Case.NOM},
    Language.EN: {Case.NOM},
    Language.HY: {Case.NOM},
    Language.RU: {Case.NOM, Case.INS},
}


def metalinguistic(
    mentions: Sequence[Mention], text: str, sentence: Span, language: Language, speakers: frozenset[str]
) -> set[int]:
    """Indices of the mentions of one sentence whose name is itself what the sentence speaks of.

    `speakers` are entities that name others and are never named so themselves: nations and countries.
    """
    if not mentions:
        return set()
    about = {*_glossed(mentions, text, language), *_quoted(mentions, text), *_weighed(mentions, text, language)}
    if _ON_PAPER[language].search(fold_key(sentence.of(text), language)):
        about.update(_twice_named(mentions))
    skeleton = _skeleton(mentions, text, sentence, language, speakers)
    for phrase in cues_of(language).naming:
        for match in phrase.finditer(skeleton):
            for index in _names_in(match.group()):
                about.update(mentions[index].entities)
    return {
        index
        for index, mention in enumerate(mentions)
        if about.intersection(mention.entities) or _is_a_title(mention, text)
    }


def _glossed(mentions: Sequence[Mention], text: str, language: Language) -> Iterator[str]:
    """Entities that the sentence names by two names side by side: X (Y), X/Y, X, or Y; X became Y."""
    between_names = cues_of(language).gloss
    for index, first in enumerate(mentions):
        for second in mentions[index + 1 : index + 3]:
            shared = set(first.entities) & set(second.entities)
            if not shared or _bases(first) == _bases(second):
                continue
            if between_names.fullmatch(fold_key(text[first.span.end : second.span.start], language)):
                yield from shared


def _quoted(mentions: Sequence[Mention], text: str) -> Iterator[str]:
    """Entities that stand alone in quotation marks where the sentence has another of their names: signs, words."""
    for first in mentions:
        around = text[first.span.start - 1 : first.span.start] + text[first.span.end : first.span.end + 1]
        if len(around) == 2 and around[0] in _OPENING and around[1] in _CLOSING:
            for second in mentions:
                if _bases(first) != _bases(second):
                    yield from set(first.entities) & set(second.entities)


def _is_a_title(mention: Mention, text: str) -> bool:
    """Whether a name is all that quotation marks hold: a team, an exhibition, a word («Мартуни» выиграл). What is said
    aloud is introduced by a colon, or followed by a comma and a dash.
    """
    before, after = text[: mention.span.start], text[mention.span.end :]
    if not before or not after or before[-1] not in _TITLE_OPENING or after[0] not in _TITLE_CLOSING:
        return False
    said = before[:-1].rstrip().endswith((":", "՝", "."))
    return not said and _SPEECH_GOES_ON.match(after, 1) is None


def _twice_named(mentions: Sequence[Mention]) -> Iterator[str]:
    """Entities of which the sentence has two names."""
    for index, first in enumerate(mentions):
        for second in mentions[index + 1 :]:
            if not _bases(first) & _bases(second):
                yield from set(first.entities) & set(second.entities)


def _weighed(mentions: Sequence[Mention], text: str, language: Language) -> Iterator[str]:
    """Entities of which the sentence says two names, neither as a place: marked X on his map and Y on hers."""
    said = [mention for mention in mentions if _is_said(mention, text, language)]
    for index, first in enumerate(said):
        for second in said[index + 1 :]:
            if _bases(first) != _bases(second):
                yield from set(first.entities) & set(second.entities)


def _is_said(mention: Mention, text: str, language: Language) -> bool:
    """Whether a name stands bare, where its place in the sentence shows no more than that it is a name."""
    if not _is_naming(mention, language) or mention.features.part is not Part.NAME:
        return False
    before = fold_key(text[mention.sentence.start : mention.span.start], language)
    after = fold_key(text[mention.span.end : mention.sentence.end], language)
    return _SAID_BEFORE[language].search(before) is not None and _SAID_AFTER[language].match(after) is not None


def _bases(mention: Mention) -> set[str]:
    return {reading.name.lexeme.text for reading in mention.readings}


def _skeleton(
    mentions: Sequence[Mention], text: str, sentence: Span, language: Language, speakers: frozenset[str]
) -> str:
    """The folded sentence with a character for each mention; nations and derived words stay as they are."""
    pieces: list[str] = []
    position = sentence.start
    for index, mention in enumerate(mentions[:_MOST]):
        if speakers.issuperset(mention.entities) or mention.features.part is not Part.NAME:
            continue
        pieces.append(_plain(text[position : mention.span.start], language))
        pieces.append(chr(ord(NAMES[0] if _is_naming(mention, language) else OTHER_NAMES[0]) + index))
        position = mention.span.end
    pieces.append(_plain(text[position : sentence.end], language))
    return "".join(pieces)


def _plain(text: str, language: Language) -> str:
    """Folded text without the characters that stand for names here."""
    return _STAND_INS.sub(" ", fold_key(text, language))


def _is_naming(mention: Mention, language: Language) -> bool:
    """Whether a mention may stand in the form in which the language gives a name (its base form, in Russian too)."""
    cases = _NAMING_CASES[language]
    if language is Language.RU and any(mention.surface == reading.name.lexeme.text for reading in mention.readings):
        return True
    return any(
        reading.features.case in cases and not reading.features.definite and not reading.features.possessor
        for reading in mention.readings
    )


def _names_in(matched: str) -> Iterator[int]:
    for char in matched:
        for first, last in (NAMES, OTHER_NAMES):
            if first <= char <= last:
                yield ord(char) - ord(first)
