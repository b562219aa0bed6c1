"""What DeepL's clients send and get. The routes read a request leniently; these models describe it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from toolkit.pipeline.result import Action, Finding

Names = str | list[str]
EntriesFormat = Literal["csv", "tsv"]


class DeeplTranslateFields(BaseModel):
    """Texts that are wanted in another language; other fields of the protocol are accepted and change nothing."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": ["The road to Lachin is closed."], "target_lang": "AZ"}]}
    )

    text: list[str] = Field(min_length=1, description="The texts; in a form, `text` as often as there are texts.")
    target_lang: str = Field(description="Code of the language wanted, in any case.", examples=["RU"])
    source_lang: str | None = Field(None, description="Code of the language of the texts; needed with a glossary.")
    glossary_id: str | None = Field(None, description="Id of a glossary whose terms come before the packs.")
    glossary_ids: Names | None = Field(None, description="Ids of up to five glossaries, the first of them uppermost.")
    tag_handling: Literal["", "html", "xml"] | None = Field(None, description="How the texts are marked up.")
    ignore_tags: Names | None = Field(None, description="Elements inside which nothing changes.")
    splitting_tags: Names | None = Field(None, description="XML: elements that end a sentence.")
    non_splitting_tags: Names | None = Field(None, description="XML: elements that stand inside a sentence.")
    outline_detection: bool | str | int | None = Field(
        None, description="XML: whether elements among elements are told from those inside a sentence; 0 for not."
    )


class DeeplName(BaseModel):
    """What became of a name."""

    surface: str = Field(description="The name as the text has it.")
    rendering: str = Field(description="What became of it.")
    entity: str = Field(description="Id of the entity it names.")
    usage: str = Field(description="Usage of the rendering.")
    action: Action = Field(description="What was done with it.")
    applied: bool = Field(description="Whether the rendering stands in the translation.")


class DeeplTranslation(BaseModel):
    """A translated text."""

    detected_source_language: str = Field(description="Language of the text.", examples=["EN"])
    text: str = Field(description="The translation.")
    billed_characters: int = Field(description="Characters of the source text.")
    names: list[DeeplName] = Field(description="Dragoman's: what became of the names.")
    findings: list[Finding] = Field(description="Dragoman's: what is to be looked at.")
    signature: str = Field(description="Dragoman's: how the translation was made.")


class DeeplTranslations(BaseModel):
    """The translations, in the order of the texts."""

    translations: list[DeeplTranslation] = Field(description="One for each text.")


class DeeplUsage(BaseModel):
    """How much was translated."""

    character_count: int = Field(description="Characters translated since the server started.")
    character_limit: int = Field(description="There is none: a number too large to be reached.")


class DeeplLanguagesFields(BaseModel):
    """Which languages are asked for; the query does as well."""

    type: Literal["source", "target"] = Field("source", description="Source or target languages.")


class DeeplLanguage(BaseModel):
    """A language as DeepL's clients know it."""

    language: str = Field(description="Its code.", examples=["EN-GB"])
    name: str = Field(description="Its name in English.", examples=["English (British)"])
    supports_formality: bool | None = Field(None, description="Of a target language: whether formality can be chosen.")


class DeeplLanguagePair(BaseModel):
    """Two languages between which a glossary can be."""

    source_lang: str = Field(description="Language of the entries.", examples=["en"])
    target_lang: str = Field(description="Language of their translations.", examples=["ru"])


class DeeplLanguagePairs(BaseModel):
    """The pairs of languages between which glossaries can be."""

    supported_languages: list[DeeplLanguagePair] = Field(description="The pairs.")


class DeeplDictionaryFields(BaseModel):
    """The entries of one pair of languages."""

    source_lang: str = Field(description="Language of the entries.", examples=["en"])
    target_lang: str = Field(description="Language of their translations.", examples=["ru"])
    entries: str = Field(description="An entry a line: a text and its translation.", examples=["Goris\tГорис"])
    entries_format: EntriesFormat = Field("tsv", description="What stands between the two: a tab or a comma.")


class DeeplGlossaryFields(DeeplDictionaryFields):
    """A glossary of one pair of languages."""

    name: str = Field(description="Name of the glossary.", examples=["House style"])


