"""Which files make a model of each engine, by their paths."""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.engines.models.manifest import MANIFEST, EngineName

_CTRANSLATE = ("model\\.bin", "config\\.json", "(shared|source|target)_vocabulary\\.(json|txt)")


def _patterns(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


TEXTS = _patterns("README(\\.md)?", "LICEN[CS]E(\\.md|\\.txt)?")
ARGOS = (
    *_patterns("metadata\\.json", "(sentencepiece|bpe)\\.model", *(f"model/{name}" for name in _CTRANSLATE)),
    *TEXTS,
)
FIREFOX = (
    *_patterns(
        "model\\.[a-z]{4}\\.[A-Za-z0-9._-]*bin(\\.gz)?",
        "(vocab|srcvocab|trgvocab)\\.[a-z]{4}\\.spm(\\.gz)?",
        "lex\\.[A-Za-z0-9._-]*\\.bin(\\.gz)?",
    ),
    *TEXTS,
)
TOKENIZER = re.compile("[A-Za-z0-9._-]*(sentencepiece|spiece|spm)[A-Za-z0-9._-]*\\.model")
MULTILINGUAL = (*_patterns(*_CTRANSLATE), TOKENIZER, *TEXTS)
PACKED = (*ARGOS, *FIREFOX, *MULTILINGUAL, re.compile(re.escape(MANIFEST)))
"""Everything that may be taken out of a zip file."""

PATTERNS: dict[EngineName, tuple[re.Pattern[str], ...]] = {
    "argos": ARGOS,
    "firefox": FIREFOX,
    "multilingual": MULTILINGUAL,
}


def engine_of(paths: Iterable[str]) -> EngineName | None:
    """The engine that files of these paths are a model of."""
    there = set(paths)
    if "metadata.json" in there and "model/model.bin" in there:
        return "argos"
    if any(FIREFOX[0].fullmatch(path) for path in there):
        return "firefox"
    return "multilingual" if "model.bin" in there else None


def taken(engine: EngineName, paths: Iterable[str]) -> list[str]:
    return sorted(path for path in paths if any(pattern.fullmatch(path) for pattern in PATTERNS[engine]))
