"""The predicates of a Russian name: past tenses, short forms and «стал пустым» that agree with it as their subject."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from toolkit.morphology import ru_dictionary as dictionary
from toolkit.morphology.base import Case
from toolkit.morphology.ru_agreeing import CLOSING, Work, reading, shows_gender
from toolkit.morphology.ru_dictionary import Parse
from toolkit.morphology.ru_scene import free_of_prepositions, sets_scene
from toolkit.morphology.ru_sentence import Token, government, is_only_subject, lemmas
from toolkit.morphology.ru_verbs import is_predicate_adjective

_FARTHEST = 8
_COPULA_WORDS = """
    быть выглядеть казаться оказаться оставаться остаться показаться слыть становиться стать считаться являться"""
_COPULAS = frozenset(_COPULA_WORDS.split())
_LINKS = frozenset({"и", "или"})


def main_predicates(work: Work) -> None:
    """Make the predicates agree of which the name is the subject, after it or directly before it."""
    if _is_joined(work) or _is_apposition(work):
        return
    if work.old is None:
        _unknown_before(work)
    elif not agree_predicates(work, _main_clause(work.after)):
        _inverted(work)


def _unknown_before(work: Work) -> None:
    """The old name's gender is unknown: a predicate that does not show the new one is doubtful."""
    for token in _main_clause(work.after)[:3]:
        best = dictionary.parses(token.text)[0]
        gender = dictionary.gender_of(best)
        if best.tag.POS in ("VERB", "PRTS", "ADJS") and best.tag.tense != "pres" and gender not in (None, work.new):
            work.doubt(token, _what(best))
            return


def _is_joined(work: Work) -> bool:
    """Whether the name is one of several subjects (Агдам и Физули были взяты): the plural stays."""
    if len(work.after) > 1 and work.after[0].key in _LINKS and work.after[1].is_capitalised:
        return True
    return len(work.before) > 1 and work.before[-1].key in _LINKS and work.before[-2].is_capitalised


def _is_apposition(work: Work) -> bool:
    """Whether the name stands beside a noun: the subject (город Агдам), or of a kind of place (в городе Агдам)."""
    if not work.before or not work.before[-1].is_word:
        return False
    if lemmas(work.before[-1]) & (government()["agreeing_apposition"] | government()["fixed_apposition"]):
        return True
    clause = list(takewhile(lambda token: token.is_word, reversed(work.before)))[::-1]
    if sets_scene(clause) or work.before[-1] not in free_of_prepositions(clause):
        return False
    readings = dictionary.parses(work.before[-1].text)
    return bool(readings) and readings[0].tag.POS == "NOUN" and any(parse.tag.case == "nomn" for parse in readings)


def _main_clause(after: Sequence[Token]) -> list[Token]:
    """The words after the name up to the end of the clause; an insertion between commas or brackets is left out."""
    rest = list(after)
    if rest and rest[0].text in (",", "("):
        closing = "," if rest[0].text == "," else ")"
        end = next((i for i, token in enumerate(rest[1:], 1) if token.text == closing), len(rest) - 1)
        rest = rest[end + 1 :]
    return list(takewhile(lambda token: token.text not in CLOSING and token.text not in ",()—–", rest))


def agree_predicates(work: Work, words: Sequence[Token], *, sure: bool = True) -> bool:
    """Make verbs and short forms agree, up to the first noun that may be another subject; whether one was found."""
    found = after_copula = False
    if is_predicate_adjective(words) and (parse := _nominative_adjective(work, words[0])) is not None:
        work.agree(words[0], parse, "word", sure=sure)
        return True
    for index, token in enumerate(words):
        best = dictionary.parses(token.text)[0]
        predicate = _predicate(work, token)
        if predicate is not None:
            following = [word for word in words[index + 1 : index + 3] if is_only_subject(word)]
            other = _is_transitive(predicate) and work.rivals(following, Case.NOM)
            work.agree(token, predicate, _what(predicate), sure=sure and not other)
            found, after_copula = True, predicate.normal_form in _COPULAS
        elif after_copula and _predicate_adjective(work, token, words[index + 1 : index + 2]):
            continue
        elif _ends_predicate(best, found) or index >= _FARTHEST:
            break
        else:
            found = found or best.tag.POS == "VERB"
            after_copula = after_copula and (best.tag.POS in ("ADVB", "PRCL") or _is_addressee(best))
    return found


def _nominative_adjective(work: Work, token: Token) -> Parse | None:
    """The word as an adjective in the nominative, in the old name's gender."""
    return reading(token, lambda p: p.tag.POS == "ADJF" and p.tag.case == "nomn" and shows_gender(p, work.old))


def _what(parse: Parse) -> str:
    return "verb" if parse.tag.POS == "VERB" else "word"


def _is_transitive(parse: Parse) -> bool:
    return bool(parse.tag.POS == "VERB" and parse.tag.transitivity == "tran")


def _ends_predicate(best: Parse, found: bool) -> bool:
    """A noun after the predicate, or a nominative before it (another subject), ends the search."""
    if _is_addressee(best):
        return False
    return best.tag.POS in ("NOUN", "NPRO") and (found or best.tag.case == "nomn")


def _is_addressee(best: Parse) -> bool:
    """Whether a word is a pronoun in the dative: показался мне пустым."""
    return bool(best.tag.POS == "NPRO" and best.tag.case == "datv")


def _predicate(work: Work, token: Token) -> Parse | None:
    """The word as a past tense or short form in the old name's gender, if that is its likeliest reading."""
    best = dictionary.parses(token.text)[0]
    if best.tag.POS not in ("VERB", "PRTS", "ADJS") or not shows_gender(best, work.old):
        return None
    return None if token.text[1:].islower() and token.is_capitalised and token.span.start else best


def _predicate_adjective(work: Work, token: Token, following: Sequence[Token]) -> bool:
    """«стал пустым»: the adjective agrees with the subject, unless a noun follows that it belongs to."""
    parse = reading(
        token, lambda p: p.tag.POS in ("ADJF", "PRTF") and p.tag.case == "ablt" and shows_gender(p, work.old)
    )
    nouns = (p for word in following for p in dictionary.parses(word.text) if p.tag.POS in ("NOUN", "ADJF", "PRTF"))
    if parse is None or any(p.tag.case == "ablt" for p in nouns):
        return False
    work.agree(token, parse, "word")
    return True


def _inverted(work: Work) -> None:
    """«Вчера был взят Агдам»: predicates directly before the name and its attributes."""
    words = list(work.before)
    while words and _predicate(work, words[-1]) is None and work.attributive(words[-1]) is not None:
        words.pop()
    row: list[tuple[Token, Parse]] = []
    while words and (predicate := _predicate_before(work, words[-1])) is not None:
        row.append((words.pop(), predicate))
    clause = list(takewhile(lambda token: token.is_word, reversed(words)))
    rival = work.rivals(clause, Case.NOM)
    for token, parse in row:
        work.agree(token, parse, _what(parse), sure=not rival and not _is_transitive(parse))


def _predicate_before(work: Work, token: Token) -> Parse | None:
    """A predicate before the name; it may open the sentence with a capital."""
    if not token.is_word:
        return None
    best = dictionary.parses(token.text)[0]
    fits = best.tag.POS in ("VERB", "PRTS", "ADJS") and shows_gender(best, work.old)
    return best if fits else None
