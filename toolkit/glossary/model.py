"""The models of an entry, a pack and a policy, as a contributor writes them in YAML.

JSON Schema for editors is generated from these models (`dragoman glossary schema`). The schema is closed: a
misspelt field is an error, not a silent loss.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from toolkit.languages import Language

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
PartialDate = Annotated[str, StringConstraints(pattern=r"^-?\d{1,4}(-\d\d(-\d\d)?)?$")]


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Kind(StrEnum):
    AGENCY = "agency"
    AIRPORT = "airport"
    BUILDING = "building"
    CITY = "city"
    COMPANY = "company"
    COUNTRY = "country"
    DISTRICT = "district"
    EVENT = "event"
    LAKE = "lake"
    MEDIA = "media"
    MILITARY = "military"
    MISSION = "mission"
    MONASTERY = "monastery"
    MOUNTAIN = "mountain"
    OFFICE = "office"
    ORGANISATION = "organisation"
    OTHER = "other"
    PARTY = "party"
    PEOPLE = "people"
    PERSON = "person"
    REGION = "region"
    RIVER = "river"
    ROAD = "road"
    SEA = "sea"
    TOWN = "town"
    TREATY = "treaty"
    VILLAGE = "village"
    WEAPON = "weapon"


class Review(StrEnum):
    """`draft` until a person of the language has read it; `doubtful` where something is open (say what in `note`)."""

    DOUBTFUL = "doubtful"
    DRAFT = "draft"
    REVIEWED = "reviewed"


class NameText(Closed):
    """A name in one language, with the grammar that a rule cannot know (see morphology.base.Lexeme)."""

    text: Words
    declension: Literal["", "masculine", "feminine", "neuter", "plural", "adjectival", "indeclinable"] = ""
    agreement: Literal["", "masculine", "feminine", "neuter", "plural"] = ""
    head: str = ""
    genitive: str = ""
    reading: str = ""
    adjective: str = ""
    demonym: str = ""
    plural: bool = False
    article: Literal["", "the"] = ""
    exonym: bool = False
    """The name need not sound like those in the other languages: an exonym (Warsaw), a foreign spelling (Chirac)."""
    acronym: NameText | None = None
    """The short form by initials (UN); a mention by acronym is rendered by the acronym of the other language."""
    short: NameText | None = None
    """A shorter form (a surname); it stands for the entity once the full form, or a title, has introduced it."""
    variants: tuple[NameText, ...] = ()
    """Other spellings under the same usage: recognised, never written."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return {"text": data} if isinstance(data, str) else data


class Name(Closed):
    """What an entity is called under one usage, in up to four languages, or `like` another usage."""

    usage: Slug
    like: Slug | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    en: NameText | None = None
    hy: NameText | None = None
    az: NameText | None = None
    ru: NameText | None = None
    source: str = ""

    def in_language(self, language: Language) -> NameText | None:
        found: NameText | None = getattr(self, language)
        return found

    @model_validator(mode="after")
    def _texts_or_like(self) -> Name:
        texts = [language for language in Language if self.in_language(language)]
        if self.like and texts:
            raise ValueError("a name with `like` takes its texts from that usage: remove the texts or `like`")
        if not self.like and not texts:
            raise ValueError("a name has no text: write one in at least one language, or `like`")
        return self


class Near(Closed):
    """A word that looks like the name and is something else; it is never taken for the entity."""

    text: Words
    is_: Annotated[str, Field(alias="is")]
    frequent: bool = False
    """A word of everyday speech: where a capital proves nothing (at the head of a sentence), a cue must decide."""


