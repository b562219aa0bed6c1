"""Two engines in a row: constraints and alignment go through the middle language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from tests.engines.firefox.conftest import MODEL
from toolkit.engines.firefox.engine import FirefoxEngine
from toolkit.engines.pivot import PivotEngine
from toolkit.engines.protocol import Ability, Constraint, Draft, Held, Request, ScriptedEngine
from toolkit.languages import Language
from toolkit.text.spans import Span

AZ, EN, RU = Language.AZ, Language.EN, Language.RU


@dataclass
class Directed:
    """Says what it was told to, in one direction, with an alignment of the n-th word to the words it was given."""

    source: Language
    target: Language
    drafts: dict[str, Draft | None]
    abilities: Ability = Ability.ALIGNMENT | Ability.CONSTRAINTS | Ability.SCORES
    id: str = "directed"
    asked: list[Request] = field(default_factory=list)

    def can(self, source: Language, target: Language) -> bool:
        return (source, target) == (self.source, self.target)

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        self.asked.extend(segments)
        return [self.drafts[segment.text] for segment in segments]


def span(text: str, word: str) -> Span:
    return Span(text.index(word), text.index(word) + len(word))


SOURCE, MIDDLE, TARGET = "Живёт в Баку.", "Lives in Baku now.", "Bakıda yaşayır."


def engine(middle: Draft | None) -> tuple[PivotEngine, Directed]:
    last = Draft(
        TARGET, -0.1, (), ((span(MIDDLE, "Baku"), span(TARGET, "Bakıda")),), (Held(0, span(TARGET, "Bakıda"), True),)
    )
    second = Directed(EN, AZ, {MIDDLE: last})
    return PivotEngine(Directed(RU, EN, {SOURCE: middle}), second), second


def draft(*links: tuple[str, str]) -> Draft:
    return Draft(MIDDLE, -0.2, (), tuple((span(SOURCE, ours), span(MIDDLE, theirs)) for ours, theirs in links))


def test_constraints_go_through() -> None:
    """The second engine is told where the span is in the middle text; what it held to has the number it was given."""
    pivot, second = engine(draft(("Баку", "Baku")))
    request = Request(
        SOURCE, (Constraint(span(SOURCE, "Живёт"), ("x",)), Constraint(span(SOURCE, "Баку"), ("Bakıda",)))
    )
    (found,) = pivot.translate([request], RU, AZ)
    (asked,) = second.asked
    assert [(one.span.of(MIDDLE), one.allowed) for one in asked.constraints] == [("Baku", ("Bakıda",))]
    assert found is not None
    assert found.held == (Held(1, span(TARGET, "Bakıda"), True),)
    assert found.alignment == ((span(SOURCE, "Баку"), span(TARGET, "Bakıda")),)
    assert found.score is None


def test_words_apart_are_no_one_rendering() -> None:
    """Of words far apart that one source word is aligned to, the last stretch is taken."""
    pivot, second = engine(draft(("Баку", "Lives"), ("Баку", "in"), ("Баку", "Baku")))
    pivot.translate([Request(SOURCE, (Constraint(span(SOURCE, "Баку"), ("Bakıda",)),))], RU, AZ)
    assert second.asked[0].constraints[0].span.of(MIDDLE) == "Lives in Baku"
    pivot, second = engine(draft(("Баку", "Lives"), ("Баку", "Baku")))
    pivot.translate([Request(SOURCE, (Constraint(span(SOURCE, "Баку"), ("Bakıda",)),))], RU, AZ)
    assert second.asked[0].constraints[0].span.of(MIDDLE) == "Baku"


def test_no_draft() -> None:
    """Where one of the engines has no draft there is none; the others keep their places."""
    pivot, _ = engine(None)
    assert pivot.translate([Request(SOURCE)], RU, AZ) == [None]


def test_what_it_can() -> None:
    """It goes from and to languages beside the middle one; without alignment in the first it cannot hold names."""
    pivot, _ = engine(draft())
    assert pivot.can(RU, AZ)
    assert not pivot.can(RU, EN)
    assert not pivot.can(AZ, RU)
    assert Ability.CONSTRAINTS in pivot.abilities
    assert Ability.SCORES not in pivot.abilities
    assert pivot.id == "directed+directed"
    blind = PivotEngine(ScriptedEngine({}), pivot.second)
    assert blind.abilities == Ability.NONE


@pytest.mark.parametrize("text", ["The doctor left the city.", ""])
def test_through_two_models(text: str) -> None:
    """A real engine may be either half."""
    first = FirefoxEngine.load(MODEL)
    pivot = PivotEngine(first, Directed(AZ, RU, {"Gilem ulmarat miskopa.": Draft("…")}), middle=AZ)
    (found,) = pivot.translate([Request(text)], EN, RU)
    assert (found is not None) == bool(text)
