"""The policies side by side: what each makes of the names in sentences of the project's own articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.documents.markdown import read_markdown
from toolkit.errors import BadInput
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.glossary.policy import list_policies, named_policy
from toolkit.glossary.settle import settle
from toolkit.languages import Language
from toolkit.mentions.resolve import analyse
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.result import Action, Result, ResultMention

DATES = ("1985", "2024")
"""When a sentence is set for a policy that chooses names by date: before and after names changed."""
_SENTENCES = 8
_LONGEST = 400
_MARKUP = re.compile(r"[*_`\[\]]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; a name has the entity, and the usages that write it so, or "both" for "X (Y)"."""

    text: str
    entity: str = ""
    usage: str = ""


@dataclass(frozen=True, slots=True)
class By:
    """A policy that writes a sentence so, and the names in it that it leaves for a person to decide."""

    policy: str
    flagged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A sentence as one or more policies write it."""

    policies: tuple[By, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence and its versions, in alphabetical order of the first policy that writes each."""

    article: str
    versions: tuple[Version, ...]

    @property
    def changing(self) -> frozenset[str]:
        """The entities that are not named alike in all versions."""
        ways: dict[str, set[str]] = {}
        for version in self.versions:
            for piece in version.pieces:
                if piece.entity:
                    ways.setdefault(piece.entity, set()).add(piece.text)
        return frozenset(entity for entity, texts in ways.items() if len(texts) > 1)


@dataclass(frozen=True, slots=True)
class _Settled:
    """A policy ready for use, labelled with the date where it needs one."""

    label: str
    policy: Policy


def policies_in(folder: Path) -> list[Policy]:
    """All policies as they are written, in alphabetical order."""
    return [named_policy(name, folder) for name in list_policies(folder)]


def samples_of(
    articles: Sequence[Path], language: Language, policies: Sequence[Policy], glossary: Glossary
) -> tuple[Sample, ...]:
    """The sentences of articles (Markdown, in one language) that policies write most differently, in reading order.

    A sentence that all policies write alike shows nothing, nor does a second one about the same names; where there are
    more than a page holds, those with the most versions stay. Raises BadInput for an article that is no text.
    """
    settled = list(_settled(policies, glossary))
    found = [sample for path in articles for sample in _of_article(path, language, settled, glossary)]
    telling: dict[frozenset[str], int] = {}
    for index in sorted(range(len(found)), key=lambda index: (-len(found[index].versions), index)):
        telling.setdefault(found[index].changing, index)
    return tuple(found[index] for index in sorted(list(telling.values())[:_SENTENCES]))


def _settled(policies: Sequence[Policy], glossary: Glossary) -> Iterator[_Settled]:
    for policy in policies:
        if policy.by_date:
            for date in DATES:
                yield _Settled(f"{policy.id} {date}", settle(policy, glossary, date))
        else:
            yield _Settled(policy.id, settle(policy, glossary))


def _of_article(path: Path, language: Language, policies: Sequence[_Settled], glossary: Glossary) -> Iterator[Sample]:
    try:
        document = read_markdown(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        remedy = "make it a UTF-8 text, or take it out of the folder of articles"
        raise BadInput("the article cannot be read", where=str(path), remedy=remedy) from None
    blocks = [block.span for block in document.blocks]
    analysis = analyse(document.text, language, glossary, blocks, document.markup)
    results = [(one.label, restyle(document, language, one.policy, glossary, analysis=analysis)) for one in policies]
    for number, segment in enumerate(results[0][1].segments):
        if len(segment.source) > _LONGEST or _MARKUP.search(segment.source):
            continue
        versions: dict[tuple[Piece, ...], list[By]] = {}
        for label, result in results:
            versions.setdefault(_pieces(result, number), []).append(By(label, _flagged(result, number)))
        if len(versions) > 1:
            name = path.stem.removesuffix(f".{language.value}")
            yield Sample(name, tuple(Version(tuple(by), pieces) for pieces, by in versions.items()))


def _flagged(result: Result, number: int) -> tuple[str, ...]:
    flagged = [mention.surface for mention in _mentions(result, number) if mention.action is Action.FLAGGED]
    return tuple(dict.fromkeys(flagged))


def _mentions(result: Result, number: int) -> list[ResultMention]:
    segment = result.segments[number]
    return [mention for mention in result.mentions if segment.start <= mention.start and mention.end <= segment.end]


def _pieces(result: Result, number: int) -> tuple[Piece, ...]:
    """A segment's target, cut at its names. Targets follow one another, so each is found after the one before."""
    segment = result.segments[number]
    position = 0
    for before in result.segments[: number + 1]:
        start = result.text.index(before.target, position)
        position = start + len(before.target)
    pieces: list[Piece] = []
    done = 0
    for mention in _mentions(result, number):
        head, tail = _within(mention, start)
        if head < done or tail > len(segment.target):
            continue
        pieces += [Piece(segment.target[done:head]), _name(segment.target[head:tail], mention)]
        done = tail
    pieces.append(Piece(segment.target[done:]))
    return tuple(piece for piece in pieces if piece.text)


def _within(mention: ResultMention, start: int) -> tuple[int, int]:
    head, tail = mention.target_start or 0, mention.target_end or 0
    return head - start, tail - start


def _name(text: str, mention: ResultMention) -> Piece:
    return Piece(text, mention.entity, "both" if mention.rule.startswith("both-names:") else mention.usage_out)
