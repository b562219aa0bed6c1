"""Sentences with markup through a trained Marian model: it sees words alone, and its alignment leads the markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.documents.markdown import read_markdown
from toolkit.engines.firefox.engine import FirefoxEngine
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.pipeline.translate import translate


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "The [farmer](a) does not **praise** [the *books*](b) of Moyevu.",
            "[Luntar](a) Mojevunosh [*oplakokat*](b) **nidulturi**.",
        ),
        (
            "Zakar **saw** the [quiet mountains](https://example.org/a) *in the school*.",
            "Zaqar *hulmenirem* [navo mundeneket](https://example.org/a) **rengopa**.",
        ),
        (
            "> Lemam will watch\n> [Gitan][1] ~~in May~~.\n\n[1]: https://example.org/b",
            "> Lemam ~~Mejonoram~~ [Gitanat][1] sefrozu.\n\n[1]: https://example.org/b",
        ),
    ],
)
def test_markup_follows_the_alignment(
    source: str, target: str, engine: FirefoxEngine, glossary: Glossary, policies: Path
) -> None:
    """Over any change of order each link and emphasis comes to stand around the words that translate its own."""
    policy = load_policy("follow-source", policies)
    result = translate(read_markdown(source), Language.EN, Language.AZ, policy, glossary, engines=[engine])
    assert result.text == target
    assert "T005" not in {finding.code for finding in result.findings}
