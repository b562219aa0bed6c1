"""Weights as their makers publish them, converted for CTranslate2 by its own converter.

That needs torch and transformers, which nothing else here does: the extra `[convert]`. The converter runs in a process
of its own, which gives its memory back and takes nothing down with it. Code of a repository is never run, and no
pickle is read: weights have to be safetensors.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from toolkit.engines.models.kinds import TEXTS, TOKENIZER
from toolkit.errors import ModelUnusable

_SAFE = re.compile(r"model(-\d{5}-of-\d{5})?\.safetensors|model\.safetensors\.index\.json")
_PICKLED = re.compile(r"pytorch_model(-\d{5}-of-\d{5})?\.bin|pytorch_model\.bin\.index\.json")
_DESCRIPTIONS = re.compile(
    r"(added_tokens|config|generation_config|special_tokens_map|tokenizer|tokenizer_config|vocab)\.json"
)


def can_convert() -> bool:
    """Whether the libraries for it are installed."""
    return all(find_spec(name) is not None for name in ("torch", "transformers"))


def unconverted(paths: Iterable[str]) -> list[str]:
    """The files, of these, of a model before its conversion: none where its weights are not there."""
    there = sorted(paths)
    weights = [path for path in there if _SAFE.fullmatch(path)]
    others = (_DESCRIPTIONS, TOKENIZER, *TEXTS)
    return weights and [*weights, *(path for path in there if any(one.fullmatch(path) for one in others))]


def only_pickled(paths: Iterable[str]) -> bool:
    """Whether these are the files of a model whose weights are pickled and nothing else."""
    there = list(paths)
    return not unconverted(there) and any(_PICKLED.fullmatch(path) for path in there)


def no_model(where: str, paths: Iterable[str], otherwise: str) -> ModelUnusable:
    """Why these files, weights as their makers publish them, cannot be taken here, and what helps."""
    there = list(paths)
    reason = "has pickled weights alone, and no pickle is read here" if only_pickled(there) else otherwise
    return ModelUnusable(reason, where=where, remedy=to_convert(where, there))


def convert(source: Path, folder: Path, where: str) -> None:
    """The model of `source` in `folder`, its weights as int8. Raises ModelUnusable."""
    names = sorted(path.name for path in source.iterdir())
    copied = [name for name in names if any(one.fullmatch(name) for one in (TOKENIZER, *TEXTS))]
    command = [sys.executable, "-W", "ignore", "-m", "ctranslate2.converters.transformers", "--model", str(source)]
    command += ["--quantization", "int8", "--output_dir", str(folder), "--force"]
    done = subprocess.run(  # noqa: S603 - our own interpreter, no shell
        [*command, "--copy_files", *copied] if copied else command, capture_output=True, check=False, text=True
    )
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1]
        raise ModelUnusable(f"cannot be converted: {said[:200]}", where=where, remedy=to_convert(where, names))


def to_convert(what: str, paths: Iterable[str]) -> str:
    """How a model of these files is converted where the libraries for it are not installed here."""
    tokenizer = next((path for path in sorted(paths) if TOKENIZER.fullmatch(path)), "sentencepiece.bpe.model")
    folder = f"{what.rpartition('/')[2]}-converted"
    return (
        "`pip install 'dragoman[convert]'` and install it again; or on another machine run `ct2-transformers-converter "
        f"--model {what} --quantization int8 --copy_files {tokenizer} --output_dir {folder}`, bring the folder here, "
        f"and run `dragoman models install ./{folder}`"
    )
