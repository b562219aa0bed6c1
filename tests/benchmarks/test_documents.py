"""A Word document of 200 pages: opened, restyled and written, and the same without the glossary's part.

The sentences are those of the memory, 500 words a page, each paragraph cut into runs as Word cuts them. `pages_s` is
pages a second; nothing is translated by an engine.
"""

from __future__ import annotations

import io
import json
import random
import re
from typing import Any

import pytest

from toolkit.documents.formats import open_file
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.memory.markup import parse_marks
from toolkit.memory.store import Memory
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.translate import translate
from toolkit.settings import share_folder

PAGES, WORDS = 200, 500


def _paragraphs(language: Language) -> list[str]:
    """Paragraphs of about sixty words, of the memory's sentences in a random order."""
    folder = share_folder() / "seeds" / "memory"
    rows = [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    sentences = [parse_marks(row[language.value]).text for row in rows]
    chance = random.Random(7)
    found: list[str] = []
    words = 0
    while words < PAGES * WORDS:
        found.append(" ".join(chance.choices(sentences, k=4)))
        words += len(found[-1].split())
    return found


def _document(language: Language) -> bytes:
    import docx

    document = docx.Document()
    for text in _paragraphs(language):
        paragraph = document.add_paragraph()
        for piece in re.findall(r".{1,45}", text):
            paragraph.add_run(piece)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.benchmark(group="documents")
def test_opening_and_writing(benchmark: Any) -> None:
    """What the format costs: opened, and every part put together again with one letter changed."""
    data = _document(Language.RU)

    def run() -> bytes:
        file = open_file(data, "docx")
        return file.written(file.text.replace("</w:t>", " </w:t>", 1))

    assert open_file(benchmark.pedantic(run, rounds=3), "docx").document.blocks
    benchmark.extra_info["pages_s"] = round(PAGES / benchmark.stats.stats.min)


@pytest.mark.benchmark(group="documents")
def test_restyling(benchmark: Any, glossary: Glossary) -> None:
    """The whole way: opened, every name put into a style, written."""
    data = _document(Language.RU)
    policy = load_policy("azerbaijani", share_folder() / "glossaries" / "policies")

    def run() -> bytes:
        file = open_file(data, "docx")
        return file.written(restyle(file.document, Language.RU, policy, glossary).file)

    run()
    benchmark.pedantic(run, rounds=2)
    benchmark.extra_info["pages_s"] = round(PAGES / benchmark.stats.stats.min)


@pytest.mark.benchmark(group="documents")
def test_translating_from_memory(benchmark: Any, glossary: Glossary) -> None:
    """The whole way into another language, by the memory that has every sentence."""
    data = _document(Language.RU)
    policy = load_policy("follow-source", share_folder() / "glossaries" / "policies")
    memory = Memory.load([share_folder() / "seeds"], glossary)

    def run() -> bytes:
        file = open_file(data, "docx")
        return file.written(translate(file.document, Language.RU, Language.EN, policy, glossary, memory).file)

    benchmark.pedantic(run, rounds=1)
    benchmark.extra_info["pages_s"] = round(PAGES / benchmark.stats.stats.min)
