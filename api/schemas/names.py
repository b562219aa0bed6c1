"""Requests and answers of the routes about names; an entity is the toolkit's own EntityDetail."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from toolkit.languages import Language


class FoundName(BaseModel):
    """A name that a query may stand for, with its entity."""

    entity: str = Field(description="Id of the entity.", examples=["khankendi-stepanakert"])
    usage: str = Field(description="Usages that write it so, joined by “+”.", examples=["armenian+international"])
    lang: Language = Field(description="Language of the name.")
    name: str = Field(description="The name as the glossary writes it.", examples=["Ստեփանակերտ"])
    score: float = Field(ge=0, le=1, description="How near the query is; 1 for the same text.")
    why: str = Field(description="Why the two may be the same.")


class FoundNames(BaseModel):
    """The names nearest to a query, best first, one an entity."""

    results: list[FoundName] = Field(description="The names; none where nothing is near enough.")


class NameMatch(BaseModel):
    """Whether two names can be the same."""

    match: bool = Field(description="Whether they can.")
    score: float = Field(ge=0, le=1, description="How near they are.")
    why: str = Field(description="Why, in plain words.")


class MatchRequest(BaseModel):
    """Two names in any scripts."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"a": "Շուշի", "b": "Şuşi"}]})

    a: str = Field(max_length=200, description="A name.")
    b: str = Field(max_length=200, description="Another one.")


class TransliterateRequest(BaseModel):
    """A text, or a name, that is wanted in another language's letters."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "oneOf": [{"required": ["text"]}, {"required": ["texts"]}],
            "examples": [{"text": "Ստեփանակերտ", "from": "hy", "to": "en", "names": True}],
        },
    )

    text: str | SkipJsonSchema[None] = Field(None, description="The text or name.")
    texts: Annotated[list[str], Field(min_length=1)] | SkipJsonSchema[None] = Field(
        None, description="Several in place of one; they are answered in their order."
    )
    source: Language = Field(alias="from", description="Language of the text.")
    target: Language = Field(alias="to", description="Language in whose letters it is wanted.")
    scheme: str = Field(
        "press",
        max_length=40,
        description="press, official, bgn-pcgn, iso9 or iso9985, as the pair of languages has.",
        examples=["press"],
    )
    variety: Literal["classical", "cyrl", "western"] | None = Field(
        None, description="Armenian: classical or western; Azerbaijani: cyrl."
    )
    names: bool = Field(False, description="Each text is a name: the glossary is asked first, alternatives come too.")

    @model_validator(mode="after")
    def _text_or_texts(self) -> Self:
        if (self.text is None) == (self.texts is None):
            raise ValueError("give either text or texts")
        return self


class Transliteration(BaseModel):
    """A text or name in another language's letters."""

    text: str = Field(description="The text as it is written there.", examples=["Stepanakert"])
    source: Literal["glossary", "guess", "rule"] = Field(
        description="Where it is from: the glossary, a rule of the scheme, or a guess (English is spelled by sound)."
    )
    alternatives: list[str] = Field([], description="Of a name: other ways to write it, best first.")


class Transliterations(BaseModel):
    """The answers for several texts, in their order."""

    results: list[Transliteration] = Field(description="One for each text.")
