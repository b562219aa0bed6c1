"""What the routes call: the pipeline with its glossary and memory loaded once."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from time import monotonic
from typing import Literal

from starlette.concurrency import run_in_threadpool

from api.auth.usage import UsageStore
from api.engines.batching import Batcher
from api.glossaries.entries import Pair
from api.glossaries.layers import Layer, Layers
from api.glossaries.store import GlossaryStore
from api.limits.gate import WorkGate
from api.observe.meter import current_meter
from api.observe.metrics import Metrics
from api.overrides import NONE, Overrides
from api.settings import ApiSettings
from toolkit.documents.file import File
from toolkit.documents.formats import open_file, reader_of
from toolkit.documents.model import Document
from toolkit.documents.options import DEFAULT as READ_ALL
from toolkit.documents.options import ReadOptions
from toolkit.engines.ct2 import Quality
from toolkit.engines.protocol import Engine
from toolkit.engines.registry import engines_for, parse_quality
from toolkit.errors import BadInput, TooLong, UnknownPolicy
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.glossary.policy import list_policies, load_policy
from toolkit.glossary.search import search_of
from toolkit.glossary.settle import settle
from toolkit.glossary.uploaded import USAGE
from toolkit.languages import Language
from toolkit.memory.current import CurrentMemory
from toolkit.memory.match import DEFAULT, MatchOptions
from toolkit.memory.protocol import TranslationMemory
from toolkit.pipeline.check import check
from toolkit.pipeline.choices import with_usages
from toolkit.pipeline.lint import lint
from toolkit.pipeline.obey.budget import parse_per_cent
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.result import Result
from toolkit.pipeline.translate import translate

_FLUSH = 2.0
"""Seconds between two writes of what was counted."""


@dataclass(frozen=True, slots=True)
class Drafting:
    """What a request says of how it is translated; None leaves it to the server's settings."""

    engine: str | None = None
    quality: Quality | None = None
    threshold: float = DEFAULT.threshold


AS_SET = Drafting()
OneLanguage = Literal["lint", "restyle"]
_IN_ONE_LANGUAGE = {"lint": lint, "restyle": restyle}
"""The verbs that a text keeps its language under."""
_LOOK_AGAIN = 2.0
"""Seconds for which the models on disk are taken to be the same."""
_MOST_ENGINES = 200


