"""How good an engine is for a pair, by what has been published: COMET of the catalogue's models.

What nobody measured counts as WEAK: after what is known to be good, before what is known to be bad.
"""

from __future__ import annotations

from toolkit.engines.models.catalogue import WEAK, catalogue
from toolkit.engines.pivot import PivotEngine
from toolkit.engines.protocol import Engine
from toolkit.languages import Language

_EN = Language.EN


def comet(engine: Engine, source: Language, target: Language) -> float:
    """The published figure of an engine for a pair, or the best guess at it.

    For a pair without English that one model translates, the worse of its two halves; a pivot has their product,
    since the second engine builds upon the first one's errors.
    """
    if isinstance(engine, PivotEngine):
        return comet(engine.first, source, engine.middle) * comet(engine.second, engine.middle, target)
    figures = _figures(model_name(engine.id))
    if _EN in (source, target):
        return figures.get(f"{source}-{target}", WEAK)
    return min(figures.get(f"{source}-{_EN}", WEAK), figures.get(f"{_EN}-{target}", WEAK))


def model_name(identity: str) -> str:
    """The name a model of the catalogue has, from the id of its engine: `argos:en-ru@1.9#best` is argos-en-ru."""
    kind, _, model = identity.partition("#")[0].partition("@")[0].partition(":")
    return model if kind == "multilingual" else f"{kind}-{model}"


def _figures(name: str) -> dict[str, float]:
    """COMET by direction: of the model, or of the first measured one of its family (nllb-…)."""
    known = catalogue().get(name)
    if known is None or not known.quality:
        family = name.partition("-")[0]
        alike = (model for model in catalogue().models if model.quality and model.family == family)
        known = next(alike, None)
    return {direction: figures[1] for direction, figures in known.quality.items()} if known else {}
