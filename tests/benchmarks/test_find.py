"""Finding mentions in 10 MB of news: the real glossary and an invented one of 20,000 entities, and peers.

The limit is the bare automaton over the same stems, which knows neither word borders nor endings. Every figure
is MB/s of UTF-8 in `extra_info`; ratios hold within one run only.
"""

from __future__ import annotations

import importlib
import json
import random
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from ahocorasick_rs import AhoCorasick, MatchKind

from toolkit.glossary.compile import compile_language
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Entry
from toolkit.glossary.names import NameTable
from toolkit.languages import Language
from toolkit.memory.markup import parse_marks
from toolkit.mentions.find import Finder
from toolkit.settings import share_folder

MEGABYTES = 10
ENTITIES = 20_000
LANGUAGES = [language.value for language in Language]
_SYLLABLES = {
    "az": "ba kı şu şa gən cə məm dov lar dan ağ dam qa ra bağ hey dər çay köy".split(),
    "en": "ba ki shu sha gan ja mam dov lar dan agh dam ka ra bagh hey dar chai koy".split(),
    "hy": "բա կի շու շա գան ջա մամ դով լար դան աղ դամ կա րա բաղ հեյ դար չայ քոյ".split(),
    "ru": "ба ки шу ша ган джа мам дов лар дан аг дам ка ра баг гей дар чай кой".split(),
}


@cache
def _news(language: str) -> str:
    """The memory's sentences, shuffled and repeated."""
    folder = share_folder() / "seeds" / "memory"
    rows = [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    sentences = [parse_marks(row[language]).text for row in rows]
    random.Random(7).shuffle(sentences)
    text = "\n".join(sentences) + "\n"
    return text * (MEGABYTES * 1_000_000 // len(text.encode()) + 1)


@cache
def _invented(language: str) -> NameTable:
    """20,000 entities with names of three to five invented syllables."""
    rng = random.Random(11)
    syllables = _SYLLABLES[language]
    texts = {"".join(rng.choices(syllables, k=rng.randint(3, 5))).capitalize() for _ in range(2 * ENTITIES)}
    entries = [
        Entry.model_validate({"id": f"e{n}", "kind": "town", "names": [{"usage": "international", language: text}]})
        for n, text in enumerate(sorted(texts)[:ENTITIES])
    ]
    return compile_language(entries, Language(language))


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], NameTable]:
    glossary = Glossary.load(share_folder() / "glossaries", cache=tmp_path_factory.mktemp("cache"))

    def table(kind: str, language: str) -> NameTable:
        return glossary.table(Language(language)) if kind == "real" else _invented(language)

    return table


def _measured(benchmark: Any, run: Callable[[str], Any], text: str) -> None:
    run(text[:10_000])
    benchmark.pedantic(run, args=(text,), rounds=1, iterations=1)
    benchmark.extra_info["MB/s"] = round(len(text.encode()) / 1e6 / benchmark.stats.stats.min, 2)


@pytest.mark.parametrize("glossary_kind", ["real", "invented"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_finder(benchmark: Any, tables: Any, language: str, glossary_kind: str) -> None:
    """Ours: word borders, endings, capitals, offsets of the original."""
    benchmark.group = f"{language} {glossary_kind}"
    _measured(benchmark, Finder(tables(glossary_kind, language)).find, _news(language))


@pytest.mark.parametrize("glossary_kind", ["real", "invented"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_bare_automaton(benchmark: Any, tables: Any, language: str, glossary_kind: str) -> None:
    """The limit: the same stems, matched anywhere, in small letters."""
    automaton = AhoCorasick(list(tables(glossary_kind, language).patterns), matchkind=MatchKind.Standard)
    benchmark.group = f"{language} {glossary_kind}"
    _measured(
        benchmark, lambda text: automaton.find_matches_as_indexes(text.lower(), overlapping=True), _news(language)
    )


@pytest.mark.parametrize("megabytes", [1, 2, 4, 8])
def test_time_grows_with_the_text(benchmark: Any, tables: Any, megabytes: int) -> None:
    """MB/s stays the same from 1 to 8 MB."""
    benchmark.group = "length"
    text = _news("en")[: megabytes * 1_000_000]
    _measured(benchmark, Finder(tables("real", "en")).find, text)


@pytest.mark.parametrize("peer", ["flashtext", "spacy"])
def test_peers_on_plain_words(benchmark: Any, tables: Any, peer: str) -> None:
    """Peers know no endings: they look for the base forms alone, in English, in a tenth of the text."""
    pytest.importorskip(peer)
    table = tables("real", "en")
    names = sorted({name.lexeme.text for name in table.names if name.role.is_name})
    benchmark.group = "en real"
    text = _news("en")[:1_000_000]
    if peer == "flashtext":
        processor = importlib.import_module("flashtext").KeywordProcessor(case_sensitive=True)
        processor.add_keywords_from_list(names)
        _measured(benchmark, processor.extract_keywords, text)
        return
    spacy = importlib.import_module("spacy")
    pipeline = spacy.blank("en")
    pipeline.max_length = 2_000_000
    matcher = importlib.import_module("spacy.matcher").PhraseMatcher(pipeline.vocab)
    matcher.add("NAME", list(pipeline.pipe(names)))
    _measured(benchmark, lambda words: matcher(pipeline(words)), text)
