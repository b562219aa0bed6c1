"""What the routes call: the pipeline with its glossary and memory loaded once."""

from __future__ import annotations

from functools import cached_property

from api.settings import ApiSettings
from toolkit.documents.formats import reader_of
from toolkit.engines.protocol import Engine
from toolkit.engines.registry import engines_for, parse_quality
from toolkit.errors import BadInput, TooLong, UnknownPolicy
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.glossary.policy import list_policies, load_policy
from toolkit.languages import Language
from toolkit.memory.store import Memory
from toolkit.pipeline.lint import lint
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.result import Result
from toolkit.pipeline.translate import translate


class Service:
    """The verbs over strings. Thread-safe: everything loaded is immutable."""

    def __init__(self, settings: ApiSettings) -> None:
        self.settings = settings

    @cached_property
    def glossary(self) -> Glossary:
        toolkit = self.settings.toolkit
        return Glossary.load(toolkit.glossaries, cache=toolkit.cache)

    @cached_property
    def memory(self) -> Memory:
        toolkit = self.settings.toolkit
        return Memory.load([toolkit.seeds], self.glossary, cache=toolkit.cache)

    @cached_property
    def policies(self) -> dict[str, Policy]:
        """The installed policies by id. A request can only name one of these, never a path."""
        folder = self.settings.toolkit.policies
        return {name: load_policy(name, folder) for name in list_policies(folder)}

    def warm(self) -> None:
        """Load everything before the first request."""
        for language in Language:
            self.glossary.table(language)
        _ = self.memory, self.policies

    def policy(self, name: str | None) -> Policy:
        """An installed policy, or the server's default. Raises UnknownPolicy."""
        if name is None:
            return load_policy(self.settings.toolkit.policy, self.settings.toolkit.policies)
        if name not in self.policies:
            raise UnknownPolicy(f"unknown policy {name[:40]!r}", remedy=f"use one of {', '.join(self.policies)}")
        return self.policies[name]

    def checked(self, text: str) -> str:
        """The text, within the limits. Raises TooLong or BadInput."""
        limit = self.settings.max_characters
        if len(text) > limit:
            raise TooLong(f"the text has {len(text):,} characters, more than {limit:,}", remedy="send it in parts")
        if "\0" in text:
            raise BadInput("the text holds a NUL character", remedy="send plain text")
        return text

    def translate(self, text: str, source: Language, target: Language, policy: str | None, form: str) -> Result:
        document = reader_of(form)(self.checked(text))
        engines = self.engines(source, target)
        return translate(document, source, target, self.policy(policy), self.glossary, self.memory, engines=engines)

    def engines(self, source: Language, target: Language) -> list[Engine]:
        """The engines that the server's settings name, for a pair. A request cannot choose."""
        if source is target:
            return []
        toolkit = self.settings.toolkit
        return engines_for(source, target, toolkit, parse_quality(toolkit.quality), toolkit.engine)

    def restyle(self, text: str, language: Language, policy: str | None, form: str) -> Result:
        return restyle(reader_of(form)(self.checked(text)), language, self.policy(policy), self.glossary)

    def lint(self, text: str, language: Language, policy: str | None, form: str) -> Result:
        return lint(reader_of(form)(self.checked(text)), language, self.policy(policy), self.glossary)
