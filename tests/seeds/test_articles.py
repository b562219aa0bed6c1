"""The seed articles: four versions that keep step, so that each sentence can stand in the memory beside the others."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import combinations, permutations

import pytest
import yaml

from tests.conftest import CASES
from toolkit.documents.markdown import read_markdown
from toolkit.documents.model import Block, Document
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.mentions.model import Mention, Zone
from toolkit.mentions.resolve import analyse
from toolkit.settings import share_folder
from toolkit.text.sentences import split_sentences
from toolkit.text.spans import Span

ARTICLES = share_folder() / "seeds" / "articles"
SLUGS = sorted({path.name.removesuffix(".en.md") for path in ARTICLES.glob("*.en.md")})
_KNOWN = yaml.safe_load((CASES / "articles.yaml").read_text(encoding="utf-8"))


@cache
def _excused(part: str) -> set[tuple[str, str, Language]]:
    """The rows of a part of the list of cases: article, entity, language."""
    return {
        (row["article"], row["entity"], Language(language)) for row in _KNOWN[part] for language in row["languages"]
    }


QUOTES = {
    Language.AZ: ({"“": "”", "«": "»"}, {"“«", "«“"}),
    Language.EN: ({"“": "”", "‘": "’"}, {"“‘"}),
    Language.HY: ({"«": "»", "“": "”"}, {"«“"}),
    Language.RU: ({"«": "»", "„": "“"}, {"«„"}),
}
"""The marks of each language, and which may open inside which."""

OUTER = {Language.AZ: "“«", Language.EN: "“", Language.HY: "«", Language.RU: "«"}

_LINK = re.compile(r"\]\(([^()\s]+)\)")
_SIGN = re.compile(r"#{1,6} |- |\*(?=\S)")
_POINT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.:]\d+)?")
_COMMA = re.compile(r"\d{1,3}(?:\u00a0\d{3})+(?:,\d+)?|\d+(?:[,:]\d+)?")


@dataclass(frozen=True)
class Version:
    """One language of an article: what stands before the text, the document, its sentences block by block."""

    language: Language
    front: dict[str, object]
    text: str
    document: Document
    sentences: tuple[tuple[str, ...], ...]

    @property
    def places(self) -> list[Span]:
        """Where each block stands in the file."""
        return [_place(self.document, block) for block in self.document.blocks]

    @property
    def blocks(self) -> list[str]:
        """Each block as the file writes it, with the signs of the format."""
        return [place.of(self.text) for place in self.places]

    @property
    def signs(self) -> list[str]:
        """What each block is marked with at the start of its line: a heading, a list item, a caption, or nothing."""
        lines = [self.text.rfind("\n", 0, place.start) + 1 for place in self.places]
        found = [_SIGN.match(self.text, line) for line in lines]
        return [match.group() if match else "" for match in found]


def _place(document: Document, block: Block) -> Span:
    return document.original.span(block.span) if document.original else block.span


@cache
def _version(slug: str, language: Language) -> Version:
    text = (ARTICLES / f"{slug}.{language}.md").read_text(encoding="utf-8")
    document = read_markdown(text)
    blocks = [_place(document, block).of(text) for block in document.blocks]
    sentences = tuple(tuple(span.of(block) for span in split_sentences(block, language)) for block in blocks)
    return Version(language, yaml.safe_load(text.split("---\n", 2)[1]), text, document, sentences)


def _versions(slug: str) -> dict[Language, Version]:
    return {language: _version(slug, language) for language in Language}


def _numbers(sentence: str, language: Language) -> Counter[str]:
    """The figures of a sentence, written as in English without separators."""
    text = _LINK.sub("", sentence)
    if language is Language.EN:
        return Counter(found.replace(",", "") for found in _POINT.findall(text))
    return Counter(found.replace("\u00a0", "").replace(",", ".") for found in _COMMA.findall(text))


@cache
def _mentions(slug: str, glossary: Glossary) -> list[dict[Language, list[Mention]]]:
    """Sentence by sentence, the mentions of each version."""
    rows: dict[Language, list[list[Mention]]] = {}
    for language, version in _versions(slug).items():
        document = version.document
        spans = [block.span for block in document.blocks]
        analysis = analyse(document.text, language, glossary, spans, document.markup)
        rows[language] = [[m for m in analysis.mentions if m.sentence == span] for span in analysis.sentences]
    return [dict(zip(rows, cells, strict=True)) for cells in zip(*rows.values(), strict=True)]


def _misnested(text: str, language: Language) -> str | None:
    """What is wrong with the quotation marks of a block, or None."""
    closers, nested = QUOTES[language]
    open_marks: list[str] = []
    for index, char in enumerate(text):
        if open_marks and char == closers[open_marks[-1]] and not _is_apostrophe(text, index):
            open_marks.pop()
        elif char in closers:
            if open_marks and open_marks[-1] + char not in nested:
                return f"{char} inside {open_marks[-1]}"
            open_marks.append(char)
        elif char in '«»“”„‘"':
            return f"{char} does not belong here"
    return f"{open_marks[-1]} is left open" if open_marks else None


def _is_apostrophe(text: str, index: int) -> bool:
    return text[index] == "’" and text[index + 1 : index + 2].isalpha()


def test_there_are_articles() -> None:
    """At least one article goes into the memory, and one stays out for the tools to be tried on."""
    assert {_version(slug, Language.EN).front["memory"] for slug in SLUGS} == {False, True}


@pytest.mark.parametrize("slug", SLUGS)
def test_front_matter_tells_what_the_file_is(slug: str) -> None:
    """Title and headline are one, the language is that of the file's name, and the versions agree on the memory."""
    for language, version in _versions(slug).items():
        assert f"\n# {version.front['title']}\n" in version.text
        assert version.front["lang"] == language
        assert version.front["memory"] is _version(slug, Language.EN).front["memory"]


