"""All case forms of a Russian phrase of everyday words: оккупированные территории, акт капитуляции.

Names have their grammar in the glossary; the wording of a contested term is plain language, so the dictionary
declines it. Words that agree are declined up to the first noun; what follows depends on it and stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from toolkit.morphology.base import Gender
from toolkit.morphology.ru_dictionary import Parse, gender_of, is_fixed, known, parses

_NOUN = frozenset({"NOUN"})
_AGREEING = frozenset({"ADJF", "PRTF"})
_SHORT = frozenset({"ADJS", "PRTS"})


def phrase_forms(phrase: str) -> frozenset[str]:
    """The forms of a phrase in all cases and both numbers, itself included; small letters.

    A phrase without a word that declines (добровольно покинули) has itself for its only form.
    """
    words = phrase.lower().split(" ")
    noun = next((place for place, word in enumerate(words) if _nominative(word, _NOUN)), None)
    if len(words) == 1 and noun is None:
        return frozenset({words[0], *_adjective_forms(words[0])})
    last = len(words) - 1 if noun is None else noun
    heads = [_nominative(word, _AGREEING) for word in words[:last]]
    heads.append(_nominative(words[last], _AGREEING if noun is None else _NOUN))
    if not any(heads):
        return frozenset({phrase.lower()})
    gender = None if noun is None else _own_gender(heads[-1])
    lexemes = [[] if parse is None else [form for form in parse.lexeme if _same_word(form, parse)] for parse in heads]
    found = {phrase.lower()}
    for number, case in product(("sing", "plur"), ("nomn", "gent", "datv", "accs", "ablt", "loct")):
        choices = [
            list(_forms(lexeme, number, case, gender)) if lexeme else [word]
            for lexeme, word in zip(lexemes, words, strict=False)
        ]
        found.update(" ".join([*chosen, *words[last + 1 :]]) for chosen in product(*choices))
    return frozenset(found)


def _adjective_forms(word: str) -> Iterator[str]:
    """The long and short forms of an adjective or participle that stands alone: освобожден, освобождённых."""
    parse = _nominative(word, _AGREEING | _SHORT)
    if parse is not None:
        forms = (form for form in parse.lexeme if form.tag.POS in _AGREEING | _SHORT)
        yield from (form.word for form in forms if _same_participle(form, parse))


def _nominative(word: str, kinds: frozenset[str]) -> Parse | None:
    """The likeliest reading of a word of the dictionary as a nominative (or short form) of these parts of speech."""
    for parse in parses(word) if known(word) else ():
        declines = parse.tag.case == "nomn" and not is_fixed(parse)
        if parse.tag.POS in kinds and (declines or parse.tag.POS in _SHORT):
            return parse
    return None


def _own_gender(parse: Parse | None) -> Gender | None:
    """The gender of a noun in the singular."""
    singular = parse.inflect({"sing"}) if parse is not None else None
    return gender_of(singular) if singular is not None else None


def _forms(lexeme: Sequence[Parse], number: str, case: str, gender: Gender | None) -> Iterator[str]:
    """The forms of one word in a number and case; of words that agree with a noun only those of its gender."""
    for form in lexeme:
        if (form.tag.number, form.tag.case) != (number, case):
            continue
        agrees = form.tag.POS in _AGREEING and number == "sing" and gender is not None
        if not agrees or gender_of(form) is gender:
            yield form.word


def _same_word(form: Parse, parse: Parse) -> bool:
    """Whether a form of a lexeme is the same part of speech: a participle's lexeme is that of the whole verb."""
    return form.tag.POS == parse.tag.POS and _same_participle(form, parse)


def _same_participle(form: Parse, parse: Parse) -> bool:
    """Whether two forms have one voice and tense."""
    return bool((form.tag.voice, form.tag.tense) == (parse.tag.voice, parse.tag.tense))
