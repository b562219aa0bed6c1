"""Transliteration schemes as data: one YAML file a scheme, read into a closed model.

A scheme maps letters and groups of letters, each rule perhaps only in a context:

    letters: {բ: b, ա: a}
    rules:
      - {from: ե, to: ye, after: start vowel}      # word-initially and after a vowel
      - {from: այ, to: ay|ai, before: end}         # first answer ay, alternative ai

`after` and `before` list, with spaces between, `start`/`end` of the word, names of `classes`, or letters as they
stand (x$ at the end of the word, ^x at its start); `not_after` and `not_before` forbid them. Longer sources come
before shorter ones, rules with a context before rules without. `through` names schemes whose output this one takes in
(English spelling into sounds). `leave` is a pattern of words that are in the target writing already.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from toolkit.errors import BadOption

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Status(StrEnum):
    """`official`: a standard or a decision; `practice`: what newsrooms write; `draft`: ours, to be reviewed."""

    DRAFT = "draft"
    OFFICIAL = "official"
    PRACTICE = "practice"


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def _split(value: Any) -> Any:
    return tuple(value.split()) if isinstance(value, str) else value


class Rule(_Closed):
    """`source` becomes the first of `targets` where the context holds; the others are alternatives, best first."""

    source: Annotated[str, Field(alias="from", min_length=1)]
    targets: Annotated[tuple[str, ...], Field(alias="to", min_length=1)]
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()

    @field_validator("targets", mode="before")
    @classmethod
    def _alternatives(cls, value: Any) -> Any:
        return tuple(value.split("|")) if isinstance(value, str) else value

    @field_validator("after", "before", "not_after", "not_before", mode="before")
    @classmethod
    def _context(cls, value: Any) -> Any:
        return _split(value)

    @property
    def bare(self) -> bool:
        """Whether the rule holds in every context."""
        return not (self.after or self.before or self.not_after or self.not_before)


class Scheme(_Closed):
    """A named table from one writing to another."""

    id: Slug
    source: Annotated[str, Field(alias="from")]
    target: Annotated[str, Field(alias="to")]
    title: str
    authority: str
    status: Status
    through: tuple[Slug, ...] = ()
    elements: bool = False
    leave: str = ""
    classes: dict[str, tuple[str, ...]] = {}
    letters: dict[str, str] = {}
    rules: tuple[Rule, ...] = ()
    variants: tuple[Rule, ...] = ()
    marks: dict[str, str] = {}
    notes: tuple[str, ...] = ()

    @field_validator("classes", mode="before")
    @classmethod
    def _classes(cls, value: Any) -> Any:
        return {name: _split(letters) for name, letters in value.items()} if isinstance(value, dict) else value

    def all_rules(self) -> tuple[Rule, ...]:
        """Context rules and letters together, in the order in which they are tried."""
        letters = tuple(Rule(source=source, targets=target) for source, target in self.letters.items())
        return tuple(sorted((*self.rules, *letters), key=lambda rule: (-len(rule.source), rule.bare)))


def _folder() -> resources.abc.Traversable:
    return resources.files("toolkit.translit") / "data"


@cache
def scheme_ids() -> tuple[str, ...]:
    """The ids of all schemes, in alphabetical order."""
    names = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


@cache
def load(scheme_id: str) -> Scheme:
    """The scheme of this id; raises BadOption where there is none."""
    if scheme_id not in scheme_ids():
        raise BadOption(f"no transliteration scheme {scheme_id[:60]!r}", remedy=f"use one of {', '.join(scheme_ids())}")
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = (_folder() / f"{scheme_id}.yaml").read_text("utf-8")
    scheme = Scheme.model_validate(yaml.load(content, Loader=loader))  # noqa: S506 - a safe loader either way
    if scheme.id != scheme_id:
        raise BadOption(f"the scheme in {scheme_id}.yaml calls itself {scheme.id!r}", remedy="name the file as its id")
    return scheme
