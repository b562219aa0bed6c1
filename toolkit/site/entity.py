"""What the page of an entity shows, laid out from its entry and the compiled forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.glossary.model import Entry, Name, Near
from toolkit.languages import Language
from toolkit.site.forms import FormLists, Inflected
from toolkit.site.titles import Directory, Link, alphabetical, text_of

_CODES = {language: language.value for language in Language}


@dataclass(frozen=True, slots=True)
class Texts:
    """A name in one language with its other spellings."""

    lang: str
    text: str
    acronym: str = ""
    short: str = ""
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UsageRow:
    """A usage with its names by language code, and when they held."""

    usage: str
    like: str
    period: str
    source: str
    texts: Mapping[str, Texts]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A dated usage with its English name (or the first there is)."""

    period: str
    usage: str
    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A word by language and what it is: a look-alike, an adjective, a demonym."""

    lang: str
    text: str
    what: str


@dataclass(frozen=True, slots=True)
class EntityPage:
    """The page of an entity; every list is alphabetical, but the history goes by time."""

    link: Link
    entry: Entry
    pack: str
    usages: tuple[UsageRow, ...]
    history: tuple[HistoryRow, ...]
    forms: Mapping[str, tuple[Inflected, ...]]
    near: tuple[Remark, ...]
    derived: tuple[Remark, ...]
    part_of: Link | None
    contains: tuple[Link, ...]
    instance_of: Link | None
    instances: tuple[Link, ...]
    heads: Mapping[str, tuple[str, ...]]
    """Words in brief, by language code."""
    distinct: tuple[Link, ...]


def entity_page(entry: Entry, pack: str, directory: Directory, forms: FormLists) -> EntityPage:
    """Lay out the page of an entry of a pack."""
    link = directory.link(entry.id)
    if link is None:
        raise KeyError(entry.id)
    found = forms.of_entity(entry.id)
    names = sorted(entry.names, key=lambda name: name.usage)
    return EntityPage(
        link=link,
        entry=entry,
        pack=pack,
        usages=tuple(_usage_row(entry, name) for name in names),
        history=_history(entry),
        forms={language.value: names for language, names in found.items()},
        near=tuple(Remark(language_tag(near.text), near.text, near.is_) for near in sorted(entry.near, key=_by_text)),
        derived=tuple(
            Remark(language.value, words[language], what)
            for what, words in (("adjective", entry.adjectives), ("demonym", entry.demonyms))
            for language in sorted(words)
        ),
        part_of=directory.link(entry.part_of) if entry.part_of else None,
        contains=directory.contains(entry.id),
        instance_of=directory.link(entry.instance_of) if entry.instance_of else None,
        instances=directory.instances(entry.id),
        heads={language.value: entry.heads[language] for language in sorted(entry.heads)},
        distinct=directory.distinct_from(entry.id),
    )


def _by_text(near: Near) -> tuple[str, str]:
    return alphabetical(near.text), near.text


def language_tag(text: str) -> str:
    """The language of a word whose language nobody told, for its `lang` attribute."""
    from toolkit.translit.key import guess_language

    return guess_language(text).value


def _usage_row(entry: Entry, name: Name) -> UsageRow:
    texts = {}
    for language, code in _CODES.items():
        text = text_of(entry, name, language)
        if text is not None:
            texts[code] = Texts(
                code,
                text.text,
                text.acronym.text if text.acronym else "",
                text.short.text if text.short else "",
                tuple(sorted(variant.text for variant in text.variants)),
            )
    return UsageRow(name.usage, name.like or "", period(name), name.source, texts)


def period(name: Name) -> str:
    """From when to when a name held: "1923–1991", "until 1923", "since 1959"; empty without dates."""
    if name.since and name.until:
        return f"{name.since}–{name.until}"
    return f"since {name.since}" if name.since else f"until {name.until}" if name.until else ""


def _history(entry: Entry) -> tuple[HistoryRow, ...]:
    rows = []
    for name in sorted(entry.names, key=lambda name: (name.since or "", name.until or "9999", name.usage)):
        if not period(name):
            continue
        texts = ((language, text_of(entry, name, language)) for language in (Language.EN, *Language))
        language, text = next((language, text) for language, text in texts if text is not None)
        rows.append(HistoryRow(period(name), name.usage, language.value, text.text))
    return tuple(rows)
