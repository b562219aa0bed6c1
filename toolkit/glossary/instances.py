"""Names that follow from what a body is and whose it is: the foreign ministry of Armenia, the Armenian MFA, МИД РА.

An entry says both (`instance_of`, `part_of`), so no list of all the ways in which texts put the two together has to be
kept. Such names are recognised and never written: the entry has the one to write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from toolkit.glossary.model import Entry, NameText
from toolkit.languages import Language
from toolkit.morphology.base import Case, Features, Form, Lexeme, Number, Part

LexemeOf = Callable[[Entry, NameText, Language], Lexeme]
FormsOf = Callable[[Lexeme], Sequence[Form]]


@dataclass(frozen=True, slots=True)
class Instance:
    """A derived name with its forms; `usages` are those of the entry's own name."""

    entity: str
    usages: tuple[str, ...]
    lexeme: Lexeme
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands before or after the name of a body and says whose it is."""

    before: str = ""
    after: str = ""

    def around(self, text: str) -> str:
        """The longer name. One that begins with a word of common speech may do so with a small letter, since its
        owner has the capital that tells it: министерство обороны Армении."""
        small = not self.before and text[1:2].islower()
        return f"{self.before}{text[:1].lower() + text[1:] if small else text}{self.after}"


def instances(
    entries: Iterable[Entry], language: Language, lexeme_of: LexemeOf, forms_of: FormsOf
) -> Iterator[Instance]:
    """All derived names of one language. An entry with several usages has none: whose names they are is not known."""
    by_id = {entry.id: entry for entry in entries}

    @cache
    def owner_words(owner: str) -> tuple[_Beside, ...]:
        entry = by_id[owner]
        return tuple(dict.fromkeys(_words_of_owner(entry, language, lexeme_of, forms_of)))

    @cache
    def lexemes_of(body: str) -> tuple[Lexeme, ...]:
        entry = by_id[body]
        return tuple(lexeme_of(entry, text, language) for text in _texts(entry, language))

    @cache
    def forms_of_name(lexeme: Lexeme) -> tuple[Form, ...]:
        return tuple(form for form in forms_of(lexeme) if form.features.part is Part.NAME)

    def forms_beside(lexeme: Lexeme, beside: _Beside, longer: Lexeme) -> tuple[Form, ...]:
        """The English possessive stands after all of a name, the endings of the others at its head."""
        if language is Language.EN:
            return forms_of_name(longer)
        return tuple(replace(form, text=beside.around(form.text)) for form in forms_of_name(lexeme))

    for entry in by_id.values():
        if entry.instance_of not in by_id or entry.part_of not in by_id or len(entry.names) != 1:
            continue
        own = {text.text for text in _texts(entry, language)}
        usages = (entry.names[0].usage,)
        for lexeme in lexemes_of(entry.instance_of):
            for beside in owner_words(entry.part_of):
                longer = _around(lexeme, beside)
                if longer.text not in own:
                    yield Instance(entry.id, usages, longer, forms_beside(lexeme, beside, longer))


def _around(lexeme: Lexeme, beside: _Beside) -> Lexeme:
    """The grammar of the longer name: its head is still the body."""
    text = beside.around(lexeme.text)
    head = lexeme.head or ("" if " " in lexeme.text else lexeme.text)
    if head and head not in text.split():
        head = text.split()[0]
    genitive = beside.around(lexeme.genitive) if lexeme.genitive else ""
    return replace(lexeme, text=text, head=head, genitive=genitive)


def _texts(entry: Entry, language: Language) -> Iterator[NameText]:
    """Every text by which an entry is known, under any usage."""
    for name in entry.names:
        text = name.in_language(language)
        if text is not None:
            short = [other for other in (text.acronym, text.short) if other is not None]
            yield from (text, *text.variants, *short, *(variant for other in short for variant in other.variants))


def _words_of_owner(owner: Entry, language: Language, lexeme_of: LexemeOf, forms_of: FormsOf) -> Iterator[_Beside]:
    for text in _texts(owner, language):
        if language is Language.EN:
            yield from _english(text, owner.adjectives)
            continue
        forms = forms_of(lexeme_of(owner, text, language))
        for genitive in _genitives(forms):
            yield _Beside(after=f" {genitive}") if language is Language.RU else _Beside(f"{genitive} ")
        if language is Language.AZ or (language is Language.HY and text.text.isupper()):
            yield _Beside(f"{text.text} ")


def _english(text: NameText, adjectives: Mapping[Language, str]) -> Iterator[_Beside]:
    article = "the " if text.article else ""
    yield _Beside(after=f" of {article}{text.text}")
    yield _Beside(f"{text.text}' " if text.text.endswith("s") else f"{text.text}'s ")
    if text.text.replace(".", "").isupper():
        yield _Beside(f"{text.text} ")
    adjective = text.adjective or adjectives.get(Language.EN, "")
    if adjective:
        yield _Beside(f"{adjective} ")


def _genitives(forms: Iterable[Form]) -> Iterator[str]:
    """The genitive as it is written before or after what is owned; with no article or possessive ending."""
    for number in Number:
        found = [
            form.text for form in forms if form.preferred and form.features == Features(case=Case.GEN, number=number)
        ]
        yield from found
        if found:
            return