class Service:
    """The verbs over documents. Thread-safe: everything loaded is immutable."""

    def __init__(self, settings: ApiSettings) -> None:
        self.settings = settings
        self.store = GlossaryStore(settings.store)
        self.usage = UsageStore(settings.store)
        self.gate = WorkGate(settings.workers, settings.queue)
        self.metrics = Metrics()
        self.metrics.watch("queue_waiting", "Requests that wait for a worker", lambda: self.gate.waiting)
        self.metrics.watch("workers_busy", "Requests that are worked on", lambda: self.gate.busy)
        self._engines: dict[tuple[Language, Language, str, Quality], tuple[float, list[Engine]]] = {}
        self._batcher = Batcher(lambda: self.gate.busy, self.metrics.batch)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Around the life of the server: writes what was counted now and then, and at the end."""
        writing = asyncio.create_task(self._write_usage())
        try:
            yield
        finally:
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
            await run_in_threadpool(self.usage.flush)

    async def _write_usage(self) -> None:
        while True:
            await asyncio.sleep(_FLUSH)
            with suppress(sqlite3.Error):  # it is kept, and tried again
                await run_in_threadpool(self.usage.flush)

    @cached_property
    def glossary(self) -> Glossary:
        toolkit = self.settings.toolkit
        return Glossary.load(toolkit.glossaries, cache=toolkit.cache)

    @cached_property
    def layers(self) -> Layers:
        return Layers(self.glossary, self._memory.now)

    @cached_property
    def _memory(self) -> CurrentMemory:
        return CurrentMemory(self.settings.toolkit, self.glossary)

    @property
    def memory(self) -> TranslationMemory:
        """What is stored now. Raises MemoryBroken."""
        return self._memory.now()

    @cached_property
    def policies(self) -> dict[str, Policy]:
        """The installed policies by id. A request can only name one of these, never a path."""
        folder = self.settings.toolkit.policies
        return {name: load_policy(name, folder) for name in list_policies(folder)}

    @cached_property
    def default_policy(self) -> Policy:
        """The policy of the server's settings: an installed one, or a file. Raises UnknownPolicy or GlossaryBroken."""
        return load_policy(self.settings.toolkit.policy, self.settings.toolkit.policies)

    def warm(self) -> None:
        """Load everything before the first request."""
        for language in Language:
            self.glossary.table(language)
            self.memory.prepare(language)
        _ = self.default_policy, self.policies, self.layers, search_of(self.glossary)

    def policy(self, name: str | None, date: str | None = None, overrides: Overrides = NONE) -> Policy:
        """An installed policy, or the server's default, on a date, with overrides over it.

        Raises UnknownPolicy or BadOption.
        """
        if name is None:
            found = self.default_policy
        elif name in self.policies:
            found = self.policies[name]
        else:
            raise UnknownPolicy(f"unknown policy {name[:40]!r}", remedy=f"use one of {', '.join(self.policies)}")
        return with_usages(settle(found, self.glossary, date), overrides.usages)

    def checked(self, text: str) -> str:
        """The text, within the limits. Raises TooLong or BadInput."""
        limit = self.settings.max_characters
        if len(text) > limit:
            raise TooLong(f"the text has {len(text):,} characters, more than {limit:,}", remedy="send it in parts")
        if "\0" in text:
            raise BadInput("the text holds a NUL character", remedy="send plain text")
        return text

    def checked_list(self, lengths: Sequence[int]) -> None:
        """Raises TooLong for more texts, or more characters in all, than one request may have."""
        most, limit = self.settings.max_texts, self.settings.max_characters
        if len(lengths) > most:
            raise TooLong(f"the request has {len(lengths):,} texts, more than {most:,}", remedy="send it in parts")
        if sum(lengths) > limit:
            raise TooLong(f"the texts have more than {limit:,} characters in all", remedy="send them in parts")

    def read(self, text: str, form: str, options: ReadOptions = READ_ALL) -> Document:
        """A text within the limits as a document. Raises TooLong, BadInput, or BadOption for `options` that miss."""
        return reader_of(form, options)(self.checked(text))

    def open(self, data: bytes, form: str, name: str = "") -> File:
        """An uploaded file, opened; what people read in it is within the limits. Raises TooLong or BadInput."""
        file = open_file(data, form, name)
        self.checked(file.document.text if file.document.as_read else file.text)
        return file

    @property
    def ask_again(self) -> float:
        """The budget for asking engines again. Raises BadOption."""
        return parse_per_cent(self.settings.toolkit.ask_again, "DRAGOMAN_ASK_AGAIN")

    def engines(
        self, source: Language, target: Language, name: str | None = None, quality: Quality | None = None
    ) -> list[Engine]:
        """The engines of that name for a pair, else those that the server's settings name.

        A request can choose among what is installed and switched on, and nothing else. Models installed meanwhile are
        seen within seconds. Raises BadOption, ModelUnusable.
        """
        if source is target:
            return []
        toolkit = self.settings.toolkit
        wanted = quality or parse_quality(toolkit.quality, "DRAGOMAN_QUALITY")
        key = source, target, name or toolkit.engine, wanted
        looked, engines = self._engines.get(key, (float("-inf"), []))
        if monotonic() - looked > _LOOK_AGAIN:
            found = engines_for(source, target, toolkit, wanted, key[2])
            engines = [self._batcher.over(engine) for engine in found]
            if len(self._engines) >= _MOST_ENGINES:  # names come from clients
                self._engines.clear()
            self._engines[key] = monotonic(), engines
        return engines

    def uploaded(self, glossaries: Sequence[str], source: Language, target: Language) -> Layer:
        """Uploaded glossaries over the packs, the first of them uppermost. Raises BadInput where one is gone."""
        pairs: list[Pair] = []
        for identity in glossaries:
            found = self.store.entries(identity, source, target)
            if found is None:
                raise BadInput("a glossary was deleted meanwhile", remedy="ask for another one")
            pairs.extend(found)
        return self.layers.over(pairs, source, target)

    def translate(
        self,
        document: Document,
        source: Language,
        target: Language,
        policy: str | None = None,
        date: str | None = None,
        layer: Layer | None = None,
        *,
        overrides: Overrides = NONE,
        drafting: Drafting = AS_SET,
    ) -> Result:
        """The document in another language; the terms of a `layer` come before the policy."""
        wanted = self.policy(policy, date, overrides)
        engines = self.engines(source, target, drafting.engine, drafting.quality)
        glossary, memory = self.glossary, self.memory
        if layer is not None:
            glossary, memory, wanted = layer.glossary, layer.memory, layer.glossary.over(wanted, USAGE)
        result = translate(
            document, source, target, wanted, glossary, memory,
            engines=engines, options=MatchOptions(drafting.threshold), choices=overrides.choices,
            ask_again=self.ask_again,
        )  # fmt: skip
        return self.worked("translate", document, result)

    def in_one_language(
        self,
        verb: OneLanguage,
        document: Document,
        language: Language,
        policy: str | None = None,
        date: str | None = None,
        *,
        overrides: Overrides = NONE,
    ) -> Result:
        """The document with its names by policy, or as it is with what an editor should look at."""
        wanted = self.policy(policy, date, overrides)
        result = _IN_ONE_LANGUAGE[verb](document, language, wanted, self.glossary, choices=overrides.choices)
        return self.worked(verb, document, result)

    def check(
        self,
        source: Document,
        target: Document,
        languages: tuple[Language, Language],
        policy: str | None = None,
        date: str | None = None,
        *,
        fix: bool = False,
        overrides: Overrides = NONE,
    ) -> Result:
        """A translation compared with its source; with `fix` its names are put right."""
        wanted = self.policy(policy, date, overrides)
        result = check(source, target, *languages, wanted, self.glossary, fix=fix, choices=overrides.choices)
        return self.worked("check", source, result)

    def into(self, document: Document, source: Language, target: Language, layer: Layer | None = None) -> Result:
        """What a client of another service expects of any pair of languages: of one language with itself, the text."""
        if source is target:
            return self.in_one_language("restyle", document, target)
        return self.translate(document, source, target, layer=layer)

    def worked(self, verb: str, document: Document, result: Result) -> Result:
        """Count the characters of a document for whom it was worked on, and in the metrics. Every verb ends here."""
        characters = len(document.text)
        meter = current_meter()
        meter.characters += characters
        self.usage.add(meter.principal, characters)
        self.metrics.worked(verb, characters, result)
        return result
