"""Requests and answers of the native routes; results are the toolkit's own."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from toolkit.languages import Language
from toolkit.pipeline.result import Result

Form = Literal["html", "markdown", "text"]


class Request(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str = Field(description="The text as it is; everything but names comes back untouched.")
    policy: str | None = Field(None, description="Id of an installed policy; the server's default where left out.")
    format: Form = Field("text", description="How the text is marked up.")


class RestyleRequest(Request):
    lang: Language = Field(description="Language of the text.")

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "По дороге к Степанакерту тихо.", "lang": "ru", "policy": "azerbaijani"}]
        },
    )


class TranslateRequest(Request):
    source: Language = Field(alias="from", description="Language of the text.")
    target: Language = Field(alias="to", description="Language wanted.")

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "The road to Lachin is closed.", "from": "en", "to": "az", "policy": "follow-source"}]
        },
    )


class Problem(BaseModel):
    """One line of what went wrong, in the shape of RFC 9457 (problem details)."""

    title: str
    status: int
    code: str
    detail: str


__all__ = ["Problem", "Request", "RestyleRequest", "Result", "TranslateRequest"]
