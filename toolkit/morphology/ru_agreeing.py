"""The state of one adjustment in Russian: what the old name's neighbours show, and how a word is re-inflected."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from toolkit.languages import Language
from toolkit.morphology import ru_dictionary as dictionary
from toolkit.morphology import ru_names
from toolkit.morphology.base import Case, Gender, Replacement
from toolkit.morphology.ru_dictionary import GRAMMEMES, Parse
from toolkit.morphology.ru_sentence import Token, tokens
from toolkit.text.casing import apply_shape, shape_of
from toolkit.text.spans import Edit

QUOTES = frozenset('«»"„“”')
CLOSING = frozenset(".;:!?…")
_WORTH_A_THOUGHT = 0.01


@dataclass
class Work:
    """The two genders, the tokens on both sides of the mention, the edits and doubts so far."""

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
        self.before = [token for token in tokens(sentence[: span.start]) if token.text not in QUOTES]
        self.after = [token for token in tokens(sentence[span.end :], span.end) if token.text not in QUOTES]

    @property
    def case(self) -> Case:
        """The case of the mention."""
        return self.replacement.form.features.case

    def in_name(self, token: Token) -> bool:
        """Whether a word belongs to a mention."""
        return any(name.overlaps(token.span) for name in self.replacement.names)

    def doubt(self, token: Token, what: str) -> None:
        """Say that a word may have to agree."""
        self.doubts.append(f'the {what} "{token.text}" may have to agree with {self.replacement.new.text}')

    def agree(self, token: Token, parse: Parse, what: str, *, sure: bool = True) -> None:
        """Put `token`, read as `parse`, into the new gender; a doubt where that is not sure or cannot be done."""
        if self.in_name(token) or any(edit.span == token.span for edit in self.edits):
            return
        text = inflected(parse, self.new, self.replacement.sentence) if self.new is not None and sure else None
        if text is None:
            self.doubt(token, what)
        elif text != token.text.lower():
            self.edits.append(Edit(token.span, apply_shape(text, shape_of(token.text), Language.RU)))

    def attributive(self, token: Token) -> Parse | None:
        """The word as a full adjective, participle or pronoun in the old name's gender and the mention's case."""
        if not token.is_word or self.in_name(token):
            return None

        def agrees(parse: Parse) -> bool:
            return (
                parse.tag.POS in ("ADJF", "PRTF")
                and shows_gender(parse, self.old)
                and dictionary.case_of(parse) is self.case
            )

        return reading(token, agrees)

    def rivals(self, words: Iterable[Token], *cases: Case) -> bool:
        """Whether one of the words is a noun of the old name's gender that may stand in one of the cases."""
        return any(
            parse.tag.POS in ("NOUN", "NPRO")
            and shows_gender(parse, self.old)
            and (not cases or dictionary.case_of(parse) in cases)
            for token in words
            if token.is_word and dictionary.parses(token.text)[0].tag.POS in ("NOUN", "NPRO")
            for parse in dictionary.parses(token.text)
        )


def inflected(parse: Parse, gender: Gender | None, sentence: str) -> str | None:
    """The word in another gender, its case, tense and degree kept; ё only where the sentence writes it."""
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


def reading(token: Token, fits: Callable[[Parse], bool]) -> Parse | None:
    """The likeliest reading of a word that fits."""
    found = (parse for parse in dictionary.parses(token.text) if parse.score >= _WORTH_A_THOUGHT and fits(parse))
    return next(found, None)


def shows_gender(parse: Parse, gender: Gender | None) -> bool:
    """Whether a reading is of this gender (PLURAL: of the plural)."""
    return bool(dictionary.gender_of(parse) is gender)
