"""The store: loaded from folders, compiled once, whole again when damaged, clear about broken files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import CASES
from toolkit.errors import MemoryBroken
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.match import MatchKind, MatchOptions, find_match
from toolkit.memory.store import Memory
from toolkit.memory.template import make_template

SAMPLE = CASES / "memory"
TEXT = "Aid has arrived. It will be handed out tomorrow."


def _finds(memory: Memory, text: str, source: Language = Language.EN, target: Language = Language.RU) -> str | None:
    match = find_match(memory, make_template(text, source, memory.glossary, ()), target)
    return match.target.text if match else None


def test_lines_and_aligned_articles_are_loaded(glossary: Glossary) -> None:
    """An article with `memory: true` gives its sentences, without the markup in them."""
    memory = Memory.load([SAMPLE], glossary)
    assert _finds(memory, "The bakery opened at dawn.") == "Пекарня открылась на рассвете."
    assert _finds(memory, "Its oven is new.") == "Печь в ней новая."
    assert _finds(memory, "Bread reaches the town") == "Хлеб привезли в город"
    assert _finds(memory, "Its oven is **new**.") == "Печь в ней **новая**."


def test_stats_count_by_topic_language_and_slot(glossary: Glossary) -> None:
    """Entries are counted by topic; a language counts the entries that have it."""
    stats = Memory.load([SAMPLE], glossary).stats()
    assert stats.entries == sum(stats.topics.values())
    assert stats.topics["article bread"] == 7
    assert stats.languages["en"] == stats.entries
    assert stats.languages["az"] == stats.entries - 7
    assert stats.slots["place"] > stats.slots["weekday"] > 0


def test_a_second_load_reads_the_compiled_file(glossary: Glossary, tmp_path: Path) -> None:
    """The cache holds one file; a second memory finds the same in it."""
    first = Memory.load([SAMPLE], glossary, cache=tmp_path)
    found = _finds(first, TEXT)
    assert found is not None
    assert len(list((tmp_path / "memory").glob("*.sqlite"))) == 1
    assert _finds(Memory.load([SAMPLE], glossary, cache=tmp_path), TEXT) == found


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_a_damaged_cache_is_made_again(glossary: Glossary, tmp_path: Path, content: bytes) -> None:
    """A compiled file that cannot be read is replaced, and nothing else is noticed."""
    _finds(Memory.load([SAMPLE], glossary, cache=tmp_path), TEXT)
    path = next((tmp_path / "memory").glob("*.sqlite"))
    path.write_bytes(content)
    assert _finds(Memory.load([SAMPLE], glossary, cache=tmp_path), TEXT) is not None


def test_a_cache_that_cannot_be_written_is_no_error(glossary: Glossary, tmp_path: Path) -> None:
    """Where the cache folder is a file, the memory lives in the process."""
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    assert _finds(Memory.load([SAMPLE], glossary, cache=file), TEXT) is not None


def test_a_folder_of_ones_own_is_added(glossary: Glossary, tmp_path: Path) -> None:
    """Several folders make one memory; the signature tells which content served."""
    (tmp_path / "memory").mkdir()
    line = '{"en": "The well is dry.", "ru": "Колодец высох."}\n'
    (tmp_path / "memory" / "own.jsonl").write_text(line, encoding="utf-8")
    memory = Memory.load([SAMPLE, tmp_path], glossary)
    assert _finds(memory, "The well is dry.") == "Колодец высох."
    assert _finds(memory, "Колодец высох.", Language.RU, Language.EN) == "The well is dry."
    assert memory.signature != Memory.load([SAMPLE], glossary).signature


def test_an_empty_memory_finds_nothing(glossary: Glossary, tmp_path: Path) -> None:
    """A folder without files is a memory without entries."""
    memory = Memory.load([tmp_path], glossary)
    assert len(memory) == 0
    assert _finds(memory, TEXT) is None
    assert memory.stats().entries == 0
    assert memory.search("bread", Language.EN) == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "no JSON object"),
        ('["en"]', "no JSON object"),
        ('{"en": 1, "ru": "a"}', "no JSON object"),
        ('{"en": "a"}', "two or more"),
        ('{"en": "a", "fr": "b"}', "two or more"),
        ('{"en": "a", "ru": " "}', "the ru side is empty"),
        ('{"en": "[Baku](BAKU)", "ru": "Баку"}', "no mark of a name"),
    ],
)
def test_a_broken_line_is_named(glossary: Glossary, tmp_path: Path, line: str, what: str) -> None:
    """The error has the file, the line and a remedy."""
    (tmp_path / "memory").mkdir()
    (tmp_path / "memory" / "own.jsonl").write_text(f'{{"en": "a", "ru": "b"}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(MemoryBroken, match=rf"own\.jsonl:3: .*{what}.*\(.+\)"):
        Memory.load([tmp_path], glossary)


def test_an_article_out_of_line_is_named(glossary: Glossary, tmp_path: Path) -> None:
    """Sides with different numbers of paragraphs cannot be aligned; the error counts them."""
    (tmp_path / "articles").mkdir()
    for code, body in (("en", "One.\n\nTwo."), ("ru", "Один.")):
        (tmp_path / "articles" / f"x.{code}.md").write_text(f"---\nmemory: true\n---\n{body}\n", encoding="utf-8")
    with pytest.raises(MemoryBroken, match=r"x\.\*\.md: .*en 2, ru 1"):
        Memory.load([tmp_path], glossary)


def test_search_ranks_what_is_likest(glossary: Glossary) -> None:
    """A part of a sentence finds it, in any of its languages."""
    memory = Memory.load([SAMPLE], glossary)
    score, entry = memory.search("cold basements", Language.EN)[0]
    assert "basements" in entry.sides[Language.EN]
    assert 0 < score <= 1
    assert "подвалах" in memory.search("холодных подвалах", Language.RU)[0][1].sides[Language.RU]


def test_the_threshold_decides_what_is_near(glossary: Glossary) -> None:
    """A near match has a score below 1, a penalty that explains it, and none above the threshold."""
    memory = Memory.load([SAMPLE], glossary)
    template = make_template("The bakery opened at noon.", Language.EN, glossary, ())
    assert find_match(memory, template, Language.RU, MatchOptions(threshold=0.95)) is None
    match = find_match(memory, template, Language.RU, MatchOptions(threshold=0.7))
    assert match is not None
    assert match.kind is MatchKind.NEAR
    assert match.score == pytest.approx(1 - sum(penalty.amount for penalty in match.penalties))
    assert match.differences == "stored “dawn”, here “noon”"
