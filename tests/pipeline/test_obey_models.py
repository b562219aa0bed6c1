"""The steps that ask an engine again, each through a real model that has nothing but that ability to offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.engines.test_ct2 import made
from toolkit.documents.plain import read_plain
from toolkit.engines.firefox.engine import FirefoxEngine
from toolkit.engines.protocol import Ability, Draft, Engine, Request
from toolkit.engines.wrapped import WrappedEngine
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.pipeline.result import Action, Result, Step
from toolkit.pipeline.translate import translate

MODEL = Path(__file__).parents[1] / "models" / "invented"
FORBIDDING = Ability.ALIGNMENT | Ability.FORBIDDEN


def translated(
    engine: Engine, text: str, pair: tuple[str, str], glossary: Glossary, policies: Path, policy: str = "follow-source"
) -> Result:
    source, target = map(Language, pair)
    return translate(read_plain(text), source, target, load_policy(policy, policies), glossary, engines=[engine])


@dataclass(frozen=True)
class ForbidsOnly(WrappedEngine):
    """An engine that can be forbidden names, and is not told which ones are wanted."""

    @property
    def abilities(self) -> Ability:
        return FORBIDDING

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        bare = [
            replace(segment, constraints=tuple(replace(one, allowed=()) for one in segment.constraints))
            for segment in segments
        ]
        return self.engine.translate(bare, source, target, n_best=n_best)


@pytest.fixture
def invented(tmp_path: Path) -> Glossary:
    """A town that the trained model names by its sound, and the glossary by a name that the model knows as well."""
    pack = tmp_path / "glossary" / "invented"
    (pack / "city").mkdir(parents=True)
    (pack / "pack.yaml").write_text("id: invented\ntitle: Invented\nversion: 0.1.0\nlicence: CC0-1.0\n", "utf-8")
    entry = "id: bresimal\nkind: city\nnames:\n  - usage: armenian\n    en: Bresimal\n    az: Vatrurt\n"
    (pack / "city" / "bresimal.yaml").write_text(entry, "utf-8")
    return Glossary.load(tmp_path / "glossary")


def test_marian_drafts_again_without_the_wrong_name(invented: Glossary, policies: Path) -> None:
    """The search goes back to where the wrong name began, and writes another; the rest is as it was."""
    engine = ForbidsOnly(FirefoxEngine.load(MODEL))
    text = "Today Bresimal remembered the wounded mayor."
    result = translated(engine, text, ("en", "az"), invented, policies)
    assert result.segments[0].draft == "Hansu Bresimal prado beromat ulgemepa."
    assert result.text == "Hansu Vatrurt prado beromat ulgemepa."
    assert result.mentions[0].step is Step.REDECODED
    assert result.mentions[0].action is Action.REPAIRED


@pytest.mark.parametrize(("ability", "step"), [(FORBIDDING, Step.REDECODED), (Ability.N_BEST, Step.N_BEST)])
def test_ctranslate2_has_another_name(
    tmp_path: Path, glossary: Glossary, policies: Path, ability: Ability, step: Step
) -> None:
    """Torn between two words, it gives the right one up when the wrong one is forbidden, or among further drafts."""
    engine = replace(made(tmp_path, {"Goris": ["Навуходоносор", "Горис"], "burns": ["горит"]}), abilities=ability)
    result = translated(engine, "Goris burns.", ("en", "ru"), glossary, policies)
    assert (result.segments[0].draft, result.text) == ("Навуходоносор горит.", "Горис горит.")
    assert result.mentions[0].step is step


def test_what_is_not_better_is_not_kept(tmp_path: Path, glossary: Glossary, policies: Path) -> None:
    """Drafts with another wrong name in the place of the first are refused; the name comes in by a later step."""
    words = {"Goris": ["Бурназ", "Навуходоносор"], "burns": ["горит"]}
    engine = replace(made(tmp_path, words), abilities=Ability.FORBIDDEN | Ability.N_BEST)
    result = translated(engine, "Goris burns.", ("en", "ru"), glossary, policies)
    assert (result.segments[0].draft, result.text) == ("Бурназ горит.", "Горис горит.")
    assert result.mentions[0].step in (Step.STAND_IN, Step.ALIGNED)


@pytest.mark.parametrize("form", ["Степанакерт", "Степанакерта"])
def test_the_form_that_the_model_would_write_is_chosen(
    tmp_path: Path, glossary: Glossary, policies: Path, form: str
) -> None:
    """«Ханкенди» hides its case; of the forms of the name wanted the one is taken that the model scores highest."""
    words = {"Smoke": ["Дым"], "Khankendi": ["Ханкенди"], "town": [form]}
    engine = replace(made(tmp_path, words), abilities=Ability.SCORES)
    result = translated(engine, "Smoke, Khankendi.", ("en", "ru"), glossary, policies, "armenian")
    assert (result.segments[0].draft, result.text) == ("Дым, Ханкенди.", f"Дым, {form}.")
    assert result.mentions[0].step is Step.SCORED
