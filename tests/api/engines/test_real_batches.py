"""A real CTranslate2 model behind a real server: small requests that come at the same time are translated together.

Segments of one batch are padded to the longest of them; none of that may be seen in the words.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import read_api_settings
from tests.api.serving import served
from tests.engines.packages import install_argos, phrases, write_argos_package, written
from toolkit.languages import Language

CLIENTS = 12
EN, RU = Language.EN, Language.RU
_COUNTED = re.compile(r"^dragoman_batch_segments_(count|sum) ([\d.]+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def address(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose only engine is a model of the suite's own."""
    folder = tmp_path_factory.mktemp("batches")
    (folder / "models").mkdir()
    install_argos(folder / "models", write_argos_package(folder / "en_ru.argosmodel", EN, RU))
    environment = {
        "HOME": str(folder),
        "DRAGOMAN_CACHE": str(cache),
        "DRAGOMAN_MODELS": str(folder / "models"),
        "DRAGOMAN_WORKERS": str(CLIENTS),
    }
    with served(create_app(read_api_settings(environment))) as address:
        yield address


def _sentences(count: int) -> list[tuple[str, str]]:
    """Sentences of one phrase to nine, in English and Russian: a batch of them needs much padding."""
    chance = random.Random(3)
    keys = [row["key"] for row in phrases()]
    chosen = [[*chance.sample(keys, chance.randint(1, len(keys))), "."] for _ in range(count)]
    return [(written(one, EN), written(one, RU)) for one in chosen]


def _batches(address: str) -> tuple[int, int]:
    """How many batches the server has run, and how many segments were in them."""
    found = dict(_COUNTED.findall(httpx.get(f"{address}/metrics").text))
    return int(float(found["count"])), int(float(found["sum"]))


async def _translated(address: str, texts: list[str], at_once: int) -> list[str]:
    """Each text by a request of its own, so many at the same time."""
    free = asyncio.Semaphore(at_once)

    async def one(text: str, client: httpx.AsyncClient) -> str:
        async with free:
            body = {"text": text, "from": "en", "to": "ru", "engine": "argos", "memory_threshold": 1}
            answer = (await client.post(f"{address}/v1/translate", json=body)).raise_for_status().json()
        assert [segment["origin"] for segment in answer["segments"]] == ["machine"]
        return str(answer["text"])

    async with httpx.AsyncClient(timeout=60) as client:
        return await asyncio.gather(*(one(text, client) for text in texts))


def test_what_shares_a_batch_comes_out_as_it_does_alone(address: str) -> None:
    """Alone, each request is a batch; at once, they share batches. The words are the same, and right."""
    texts, wanted = zip(*_sentences(4 * CLIENTS), strict=True)
    before = _batches(address)
    alone = asyncio.run(_translated(address, list(texts), 1))
    between = _batches(address)
    together = asyncio.run(_translated(address, list(texts), CLIENTS))
    after = _batches(address)
    assert together == alone == list(wanted)
    assert between[0] - before[0] == between[1] - before[1]
    assert after[1] - between[1] == between[1] - before[1]
    assert after[0] - between[0] < between[0] - before[0]
