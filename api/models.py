"""Requests and answers of the verbs; results are the toolkit's own."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from api import options
from toolkit.engines.ct2 import Quality
from toolkit.languages import Language
from toolkit.pipeline.result import Result

Form = Literal["csv", "feed", "html", "json", "markdown", "srt", "text", "tsv", "vtt", "xliff"]


def _one_of(first: str, second: str, example: dict[str, Any]) -> ConfigDict:
    """A closed schema of which one of two fields is given."""
    exactly_one: list[Any] = [{"required": [first]}, {"required": [second]}]
    return ConfigDict(extra="forbid", json_schema_extra={"oneOf": exactly_one, "examples": [example]})


class Override(BaseModel):
    """What this request wants an entity, or one mention of it, to be called, before any policy."""

    model_config = ConfigDict(extra="forbid")

    entity: str = Field(max_length=120, description="Id of the entity.", examples=["khankendi-stepanakert"])
    usage: str = Field(
        min_length=1,
        max_length=120,
        description="The wanted usage, or `source`: as the text has it.",
        examples=["international"],
    )
    start: Annotated[int, Field(ge=0)] | SkipJsonSchema[None] = Field(
        None,
        description="For one mention alone: where it starts in the text (code points), as a Result tells. It settles "
        "too which of several entities is meant.",
        examples=[8],
    )
    end: Annotated[int, Field(ge=0)] | SkipJsonSchema[None] = Field(
        None, description="Where that mention ends.", examples=[19]
    )
    text: Annotated[int, Field(ge=1)] | SkipJsonSchema[None] = Field(
        None, description="Of a list of texts: the one that has the mention, counted from 1.", examples=[1]
    )

    @model_validator(mode="after")
    def _whole_place(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise ValueError("start and end are given together")
        if self.start is None and self.text is not None:
            raise ValueError("text is given with start and end")
        return self


Text = Annotated[str, Field(description="The text as it is; everything but names comes back untouched.")]


class Request(BaseModel):
    """What every verb may be told."""

    model_config = ConfigDict(extra="forbid")

    policy: str | None = Field(None, **options.POLICY)
    date: str | None = Field(None, **options.DATE)
    format: Form = Field("text", description="How the text is marked up.")
    columns: str | None = Field(None, **options.COLUMNS)
    paths: str | None = Field(None, **options.PATHS)
    overrides: list[Override] = Field([], **options.OVERRIDES)


class TextRequest(Request):
    """One text, or several."""

    text: Text | SkipJsonSchema[None] = None
    texts: Annotated[list[str], Field(min_length=1)] | SkipJsonSchema[None] = Field(
        None, description="Several texts in place of one; they are answered in their order."
    )

    @model_validator(mode="after")
    def _text_or_texts(self) -> Self:
        if (self.text is None) == (self.texts is None):
            raise ValueError("give either text or texts")
        return self


class RestyleRequest(TextRequest):
    """A text whose names are looked at in its own language."""

    lang: Language = Field(description="Language of the text.")

    model_config = _one_of(
        "text", "texts", {"text": "По дороге к Степанакерту тихо.", "lang": "ru", "policy": "azerbaijani"}
    )


class TranslateRequest(TextRequest):
    """A text that is wanted in another language."""

    source: Language = Field(alias="from", description="Language of the text.")
    target: Language = Field(alias="to", description="Language wanted.")
    engine: str | None = Field(None, **options.ENGINE)
    quality: Quality | None = Field(None, **options.QUALITY)
    memory_threshold: float = Field(options.THRESHOLD, **options.MEMORY_THRESHOLD)

    model_config = _one_of(
        "text", "texts", {"text": "The road to Lachin is closed.", "from": "en", "to": "az", "policy": "follow-source"}
    )


class TextPair(BaseModel):
    """A text and its translation."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field(description="The source text.")
    target: str = Field(description="Its translation, whoever made it.")


class CheckRequest(Request):
    """A text and its translation that are to be compared, or several such pairs."""

    source: str | SkipJsonSchema[None] = Field(None, description="The source text; with `target`.")
    target: str | SkipJsonSchema[None] = Field(None, description="Its translation, whoever made it.")
    pairs: Annotated[list[TextPair], Field(min_length=1)] | SkipJsonSchema[None] = Field(
        None, description="Several pairs in place of one; they are answered in their order."
    )
    from_: Language = Field(alias="from", description="Language of the source.")
    to: Language = Field(description="Language of the translation.")
    fix: bool = Field(False, **options.FIX)

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "oneOf": [{"required": ["source", "target"]}, {"required": ["pairs"]}],
            "examples": [
                {
                    "source": "The road to Lachin is closed.",
                    "target": "Laçın yolu bağlıdır.",
                    "from": "en",
                    "to": "az",
                    "fix": True,
                }
            ],
        },
    )

    @model_validator(mode="after")
    def _pair_or_pairs(self) -> Self:
        given = self.source is not None, self.target is not None
        if given not in ((True, True), (False, False)) or given[0] == (self.pairs is not None):
            raise ValueError("give either source and target, or pairs")
        return self


class TextError(BaseModel):
    """What went wrong with one text of several."""

    id: str = Field(description="Place of the text in the list, counted from 1.", examples=["2"])
    error: str = Field(description="One line: what, where, the remedy.")
    code: str = Field(description="Code of the error.", examples=["E203"])


class Results(BaseModel):
    """The answers for several texts, in their order; the `id` of each is its place in the list, counted from 1."""

    results: list[Result | TextError] = Field(description="A result for each text, or what went wrong with it.")


class Problem(BaseModel):
    """One line of what went wrong, in the shape of RFC 9457 (problem details)."""

    title: str = Field(description="The kind of the problem.", examples=["Bad request"])
    status: int = Field(description="The status of the answer.", examples=[400])
    code: str = Field(description="Code of the error.", examples=["E102"])
    detail: str = Field(description="One line: what, where, the remedy. The text that was sent is never echoed.")


__all__ = [
    "CheckRequest",
    "Override",
    "Problem",
    "Request",
    "RestyleRequest",
    "Result",
    "Results",
    "TextError",
    "TextPair",
    "TextRequest",
    "TranslateRequest",
]
