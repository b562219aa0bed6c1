"""The work on one item: the verb over a row or a file, and what is written of it.

A row comes out as the text commands write it with `--jsonl`: its id and a Result for each language. A file comes out
in its own format (translate, restyle, check with `fix`), or as a Result in JSON.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from toolkit.batch.model import LONGEST_TEXT, Answer, Failure, Item, Task, texts_of
from toolkit.batch.wanted import Wanted
from toolkit.batch.workshop import Workshop, own
from toolkit.documents.file import REMEDY_EMPTY, File, check_whole
from toolkit.documents.formats import WRITTEN_AS, format_of, open_file, reader_of
from toolkit.documents.model import Document
from toolkit.documents.options import ReadOptions, Use, read_options
from toolkit.errors import BadInput, DragomanError, ModelUnusable, NotFound, NotText, TooLong
from toolkit.languages import Language
from toolkit.pipeline.check import check
from toolkit.pipeline.lint import lint
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.result import Result
from toolkit.pipeline.translate import translate

FATAL = 4
"""Exit code of the errors that no item can help: a model or pack that is missing or broken."""


def make_answerer(task: Task) -> Callable[[Item], Answer]:
    """The answering function of a worker, with all loaded that every item needs.

    Raises what loading raises, and BadOption or ModelUnusable for an engine that is not there.
    """
    shop = Workshop(task)
    _ = shop.glossary.entities
    shop.policy_as_written({})
    if task.expected and Wanted(task, shop).signature() != task.expected:
        raise ModelUnusable(
            "the glossary, memory, models or version of a worker are not those that the batch began with",
            remedy="make all machines alike, and run the batch again",
        )
    targets = [Language(code) for code in task.targets]
    source = Language(task.source) if task.source else None
    for language in dict.fromkeys([*([source] if source else []), *targets]):
        shop.glossary.table(language)
    if task.verb == "translate" and source:
        len(shop.memory)
        for target in targets:
            shop.engines(source, target)
    return _Answerer(shop)


class _Answerer:
    def __init__(self, shop: Workshop) -> None:
        self._shop = shop
        self._task = shop.task
        language = None if task_is_bilingual(shop.task) else shop.task.source
        self._reading = read_options(shop.task.columns, shop.task.paths, language)

    def __call__(self, item: Item) -> Answer:
        try:
            return self._row(item, item.row) if item.row is not None else self._file(item)
        except DragomanError as error:
            return Answer(failure=Failure.of(error), fatal=error.exit_code == FATAL and not _says_its_own(item))
        except MemoryError:
            return Answer(failure=Failure("E502", f"{item.place}: more memory is needed than there is"))
        except Exception as error:
            where = f"{item.place}: " if item.place else ""
            return Answer(failure=Failure("E503", f"{where}a fault in dragoman: {type(error).__name__}"))

    def _row(self, item: Item, row: dict[str, Any]) -> Answer:
        reader = reader_of(own(row, "format") or self._task.format or "text", self._reading)
        for text in texts_of(row):
            check_row_text(text)
        name = None if item.identity is None else str(item.identity)
        if self._task.verb == "check":
            results = self._checked(reader(_text(row, "source")), reader(_text(row, "target")), row, name)
        else:
            results = self._results(reader(_text(row, "text")), row, name)
        objects = [_object(result, brief=self._task.brief) for result in results]
        whole = {"id": item.identity, **(objects[0] if len(objects) == 1 else {"results": objects})}
        return _answer(results, line=json.dumps(whole, ensure_ascii=False))

    def _file(self, item: Item) -> Answer:
        files = [self._opened(path, use) for path, use in self._paths(item)]
        digest = hashlib.blake2b(b"".join(hashlib.blake2b(f.data).digest() for f in files), digest_size=16).hexdigest()
        if digest != item.digest:
            raise BadInput("it changed while the batch ran", where=item.place, remedy="run the batch again")
        written: list[tuple[str, bytes]] = []
        if self._task.verb == "check":
            results = self._checked(files[0].document, files[1].document, {}, None)
        else:
            results = self._results(files[0].document, {}, None)
        for result in results:
            name = PurePosixPath(item.place)
            suffix = WRITTEN_AS.get(self._task.format or "", name.suffix)
            stem = name.stem.removesuffix(f".{result.source_lang.value}")
            if self._changes:
                target = name.with_name(f"{stem}.{result.lang.value}{suffix}")
                written.append((str(target), files[-1].written(result.file)))
            if not self._changes or not self._task.brief:
                target = name.with_name(f"{stem}.{result.lang.value}{suffix}.json")
                text = json.dumps(_object(result, brief=self._task.brief), ensure_ascii=False, indent=2) + "\n"
                written.append((str(target), text.encode()))
        coded = tuple((name, base64.b64encode(data).decode()) for name, data in written)
        return _answer(results, files=coded)

    @property
    def _changes(self) -> bool:
        """Whether the verb makes a text, or only remarks."""
        return self._task.verb in ("restyle", "translate") or self._task.fix

    def _paths(self, item: Item) -> list[tuple[str, Use]]:
        paths = [path for path in (item.path, item.other) if path]
        if self._task.verb != "check":
            return [(paths[0], Use.TRANSLATE)]
        return [(paths[0], Use.SOURCES), (paths[-1], Use.TARGETS)]

    def _opened(self, path: str, use: Use) -> File:
        reading: ReadOptions = replace(self._reading, use=use)
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise NotFound(f"cannot be read: {error.strerror}", where=path, remedy="run the batch again") from None
        return open_file(data, self._task.format or format_of(path), path, reading)

    def _results(self, document: Document, row: dict[str, Any], name: str | None) -> list[Result]:
        shop, language, policy = self._shop, self._shop.source(row), self._shop.policy(row)
        if self._task.verb == "restyle":
            return [restyle(document, language, policy, shop.glossary, name=name)]
        if self._task.verb == "lint":
            return [lint(document, language, policy, shop.glossary, name=name)]
        return [
            translate(
                document,
                language,
                target,
                policy,
                shop.glossary,
                shop.memory,
                engines=shop.engines(language, target),
                ask_again=shop.ask_again,
                name=name,
            )
            for target in shop.targets(row)
        ]

    def _checked(self, source: Document, target: Document, row: dict[str, Any], name: str | None) -> list[Result]:
        shop = self._shop
        policy, fix = shop.policy(row), self._task.fix
        return [
            check(source, target, shop.source(row), language, policy, shop.glossary, fix=fix, name=name)
            for language in shop.targets(row)
        ]


def task_is_bilingual(task: Task) -> bool:
    return task.verb in ("check", "translate")


def check_row_text(text: str) -> None:
    """Raises TooLong, NotText (NUL, half a surrogate pair) or BadInput (nothing to read)."""
    if len(text) > LONGEST_TEXT:
        raise TooLong(f"{len(text):,} characters, more than {LONGEST_TEXT:,}", remedy="break the text up")
    if "\0" in text:
        raise NotText("the text has a NUL character", remedy="repair the export")
    check_whole(text)
    if not text.strip():
        raise BadInput("there is no text", remedy=REMEDY_EMPTY)


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise BadInput(f'"{key}" is missing or no string', remedy=f"name the field: --{key}-field")
    return value


def _says_its_own(item: Item) -> bool:
    """Whether a row names a policy or languages, so that what it needs may be its own fault."""
    return item.row is not None and any(key in item.row for key in ("from", "lang", "policy", "to"))


def _object(result: Result, *, brief: bool) -> dict[str, Any]:
    left_out = {"id", "segments", "mentions"} if brief else {"id"}
    return result.model_dump(mode="json", exclude_none=True, exclude=left_out)


def _answer(results: Sequence[Result], *, line: str | None = None, files: tuple[tuple[str, str], ...] = ()) -> Answer:
    ranks = [severity.rank for result in results if (severity := result.worst()) is not None]
    return Answer(
        line=line,
        files=files,
        untranslated=sum(result.untranslated for result in results),
        worst=max(ranks, default=-1),
    )
