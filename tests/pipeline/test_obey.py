"""The ladder by which engines obey the glossary: scripted engines for each step, then real models; see obey.yaml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import CASES
from tests.engines.test_ct2 import made
from toolkit.documents.plain import read_plain
from toolkit.engines.firefox.engine import FirefoxEngine
from toolkit.engines.protocol import Ability, Draft, Engine, Request
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.pipeline.result import Action, Result, Step
from toolkit.pipeline.translate import translate
from toolkit.text.spans import Span

_WORD = re.compile(r"[\w-]+")
ROWS: list[dict[str, Any]] = yaml.safe_load((CASES / "obey.yaml").read_text(encoding="utf-8"))


@dataclass
class Talkative:
    """An engine that says what it was told to, with the abilities it was given; `calls` keeps what it was asked."""

    row: dict[str, Any]
    id: str = "talkative"
    calls: list[tuple[list[Request], int]] = field(default_factory=list)

    @property
    def abilities(self) -> Ability:
        found = Ability.NONE
        for name in self.row["can"]:
            found |= Ability[name]
        return found

    def can(self, source: Language, target: Language) -> bool:
        return True

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        self.calls.append((list(segments), n_best))
        return [self._draft(request, n_best) for request in segments]

    def _draft(self, request: Request, n_best: int) -> Draft | None:
        forbidden = {name for one in request.constraints for name in one.forbidden}
        known = self.row["drafts"].get(request.text, [])
        texts = [text for text in known if not any(name in text for name in forbidden)]
        if not texts:
            return None
        words = [[Span(*match.span()) for match in _WORD.finditer(text)] for text in (request.text, texts[0])]
        aligned = tuple((words[0][a], words[1][b]) for a, b in self.row.get("aligned", ()))
        return Draft(texts[0], None, tuple(texts[1:n_best]), aligned)

    def score(self, pairs: Sequence[tuple[str, str]], source: Language, target: Language) -> Sequence[float]:
        return [-1.0 + any(word in _WORD.findall(text) for word in self.row["likes"]) for _, text in pairs]


def _translated(
    engine: Engine,
    text: str,
    source: str,
    target: str,
    glossary: Glossary,
    policies: Path,
    policy: str = "follow-source",
) -> Result:
    chosen = load_policy(policy, policies)
    return translate(read_plain(text), Language(source), Language(target), chosen, glossary, engines=[engine])


@pytest.mark.parametrize("row", ROWS, ids=[row["what"] for row in ROWS])
def test_each_step_serves_where_the_ones_before_failed(row: dict[str, Any], glossary: Glossary, policies: Path) -> None:
    """The name comes out as wanted, the mention tells by which step, and the first draft is kept."""
    engine = Talkative(row)
    result = _translated(
        engine, row["source"], row["from"], row["to"], glossary, policies, row.get("policy", "follow-source")
    )
    assert result.text == row["text"]
    mention = next(mention for mention in result.mentions if mention.entity == row["entity"])
    assert mention.step == row["step"]
    assert (mention.action is Action.FLAGGED) == (row["step"] == Step.FLAGGED)
    assert [finding.code for finding in result.findings] == row["codes"]
    assert result.segments[0].draft == row["drafts"][row["source"]][0]
    if mention.target_start is not None:
        assert result.text[mention.target_start : mention.target_end] == mention.rendering


def test_only_what_needs_it_is_asked_again_and_all_at_once(glossary: Glossary, policies: Path) -> None:
    """Of many segments those with something amiss alone are asked for more, a step in one batch."""
    drafts = {
        "Snow fell on Goris.": ["Снег.", "Снег выпал в Горисе."],
        "Rain fell on Tehran.": ["В Тегеране прошел дождь."],
        "Hail fell on Barda.": ["Град.", "В Барде выпал град."],
    }
    engine = Talkative({"can": ["N_BEST"], "drafts": drafts})
    result = _translated(engine, "\n\n".join(drafts), "en", "ru", glossary, policies)
    assert result.text.split("\n\n") == [texts[-1] for texts in drafts.values()]
    asked = [([request.text for request in requests], n_best) for requests, n_best in engine.calls]
    assert asked == [(list(drafts), 1), (["Snow fell on Goris.", "Hail fell on Barda."], 5)]


def test_a_real_model_gives_another_draft(tmp_path: Path, glossary: Glossary, policies: Path) -> None:
    """CTranslate2, torn between a wrong and a right name, has the right one among its further drafts."""
    engine = made(tmp_path, {"Goris": ["Каир", "Горис"], "burns": ["горит"]})
    result = _translated(engine, "Goris burns.", "en", "ru", glossary, policies)
    assert (result.segments[0].draft, result.text) == ("Каир горит.", "Горис горит.")
    assert result.mentions[0].step in (Step.REPLACED, Step.N_BEST)


def test_a_real_model_translates_a_stand_in(tmp_path: Path, glossary: Glossary, policies: Path) -> None:
    """A name that the model does not know is translated as one that it knows, and swapped back."""
    engine = made(tmp_path, {"Goris": ["горы"], "Paris": ["Париж"], "burns": ["горит"]})
    result = _translated(engine, "Goris burns.", "en", "ru", glossary, policies)
    assert (result.segments[0].draft, result.text) == ("горы горит.", "Горис горит.")
    assert result.mentions[0].step is Step.STAND_IN
    assert result.signature.endswith(f"engine:{engine.id}")


def test_a_real_model_tells_where_the_name_would_stand(tmp_path: Path, glossary: Glossary, policies: Path) -> None:
    """Where no step before serves, the word that the model aligned with the name gives way to it."""
    engine = made(tmp_path, {"Goris": ["Навуходоносор"], "burns": ["горит"]})
    result = _translated(engine, "Goris burns.", "en", "ru", glossary, policies)
    assert (result.segments[0].draft, result.text) == ("Навуходоносор горит.", "Горис горит.")
    assert result.mentions[0].step is Step.ALIGNED


@pytest.fixture
def invented(tmp_path: Path) -> Glossary:
    """A glossary of the language that the small trained model was made for."""
    pack = tmp_path / "invented"
    (pack / "city").mkdir(parents=True)
    (pack / "pack.yaml").write_text(
        "id: invented\ntitle: Invented\nversion: 0.1.0\nlicence: CC0-1.0\n", encoding="utf-8"
    )
    entry = "id: budoyu\nkind: city\nnames:\n  - usage: armenian\n    en: Budoyu\n    az: Qagur\n"
    entry += "  - usage: azerbaijani\n    en: Wimand\n    az: Vimand\n"
    (pack / "city" / "budoyu.yaml").write_text(entry, encoding="utf-8")
    return Glossary.load(tmp_path)


def test_a_decoder_of_our_own_is_held_to_the_forms(invented: Glossary, policies: Path) -> None:
    """The Marian decoder writes a form of the wanted name where the source has it, and the mention tells so."""
    engine = FirefoxEngine.load(Path(__file__).parents[1] / "models" / "invented")
    result = _translated(engine, "Budoyu will remember the soldiers.", "en", "az", invented, policies)
    mention = result.mentions[0]
    assert mention.step is Step.HELD
    assert mention.rendering == "Qagur"
    assert result.text == "Qagur fornunokat ulgemezu."


def test_a_held_engine_is_told_all_forms_and_what_not_to_write(invented: Glossary, policies: Path) -> None:
    """The wanted name comes with every form of it, and the forms of the other usage are forbidden."""
    engine = Talkative({"can": ["CONSTRAINTS"], "drafts": {}})
    _translated(engine, "The doctor praised Budoyu.", "en", "az", invented, policies)
    constraint = engine.calls[0][0][0].constraints[0]
    assert constraint.span == Span(19, 25)
    assert constraint.allowed[0] == "Qagur"
    assert {"Qaguru", "Qagurun", "Qagura", "Qagurda", "Qagurdan"} <= set(constraint.allowed)
    assert {"Vimand", "Vimandı", "Vimandda"} <= set(constraint.forbidden)
    assert not set(constraint.allowed) & set(constraint.forbidden)
