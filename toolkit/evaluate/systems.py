"""Translations to measure, made by our own pipeline: an engine, or the memory alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from toolkit.documents.model import Block, Document
from toolkit.engines.protocol import Engine
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.languages import Language
from toolkit.memory.protocol import TranslationMemory
from toolkit.pipeline.translate import translate
from toolkit.text.spans import Edit, Span, apply_edits


def translate_lines(
    lines: Sequence[str],
    source: Language,
    target: Language,
    policy: Policy,
    glossary: Glossary,
    memory: TranslationMemory | None,
    engines: Sequence[Engine] = (),
) -> tuple[list[str], str]:
    """Each line by the whole pipeline, all in one batch; the translations and the signature of the result.

    A line that nothing translates stays in the source language, as readers would get it.
    """
    clean = [" ".join(line.split()) for line in lines]
    starts = [0, *accumulate(len(line) + 1 for line in clean)][:-1]
    spans = [Span(start, start + len(line)) for start, line in zip(starts, clean, strict=True)]
    document = Document("\n".join(clean), tuple(Block(span) for span in spans if len(span)))
    result = translate(document, source, target, policy, glossary, memory, engines=engines)
    edits: dict[int, list[Edit]] = {}
    for segment in result.segments:
        number = bisect_right(starts, segment.start) - 1
        place = Span(segment.start, segment.end).shift(-starts[number])
        edits.setdefault(number, []).append(Edit(place, " ".join(segment.target.split())))
    return [apply_edits(line, edits.get(number, ())) for number, line in enumerate(clean)], result.signature
