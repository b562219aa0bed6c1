"""What LibreTranslate's clients send and get. The routes read a request leniently; these models describe it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from toolkit.languages import Language
from toolkit.pipeline.result import Finding

Texts = str | list[str]


class LibreTranslateFields(BaseModel):
    """A text, or several in a list (JSON alone)."""

    q: Texts = Field(description="The text, or a list of texts.", examples=["The road to Lachin is closed."])
    source: str = Field(description="Code of the language of the text, or `auto`.", examples=["en"])
    target: str = Field(description="Code of the language wanted.", examples=["az"])
    format: Literal["html", "text"] = Field("text", description="How the text is marked up.")
    alternatives: int = Field(0, description="How many other translations are wanted; there are none.")
    api_key: str = Field("", description="A key, where the server asks for one.")


class LibreDetectFields(BaseModel):
    """A text whose language is asked for."""

    q: str = Field(description="The text.", examples=["Şuşada sakitlikdir"])
    api_key: str = Field("", description="A key, where the server asks for one.")


class LibreDetected(BaseModel):
    """The language of a text."""

    language: Language = Field(description="Code of the language.", examples=["az"])
    confidence: int = Field(ge=0, le=100, description="How sure that is, in percent.", examples=[90])


class LibreTranslation(BaseModel):
    """The translation; of a list of texts every field is a list with a value for each."""

    translatedText: Texts = Field(description="The translation.")  # noqa: N815 - its name in the protocol
    detectedLanguage: LibreDetected | list[LibreDetected] | None = Field(  # noqa: N815 - its name in the protocol
        None, description="With source `auto`: the language of the text."
    )
    alternatives: list[str] | list[list[str]] | None = Field(None, description="Other translations, where asked for.")
    findings: list[Finding] | list[list[Finding]] = Field(description="Dragoman's: what is to be looked at.")
    signature: Texts = Field(description="Dragoman's: how the translation was made.")


class LibreLanguage(BaseModel):
    """A language with what it can be translated into."""

    code: Language = Field(description="ISO 639-1 code.", examples=["hy"])
    name: str = Field(description="Its name in English.", examples=["Armenian"])
    targets: list[Language] = Field(description="What it can be translated into.")


class LibreHealth(BaseModel):
    """Whether the server answers."""

    status: Literal["ok"] = Field(description="Always `ok`.")


class LibreChoice(BaseModel):
    """A language that a page begins with."""

    code: str = Field(description="ISO 639-1 code, or `auto`.", examples=["auto"])
    name: str = Field(description="Its name in English.")


class LibreChosen(BaseModel):
    """The languages that a page begins with."""

    source: LibreChoice = Field(description="Of the text.")
    target: LibreChoice = Field(description="The one wanted.")


class LibreSettings(BaseModel):
    """What a page should know of the server; the names are of the protocol."""

    apiKeys: bool = Field(description="Whether there are keys.")  # noqa: N815 - its name in the protocol
    keyRequired: bool = Field(description="Whether a key is wanted.")  # noqa: N815 - its name in the protocol
    charLimit: int = Field(description="Longest text of one request, in characters.")  # noqa: N815 - its name in the protocol
    frontendTimeout: int = Field(description="Milliseconds from the last key to the request.")  # noqa: N815 - its name in the protocol
    suggestions: bool = Field(description="Whether better translations are taken.")
    filesTranslation: bool = Field(description="Whether files are translated.")  # noqa: N815 - its name in the protocol
    supportedFilesFormat: list[str] = Field(description="Ends of their names.", examples=[[".txt"]])  # noqa: N815 - its name in the protocol
    language: LibreChosen = Field(description="What a page begins with.")


class LibreError(BaseModel):
    """What went wrong, in one line."""

    error: str = Field(description="What went wrong.", examples=["Invalid request: missing q parameter"])


class LibreFileFields(BaseModel):
    """A file that is wanted in another language."""

    file: bytes = Field(description="The file; its name says the format.")
    source: str = Field(description="Code of the language of the file, or `auto`.", examples=["en"])
    target: str = Field(description="Code of the language wanted.", examples=["az"])
    api_key: str = Field("", description="A key, where the server asks for one.")


class LibreFile(BaseModel):
    """Where the translation of a file is."""

    translatedFileUrl: str = Field(description="Address of the file.")  # noqa: N815 - its name in the protocol


BODIES = (LibreDetectFields, LibreFileFields, LibreTranslateFields)
"""What the routes read themselves, so that the framework knows nothing of it."""
