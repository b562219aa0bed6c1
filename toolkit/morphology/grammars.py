"""The grammar of each language, loaded where it is first asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from toolkit.languages import Language
from toolkit.morphology.base import Grammar


@cache
def grammar_of(language: Language) -> Grammar:
    """The grammar of `language`; each language's module holds one instance, named GRAMMAR."""
    grammar: Grammar = import_module(f"toolkit.morphology.{language.value}").GRAMMAR
    return grammar
