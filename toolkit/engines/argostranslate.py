"""Argos Translate itself, its own API behind our Protocol: for those who run it already (the extra `[argos]`).

Imported only when used: it loads torch, and makes folders of its own in the user's home. It is not allowed to cut
sentences, since ours are cut already and its splitters would be fetched over the network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from toolkit.engines.protocol import Ability, Draft, Request
from toolkit.errors import ModelUnusable
from toolkit.languages import Language


@dataclass(frozen=True)
class ArgosTranslate:
    """The library with the packages that it installed."""

    abilities: Ability = Ability.N_BEST

    @property
    def id(self) -> str:
        from importlib.metadata import version

        return f"argostranslate@{version('argostranslate')}"

    def can(self, source: Language, target: Language) -> bool:
        return self._translation(source, target) is not None

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        """A draft for each segment, one after another as the library has it. Raises ModelUnusable."""
        translation = self._translation(source, target)
        if translation is None:
            raise ModelUnusable(
                f"Argos Translate has no package from {source} to {target}", remedy="install one with `argospm`"
            )
        try:
            return [_draft(translation, segment.text, n_best) for segment in segments]
        except (OSError, RuntimeError, ValueError) as error:
            raise ModelUnusable(
                f"Argos Translate failed: {str(error).splitlines()[0][:200] if str(error) else type(error).__name__}",
                remedy="use `--engine argos`, which runs the same packages",
            ) from None

    def _translation(self, source: Language, target: Language) -> Any:
        require()
        from argostranslate.translate import get_installed_languages

        known = {language.code: language for language in get_installed_languages()}
        if source.value not in known or target.value not in known:
            return None
        translation = known[source.value].get_translation(known[target.value])
        _leave_whole(translation)
        return translation


def require() -> None:
    """Raises ModelUnusable where the library is not installed."""
    if find_spec("argostranslate") is None:
        raise ModelUnusable(
            "Argos Translate is not installed",
            remedy="pip install 'dragoman[argos]', or use `--engine argos`, which needs only its packages",
        )


class _Whole:
    """A splitter that leaves a sentence as it is."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


def _leave_whole(translation: Any) -> None:
    """Replace the splitter of a translation and of those it is made of (cached ones, pivots)."""
    waiting = [translation]
    while waiting:
        one = waiting.pop()
        if hasattr(one, "sentencizer"):
            one.sentencizer = _Whole()
        waiting += [getattr(one, name) for name in ("underlying", "t1", "t2") if getattr(one, name, None) is not None]


def _draft(translation: Any, text: str, n_best: int) -> Draft | None:
    if not text.strip():
        return None
    texts = [str(found.value).strip() for found in translation.hypotheses(text, num_hypotheses=max(n_best, 1))]
    return Draft(texts[0], alternatives=tuple(texts[1:])) if texts and texts[0] else None
