"""What must change around a Russian name of another gender: attributes, predicates, «который», participles.

A word is edited only where it stands in the place of agreement and showed the old name's gender; where the place
is plain but the form is not, a doubt is given. Nothing is edited inside another mention.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from toolkit.languages import Language
from toolkit.morphology import ru_dictionary as dictionary
from toolkit.morphology import ru_names
from toolkit.morphology.base import Adjustment, Case, Gender, Part, Replacement
from toolkit.morphology.ru_dictionary import GRAMMEMES, Parse
from toolkit.morphology.ru_prepositions import preposition_edit
from toolkit.morphology.ru_sentence import Token, tokens
from toolkit.text.casing import apply_shape, shape_of
from toolkit.text.spans import Edit

_CLOSING = frozenset(".;:!?…")
_FARTHEST_PREDICATE = 8
_COPULAS = frozenset({"быть", "стать", "остаться", "оказаться", "являться", "становиться", "оставаться", "казаться"})
_PRONOUNS = frozenset({"он", "она", "оно", "ему", "ей", "него", "нее", "нему", "нем", "ним", "нею", "ней"})


def adjust(replacement: Replacement) -> Adjustment:
    """The edits and doubts that the new form brings to its sentence."""
    old_text = replacement.span.of(replacement.sentence)
    work = _Work(replacement)
    preposition = preposition_edit(replacement.sentence, replacement.span.start, old_text, replacement.form.text)
    if preposition is not None:
        work.edit(preposition)
    if replacement.form.features.part is Part.NAME and work.old is not work.new:
        if work.old is None:
            return Adjustment(tuple(work.edits))
        _attributes(work)
        _relative_and_participle(work)
        if replacement.form.features.case is Case.NOM:
            _predicates(work)
        _pronouns(work)
    return Adjustment(tuple(sorted(work.edits, key=lambda edit: edit.span)), tuple(dict.fromkeys(work.doubts)))


@dataclass
class _Work:
    """The state of one adjustment: the two genders, the tokens on both sides, edits and doubts so far."""

    replacement: Replacement
    old: Gender | None = None
    new: Gender | None = None
    before: list[Token] = field(default_factory=list)
    after: list[Token] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.old = ru_names.name(self.replacement.old).gender
        self.new = ru_names.name(self.replacement.new).gender
        sentence, span = self.replacement.sentence, self.replacement.span
        self.before = tokens(sentence[: span.start])
        self.after = tokens(sentence[span.end :], span.end)

    @property
    def case(self) -> Case:
        return self.replacement.form.features.case

    def in_name(self, token: Token) -> bool:
        return any(name.overlaps(token.span) for name in self.replacement.names)

    def edit(self, edit: Edit) -> None:
        if not any(name.overlaps(edit.span) for name in self.replacement.names):
            self.edits.append(edit)

    def agree(self, token: Token, parse: Parse, what: str) -> None:
        """Put `token`, read as `parse`, into the new gender; a doubt where the gender or the form is unknown."""
        if self.in_name(token) or any(edit.span == token.span for edit in self.edits):
            return
        text = _inflected(parse, self.new, self.replacement.sentence) if self.new is not None else None
        if text is None:
            self.doubts.append(f'the {what} "{token.text}" may have to agree with {self.replacement.new.text}')
        elif text != token.text.lower():
            self.edits.append(Edit(token.span, apply_shape(text, shape_of(token.text), Language.RU)))


def _inflected(parse: Parse, gender: Gender | None, sentence: str) -> str | None:
    """The word in another gender, its case, tense and degree kept."""
    if gender is None:
        return None
    wanted = {"plur"} if gender is Gender.PLURAL else {"sing", GRAMMEMES[gender]}
    if parse.tag.case:
        wanted.add(str(parse.tag.case))
        if parse.tag.case == "accs" and gender in (Gender.MASCULINE, Gender.PLURAL):
            wanted.add("inan")
    found = parse.inflect(wanted)
    if found is None:
        return None
    return str(found.word) if "ё" in sentence.lower() else str(found.word).replace("ё", "е")


def _reading(token: Token, fits: Callable[[Parse], bool]) -> Parse | None:
    """The likeliest reading of a word that fits."""
    return next((parse for parse in dictionary.parses(token.text) if fits(parse) and parse.score >= 0.01), None)


def _shows_gender(parse: Parse, gender: Gender | None) -> bool:
    return bool(dictionary.gender_of(parse) is gender)


def _attributive(work: _Work, token: Token) -> Parse | None:
    """The word as a full adjective, participle or pronoun in the old name's gender and the mention's case."""
    return _reading(
        token,
        lambda p: p.tag.POS in ("ADJF", "PRTF") and _shows_gender(p, work.old) and dictionary.case_of(p) is work.case,
    )


def _attributes(work: _Work) -> None:
    """Attributes directly before the name: «в самом Агдаме», «весь Лачин»."""
    for token in reversed(work.before):
        if token.text in '«"„“':
            continue
        parse = _attributive(work, token) if token.is_word and not work.in_name(token) else None
        if parse is None or dictionary.parses(token.text)[0].tag.POS in ("NOUN", "PREP", "ADVB"):
            break
        work.agree(token, parse, "word")


def _relative_and_participle(work: _Work) -> None:
    """After a comma: «, который был взят», «, в котором», «, разрушенный в 1993 году,»."""
    rest = [token for token in work.after if token.text not in '»"”']
    if not rest or rest[0].text != ",":
        return
    inner = list(takewhile(lambda token: token.text not in _CLOSING and token.text != ",", rest[1:]))
    for index, token in enumerate(inner[:2]):
        which = _reading(token, lambda p: p.normal_form == "который" and _shows_gender(p, work.old))
        if which is not None:
            work.agree(token, which, "word")
            if which.tag.case == "nomn" and work.case is not None:
                _agree_predicates(work, inner[index + 1 :])
            return
        if index == 0 and (participle := _participle(work, token)) is not None:
            work.agree(token, participle, "participle")
            return


def _participle(work: _Work, token: Token) -> Parse | None:
    parse = _attributive(work, token)
    return parse if parse is not None and parse.tag.POS == "PRTF" else None


def _predicates(work: _Work) -> None:
    """The predicates of which the name is the subject, after it or directly before it."""
    if _is_joined(work):
        return
    after = [token for token in work.after if token.text not in '»"”']
    if not _agree_predicates(work, _main_clause(after)):
        _inverted(work)


def _is_joined(work: _Work) -> bool:
    """Whether the name is one of several subjects (Агдам и Физули были взяты): the plural stays."""
    links = {"и", "или"}
    if work.after and work.after[0].text.lower() in links and len(work.after) > 1 and work.after[1].is_capitalised:
        return True
    return len(work.before) > 1 and work.before[-1].text.lower() in links and work.before[-2].is_capitalised


def _main_clause(after: Sequence[Token]) -> list[Token]:
    """The words after the name up to the end of the clause; an insertion between commas or brackets is left out."""
    rest = list(after)
    if rest and rest[0].text in (",", "("):
        closing = "," if rest[0].text == "," else ")"
        end = next((i for i, token in enumerate(rest[1:], 1) if token.text == closing), len(rest) - 1)
        rest = rest[end + 1 :]
    return list(takewhile(lambda token: token.text not in _CLOSING and token.text not in ",()—–", rest))


def _agree_predicates(work: _Work, words: Sequence[Token]) -> bool:
    """Make verbs and short forms agree, up to the first noun that may be another subject; whether one was found."""
    found = after_copula = False
    for index, token in enumerate(words):
        best = dictionary.parses(token.text)[0]
        predicate = _predicate(work, token)
        if predicate is not None:
            work.agree(token, predicate, "verb" if predicate.tag.POS == "VERB" else "word")
            found, after_copula = True, predicate.normal_form in _COPULAS
        elif after_copula and _is_predicate_adjective(work, token, words[index + 1 : index + 2]):
            continue
        elif _ends_predicate(best, found) or index >= _FARTHEST_PREDICATE:
            break
        else:
            found = found or best.tag.POS == "VERB"
            after_copula = after_copula and best.tag.POS in ("ADVB", "PRCL")
    return found


def _ends_predicate(best: Parse, found: bool) -> bool:
    """A noun after the predicate, or a nominative before it (another subject), ends the search."""
    return best.tag.POS in ("NOUN", "NPRO") and (found or best.tag.case == "nomn")


def _predicate(work: _Work, token: Token) -> Parse | None:
    """The word as a past tense or short form in the old name's gender, if that is its likeliest reading."""
    best = dictionary.parses(token.text)[0]
    if best.tag.POS not in ("VERB", "PRTS", "ADJS") or not _shows_gender(best, work.old):
        return None
    return best


