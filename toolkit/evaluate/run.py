"""Score one system: its translations as they came and after the repair of names, beside the reference's own score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.errors import BadInput
from toolkit.evaluate.corpus import corpus_scores
from toolkit.evaluate.model import Round, Sentence, System
from toolkit.evaluate.names import Tally, sides
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.languages import Language
from toolkit.pipeline.check_pair import Checked
from toolkit.pipeline.checks.pair import Side
from toolkit.pipeline.findings import CODES, Severity
from toolkit.pipeline.signature import signature

_MOST_WORST = 20
REFERENCE = "reference"


@dataclass(frozen=True)
class Job:
    """A direction with its sources and references, a line each; analysed once for all systems."""

    source: Language
    target: Language
    sources: Sequence[str]
    references: Sequence[str]
    policy: Policy
    glossary: Glossary
    analysed: Sequence[Side]


def job_of(
    source: Language,
    target: Language,
    sources: Sequence[str],
    references: Sequence[str],
    policy: Policy,
    glossary: Glossary,
) -> Job:
    """A job. Raises BadInput where the texts differ in lines or there are none."""
    _same_length(sources, references, REFERENCE)
    if not sources:
        raise BadInput("there is no sentence to measure", where="--source", remedy="give a file with a sentence a line")
    return Job(source, target, sources, references, policy, glossary, sides(sources, source, glossary))


def measure(job: Job, name: str, given: Sequence[str], served: str = "") -> System:
    """The scores of the translations `given`, a line each; `served` goes into the signature. Raises BadInput."""
    _same_length(job.sources, given, name)
    targets = sides(given, job.target, job.glossary)
    human = name == REFERENCE
    first, checked = _round(job, targets, fix=False, scored=not human)
    second = None
    if not human:
        second, checked = _round(job, targets, fix=True, scored=True)
    return System(
        name=name,
        source=job.source,
        target=job.target,
        policy=job.policy.id,
        sentences=len(given),
        given=first,
        repaired=second,
        worst=tuple(_worst(job, given, checked)),
        signature=signature(job.glossary, job.policy, served),
    )


def _round(job: Job, targets: Sequence[Side], *, fix: bool, scored: bool) -> tuple[Round, list[Checked]]:
    tally = Tally(job.policy, job.glossary, fix)
    checked = [tally.add(source, target) for source, target in zip(job.analysed, targets, strict=True)]
    found = tally.round()
    if not scored:
        return found, checked
    chrf, bleu = corpus_scores(tally.texts, job.references)
    return found.model_copy(update={"chrf": chrf, "bleu": bleu}), checked


def _worst(job: Job, given: Sequence[str], checked: Sequence[Checked]) -> list[Sentence]:
    """The sentences with most errors and warnings left, in the order of the text."""
    ranked = []
    for index, one in enumerate(checked):
        left = [remark for remark in one.remarks if CODES[remark.code].severity is not Severity.INFO]
        weight = sum(2 if CODES[remark.code].severity is Severity.ERROR else 1 for remark in left)
        if weight:
            ranked.append((-weight, index, left))
    chosen = sorted(ranked)[:_MOST_WORST]
    return [
        Sentence(
            number=index + 1,
            source=job.sources[index],
            reference=job.references[index],
            given=given[index],
            repaired=checked[index].text,
            remarks=tuple(f"{r.code} {CODES[r.code].message.format_map(_Known(r.fields))}" for r in left),
        )
        for _, index, left in sorted(chosen, key=lambda one: one[1])
    ]


class _Known(dict[str, object]):
    """Fields of a message; one that is missing is left open."""

    def __missing__(self, key: str) -> str:
        return "…"


def _same_length(sources: Sequence[str], others: Sequence[str], name: str) -> None:
    if len(sources) != len(others):
        raise BadInput(
            f"{len(others)} lines beside {len(sources)} lines of the source",
            where=name,
            remedy="give a line a sentence",
        )
