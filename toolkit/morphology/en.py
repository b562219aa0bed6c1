"""English: the possessive, plurals of people, the adjective; a and an, and the article that a name wants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.languages import Language
from toolkit.morphology import en_articles
from toolkit.morphology.base import Adjustment, Case, Context, Features, Form, Lexeme, Number, Part, Replacement
from toolkit.text.casing import capitalize

_SAME_IN_PLURAL = re.compile(r"(ese|sh|french|dutch|swiss|abkhaz|kyrgyz)$", re.IGNORECASE)
_MAN = re.compile(r"(dutch|english|french|irish|manx|scots|tribes|wo|corn|welsh)man$", re.IGNORECASE)
_COUNTLESS = re.compile(r"(us|is|ss|as|os)$", re.IGNORECASE)
_ONE_THING = frozenset({"city", "monastery", "mountain", "person", "town", "village"})
_HISSING = re.compile(r"(s|x|z|ch|sh)$")


class English:
    """The grammar of English names. The apostrophe is U+0027 here; the caller restores the typographic one."""

    language = Language.EN

    def forms(self, lexeme: Lexeme) -> Sequence[Form]:
        """The name and its possessive, plurals of persons' names and of demonyms, and the adjective."""
        return tuple(dict.fromkeys((*_name_forms(lexeme), *_adjective_forms(lexeme), *_demonym_forms(lexeme))))

    def narrow(self, readings: Sequence[Features], context: Context) -> Sequence[Features]:
        """All readings: English forms tell their case."""
        return readings

    def select(self, forms: Sequence[Form], context: Context) -> Form:
        """The first preferred form."""
        return next((form for form in forms if form.preferred), forms[0])

    def adjust(self, replacement: Replacement) -> Adjustment:
        """a and an, and "the" where one of the names has it (see en_articles)."""
        return en_articles.adjust(replacement)


def _name_forms(lexeme: Lexeme) -> Iterator[Form]:
    """A name has one number, singular, also where it is a plural (the United Arab Emirates)."""
    yield Form(lexeme.text, Features())
    yield from _possessive(lexeme.text, Features(case=Case.POSS), plural=_reads_as_plural(lexeme))
    if lexeme.kind == "person" and " " not in lexeme.text:
        many = lexeme.text + ("es" if _HISSING.search(lexeme.text.lower()) else "s")
        yield Form(many, Features(number=Number.PLURAL))
        yield from _possessive(many, Features(case=Case.POSS, number=Number.PLURAL), plural=True)


def _reads_as_plural(lexeme: Lexeme) -> bool:
    """Whether the name ends in a plural word (the Maldives, United Nations): its possessive is the apostrophe alone."""
    last = lexeme.text.split(" ")[-1]
    if lexeme.plural or not last.endswith("s") or (_COUNTLESS.search(last) and lexeme.article != "the"):
        return lexeme.plural
    phrase = " " in lexeme.text and len(last) > 4 and lexeme.kind not in _ONE_THING
    return phrase or (lexeme.article == "the" and not last.endswith(("us", "is", "ss")))


def _possessive(text: str, features: Features, *, plural: bool = False) -> Iterator[Form]:
    """-'s, after s in a plural the apostrophe alone; the other of the two is recognised (Paris', Paris's)."""
    ends_in_s = text[-1:].lower() == "s"
    bare = plural and ends_in_s
    yield Form(text + ("'" if bare else "'s"), features)
    if ends_in_s:
        yield Form(text + ("'s" if bare else "'"), features, preferred=False)


def _adjective_forms(lexeme: Lexeme) -> Iterator[Form]:
    if lexeme.adjective:
        yield Form(capitalize(lexeme.adjective, Language.EN), Features(Part.ADJECTIVE))


def _demonym_forms(lexeme: Lexeme) -> Iterator[Form]:
    if not lexeme.demonym:
        return
    one = lexeme.demonym
    many = plural_of(one)
    yield Form(one, Features(Part.DEMONYM))
    yield from _possessive(one, Features(Part.DEMONYM, Case.POSS))
    yield Form(many, Features(Part.DEMONYM, number=Number.PLURAL))
    yield from _possessive(many, Features(Part.DEMONYM, Case.POSS, Number.PLURAL), plural=True)


def plural_of(demonym: str) -> str:
    """Many inhabitants: Shushans, Artsakhis, Englishmen, but Germans; Japanese and Swiss stay."""
    if _MAN.search(demonym):
        return demonym[:-3] + "men"
    if _SAME_IN_PLURAL.search(demonym):
        return demonym
    if re.search(r"[^aeiou]y$", demonym):
        return demonym[:-1] + "ies"
    return demonym + "s"


GRAMMAR = English()
