"""What the trained model says is what the made-up language says (tests/models/invented/README.md)."""

from __future__ import annotations

from tests.models.invented_language import Pair
from toolkit.engines.firefox.alignment import words
from toolkit.engines.firefox.engine import FirefoxEngine
from toolkit.engines.protocol import Request
from toolkit.languages import Language

EN, AZ = Language.EN, Language.AZ


def drafts_of(engine: FirefoxEngine, pairs: list[Pair], *, n_best: int = 1):  # type: ignore[no-untyped-def]
    return engine.translate([Request(pair.source) for pair in pairs], EN, AZ, n_best=n_best)


def test_sentences_are_right(engine: FirefoxEngine, pairs: list[Pair]) -> None:
    """At least 190 of 200 sentences that it has not seen come out word for word."""
    right = sum(draft.text == pair.target for draft, pair in zip(drafts_of(engine, pairs), pairs, strict=True))
    assert right >= 190


def test_alone_as_in_company(engine: FirefoxEngine, pairs: list[Pair]) -> None:
    """A draft is the same alone, in another order and with other threads: text, score, alignment."""
    some = pairs[:60]
    together = drafts_of(engine, some)
    assert drafts_of(engine, some[::-1])[::-1] == together
    alone = [drafts_of(engine, [pair])[0] for pair in some[:12]]
    assert [(draft.text, draft.alignment) for draft in alone] == [(d.text, d.alignment) for d in together[:12]]


def test_words_are_aligned(engine: FirefoxEngine, pairs: list[Pair]) -> None:
    """Of the words of right drafts at least 98 % of names, and few others, are aligned with their source words."""
    named = found = wrong = total = 0
    for draft, pair in zip(drafts_of(engine, pairs), pairs, strict=True):
        if draft.text != pair.target:
            continue
        ours, theirs = words(pair.source), words(pair.target)
        links = {(ours.index(source), theirs.index(target)) for source, target in draft.alignment}
        wanted = {(s, t) for s, t in pair.links for _, place in pair.names if s == place}
        named, found = named + len(wanted), found + len(wanted & links)
        wrong, total = wrong + len(links - set(pair.links)), total + len(links)
    assert found >= 0.98 * named
    assert wrong <= 0.01 * total


def test_n_best(engine: FirefoxEngine, pairs: list[Pair]) -> None:
    """Further drafts differ from the first and from each other; the first is at least as likely as the greedy one."""
    for pair, draft, plain in zip(
        pairs[:20], drafts_of(engine, pairs[:20], n_best=4), drafts_of(engine, pairs[:20]), strict=True
    ):
        assert len({draft.text, *draft.alternatives}) == 1 + len(draft.alternatives) <= 4
        assert draft.score >= plain.score - 1e-6
        assert engine.score([(pair.source, draft.text)], EN, AZ)[0] <= 0


def test_right_is_likelier_than_wrong(engine: FirefoxEngine, pairs: list[Pair]) -> None:
    """A translation is scored higher than the same with its words in another order."""
    good = engine.score([(pair.source, pair.target) for pair in pairs[:40]], EN, AZ)
    bad = engine.score([(pair.source, " ".join(reversed(pair.target.split()))) for pair in pairs[:40]], EN, AZ)
    assert all(one > other for one, other in zip(good, bad, strict=True))
