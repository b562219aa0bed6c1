"""Throughput of transliteration in MB/s, our engine and its peers on the same texts in one run.

pytest tests/benchmarks/test_translit.py --benchmark-only
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from toolkit.languages import Language
from toolkit.translit.engine import compiled
from toolkit.translit.names import transliterate

MEGABYTES = 10
SYLLABLES = {
    "hy": "ար հա կոբ յան շու շի եր և ան մար տու նի գոր ծող ութ յուն ներ ից ում ով ղա րա բաղ քա ղաք ծով ձոր",
    "az": "ba kı şu şa gən cə məm məd ov lar lər dan dən ağ dam qa ra bağ hey dər əli yev in ın mək maq çay",
    "ru": "мо ск ва ка ра бах ше ния ого ский на пре зи дент го во рит ция щи ём ые рай он ень ать ли бы",
}


def text_of(language: str) -> str:
    """A text of words as often repeated as in a running text: the n-th word about 1/n as often as the first."""
    rng = random.Random(3)
    words = ["".join(rng.choices(SYLLABLES[language].split(), k=rng.randint(1, 4))) for _ in range(40_000)]
    words = [word.capitalize() if rng.random() < 0.15 else word for word in words]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    pieces: list[str] = []
    size = 0
    while size < MEGABYTES * 1_000_000:
        sentence = " ".join(rng.choices(words, weights, k=200)) + ",\n"
        pieces.append(sentence)
        size += len(sentence.encode())
    return "".join(pieces)


def peers(language: str) -> dict[str, Callable[[str], Any]]:
    """The engines to compare; those that are not installed are left out."""
    direction = f"{language}-en-press"
    found: dict[str, Callable[[str], Any]] = {
        "ours": lambda text: transliterate(text, Language(language), Language.EN),
        "ours-letters": compiled(direction).text,
    }
    from unidecode import unidecode

    found["unidecode"] = unidecode
    if language != "az":
        from transliterate import translit

        found["transliterate"] = lambda text: translit(text, language, reversed=True)
    with suppress(ImportError):
        found["anyascii"] = importlib.import_module("anyascii").anyascii
    with suppress(ImportError):
        icu = importlib.import_module("icu")
        name = {"hy": "Armenian-Latin/BGN", "az": "Latin-ASCII", "ru": "Russian-Latin/BGN"}[language]
        rules = icu.Transliterator.createInstance(name)
        found["icu-lines"] = lambda text: "\n".join(map(rules.transliterate, text.split("\n")))
    return found


@pytest.mark.parametrize("engine", ["ours", "ours-letters", "unidecode", "transliterate", "anyascii", "icu-lines"])
@pytest.mark.parametrize("language", ["az", "hy", "ru"])
def test_throughput(benchmark: Any, language: str, engine: str) -> None:
    """Ten megabytes of text, MB/s in extra_info."""
    run = peers(language).get(engine)
    if run is None:
        pytest.skip(f"{engine} is not installed or does not know {language}")
    text = text_of(language)
    run(text[:200])  # tables are read at the first call
    size = len(text.encode()) / 1_000_000
    benchmark.group = language
    benchmark.pedantic(run, args=(text,), rounds=1, iterations=1, warmup_rounds=0)
    benchmark.extra_info["MB/s"] = round(size / benchmark.stats.stats.mean, 2)
