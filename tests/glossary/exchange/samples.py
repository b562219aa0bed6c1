"""Concepts to write and read: any that hypothesis thinks of, and some of the project's own glossary."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from toolkit.glossary.exchange.concepts import GENDERS, Concept, Part, Period, Wording, merged
from toolkit.glossary.exchange.formats import FORMATS
from toolkit.glossary.exchange.selection import Selection
from toolkit.glossary.model import Kind
from toolkit.languages import Language

USAGES = ("armenian", "azerbaijani", "historical", "international")
ALL = Selection()
PAIR = Selection(source=Language.EN, target=Language.RU)
WHOLE = [name for name, one in FORMATS.items() if one.carried is not None]
PAIRED = ["csv", "omegat", "tmx", "tsv", "weblate"]
SAMPLE = ("gandzak-ganja", "khankendi-stepanakert", "shusha-shushi", "un")

_LETTERS = {
    Language.AZ: "abcçəğıİiŞşuü",
    Language.EN: "abcdeABCDE&<>\"',;",
    Language.HY: "աբգդեԱԲԳև",
    Language.RU: "абвгдёАБВЁ-",
}


def _text(alphabet: str) -> st.SearchStrategy[str]:
    return st.text(f"{alphabet} ", min_size=1, max_size=12).map(str.strip).filter(bool)


@st.composite
def _wording(draw: st.DrawFn) -> Wording:
    language = draw(st.sampled_from(Language))
    grammar = draw(
        st.dictionaries(st.sampled_from(["agreement", "declension"]), st.sampled_from(GENDERS))
        | st.fixed_dictionaries({"declension": st.just("indeclinable"), "plural": st.just("true")})
    )
    return Wording(
        language,
        draw(_text(_LETTERS[language])),
        tuple(sorted(draw(st.sets(st.sampled_from(USAGES), min_size=1)))),
        draw(st.sampled_from(Part)),
        tuple(sorted(grammar.items())),
    )


def _one_name_each(wordings: list[Wording]) -> list[Wording]:
    """As in an entry: one full name, acronym and short form in each language under each usage."""
    taken: set[tuple[Language, str, Part]] = set()
    kept = []
    for wording in wordings:
        places = {(wording.language, usage, wording.part) for usage in wording.usages}
        if wording.part.is_variant or not places & taken:
            taken |= places
            kept.append(wording)
    return kept


@st.composite
def concept(draw: st.DrawFn) -> Concept:
    usage = draw(st.sampled_from(USAGES))
    pair = [Wording(language, draw(_text(_LETTERS[language])), (usage,)) for language in (Language.EN, Language.RU)]
    wordings = merged(_one_name_each([*pair, *draw(st.lists(_wording(), max_size=4))]))
    return Concept(
        id=draw(st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)),
        kind=draw(st.sampled_from(Kind)),
        wordings=wordings,
        contested=draw(st.booleans()),
        note=draw(_text(_LETTERS[Language.EN]) | st.just("")),
        role=draw(_text(_LETTERS[Language.RU]) | st.just("")),
        sources=tuple(draw(st.lists(_text(_LETTERS[Language.EN]), max_size=2))),
        wikidata=draw(st.from_regex(r"Q[1-9][0-9]{0,5}", fullmatch=True) | st.just("")),
        country=draw(st.sampled_from(["", "AM", "AZ", "GE"])),
        part_of=draw(st.sampled_from(["", "karabakh"])),
        instance_of=draw(st.sampled_from(["", "foreign-ministry"])),
        heads=draw(st.sampled_from([(), ((Language.EN, "ministry"), (Language.RU, "ведомств"))])),
        position=draw(st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))),
        periods=draw(st.sampled_from([(), (Period("historical", "1923", "2023-09"),)])),
    )


def written(name: str, concepts: Sequence[Concept], selection: Selection = ALL) -> bytes:
    return FORMATS[name].write(concepts, selection).files[""]


def read(name: str, content: bytes, selection: Selection = ALL) -> list[Concept]:
    read = FORMATS[name].read
    assert read is not None
    return [proposal.concept for proposal in read(content, selection)]
