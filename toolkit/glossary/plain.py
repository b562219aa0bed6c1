"""Pydantic's errors in words that a contributor who is no programmer can act on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import ValidationError

from toolkit.glossary import model
from toolkit.glossary.nearest import meant
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
        troubles.append(Trouble(path, message, _remedy(detail["type"], path) or remedy))
    return troubles


def _remedy(kind: str, path: FieldPath) -> str:
    """What to do where the field itself tells it; empty where it doesn't."""
    field = next((part for part in reversed(path) if isinstance(part, str)), "")
    if path and path[0] in _BY_LANGUAGE:
        field = str(path[0])
    if kind == "extra_forbidden":
        if field in _fields():
            return "it belongs to another place: the README of the glossaries lists the fields"
        return meant(field, _fields(), "remove it; the README of the glossaries lists the fields")
    if kind == "missing" and not isinstance(path[-1], int):
        return f"add the line `{field}: …`"
    example = _EXAMPLES.get(field, "")
    return f"write it like {example}" if example and kind in _OTHER_SHAPE else ""


@cache
def _fields() -> frozenset[str]:
    """The names of all fields of all models, as they are written."""
    models = (
        model.Entry,
        model.Name,
        model.NameText,
        model.Near,
        model.Pack,
        model.Policy,
        model.PolicyWords,
        model.Side,
        model.Term,
    )
    return frozenset(field.alias or name for one in models for name, field in one.model_fields.items())


_OTHER_SHAPE = frozenset(
    {"dict_type", "missing", "model_attributes_type", "model_type", "too_long", "too_short", "tuple_type"}
)
_BY_LANGUAGE = frozenset({"adjectives", "cues", "demonyms", "heads"})
_TEXT = "Shusha or {text: Shusha, variants: [Susha]}"
_EXAMPLES = {
    "adjectives": "{ru: шушинский}",
    "cues": "{ru: [город, район]}",
    "heads": "{en: [ministry, department]}",
    "demonyms": "{ru: шушинец}",
    "names": "`- usage: armenian`, and below it, indented, a line for each language",
    "near": "[{text: Шушикенд, is: another place}]",
    "position": "[39.76, 46.75], with points in the numbers",
    "used_by": "[armenian, azerbaijani]",
    "variants": "[Agdam, Aghdam]",
    "words": "[contact line, front line]",
} | dict.fromkeys(("az", "en", "hy", "ru"), _TEXT)
"""How a field looks whose value has another shape than is written."""

Words = Callable[[Any, dict[str, Any], str], tuple[str, str]]

_PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": ("small Latin letters, digits and single hyphens", "shusha-shushi or armenian"),
    r"^-?\d{1,4}(-\d\d(-\d\d)?)?$": (
        "a year, a month or a day",
        "1959, 2020-10 or 2020-10-03; leave `until` out while it is in use",
    ),
    r"^Q\d+$": ("a Wikidata number", "Q123456"),
    r"^[A-Z]{2}$": ("the code of a country in two capitals", "AM, AZ or GE"),
    r"^\d+\.\d+\.\d+$": ("three numbers with dots", "0.1.0"),
}


def _shown(value: Any) -> str:
    text = str(value)
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


def _pattern(value: Any, context: dict[str, Any], _: str) -> tuple[str, str]:
    wanted, example = _PATTERNS.get(context.get("pattern", ""), ("another form", "see the README"))
    return f"{_shown(value)} is not written as {wanted}", f"write it like {example}"


def _choice(value: Any, context: dict[str, Any], _: str) -> tuple[str, str]:
    allowed = [word for word in re.findall("'([^']*)'", str(context.get("expected", ""))) if word]
    listed = f"{', '.join(allowed[:-1])} or {allowed[-1]}" if len(allowed) > 1 else "".join(allowed)
    return f"{_shown(value)} is none of the allowed words", meant(str(value), allowed, f"use one of {listed}")


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
    "dict_type": _fixed("must be a text for each language", "write it like {ru: text}"),
    "model_type": _fixed("is not written as it should be", "write it as {text: name}"),
    "model_attributes_type": _fixed("is not written as it should be", "write it as lines of `field: text`"),
    "bool_parsing": _fixed("is neither true nor false", "write true or false"),
    "bool_type": _fixed("is neither true nor false", "write true or false"),
    "float_parsing": _fixed("is no number", "write digits with a point, like 39.76"),
    "float_type": _fixed("is no number", "write digits with a point, like 39.76"),
    "value_error": _own_words,
}