class Entry(Closed):
    """One entity: an id, a kind and its names; it has no preferred name."""

    id: Slug
    kind: Kind
    contested: bool = False
    """The sides' authorities use different names for it today. A name that one side has in its history books or for a
    place in the other's country does not make an entity contested."""
    wikidata: Annotated[str, StringConstraints(pattern=r"^Q\d+$")] | None = None
    position: tuple[float, float] | None = None
    """Latitude, longitude in degrees."""
    country: CountryCode | None = None
    """The state whose sovereignty over the place is recognised (ISO 3166); empty for what lies in several."""
    role: str = ""
    """Persons: the public role, in English."""
    part_of: Slug | None = None
    """The entity this one lies in or belongs to."""
    distinct_from: tuple[Slug, ...] = ()
    """Entities that are easily taken for this one and never rendered by its names."""
    instance_of: Slug | None = None
    """What this body is one of: the entry of the foreign ministry, whosever it is. With the owner (`part_of`) beside
    it, each of that entry's names is a name of this one."""
    names: Annotated[tuple[Name, ...], Field(min_length=1)]
    adjectives: dict[Language, Words] = {}
    """Adjectives shared by all usages of a language; a name's own `adjective` wins."""
    demonyms: dict[Language, Words] = {}
    near: tuple[Near, ...] = ()
    cues: dict[Language, tuple[Words, ...]] = {}
    """Words that, in the same sentence, speak for this entity where a homonym exists (stems are enough)."""
    needs_cue: bool = False
    """A rarer homonym: taken only where one of its cues stands in the sentence."""
    heads: dict[Language, tuple[Words, ...]] = {}
    """Bodies: words by which a text speaks of one in brief or again (ministry, ведомств). One of five letters or more
    may go on in the text, a shorter one is a whole word."""
    sources: tuple[str, ...] = ()
    note: str = ""
    review: Review = Review.DRAFT

    @field_validator("position")
    @classmethod
    def _on_earth(cls, value: tuple[float, float] | None) -> tuple[float, float] | None:
        if value and not (-90 <= value[0] <= 90 and -180 <= value[1] <= 180):
            raise ValueError("is no latitude and longitude in degrees: write it like [39.76, 46.75]")
        return value

    @model_validator(mode="after")
    def _usages(self) -> Entry:
        usages = [name.usage for name in self.names]
        twice = next((usage for usage in usages if usages.count(usage) > 1), None)
        if twice:
            raise ValueError(f"the usage {twice} stands twice: keep one, and put further spellings into `variants`")
        for name in self.names:
            if name.like and (name.like not in usages or name.like == name.usage):
                raise ValueError(f"`like` leads to {name.like}, no other usage of this entry: write one that is there")
        return self


class Side(Closed):
    """The wording of a contested term in one language, and a neutral one."""

    words: tuple[Words, ...]
    neutral: str = ""


class Term(Closed):
    """A contested word: `lint` warns about it and suggests neutral wording; it is never rewritten."""

    id: Slug
    kind: Literal["term"] = "term"
    topic: Words
    used_by: tuple[Slug, ...]
    en: Side | None = None
    hy: Side | None = None
    az: Side | None = None
    ru: Side | None = None
    note: str = ""
    source: str = ""
    review: Review = Review.DRAFT

    def in_language(self, language: Language) -> Side | None:
        found: Side | None = getattr(self, language.value)
        return found


class Pack(Closed):
    """A folder of entries that is reviewed and released together (`pack.yaml`)."""

    id: Slug
    title: Words
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    licence: Words
    description: str = ""
    maintainers: tuple[str, ...] = ()


class Period(Closed):
    """The usage that a house takes for an entity between two dates."""

    usage: Slug
    since: PartialDate | None = None
    until: PartialDate | None = None


class Avoid(Closed):
    """Wording that goes round a disputed name, by language: suggested, never written."""

    entities: dict[Slug, dict[Language, Words]] = {}
    kinds: dict[Kind, dict[Language, Words]] = {}
    """For disputed entities of a kind."""


class PolicyWords(Closed):
    """What a policy says of itself, in another language than English; what is empty is shown in English."""

    title: str = ""
    description: str = ""
    pitfalls: str = ""


class Policy(Closed):
    """A house style: which usage is taken for an entity, and how quotes and first mentions are treated.

    The first rule that applies wins: `entities`, then `kinds`, then `countries` or dates, then `usage`. An entity
    without the wanted usage keeps the name it has.
    """

    id: Slug
    title: Words
    description: str = ""
    usage: Slug | None = None
    """The wanted usage; None follows the source."""
    kinds: dict[Kind, Slug] = {}
    """The wanted usage by kind of entity; `source` keeps the mention's own."""
    entities: dict[Slug, Slug] = {}
    """The wanted usage by entity; `source` keeps the mention's own."""
    countries: dict[CountryCode, Slug] = {}
    """The wanted usage by the country that an entity lies in."""
    by_date: bool = False
    """The name in force when things happened: by `periods`, then by the dates in the entries; needs a date."""
    periods: dict[Slug, tuple[Period, ...]] = {}
    """The wanted usage by entity and time, where the dates in the entry do not decide."""
    avoid: Avoid = Avoid()
    quotes: Literal["house", "speaker"] = "house"
    """`speaker`: inside quotation marks the speaker's form stays."""
    both_names: Literal["never", "first", "always"] = "never"
    """`first`: the first mention in a text reads "X (Y)", with both sides' names; `always`: every one does."""
    pitfalls: str = ""
    translations: dict[Language, PolicyWords] = {}
    """Title, description and pitfalls in other languages than English, for those who choose in theirs."""


class SettledPolicy(Policy):
    """A policy on a date, over a glossary; what it wants by country and date stands in `entities` and `outdated`."""

    date: str | None = None
    outdated: dict[Slug, dict[Slug, Slug]] = {}
    """Entity → a usage that was not in force → the one that stands for it."""
    undecided: tuple[Slug, ...] = ()
    """Entities whose name changed within what the date can mean: they keep their names and are flagged."""
