"""URLs, e-mail addresses, handles and hashtags: a translation has the ones of its source, letter by letter."""

from __future__ import annotations

from collections import Counter

from toolkit.pipeline.checks.pair import Pair, Remarks, Side
from toolkit.text.spans import Span

_CLOSING = ".,;:!?։)»”"


def check_links(pair: Pair, remarks: Remarks) -> None:
    """T009 for a link lost, T010 for one that the source does not have."""
    source, target = _links(pair.source), _links(pair.target)
    known, there = Counter(link for link, _ in source), Counter(link for link, _ in target)
    for link, span in source:
        if not there[link] and link not in pair.target.text:
            remarks.add("T009", span, None, link=link)
    for link, span in target:
        if not known[link] and link not in pair.source.text:
            remarks.add("T010", None, span, link=link)


def _links(side: Side) -> list[tuple[str, Span]]:
    found = []
    for span in side.zones.protected:
        written = span.of(side.text)
        link = written.rstrip(_CLOSING)
        found.append((link, Span(span.start, span.start + len(link))))
    return found
