"""chrF and BLEU by sacrebleu, the reference implementation, with its signature and a bootstrap interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toolkit.errors import BadOption
from toolkit.evaluate.model import TextScore

_RESAMPLES = 200


def corpus_scores(given: Sequence[str], references: Sequence[str]) -> tuple[TextScore, TextScore]:
    """chrF and BLEU of translations against one reference each. Raises BadOption where sacrebleu is not installed."""
    try:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF
    except ImportError:
        raise BadOption("chrF and BLEU need sacrebleu", remedy="pip install 'dragoman[eval]'") from None
    return _scored(CHRF(), given, references), _scored(BLEU(), given, references)


def _scored(metric: Any, given: Sequence[str], references: Sequence[str]) -> TextScore:
    resamples = _RESAMPLES if len(given) > 1 else 1
    score = metric.corpus_score(list(given), [list(references)], n_bootstrap=resamples)
    margin = float(getattr(score, "_ci", 0.0) or 0.0)
    return TextScore(score=float(score.score), margin=margin, signature=f"{score.name}|{metric.get_signature()}")
