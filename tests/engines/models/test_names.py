"""What the names of models stand for on the command line."""

from __future__ import annotations

import pytest

from toolkit.engines.ct2 import Quality
from toolkit.engines.models.install import expand
from toolkit.errors import BadOption, UnknownLanguage


@pytest.mark.parametrize(
    ("what", "names"),
    [
        (
            "recommended",
            ["firefox-az-en-tiny", "firefox-en-az-tiny", "firefox-en-ru-base", "firefox-ru-en-tiny"],
        ),
        ("en-az", ["firefox-en-az-tiny"]),
        ("az-ru", ["firefox-az-en-tiny", "firefox-en-ru-base"]),
        ("hy-ru", ["nllb-200-distilled-600m"]),
        ("argos-ru-en", ["argos-ru-en"]),
        ("hf:a/b", ["hf:a/b"]),
    ],
)
def test_what_names_stand_for(what: str, names: list[str]) -> None:
    """A direction stands for what is recommended for it, through English where none goes straight."""
    assert expand(what) == names


@pytest.mark.parametrize(
    ("what", "quality", "names"),
    [
        ("en-ru", Quality.FAST, ["firefox-en-ru-tiny"]),
        ("en-ru", Quality.NORMAL, ["firefox-en-ru-base-memory"]),
        ("az-ru", Quality.FAST, ["firefox-az-en-tiny", "firefox-en-ru-tiny"]),
        ("hy-ru", Quality.FAST, ["nllb-200-distilled-600m"]),
        ("firefox-en-ru-base", Quality.FAST, ["firefox-en-ru-base"]),
    ],
)
def test_the_quality_chooses_among_sizes(what: str, quality: Quality, names: list[str]) -> None:
    """Of a model that comes in several sizes, unless one of them is named."""
    assert expand(what, quality) == names


@pytest.mark.parametrize("what", ["", "nothing", "firefox-en-en", "en-az-ru", "opus-mt-en-hy", "..", "a b"])
def test_unknown_names(what: str) -> None:
    """A name that is none is wrong use."""
    with pytest.raises(BadOption):
        expand(what)


def test_a_direction_of_another_language() -> None:
    """Only the four languages are translated."""
    with pytest.raises(UnknownLanguage):
        expand("firefox-en-de")
