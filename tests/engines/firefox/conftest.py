"""The small trained model, what it was not trained on, and a model of the same make without meaning."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.models.invented_language import HELD_OUT_SEED, Pair, sentences
from toolkit.engines.firefox.architecture import Architecture, random_tensors
from toolkit.engines.firefox.engine import FirefoxEngine
from toolkit.engines.firefox.network import Network

MODEL = Path(__file__).parents[2] / "models" / "invented"
SMALL = Architecture(width=32, inner=48, encoder_layers=2, decoder_layers=2, vocabulary=128, heads=4)


@pytest.fixture(scope="session")
def engine() -> FirefoxEngine:
    return FirefoxEngine.load(MODEL)


@pytest.fixture(scope="session")
def pairs() -> list[Pair]:
    """200 sentences that the model was not trained on, with their right translations."""
    return sentences(200, HELD_OUT_SEED)


@pytest.fixture(scope="session")
def network() -> Network:
    """A network whose weights mean nothing."""
    return Network(SMALL, random_tensors(SMALL))


@pytest.fixture(scope="session")
def real_files() -> Path:
    """The vocabulary and shortlist of a real model, where DRAGOMAN_DATA names a folder that has them."""
    folder = Path(os.environ.get("DRAGOMAN_DATA", "")) / "firefox-enru"
    if not os.environ.get("DRAGOMAN_DATA") or not folder.is_dir():
        pytest.skip("DRAGOMAN_DATA names no folder with firefox-enru/")
    return folder
