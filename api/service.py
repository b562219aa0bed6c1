"""What the routes call: the pipeline with its glossary and memory loaded once."""

from __future__ import annotations

from functools import cached_property
from threading import Lock

from api.glossaries.layers import Layer, Layers
from api.glossaries.store import GlossaryStore
from api.settings import ApiSettings
from toolkit.documents.file import File
from toolkit.documents.formats import open_file, reader_of
from toolkit.documents.model import Document
from toolkit.engines.protocol import Engine
from toolkit.engines.registry import engines_for, parse_quality
from toolkit.errors import BadInput, TooLong, UnknownPolicy
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.glossary.policy import list_policies, load_policy
from toolkit.glossary.settle import settle
from toolkit.glossary.uploaded import USAGE
from toolkit.languages import Language
from toolkit.memory.load import load_memory
from toolkit.memory.protocol import TranslationMemory
from toolkit.pipeline.lint import lint
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.result import Result
from toolkit.pipeline.translate import translate


class Service:
    """The verbs over documents. Thread-safe: everything loaded is immutable."""

    def __init__(self, settings: ApiSettings) -> None:
        self.settings = settings
        self.store = GlossaryStore(settings.store)
        self.characters = 0
        """Characters translated for DeepL's clients since the start."""
        self._counting = Lock()

    @cached_property
    def glossary(self) -> Glossary:
        toolkit = self.settings.toolkit
        return Glossary.load(toolkit.glossaries, cache=toolkit.cache)

    @cached_property
    def layers(self) -> Layers:
        return Layers(self.glossary, self.memory)

    @cached_property
    def memory(self) -> TranslationMemory:
        return load_memory(self.settings.toolkit, self.glossary)

    @cached_property
    def policies(self) -> dict[str, Policy]:
        """The installed policies by id. A request can only name one of these, never a path."""
        folder = self.settings.toolkit.policies
        return {name: load_policy(name, folder) for name in list_policies(folder)}

    def count(self, characters: int) -> None:
        with self._counting:
            self.characters += characters

    def warm(self) -> None:
        """Load everything before the first request."""
        for language in Language:
            self.glossary.table(language)
        _ = self.memory, self.policies, self.layers

    def policy(self, name: str | None, date: str | None = None) -> Policy:
        """An installed policy, or the server's default, on a date. Raises UnknownPolicy or BadOption."""
        if name is None:
            found = load_policy(self.settings.toolkit.policy, self.settings.toolkit.policies)
        elif name in self.policies:
            found = self.policies[name]
        else:
            raise UnknownPolicy(f"unknown policy {name[:40]!r}", remedy=f"use one of {', '.join(self.policies)}")
        return settle(found, self.glossary, date)

    def checked(self, text: str) -> str:
        """The text, within the limits. Raises TooLong or BadInput."""
        limit = self.settings.max_characters
        if len(text) > limit:
            raise TooLong(f"the text has {len(text):,} characters, more than {limit:,}", remedy="send it in parts")
        if "\0" in text:
            raise BadInput("the text holds a NUL character", remedy="send plain text")
        return text

    def read(self, text: str, form: str) -> Document:
        """A text within the limits as a document. Raises TooLong or BadInput."""
        return reader_of(form)(self.checked(text))

    def open(self, data: bytes, form: str, name: str = "") -> File:
        """An uploaded file, opened; what people read in it is within the limits. Raises TooLong or BadInput."""
        file = open_file(data, form, name)
        self.checked(file.document.text if file.document.as_read else file.text)
        return file

    def engines(self, source: Language, target: Language) -> list[Engine]:
        """The engines that the server's settings name, for a pair. A request cannot choose."""
        if source is target:
            return []
        toolkit = self.settings.toolkit
        return engines_for(source, target, toolkit, parse_quality(toolkit.quality), toolkit.engine)

    def translate(
        self,
        document: Document,
        source: Language,
        target: Language,
        policy: str | None = None,
        layer: Layer | None = None,
    ) -> Result:
        """The document in another language; the terms of a `layer` come before the policy."""
        wanted = self.policy(policy)
        engines = self.engines(source, target)
        if layer is None:
            return translate(document, source, target, wanted, self.glossary, self.memory, engines=engines)
        wanted = layer.glossary.over(wanted, USAGE)
        return translate(document, source, target, wanted, layer.glossary, layer.memory, engines=engines)

    def restyle(self, document: Document, language: Language, policy: str | None = None) -> Result:
        return restyle(document, language, self.policy(policy), self.glossary)

    def lint(self, document: Document, language: Language, policy: str | None = None) -> Result:
        return lint(document, language, self.policy(policy), self.glossary)

    def into(self, document: Document, source: Language, target: Language, layer: Layer | None = None) -> Result:
        """What a client of another service expects of any pair of languages: of one language with itself, the text."""
        if source is target:
            return self.restyle(document, target)
        return self.translate(document, source, target, layer=layer)