class DeeplMultilingualFields(BaseModel):
    """A glossary of several pairs of languages."""

    name: str = Field(description="Name of the glossary.", examples=["House style"])
    dictionaries: list[DeeplDictionaryFields] = Field(min_length=1, description="One for each pair of languages.")


class DeeplUpdateFields(BaseModel):
    """What is to change of a glossary: its name, or entries that are to be added."""

    name: str | None = Field(None, description="The new name.")
    dictionaries: list[DeeplDictionaryFields] | None = Field(None, description="Entries to add, by pair of languages.")


class DeeplDictionary(DeeplLanguagePair):
    """The entries of one pair of languages, counted."""

    entry_count: int = Field(description="How many entries there are.")


class DeeplGlossary(DeeplDictionary):
    """A glossary of one pair of languages."""

    glossary_id: str = Field(description="Its id.", examples=["2d1e1b2c-6f0e-4b39-8a3b-0a4a2f8f3f3c"])
    name: str = Field(description="Its name.")
    ready: bool = Field(description="Always true: a glossary can be used at once.")
    creation_time: str = Field(description="When it was made, as RFC 3339.")


class DeeplGlossaries(BaseModel):
    """All glossaries of one pair of languages."""

    glossaries: list[DeeplGlossary] = Field(description="The glossaries, the oldest first.")


class DeeplMultilingual(BaseModel):
    """A glossary of several pairs of languages."""

    glossary_id: str = Field(description="Its id.", examples=["2d1e1b2c-6f0e-4b39-8a3b-0a4a2f8f3f3c"])
    name: str = Field(description="Its name.")
    creation_time: str = Field(description="When it was made, as RFC 3339.")
    dictionaries: list[DeeplDictionary] = Field(description="One for each pair of languages.")


class DeeplMultilinguals(BaseModel):
    """All glossaries."""

    glossaries: list[DeeplMultilingual] = Field(description="The glossaries, the oldest first.")


class DeeplEntriesOfPair(DeeplLanguagePair):
    """The entries of one pair of languages."""

    entries: str = Field(description="An entry a line, with a tab between text and translation.")
    entries_format: Literal["tsv"] = Field(description="Always `tsv`.")


class DeeplEntries(BaseModel):
    """The entries of a glossary for one pair of languages."""

    dictionaries: list[DeeplEntriesOfPair] = Field(description="The one dictionary that was asked for.")


class DeeplError(BaseModel):
    """What went wrong."""

    message: str = Field(description="The kind of the error.", examples=["Bad request"])
    detail: str = Field(description="What went wrong, in one line.")


class DeeplDocumentFields(BaseModel):
    """A document that is wanted in another language."""

    file: bytes = Field(description="The document; its name says the format.")
    target_lang: str = Field(description="Code of the language wanted.", examples=["RU"])
    source_lang: str | None = Field(None, description="Code of the language of the document.")
    glossary_id: str | None = Field(None, description="Id of a glossary whose terms come before the packs.")
    glossary_ids: Names | None = Field(None, description="Ids of up to five glossaries, the first of them uppermost.")
    output_format: str | None = Field(None, description="The format of the document; no other can be had.")


class DeeplDocument(BaseModel):
    """A document that was accepted."""

    document_id: str = Field(description="Its id.")
    document_key: str = Field(description="What shows that it is yours; it is shown this once.")


class DeeplDocumentKey(BaseModel):
    """What shows that a document is yours."""

    document_key: str = Field(description="The key that came with the id.")


class DeeplDocumentStatus(BaseModel):
    """How far a document is."""

    document_id: str = Field(description="Its id.")
    status: Literal["queued", "translating", "done", "error"] = Field(description="Where it is.")
    seconds_remaining: int | None = Field(None, description="About how long it still takes.")
    billed_characters: int | None = Field(None, description="Its characters, when it is done.")
    message: str | None = Field(None, description="Why it failed.")
    error_message: str | None = Field(None, description="The same.")


BODIES = (
    DeeplDocumentFields,
    DeeplDocumentKey,
    DeeplGlossaryFields,
    DeeplDictionaryFields,
    DeeplLanguagesFields,
    DeeplMultilingualFields,
    DeeplTranslateFields,
    DeeplUpdateFields,
)
"""What the routes read themselves, so that the framework knows nothing of it."""
