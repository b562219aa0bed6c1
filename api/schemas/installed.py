"""Answers of the routes that tell what the server has: languages, packs, policies, models."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from toolkit.glossary.model import Kind
from toolkit.languages import Language


class LanguageAnswer(BaseModel):
    """A working language."""

    code: Language = Field(description="ISO 639-1 code.", examples=["hy"])
    name: str = Field(description="Its name in English.", examples=["Armenian"])
    targets: list[Language] = Field(description="What it can be translated into.")


class PackAnswer(BaseModel):
    """A pack of the glossary."""

    id: str = Field(description="Id of the pack.", examples=["south-caucasus"])
    title: str = Field(description="Title of the pack.", examples=["South Caucasus"])
    version: str = Field(description="Its version.", examples=["0.1.0"])
    digest: str = Field(description="A hash of its content; signatures of results show its head.")
    licence: str = Field(description="Under what it may be used.", examples=["CC-BY-4.0"])
    description: str = Field(description="What it holds.")
    maintainers: list[str] = Field(description="Who keeps it.")
    entries: int = Field(description="How many entities it has.", examples=[1500])
    contested: int = Field(description="How many of them the sides name differently today.")
    kinds: dict[Kind, int] = Field(description="How many entities of each kind it has.", examples=[{"city": 80}])


class PolicyWordsAnswer(BaseModel):
    """What a policy says of itself in a language."""

    title: str = Field(description="Its title; empty where only the English one is known.")
    description: str = Field(description="What it does.")
    pitfalls: str = Field(description="What it does not do.")


class PolicyAnswer(BaseModel):
    """An installed policy (house style)."""

    id: str = Field(description="The id that requests name it by.", examples=["follow-source"])
    title: str = Field(description="Title of the policy.", examples=["Follow the source"])
    description: str = Field(description="What it does.")
    pitfalls: str = Field(description="What it does not do.")
    translations: dict[Language, PolicyWordsAnswer] = Field(description="The same in other languages than English.")
    usage: str | None = Field(description="The usage it wants in general; none follows the source.")
    kinds: dict[Kind, str] = Field(description="The usage it wants by kind of entity, before that in general.")
    entities: dict[str, str] = Field(description="The usage it wants by entity, before that of the kind.")
    quotes: Literal["house", "speaker"] = Field(description="`speaker`: in quotation marks the speaker's form stays.")
    both_names: Literal["never", "first", "always"] = Field(description="Which mentions give both sides' names.")
    by_date: bool = Field(description="Whether it needs the date of the events.")
    countries: dict[str, str] = Field(description="The usage it wants by the country that an entity lies in.")
    default: bool = Field(description="Whether it is taken where a request names none.")


class ModelAnswer(BaseModel):
    """A model as it concerns one direction."""

    direction: str = Field(description="The direction it translates.", examples=["en-az"])
    name: str = Field(description="The name by which it is installed, and asked for as `engine`.")
    engine: str = Field(description="The kind of engine that runs it; empty where none does.", examples=["argos"])
    download: int | None = Field(description="Megabytes to download, about; none for a model that no catalogue knows.")
    size: int = Field(description="Megabytes on disk, about.", examples=[90])
    licence: str = Field(description="Under what it may be used.", examples=["CC-BY-4.0"])
    commercial: bool | None = Field(description="Whether commercial use is allowed; none where that is not known.")
    bleu: float | None = Field(description="BLEU on FLORES-200 as published.")
    comet: float | None = Field(description="COMET on FLORES-200 as published.")
    installed: bool = Field(description="Whether it is installed.")
    recommended: bool = Field(description="Whether `models install recommended` takes it.")
    weak: bool = Field(description="Published COMET below 0.7: too wrong to be worked with.")
    note: str = Field(description="What else is to be known of it.")
    fault: str = Field(description="Why it cannot be used, installed as it is; empty where nothing is wrong.")


class DirectionAnswer(BaseModel):
    """The models of a direction, the recommended first, then by published quality."""

    direction: str = Field(description="The direction.", examples=["en-az"])
    rows: list[ModelAnswer] = Field(description="What is installed and what can be had.")
    through: list[str] = Field(description="The directions to go through English by, where that is to be done.")


class EngineAnswer(BaseModel):
    """An engine that translates a direction on this server."""

    name: str = Field(description="The name that a request gives as `engine`.", examples=["argos"])
    kind: str = Field(description="Its kind.", examples=["argos"])
    through: Language | None = Field(description="The language that it goes through, where none goes straight.")


class DirectionEngines(BaseModel):
    """The engines of a direction, in alphabetical order of their kinds; `auto` and `memory` are always there."""

    direction: str = Field(description="The direction.", examples=["en-az"])
    engines: list[EngineAnswer] = Field(description="What is there now; none where only the memory translates.")
