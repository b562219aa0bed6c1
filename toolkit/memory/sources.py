"""Where stored translations come from: seeds/memory/*.jsonl and aligned articles seeds/articles/<slug>.<lang>.md.

A folder of a user's own has the same two folders in it. What is imported goes into a memory of its own (see own).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from toolkit.documents.markdown import read_markdown
from toolkit.documents.model import Document
from toolkit.documents.original import OBJECT
from toolkit.errors import MemoryBroken
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.markup import parse_marks
from toolkit.mentions.resolve import analyse
from toolkit.text.spans import Span, SpanSet

_LONGEST = 5_000
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A stored sentence or phrase: its sides as written, its topic and its place.

    `marked` says that names are marked in it; sentences of articles have the signs of their format instead.
    """

    sides: Mapping[Language, str]
    topic: str
    where: str
    marked: bool = True

    def text(self, language: Language) -> str:
        """The side of a language without marks; empty where there is none."""
        side = self.sides.get(language, "")
        return parse_marks(side, where=self.where).text if self.marked else side


def memory_files(folders: Iterable[Path]) -> list[Path]:
    """All files of a memory, in order."""
    found: list[Path] = []
    for folder in folders:
        found += sorted((folder / "memory").glob("*.jsonl"))
        found += sorted((folder / "articles").glob("*.md"))
    return found


def content_digest(files: Iterable[Path]) -> str:
    """A digest of the names and the bytes of the files."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def read_entries(files: Sequence[Path], glossary: Glossary) -> Iterator[Entry]:
    """Every entry of the files. Raises MemoryBroken with file, line and remedy."""
    articles: dict[tuple[Path, str], dict[Language, Path]] = {}
    for path in files:
        if path.suffix == ".jsonl":
            yield from _lines(path)
            continue
        slug, _, code = path.stem.rpartition(".")
        if slug and code in list(Language):
            articles.setdefault((path.parent, slug), {})[Language(code)] = path
    for (_, slug), paths in articles.items():
        yield from _article(slug, paths, glossary)


def _lines(path: Path) -> Iterator[Entry]:
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path.name}:{number}"
        try:
            data = json.loads(line)
        except ValueError:
            data = None
        known = {language.value for language in Language}
        if not isinstance(data, dict) or not all(isinstance(text, str) for text in data.values()):
            raise MemoryBroken(
                "no JSON object of texts", where=where, remedy='write {"en": "…", "hy": "…"} on one line'
            )
        if not data.keys() <= known or len(data) < 2:
            raise MemoryBroken("the sides must be two or more of az, en, hy, ru", where=where, remedy="check the keys")
        sides = {Language(code): text.strip() for code, text in data.items()}
        for code, text in sides.items():
            if not text or len(text) > _LONGEST:
                raise MemoryBroken(f"the {code} side is empty or too long", where=where, remedy="write one sentence")
            parse_marks(text, where=where)
        yield Entry(sides, path.stem, where)


def _article(slug: str, paths: Mapping[Language, Path], glossary: Glossary) -> Iterator[Entry]:
    """The sentences of an aligned article; a block whose sentences differ in number is one entry."""
    texts = {language: _text(path) for language, path in sorted(paths.items())}
    if len(texts) < 2 or not all(_is_memory(text) for text in texts.values()):
        return
    blocks = {language: _blocks(text, language, glossary) for language, text in texts.items()}
    counts = {language: len(found) for language, found in blocks.items()}
    if len(set(counts.values())) > 1:
        shown = ", ".join(f"{language} {count}" for language, count in counts.items())
        raise MemoryBroken(
            f"the sides of the article differ in blocks ({shown})", where=f"{slug}.*.md", remedy="align the paragraphs"
        )
    for index in range(next(iter(counts.values()))):
        for row in _rows({language: found[index] for language, found in blocks.items()}):
            where = f"{slug}.*.md, block {index + 1}"
            plain = {language: sentence.plain for language, sentence in row.items()}
            if not any(OBJECT in text for text in plain.values()):
                yield Entry(plain, f"article {slug}", where, marked=False)
            raw = {language: sentence.raw for language, sentence in row.items()}
            if raw != plain and all(raw[language] != plain[language] for language in raw):
                yield Entry(raw, f"article {slug}", where, marked=False)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence as it stands in an article, and as it is read."""

    raw: str
    plain: str


def _rows(block: Mapping[Language, Sequence[_Sentence]]) -> list[Mapping[Language, _Sentence]]:
    """The aligned sentences of a block; the block as one where the numbers differ."""
    lengths = {len(sentences) for sentences in block.values()}
    if len(lengths) == 1:
        return [{language: s[row] for language, s in block.items()} for row in range(lengths.pop())]
    return [
        {
            language: _Sentence(" ".join(s.raw for s in sentences), " ".join(s.plain for s in sentences))
            for language, sentences in block.items()
        }
    ]


def _blocks(text: str, language: Language, glossary: Glossary) -> list[list[_Sentence]]:
    """The sentences of each block."""
    document = read_markdown(text)
    blocks = [block.span for block in document.blocks]
    sentences = SpanSet(analyse(document.text, language, glossary, blocks, document.markup).sentences)
    return [[_sentence(document, span) for span in sentences.inside(block)] for block in blocks]


def _sentence(document: Document, span: Span) -> _Sentence:
    """The sentence at a span; signs around all of it belong to the document, not to it."""
    raw = document.original.area(span) if document.original else span
    return _Sentence(raw.of(document.file), span.of(document.text))


def _is_memory(text: str) -> bool:
    front = _FRONT.match(text)
    try:
        fields = yaml.safe_load(front.group(1)) if front else None
    except yaml.YAMLError:
        return False
    return isinstance(fields, dict) and fields.get("memory") is True


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise MemoryBroken("not UTF-8 text", where=path.name, remedy="save the file as UTF-8") from None