@pytest.mark.parametrize("slug", SLUGS)
def test_versions_keep_step(slug: str) -> None:
    """The same blocks, of the same kind and with the same links, and in each the same number of sentences."""
    shapes = {
        language: [
            (block.kind, sign, _LINK.findall(text), len(sentences))
            for block, sign, text, sentences in zip(
                version.document.blocks, version.signs, version.blocks, version.sentences, strict=True
            )
        ]
        for language, version in _versions(slug).items()
    }
    for language, shape in shapes.items():
        assert shape == shapes[Language.EN], language


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_said_twice_is_said_twice_in_all(slug: str) -> None:
    """A sentence repeated in one version is repeated, word for word, in the others."""
    patterns = {
        language: [flat.index(sentence) for sentence in flat]
        for language, version in _versions(slug).items()
        for flat in [[sentence for block in version.sentences for sentence in block]]
    }
    for language, pattern in patterns.items():
        assert pattern == patterns[Language.EN], language


@pytest.mark.parametrize("slug", SLUGS)
def test_length(slug: str) -> None:
    """An article is as long as a newspaper's: 500 to 900 English words."""
    text = _LINK.sub("", _version(slug, Language.EN).text.split("---\n", 2)[2])
    assert 500 <= len(re.findall(r"\w[\w'’.,:-]*", text)) <= 900


@pytest.mark.parametrize("slug", SLUGS)
def test_figures_agree(slug: str) -> None:
    """Every figure of a sentence stands in all four versions of it."""
    versions = _versions(slug)
    for index, block in enumerate(versions[Language.EN].sentences):
        for place, sentence in enumerate(block):
            for language, version in versions.items():
                theirs = version.sentences[index][place]
                assert _numbers(theirs, language) == _numbers(sentence, Language.EN), theirs


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("slug", SLUGS)
def test_quotation_marks_are_those_of_the_language(slug: str, language: Language) -> None:
    """They pair, nest as the language nests them, and every article has some."""
    version = _version(slug, language)
    for block in version.blocks:
        assert _misnested(block, language) is None, block
    assert any(mark in block for block in version.blocks for mark in OUTER[language])


@pytest.mark.parametrize("slug", SLUGS)
def test_every_version_names_the_same(slug: str, glossary: Glossary) -> None:
    """What the glossary finds in a sentence it finds in all versions of it, but for what the list of cases excuses."""
    missing = [
        (entity, language.value, [mention.surface for mention in row[other]])
        for row in _mentions(slug, glossary)
        for other, language in permutations(Language, 2)
        for entity in {m.entity for m in row[other]} - {m.entity for m in row[language]}
        if (slug, entity, language) not in _excused("unseen")
    ]
    assert not missing


@pytest.mark.parametrize("slug", SLUGS)
def test_every_version_names_it_by_the_same_usage(slug: str, glossary: Glossary) -> None:
    """Shushi is Շուշի, Şuşi and Шуши in the other versions, and Shusha is Շուշա, Şuşa and Шуша."""
    for row in _mentions(slug, glossary):
        for one, other in permutations(Language, 2):
            for mention in row[one]:
                theirs = [{*m.usages} for m in row[other] if m.entity == mention.entity]
                assert not theirs or any({*mention.usages} & usages for usages in theirs), (mention.surface, other)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_sentence_with_both_names_keeps_both(slug: str, glossary: Glossary) -> None:
    """ "Martuni, known in Azerbaijan as Khojavend": names of two usages side by side are never narration."""
    narrated = {
        (first.entity, language.value, first.surface, second.surface)
        for row in _mentions(slug, glossary)
        for language, mentions in row.items()
        for first, second in combinations(mentions, 2)
        if first.entity == second.entity and not {*first.usages} & {*second.usages}
        if Zone.NARRATION in (first.zone, second.zone)
        if (slug, first.entity, language) not in _excused("unkept")
    }
    assert not narrated