def _is_predicate_adjective(work: _Work, token: Token, following: Sequence[Token]) -> bool:
    """«стал пустым»: the adjective agrees with the subject, unless a noun follows that it belongs to."""
    parse = _reading(
        token, lambda p: p.tag.POS in ("ADJF", "PRTF") and p.tag.case == "ablt" and _shows_gender(p, work.old)
    )
    readings = [reading for word in following for reading in dictionary.parses(word.text)]
    if parse is None or any(reading.tag.case == "ablt" and reading.tag.POS == "NOUN" for reading in readings):
        return False
    work.agree(token, parse, "word")
    return True


def _inverted(work: _Work) -> None:
    """«Вчера был взят Агдам»: predicates directly before the name and its attributes."""
    words = [token for token in work.before if token.text not in '«"„“']
    while words and words[-1].is_word and _attributive(work, words[-1]) and not _predicate(work, words[-1]):
        words.pop()
    row: list[tuple[Token, Parse]] = []
    while words and words[-1].is_word:
        predicate = _predicate(work, words[-1])
        if predicate is None:
            break
        row.append((words.pop(), predicate))
    if not row:
        return
    clause = list(takewhile(lambda token: token.is_word, reversed(words)))
    rival = any(_is_rival(work, token) for token in clause)
    for token, parse in row:
        if rival:
            work.doubts.append(f'the verb "{token.text}" may have to agree with {work.replacement.new.text}')
        else:
            work.agree(token, parse, "verb")


def _is_rival(work: _Work, token: Token) -> bool:
    """Whether a word before the verb may be its subject instead."""
    best = dictionary.parses(token.text)[0]
    return best.tag.POS in ("NOUN", "NPRO") and any(
        p.tag.case == "nomn" and _shows_gender(p, work.old) for p in dictionary.parses(token.text)
    )


def _pronouns(work: _Work) -> None:
    """A personal pronoun later in the sentence may stand for the name: a doubt, never an edit."""
    for token in work.after:
        if token.key not in _PRONOUNS:
            continue
        best = dictionary.parses(token.text)[0]
        if best.tag.POS == "NPRO" and _shows_gender(best, work.old):
            work.doubts.append(f'the pronoun "{token.text}" may stand for {work.replacement.new.text}')
            return
