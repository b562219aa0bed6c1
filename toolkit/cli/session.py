"""What every text command needs: the settings, the glossary, a policy, and how results leave."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from toolkit.cli.inputs import read_json_lines
from toolkit.cli.progress import tracked
from toolkit.documents.file import LONGEST_LINE, check_whole
from toolkit.engines.protocol import Engine
from toolkit.errors import BadInput, DragomanError, ModelUnusable, TooLong
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.glossary.policy import load_policy
from toolkit.glossary.settle import settle
from toolkit.languages import Language
from toolkit.memory.load import load_memory, own_memory
from toolkit.memory.own.store import AT_ONCE, OwnMemory
from toolkit.memory.protocol import TranslationMemory
from toolkit.pipeline.findings import Severity
from toolkit.pipeline.obey.budget import parse_per_cent
from toolkit.pipeline.result import Result
from toolkit.settings import Settings, read_settings

DONE, FINDINGS, PARTIAL = 0, 1, 3
"""Exit codes besides those of the errors (2 wrong use, 4 a model or pack is missing or broken)."""


@dataclass
class Session:
    """The state of one run of the command."""

    policy_name: str | None = None
    date: str | None = None
    engine_name: str | None = None
    quality: str | None = None
    _engines: dict[tuple[Language, Language], list[Engine]] = field(default_factory=dict, repr=False)

    @cached_property
    def _policies(self) -> dict[tuple[str, str | None], Policy]:
        return {}

    @cached_property
    def settings(self) -> Settings:
        return read_settings()

    @cached_property
    def glossary(self) -> Glossary:
        return Glossary.load(self.settings.glossaries, cache=self.settings.cache)

    @cached_property
    def memory(self) -> TranslationMemory:
        """The newsroom's own memory and the seeds. Says on standard error what of it waits for new keys."""
        own = self.own_memory
        if own is not None and own.waiting > AT_ONCE:
            sys.stderr.write(
                f"dragoman: {own.waiting:,} stored sides are not found until their keys follow the changed glossary "
                "(run `dragoman memory refresh`)\n"
            )
        return load_memory(self.settings, self.glossary, own)

    @cached_property
    def own_memory(self) -> OwnMemory | None:
        """The newsroom's own memory, where it has one."""
        return own_memory(self.settings, self.glossary)

    def policy(self, row: Mapping[str, object] = MappingProxyType({})) -> Policy:
        """The command's policy, or the one that a line of JSON names, on the command's `--date` or the line's; each is
        read once. Raises BadInput where the line's is no string."""
        name, date = (_own(row, field) for field in ("policy", "date"))
        wanted = (name or self.policy_name or self.settings.policy, date or self.date)
        if wanted not in self._policies:
            self._policies[wanted] = settle(self.policy_file(wanted[0]), self.glossary, wanted[1])
        return self._policies[wanted]

    def policy_file(self, name: str | None = None) -> Policy:
        """A policy as it is written; the command's where none is named. Raises before any text is read."""
        return load_policy(name or self.policy_name or self.settings.policy, self.settings.policies)

    @property
    def ask_again(self) -> float:
        """The budget for asking engines again. Raises BadOption."""
        return parse_per_cent(self.settings.ask_again, "DRAGOMAN_ASK_AGAIN")

    def engines(self, source: Language, target: Language) -> list[Engine]:
        """The engines for a pair, in order; raises BadOption for an unknown name or quality."""
        from toolkit.engines.registry import engines_for, parse_quality

        if (source, target) not in self._engines:
            quality = parse_quality(self.quality or self.settings.quality)
            name = self.engine_name or self.settings.engine
            self._engines[source, target] = engines_for(source, target, self.settings, quality, name, _left_aside)
        return self._engines[source, target]


def _own(row: Mapping[str, object], field: str) -> str | None:
    """What a line of JSON says for itself. Raises BadInput where it is no string."""
    value = row.get(field)
    if value is not None and not isinstance(value, str):
        remedies = {"date": "write 2020-10-03, 2020-10 or 2020", "policy": "give an id, or the path of a YAML file"}
        raise BadInput(f'"{field}" is no string', remedy=remedies[field])
    return value


def _left_aside(error: ModelUnusable) -> None:
    sys.stderr.write(f"dragoman: a model is left aside: {error}\n")


def string_field(row: dict[str, Any], key: str, where: str = "") -> str:
    """A text of a JSON line. Raises BadInput where it is missing or no string."""
    value = row.get(key)
    if not isinstance(value, str):
        raise BadInput(f'"{key}" is missing or no string', where=where, remedy='write {"id": "1", "text": "…"}')
    if len(value) > LONGEST_LINE:
        raise TooLong(f'"{key}" has {len(value):,} characters, more than {LONGEST_LINE:,}', remedy="break it up")
    check_whole(value)
    return value


def stream_json_lines(sources: list[str], answer: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Answer each line of JSON by one line, in order and as it comes; returns how many were errors."""
    failed = 0
    for source in sources:
        for number, row in tracked(read_json_lines(source), "lines"):
            identity = row.get("id") if isinstance(row, dict) else None
            try:
                if isinstance(row, DragomanError):
                    raise row
                out = {"id": identity, **answer(row)}
            except DragomanError as error:
                failed += 1
                out = {"id": identity if identity is not None else number, "error": str(error)}
            sys.stdout.write(json.dumps(out, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    return failed


def result_object(result: Result) -> dict[str, Any]:
    return result.model_dump(mode="json", exclude_none=True)


def exit_code(results: list[Result], fail_on: Severity | None) -> int:
    """3 where segments were left untranslated, 1 for findings at or above `fail_on`, else 0."""
    if fail_on is not None:
        worst = [severity.rank for result in results if (severity := result.worst()) is not None]
        if worst and max(worst) >= fail_on.rank:
            return FINDINGS
    return PARTIAL if any(result.untranslated for result in results) else DONE
