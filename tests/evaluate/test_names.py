"""Names are scored by disjoint spans: in base form, in any form, or the entity by another name; counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.errors import BadInput
from toolkit.evaluate.model import NameScores, Share
from toolkit.evaluate.run import REFERENCE, job_of, measure
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language

SOURCES = ["They left Stepanakert for Goris.", "Armenia and Azerbaijan met.", "It rained."]
REFERENCES = ["Они уехали из Степанакерта в Горис.", "Армения и Азербайджан встретились.", "Шёл дождь."]


def _levels(names: NameScores) -> tuple[int, int, int]:
    return names.base.hits, names.form.hits, names.lemma.hits


@pytest.mark.parametrize(
    ("given", "levels", "silent", "flagged"),
    [
        (REFERENCES, (3, 4, 4), 0, 0),
        (["Они уехали из Ханкенди в Горис.", REFERENCES[1], "Шёл дождь."], (3, 3, 4), 0, 1),
        ([REFERENCES[0], "Армения и Армения встретились.", "Шёл дождь."], (2, 3, 3), 0, 1),
        (["Они уехали из города.", REFERENCES[1], "Шёл дождь."], (2, 2, 2), 0, 2),
    ],
    ids=["as the reference", "another usage", "a side twice", "names lost"],
)
def test_names_by_level(
    given: list[str], levels: tuple[int, int, int], silent: int, flagged: int, glossary: Glossary, policies: Path
) -> None:
    """One name of the translation serves one mention of the source; what is not right is flagged, not silent."""
    policy = load_policy("follow-source", policies)
    job = job_of(Language.EN, Language.RU, SOURCES, REFERENCES, policy, glossary)
    names = measure(job, "given", given).given.names
    assert names.base.of == 4
    assert _levels(names) == levels
    assert (names.silent.hits, names.flagged.hits) == (silent, flagged)


def test_the_repair_shows_in_the_second_round(glossary: Glossary, policies: Path) -> None:
    """“Armenia and Armenia” counts as wrong before and as right after."""
    policy = load_policy("follow-source", policies)
    job = job_of(Language.EN, Language.RU, SOURCES, REFERENCES, policy, glossary)
    system = measure(job, "given", [REFERENCES[0], "Армения и Армения встретились.", "Шёл дождь."])
    assert system.repaired is not None
    assert (system.given.wrong, system.repaired.wrong) == (1, 0)
    assert _levels(system.repaired.names) == (3, 4, 4)
    assert system.repaired.chrf is not None
    assert system.given.chrf is not None
    assert system.repaired.chrf.score == pytest.approx(100)
    assert system.given.chrf.score < 100


def test_a_reference_against_itself_is_perfect(glossary: Glossary, policies: Path) -> None:
    """chrF 100, BLEU 100, nothing silent; the reference's own row has names and no chrF."""
    policy = load_policy("follow-source", policies)
    job = job_of(Language.EN, Language.RU, SOURCES, REFERENCES, policy, glossary)
    system = measure(job, "copy", REFERENCES)
    assert system.given.chrf is not None
    assert system.given.bleu is not None
    assert [system.given.chrf.score, system.given.bleu.score] == pytest.approx([100, 100])
    assert system.given.chrf.signature.startswith("chrF2|")
    assert measure(job, REFERENCE, REFERENCES).given.chrf is None
    assert system.worst == ()


def test_lines_that_do_not_pair_are_refused(glossary: Glossary, policies: Path) -> None:
    """The error names the file and both counts."""
    policy = load_policy("follow-source", policies)
    with pytest.raises(BadInput, match="1 lines beside 3"):
        job_of(Language.EN, Language.RU, SOURCES, ["Один."], policy, glossary)
    with pytest.raises(BadInput, match="no sentence"):
        job_of(Language.EN, Language.RU, [], [], policy, glossary)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0)]
)
def test_intervals_are_wilsons(hits: int, of: int, low: float, high: float) -> None:
    """Known values; an interval of nothing is everything."""
    assert Share(hits=hits, of=of).interval == pytest.approx((low, high), abs=1e-3)
    assert Share(hits=0, of=0).interval == (0, 1)
    assert Share(hits=0, of=0).share is None
