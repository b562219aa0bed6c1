"""Asking an engine again for lost names: as often as needed in a short text, for a small share of a long one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.test_ct2 import made
from toolkit.documents.plain import read_plain
from toolkit.engines.protocol import Ability, Draft, Engine, Request
from toolkit.errors import BadOption
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.pipeline.obey.budget import ALL, PER_CENT, Budget, parse_per_cent
from toolkit.pipeline.result import Action, Result, Step
from toolkit.pipeline.translate import translate

EN, RU = Language.EN, Language.RU
_DAYS = 60


@dataclass
class Forgetful:
    """Loses Goris, and knows Paris: a stand-in serves. `again` are the requests after the first ones."""

    drafts: dict[str, str]
    id: str = "forgetful"
    abilities: Ability = Ability.NONE
    again: list[Request] = field(default_factory=list)

    def can(self, source: Language, target: Language) -> bool:
        return True

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        self.again += [segment for segment in segments if segment.before is not None]
        return [Draft(self.drafts[s.text]) if s.text in self.drafts else self._stand_in(s.text) for s in segments]

    def _stand_in(self, text: str) -> Draft:
        return Draft(text.replace("Snow fell on Paris on day", "Снег выпал в Париже в день"))


def _archive(days: int) -> dict[str, str]:
    """Sentences with a draft each that has lost the town."""
    return {f"Snow fell on Goris on day {day}.": f"Снег выпал на горы в день {day}." for day in range(1, days + 1)}


def _translated(engine: Engine, text: str, glossary: Glossary, policies: Path, **options: Any) -> Result:
    policy = load_policy("follow-source", policies)
    return translate(read_plain(text), EN, RU, policy, glossary, engines=[engine], **options)


def test_a_short_text_is_asked_again_in_full(glossary: Glossary, policies: Path) -> None:
    """What somebody waits for gets the best there is: each lost name of it comes in by a stand-in."""
    drafts = _archive(3)
    result = _translated(Forgetful(drafts), "\n\n".join(drafts), glossary, policies)
    assert [mention.step for mention in result.mentions] == [Step.STAND_IN] * 3
    assert result.text.count("Горисе") == 3


def test_an_archive_is_asked_again_for_a_share(glossary: Glossary, policies: Path) -> None:
    """The first sentences that need it are asked again, up to the share; every other lost name is flagged."""
    drafts = _archive(_DAYS)
    engine = Forgetful(drafts)
    result = _translated(engine, "\n\n".join(drafts), glossary, policies)
    asked = len(engine.again)
    assert 0 < sum(len(request.text) for request in engine.again) <= sum(map(len, drafts)) * PER_CENT / 100
    steps = [mention.step for mention in result.mentions]
    assert steps == [Step.STAND_IN] * asked + [Step.FLAGGED] * (_DAYS - asked)
    assert [mention.action for mention in result.mentions[asked:]] == [Action.FLAGGED] * (_DAYS - asked)
    assert sum(finding.code == "N009" for finding in result.findings) == _DAYS - asked
    assert _translated(Forgetful(drafts), "\n\n".join(drafts), glossary, policies) == result


@pytest.mark.parametrize(("per_cent", "served"), [(0, 0), (50, 28), (ALL, _DAYS)])
def test_the_share_is_a_setting(per_cent: float, served: int, glossary: Glossary, policies: Path) -> None:
    """Nothing, a part or all: and the signature tells which."""
    drafts = _archive(_DAYS)
    result = _translated(Forgetful(drafts), "\n\n".join(drafts), glossary, policies, ask_again=per_cent)
    assert sum(mention.step is Step.STAND_IN for mention in result.mentions) == pytest.approx(served, abs=8)
    assert result.signature.endswith(f"engine:forgetful~{per_cent}")


def test_a_ruined_draft_is_left_alone(glossary: Glossary, policies: Path) -> None:
    """A loop with a lost name is flagged, and no time is spent on it."""
    text = "Snow fell on Goris on day 5."
    engine = Forgetful({text: "Снег снег снег снег снег снег снег снег день 5."})
    result = _translated(engine, text, glossary, policies)
    assert engine.again == []
    assert {"N009", "T011"} <= {finding.code for finding in result.findings}
    assert result.mentions[0].step is Step.FLAGGED


def test_the_drafts_of_a_beam_are_free(
    tmp_path: Path, glossary: Glossary, policies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real model searched by a beam is asked once: its other drafts come with the first one."""
    engine = made(tmp_path, {"Goris": ["Навуходоносор", "Горис"], "burns": ["горит"]})
    calls = _counted(engine, monkeypatch)
    result = _translated(engine, "Goris burns.", glossary, policies)
    assert result.text == "Горис горит."
    assert result.mentions[0].step is Step.N_BEST
    assert calls == ["translate_batch"]


def test_what_the_model_will_not_write_is_not_asked_for(
    tmp_path: Path, glossary: Glossary, policies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real model that has other words for the name and its stand-in is asked for scores alone."""
    words = {"Goris": ["Навуходоносор"], "Paris": ["Столица"], "burns": ["горит"], "a": ["Горис"], "b": ["Париж"]}
    engine = made(tmp_path, words)
    calls = _counted(engine, monkeypatch)
    result = _translated(engine, "Goris burns.", glossary, policies)
    assert result.text == "Горис горит."
    assert result.mentions[0].step is Step.ALIGNED
    assert calls.count("translate_batch") == 1
    assert set(calls) == {"translate_batch", "score_batch"}


def test_a_better_chance_is_taken(
    tmp_path: Path, glossary: Glossary, policies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the score says that the model would write the name, it is asked again without the wrong one."""
    engine = made(tmp_path, {"Goris": ["Навуходоносор", "Горис"], "burns": ["горит"]})
    engine = replace(engine, abilities=engine.abilities & ~Ability.N_BEST)
    result = _translated(engine, "Goris burns.", glossary, policies)
    assert result.text == "Горис горит."
    assert result.mentions[0].step is Step.REDECODED


def _counted(engine: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The calls that the library gets from now on."""
    real = engine.runner._translator
    calls: list[str] = []

    class Counting:
        def __getattr__(self, method: str) -> Any:
            calls.append(method)
            return getattr(real, method)

    monkeypatch.setitem(engine.runner.__dict__, "_translator", Counting())
    return calls


@given(st.lists(st.integers(1, 50)), st.floats(0, 99), st.lists(st.floats(0, 1), max_size=4))
def test_a_budget_is_kept(lengths: list[int], per_cent: float, steps: list[float]) -> None:
    """Whatever steps ask for, no more is spent than there was, and each keeps to its share of what is left."""
    budget = Budget.of(["x" * length for length in lengths], per_cent)
    budget.free = False
    total = sum(lengths) * per_cent / 100
    for most in steps:
        before = budget.left
        found = budget.affords(lengths, float, most)
        assert sum(found) <= before * most + 1e-6
        assert budget.left == pytest.approx(before - sum(found))
    assert -1e-6 <= budget.left <= total


@pytest.mark.parametrize("text", ["", "much", "-1", "101", "nan"])
def test_a_share_is_a_number(text: str) -> None:
    """Anything else is said in one line."""
    with pytest.raises(BadOption, match="no share of a hundred"):
        parse_per_cent(text, "DRAGOMAN_ASK_AGAIN")
    assert (parse_per_cent("3", ""), parse_per_cent(" 12.5 % ", "")) == (3, 12.5)
