"""An archive to translate: articles as newsrooms have them, made of the memory's English sentences.

A headline, then paragraphs of one to three sentences, of every length there is: so a library that works paragraph by
paragraph, and one that takes all of a text at once, are both given what they are given in earnest.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.languages import Language
from toolkit.memory.markup import parse_marks
from toolkit.text.sentences import split_sentences

_PARAGRAPHS = (6, 7, 8, 9, 10, 12, 14)
_SENTENCES = (1, 1, 1, 2, 2, 2, 3)
_SHORTEST = 3
_HEADLINE = range(4, 9)
"""Words."""


@dataclass(frozen=True, slots=True)
class Article:
    """Its paragraphs, each as its sentences."""

    paragraphs: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        return "\n\n".join(" ".join(paragraph) for paragraph in self.paragraphs)

    @property
    def sentences(self) -> list[str]:
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]


def archive(memory: Path, segments: int) -> list[Article]:
    """Articles of so many segments together, or a few more; no sentence stands in two."""
    chance = random.Random(7)
    texts = sorted(set(_texts(memory)))
    chance.shuffle(texts)
    headlines = iter([text.rstrip(".") for text in texts if len(text.split()) in _HEADLINE])
    used: set[str] = set()
    bodies = iter([text for text in texts if len(text.split()) >= _SHORTEST])
    found: list[Article] = []
    while sum(len(article.sentences) for article in found) < segments:
        headline = next(headlines)
        used.add(f"{headline}.")
        paragraphs: list[tuple[str, ...]] = [(headline,)]
        for _ in range(chance.choice(_PARAGRAPHS)):
            some = [next(text for text in bodies if text not in used) for _ in range(chance.choice(_SENTENCES))]
            used.update(some)
            paragraphs.append(_as_split(" ".join(some)))
        found.append(Article(tuple(paragraphs)))
    return found


def _as_split(paragraph: str) -> tuple[str, ...]:
    """The sentences as our splitter finds them: the peer is given the same, for nothing."""
    return tuple(span.of(paragraph) for span in split_sentences(paragraph, Language.EN))


def _texts(memory: Path) -> Iterator[str]:
    for path in sorted(memory.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                text = parse_marks(json.loads(line)["en"]).text
                if text.endswith((".", "!", "?")):
                    yield text
