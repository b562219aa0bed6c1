"""All that the glossary knows of one entity, as the API answers it: its entry, and the forms of its names."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict, Field

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Entry, Kind, Name, NameText, Review
from toolkit.glossary.names import NameTable
from toolkit.languages import Language
from toolkit.morphology.base import Features, Part


class Detail(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FormDetail(Detail):
    """An inflected form of a name."""

    form: str = Field(description="The grammar of the form: nom, gen, nom.def, pl.gen, adj.m.gen, …", examples=["gen"])
    text: str = Field(description="The form as it is written.", examples=["Степанакерта"])


class TextDetail(Detail):
    """A name in one language."""

    text: str = Field(description="The base form.", examples=["Степанакерт"])
    acronym: str | None = Field(None, description="The short form by initials, where there is one.", examples=["ООН"])
    short: str | None = Field(None, description="A shorter form, such as a surname.", examples=["Абовян"])
    variants: tuple[str, ...] = Field((), description="Other spellings: recognised, never written.")
    adjective: str | None = Field(None, description="The adjective of the name.", examples=["степанакертский"])
    demonym: str | None = Field(None, description="The word for an inhabitant.", examples=["степанакертец"])
    forms: tuple[FormDetail, ...] = Field((), description="The inflected forms, the base form first.")


class NameDetail(Detail):
    """What the entity is called under one usage."""

    usage: str = Field(description="Who names it so.", examples=["armenian"])
    like: str | None = Field(None, description="The usage whose texts this one shares.", examples=["azerbaijani"])
    since: str | None = Field(None, description="Since when it is called so: a year, month or day.", examples=["1923"])
    until: str | None = Field(None, description="Until when it was called so.", examples=["1991-11-26"])
    source: str = Field("", description="Where the name was checked.")
    texts: dict[Language, TextDetail] = Field(description="The name by language; a language may be missing.")


class EntityDetail(Detail):
    """An entity with everything known of it; it has no preferred name."""

    id: str = Field(description="The id, which no side owns.", examples=["khankendi-stepanakert"])
    kind: Kind = Field(description="What it is.", examples=["city"])
    pack: str = Field(description="The pack that has its entry.", examples=["south-caucasus"])
    contested: bool = Field(description="Whether the sides' authorities use different names for it today.")
    role: str = Field("", description="The public role of a person, in English.")
    part_of: str | None = Field(None, description="Id of the entity that this one lies in or belongs to.")
    instance_of: str | None = Field(None, description="Id of what this body is one of.", examples=["foreign-ministry"])
    heads: dict[Language, tuple[str, ...]] = Field(
        {}, description="Words by which a text speaks of a body in brief or again, by language; stems are enough."
    )
    distinct_from: tuple[str, ...] = Field((), description="Ids of entities that are easily taken for this one.")
    position: tuple[float, float] | None = Field(None, description="Latitude and longitude in degrees.")
    wikidata: str | None = Field(None, description="The entity's id in Wikidata.", examples=["Q174922"])
    names: tuple[NameDetail, ...] = Field(description="Its names, one for each usage.")
    near: tuple[str, ...] = Field((), description="Words that look like the name and are something else.")
    sources: tuple[str, ...] = Field((), description="Where the entry was checked.")
    note: str = Field("", description="What a reader should know of the entry.")
    review: Review = Field(description="`draft` until a person of the language has read the entry.")


def entity_detail(glossary: Glossary, entity: str, *, all_forms: bool = False) -> EntityDetail:
    """What is known of an entity. Raises UnknownEntity.

    Forms with a possessor or a tail (Şuşamız, Şuşadakı) are many: they are listed where `all_forms` asks for them.
    """
    entry = glossary.entry(entity)
    by_usage = {name.usage: name for name in entry.names}
    names = []
    for name in entry.names:
        written = by_usage[name.like] if name.like else name
        names.append(
            NameDetail(
                usage=name.usage, like=name.like, since=name.since, until=name.until, source=name.source,
                texts=dict(_texts(entry, written, glossary, all_forms=all_forms)),
            )
        )  # fmt: skip
    return EntityDetail(
        id=entry.id,
        kind=entry.kind,
        pack=glossary.entity(entity).pack,
        contested=entry.contested,
        role=entry.role,
        part_of=entry.part_of,
        instance_of=entry.instance_of,
        heads=entry.heads,
        distinct_from=entry.distinct_from,
        position=entry.position,
        wikidata=entry.wikidata,
        names=tuple(names),
        near=tuple(near.text for near in entry.near),
        sources=entry.sources,
        note=entry.note,
        review=entry.review,
    )


def _texts(entry: Entry, name: Name, glossary: Glossary, *, all_forms: bool) -> Iterator[tuple[Language, TextDetail]]:
    for language in Language:
        text = name.in_language(language)
        if text is not None:
            yield language, _text(entry, text, glossary.table(language), all_forms=all_forms)


def _text(entry: Entry, text: NameText, table: NameTable, *, all_forms: bool) -> TextDetail:
    return TextDetail(
        text=text.text,
        acronym=text.acronym.text if text.acronym else None,
        short=text.short.text if text.short else None,
        variants=tuple(variant.text for variant in text.variants),
        adjective=text.adjective or entry.adjectives.get(table.language),
        demonym=text.demonym or entry.demonyms.get(table.language),
        forms=tuple(_forms(entry.id, text.text, table, all_forms=all_forms)),
    )


def _forms(entity: str, text: str, table: NameTable, *, all_forms: bool) -> Iterator[FormDetail]:
    compiled = next((name for name in table.of_entity(entity) if name.lexeme.text == text and name.role.is_name), None)
    if compiled is None:
        return
    wanted = [features for features in table.features if all_forms or _is_common(features)]
    for features in sorted(wanted, key=lambda features: features.part is not Part.NAME):
        for form in table.forms(compiled, features):
            if form.preferred:
                yield FormDetail(form=str(features), text=form.text)


def _is_common(features: Features) -> bool:
    return not features.possessor and not features.tail
