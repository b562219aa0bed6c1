"""Sentences with markup through CTranslate2: the model sees words alone, and they come out with their markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.documents.markdown import read_markdown
from toolkit.engines.argos import argos_engine, read_package
from toolkit.engines.ct2 import Quality
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.pipeline.result import Origin
from toolkit.pipeline.translate import translate


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (Language.AZ, "[Gorus](https://example.org/a) yaxınlığında `x` **yol bağlandı** *sübh tezdən*.\n"),
        (Language.HY, "[Գորիսի](https://example.org/a) մոտ `x` **ճանապարհը փակվեց** *լուսադեմին*։\n"),
        (Language.RU, "Близ [Гориса](https://example.org/a) `x` **закрыли дорогу** *на рассвете*.\n"),
    ],
)
def test_markup_follows_its_words(
    target: Language, text: str, argos_models: Path, glossary: Glossary, policies: Path
) -> None:
    """An Argos package translates what is between the signs; links, code and emphasis keep their words."""
    package = read_package(argos_models / f"translate-en_{target}-1.0")
    assert package is not None
    source = "Near [Goris](https://example.org/a) `x` **the road was closed** *at dawn*.\n"
    engine = argos_engine(package, Quality.NORMAL)
    policy = load_policy("follow-source", policies)
    result = translate(read_markdown(source), Language.EN, target, policy, glossary, engines=[engine])
    assert result.segments[0].origin is Origin.MACHINE
    assert result.text == text
