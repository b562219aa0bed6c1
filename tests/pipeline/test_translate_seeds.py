"""The seed articles that the memory holds come out of it as they were written, in every direction."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from toolkit.documents.markdown import read_markdown
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.memory.store import Memory
from toolkit.pipeline.result import Origin
from toolkit.pipeline.translate import translate
from toolkit.settings import share_folder

ARTICLES = share_folder() / "seeds" / "articles"
STORED = sorted(
    path.name.removesuffix(".en.md")
    for path in ARTICLES.glob("*.en.md")
    if "memory: true" in path.read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def articles(glossary: Glossary, tmp_path_factory: pytest.TempPathFactory) -> Memory:
    """The articles alone: the whole memory takes longer to compile than a test may."""
    folder = tmp_path_factory.mktemp("seeds")
    (folder / "articles").symlink_to(ARTICLES)
    return Memory.load([folder], glossary)


def _read(slug: str, language: Language) -> str:
    return (ARTICLES / f"{slug}.{language}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("source", "target"), list(permutations(Language, 2)))
@pytest.mark.parametrize("slug", STORED)
def test_a_stored_article_comes_out_as_written(
    slug: str, source: Language, target: Language, articles: Memory, glossary: Glossary, policies: Path
) -> None:
    """Every sentence is found, every name keeps its usage, and all else stays byte for byte."""
    policy = load_policy("follow-source", policies)
    result = translate(read_markdown(_read(slug, source)), source, target, policy, glossary, articles)
    assert {segment.origin for segment in result.segments} <= {Origin.MEMORY, Origin.RESTYLED}
    assert result.text == _read(slug, target)
    assert "T016" not in {finding.code for finding in result.findings}
    for mention in result.mentions:
        if mention.target_start is not None:
            assert result.text[mention.target_start : mention.target_end] == mention.rendering
