"""One CTranslate2 model for many pairs: NLLB-200, M2M-100, SMaLL-100, MADLAD-400 and the like.

The manifest beside the model says how it is told the languages: which tokens stand around the pieces of the text,
and how its answer begins.
"""

from __future__ import annotations

from toolkit.engines.ct2 import Quality, runner_of
from toolkit.engines.ct2_engine import Ct2Engine, Frame
from toolkit.engines.models.installed import InstalledModel
from toolkit.engines.models.manifest import Tokens
from toolkit.engines.tokens import SentencePiece
from toolkit.errors import ModelUnusable
from toolkit.languages import Language

_END = "</s>"
_TEXT = "{text}"


def multilingual_engine(model: InstalledModel, quality: Quality) -> Ct2Engine:
    """An engine for an installed model; nothing is loaded yet. Raises ModelUnusable for a manifest without tokens."""
    tokens = model.manifest.tokens
    if tokens is None:
        raise ModelUnusable("the manifest names no tokens", where=str(model.folder), remedy="install the model anew")
    weights = next((file for file in model.manifest.files if file.split("/")[-1] == "model.bin"), "model.bin")
    runner = runner_of((model.folder / weights).parent)
    tokenizer = SentencePiece(model.folder / tokens.tokenizer)
    return Ct2Engine(
        name=f"multilingual:{model.name}",
        runner=runner,
        source=tokenizer,
        target=tokenizer,
        frames={pair: frame_of(tokens, *pair, adds_end=runner.adds_end) for pair in model.directions},
        quality=quality,
    )


def frame_of(tokens: Tokens, source: Language, target: Language, *, adds_end: bool = False) -> Frame:
    """The tokens around a text; the end of sentence only once, where the library adds it itself."""
    codes = {"{source}": tokens.codes[source], "{target}": tokens.codes[target]}

    def filled(parts: tuple[str, ...]) -> tuple[str, ...]:
        out = []
        for part in parts:
            for field, code in codes.items():
                part = part.replace(field, code)
            out.append(part)
        return tuple(out)

    at = tokens.source.index(_TEXT)
    after = filled(tokens.source[at + 1 :])
    if adds_end and after[-1:] == (_END,):
        after = after[:-1]
    return Frame(filled(tokens.source[:at]), after, filled(tokens.target))
