"""Pydantic's errors in words that a contributor who is no programmer can act on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from toolkit.glossary.yaml_safe import FieldPath


@dataclass(frozen=True, slots=True)
class Trouble:
    """One field that does not fit the model."""

    path: FieldPath
    message: str
    remedy: str

    @property
    def field(self) -> str:
        return field_name(self.path)


def field_name(path: FieldPath) -> str:
    """A path as a contributor reads it: `names[1].ru.text`; places in lists count from 1."""
    name = ""
    for part in path:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
    return name


def explain(error: ValidationError) -> list[Trouble]:
    """The errors of a validation, in the order of the fields, in plain words."""
    troubles = []
    for detail in error.errors(include_url=False):
        path = tuple(part for part in detail["loc"] if part != "[key]")
        speak = _WORDS.get(detail["type"], _anything_else)
        message, remedy = speak(detail.get("input"), detail.get("ctx", {}), detail["msg"])
        troubles.append(Trouble(path, message, remedy))
    return troubles


Words = Callable[[Any, dict[str, Any], str], tuple[str, str]]

_PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": ("small Latin letters, digits and single hyphens", "shusha-shushi or armenian"),
    r"^-?\d{1,4}(-\d\d(-\d\d)?)?$": ("a year, a month or a day", "1959, 2020-10 or 2020-10-03"),
    r"^Q\d+$": ("a Wikidata number", "Q123456"),
    r"^\d+\.\d+\.\d+$": ("three numbers with dots", "0.1.0"),
}


def _shown(value: Any) -> str:
    text = str(value)
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


def _pattern(value: Any, context: dict[str, Any], _: str) -> tuple[str, str]:
    wanted, example = _PATTERNS.get(context.get("pattern", ""), ("another form", "see the README"))
    return f"{_shown(value)} is not written as {wanted}", f"write it like {example}"


def _choice(value: Any, context: dict[str, Any], _: str) -> tuple[str, str]:
    return f"{_shown(value)} is none of the allowed words", f"use one of {context.get('expected', '')}"


def _no_text(value: Any, _: dict[str, Any], __: str) -> tuple[str, str]:
    if value is None:
        return "is empty", "write a text, or remove the line"
    return "must be a text", "write one text, in double quotes where it looks like something else"


def _own_words(_: Any, context: dict[str, Any], message: str) -> tuple[str, str]:
    reason = str(context.get("error", message))
    problem, _, remedy = reason.partition(": ")
    return problem, remedy or "see the README of the glossaries"


def _anything_else(_: Any, __: dict[str, Any], message: str) -> tuple[str, str]:
    return message[:1].lower() + message[1:], "see the README of the glossaries"


def _fixed(message: str, remedy: str) -> Words:
    return lambda *_: (message, remedy)


_WORDS: dict[str, Words] = {
    "missing": _fixed("is missing", "add this field"),
    "extra_forbidden": _fixed("is no field that can stand here", "check its spelling, or remove it"),
    "string_pattern_mismatch": _pattern,
    "enum": _choice,
    "literal_error": _choice,
    "string_type": _no_text,
    "string_too_short": _fixed("is empty", "write a text, or remove the line"),
    "string_too_long": lambda _, context, __: (f"is longer than {context['max_length']} characters", "shorten it"),
    "too_short": _fixed("has too few items", "add what is missing"),
    "too_long": _fixed("has too many items", "remove what is too much"),
    "tuple_type": _fixed("must be a list", "write it as [one, two]"),
    "dict_type": _fixed("must be pairs of `key: value`", "write it as {ru: text}"),
    "model_type": _fixed("must be pairs of `key: value`", "write it as {text: name}, or as `key: value` lines"),
    "model_attributes_type": _fixed("must be pairs of `key: value`", "write it as `key: value` lines"),
    "bool_parsing": _fixed("is neither true nor false", "write true or false"),
    "bool_type": _fixed("is neither true nor false", "write true or false"),
    "float_parsing": _fixed("is no number", "write digits with a point, like 39.76"),
    "float_type": _fixed("is no number", "write digits with a point, like 39.76"),
    "value_error": _own_words,
}
