"""Decoding held to given names, on the made-up language: names that the model would not have written."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from tests.models.invented_language import PERSONS, PLACES, Pair, forms
from toolkit.engines.firefox.alignment import words
from toolkit.engines.firefox.borders import Borders
from toolkit.engines.firefox.engine import FirefoxEngine
from toolkit.engines.protocol import Constraint, Draft, Request
from toolkit.languages import Language

EN, AZ = Language.EN, Language.AZ


@dataclass(frozen=True)
class Case:
    """A sentence all of whose names are to be called by other names, and what should come out."""

    request: Request
    expected: str


def case_of(pair: Pair, chance: random.Random) -> Case:
    spans, wanted = words(pair.source), pair.target[:-1].split(" ")
    constraints = []
    for name, place in pair.names:
        kind = PLACES if name in PLACES else PERSONS
        other = chance.choice([one for one in kind if one not in dict(pair.names)])
        word = next(target for source, target in pair.links if source == place)
        wanted[word] = forms(other)[forms(name).index(wanted[word])]
        constraints.append(Constraint(spans[place], forms(other), forms(name)))
    return Case(Request(pair.source, tuple(constraints)), " ".join(wanted) + ".")


@pytest.fixture(scope="module")
def cases(pairs: list[Pair]) -> list[Case]:
    chance = random.Random(3)
    return [case_of(pair, chance) for pair in pairs]


@pytest.fixture(scope="module")
def drafts(engine: FirefoxEngine, cases: list[Case]) -> list[Draft]:
    found = engine.translate([case.request for case in cases], EN, AZ)
    return [draft for draft in found if draft is not None]


def test_every_name_is_one_of_its_forms(cases: list[Case], drafts: list[Draft]) -> None:
    """Each constraint has its place in the draft, where one of its forms stands."""
    for case, draft in zip(cases, drafts, strict=True):
        assert {held.constraint for held in draft.held} == set(range(len(case.request.constraints))), draft
        for held in draft.held:
            assert held.span.of(draft.text) in case.request.constraints[held.constraint].allowed


def test_the_rest_is_as_right_as_without(
    engine: FirefoxEngine, pairs: list[Pair], cases: list[Case], drafts: list[Draft]
) -> None:
    """Nearly as many sentences are right, with the other names in the same cases, as without constraints."""
    plain = engine.translate([Request(pair.source) for pair in pairs], EN, AZ)
    free = sum(draft is not None and draft.text == pair.target for draft, pair in zip(plain, pairs, strict=True))
    right = sum(draft.text == case.expected for case, draft in zip(cases, drafts, strict=True))
    assert right >= 0.95 * free


def test_forbidden_names_are_not_written(cases: list[Case], drafts: list[Draft]) -> None:
    """None of the forms of the names that the model would have written is in a draft."""
    for case, draft in zip(cases, drafts, strict=True):
        forbidden = {name for constraint in case.request.constraints for name in constraint.forbidden}
        assert forbidden.isdisjoint(draft.text.rstrip(".").split(" "))


def test_held_alone_as_in_company(engine: FirefoxEngine, cases: list[Case], drafts: list[Draft]) -> None:
    """A constraint of one sentence has no effect on others, nor they on it."""
    mixed = [Request(case.request.text, case.request.constraints if n % 2 else ()) for n, case in enumerate(cases)]
    found = engine.translate(mixed, EN, AZ)
    plain = engine.translate([Request(case.request.text) for case in cases], EN, AZ)
    for n, (one, held, free) in enumerate(zip(found, drafts, plain, strict=True)):
        assert one == (held if n % 2 else free)


def test_its_own_name_does_no_harm(engine: FirefoxEngine, pairs: list[Pair]) -> None:
    """Held to the forms of the names that are right anyway, the model is right, also where it would have erred."""
    requests = []
    for pair in pairs:
        spans = words(pair.source)
        constraints = tuple(Constraint(spans[place], forms(name)) for name, place in pair.names)
        requests.append(Request(pair.source, constraints))
    drafts = engine.translate(requests, EN, AZ)
    right = sum(draft is not None and draft.text == pair.target for draft, pair in zip(drafts, pairs, strict=True))
    assert right >= 0.98 * len(pairs)


def test_a_forbidden_name_without_a_constraint_for_it(engine: FirefoxEngine, pairs: list[Pair]) -> None:
    """A forbidden name is avoided also where no form is given for its place."""
    asked = [pair for pair in pairs if len(pair.names) == 1][:30]
    requests = [
        Request(pair.source, (Constraint(words(pair.source)[place], (), forms(name)),))
        for pair in asked
        for name, place in pair.names
    ]
    for request, draft in zip(requests, engine.translate(requests, EN, AZ), strict=True):
        assert draft is not None
        assert set(request.constraints[0].forbidden).isdisjoint(draft.text.rstrip(".").split(" "))
        assert draft.held == ()


def test_what_cannot_be_written_is_left(engine: FirefoxEngine, pairs: list[Pair]) -> None:
    """A name whose letters the vocabulary has not is not forced; the draft is as without."""
    pair = next(pair for pair in pairs if pair.names)
    span = words(pair.source)[pair.names[0][1]]
    held, plain = engine.translate([Request(pair.source, (Constraint(span, ("Ḫợ",)),)), Request(pair.source)], EN, AZ)
    assert held == plain


def test_near_ties_are_told(drafts: list[Draft]) -> None:
    """Some choices between forms are close, most are not."""
    ties = [held.near_tie for draft in drafts for held in draft.held]
    assert 0 < sum(ties) < 0.3 * len(ties)


def test_words_of_pieces(engine: FirefoxEngine) -> None:
    """Words are found among pieces without the marks around them."""
    vocabulary = engine._target
    ids = [one for text in ("Orun", "tuli.") for one in vocabulary.encode([text])[0].ids]
    borders = Borders(vocabulary)
    texts = ["".join(vocabulary.pieces[i] for i in ids[a:b]) for a, b in borders.words(ids)]
    assert texts == ["▁Orun", "▁tuli"]
    assert borders.last_word(ids) == []
    assert borders.last_word(ids[:-1]) == borders.words(ids)[-1:]
