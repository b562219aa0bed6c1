"""Sentences that speak about a name: "Martuni, known in Azerbaijan as Khojavend". Such names are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.languages import Language
from toolkit.mentions.cues import cues_of
from toolkit.mentions.model import Mention
from toolkit.text.folding import fold, fold_key
from toolkit.text.spans import Span

_REACH = 40
"""How far (code points) from a naming phrase the name may stand that it speaks of."""

_NAME_FIRST = frozenset({Language.AZ, Language.HY})


def metalinguistic(mentions: Sequence[Mention], text: str, sentence: Span, language: Language) -> set[int]:
    """Indices of the mentions of one sentence whose name is itself what the sentence speaks of."""
    about = set(_glossed(mentions, text, language))
    folded = fold(sentence.of(text), language)
    cues = cues_of(language)
    for match in cues.naming.finditer(folded.text):
        phrase = folded.offsets.span(Span(*match.span())).shift(sentence.start)
        about |= _named_by(phrase, mentions, text, language)
    for match in cues.naming_around.finditer(folded.text):
        phrase = folded.offsets.span(Span(*match.span())).shift(sentence.start)
        about.update(entity for m in mentions if phrase.contains(m.span) for entity in m.entities)
    return {index for index, mention in enumerate(mentions) if about.intersection(mention.entities)}


def _glossed(mentions: Sequence[Mention], text: str, language: Language) -> Iterator[str]:
    """Entities that the sentence names twice side by side: X (Y), X/Y, X, or Y; X (Azerbaijani: Y)."""
    between_names = cues_of(language).gloss
    for index, first in enumerate(mentions):
        for second in mentions[index + 1 : index + 3]:
            between = fold_key(text[first.span.end : second.span.start], language)
            if first.surface != second.surface and between_names.fullmatch(between):
                yield from set(first.entities) & set(second.entities)


def _named_by(phrase: Span, mentions: Sequence[Mention], text: str, language: Language) -> set[str]:
    """The entity a naming phrase speaks of: the nearest mention on the side where the language puts the name.

    English and Russian name after the phrase ("was renamed Shusha Street", «переименован в Шушу»), Armenian and
    Azerbaijani before it («Շուշի կոչվող», "Şuşa adlandırılan"); the other side serves where that one is empty.
    """
    outside = [mention for mention in mentions if not phrase.overlaps(mention.span)]
    before = [m for m in outside if m.span.end <= phrase.start and _near(text, m.span.end, phrase.start)]
    after = [m for m in outside if m.span.start >= phrase.end and _near(text, phrase.end, m.span.start)]
    nearest = [*before[-1:], *after[:1]] if language in _NAME_FIRST else [*after[:1], *before[-1:]]
    return set(nearest[0].entities) if nearest else set()


def _near(text: str, start: int, end: int) -> bool:
    return end - start <= _REACH and not re.search(r"[.;!?։]\s", text[start:end])
