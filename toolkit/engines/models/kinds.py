"""Which files make a model of each engine, by their paths."""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.engines.models.manifest import MANIFEST, EngineName

_TEXTS = ("README(\\.md)?", "LICEN[CS]E(\\.md|\\.txt)?")
_CTRANSLATE = ("model\\.bin", "config\\.json", "(shared|source|target)_vocabulary\\.(json|txt)")


def _patterns(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


ARGOS = _patterns("metadata\\.json", "(sentencepiece|bpe)\\.model", *(f"model/{name}" for name in _CTRANSLATE), *_TEXTS)
FIREFOX = _patterns(
    "model\\.[a-z]{4}\\.[A-Za-z0-9._-]*bin(\\.gz)?",
    "(vocab|srcvocab|trgvocab)\\.[a-z]{4}\\.spm(\\.gz)?",
    "lex\\.[A-Za-z0-9._-]*\\.bin(\\.gz)?",
    *_TEXTS,
)
_TOKENIZER = re.compile("[A-Za-z0-9._-]*(sentencepiece|spiece|spm)[A-Za-z0-9._-]*\\.model")
MULTILINGUAL = (*_patterns(*_CTRANSLATE, *_TEXTS), _TOKENIZER)
PACKED = (*ARGOS, *FIREFOX, *MULTILINGUAL, re.compile(re.escape(MANIFEST)))
"""Everything that may be taken out of a zip file."""

PATTERNS: dict[EngineName, tuple[re.Pattern[str], ...]] = {
    "argos": ARGOS,
    "firefox": FIREFOX,
    "multilingual": MULTILINGUAL,
}

_WEIGHTS = re.compile("pytorch_model.*\\.bin|.*\\.safetensors")


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


def unconverted(paths: Iterable[str]) -> bool:
    """Whether these are the weights of a model before its conversion."""
    return any(_WEIGHTS.fullmatch(path) for path in paths)


def to_convert(what: str, paths: Iterable[str]) -> str:
    """How a model of these files is converted: in an environment of its own, for the converter needs torch."""
    tokenizer = next((path for path in sorted(paths) if _TOKENIZER.fullmatch(path)), "sentencepiece.bpe.model")
    folder = f"{what.rpartition('/')[2]}-converted"
    return (
        "convert it with `pip install ctranslate2 transformers torch sentencepiece` and `ct2-transformers-converter "
        f"--model {what} --quantization int8 --copy_files {tokenizer} --output_dir {folder}`, "
        f"then run `dragoman models install ./{folder}`"
    )
