"""A LibreTranslate server of the newsroom's own. Off until DRAGOMAN_LIBRETRANSLATE_URL is set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.engines.answers import batches, usable
from toolkit.engines.outbound import Outbound
from toolkit.engines.protocol import Ability, Draft, Request
from toolkit.errors import ModelUnusable
from toolkit.languages import Language

MOST_TEXTS = 32
MOST_CHARACTERS = 4000
"""Of one request, unless a single text is longer."""


@dataclass(frozen=True)
class LibreTranslate:
    """The server's `/translate`, asked for several texts at once."""

    server: Outbound
    key: str = field(default="", repr=False)
    abilities: Ability = Ability.N_BEST

    @property
    def id(self) -> str:
        return f"libretranslate:{self.server.endpoint}"

    def can(self, source: Language, target: Language) -> bool:
        """Any pair may be asked for; a pair the server has not is its own error."""
        return source is not target

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        """A draft for each segment, None for a blank one. Raises ModelUnusable."""
        drafts: list[Draft | None] = [None] * len(segments)
        for indexes in batches([segment.text for segment in segments], MOST_TEXTS, MOST_CHARACTERS):
            payload: dict[str, object] = {
                "q": [segments[index].text for index in indexes],
                "source": source.value,
                "target": target.value,
                "format": "text",
            }
            if n_best > 1:
                payload["alternatives"] = n_best - 1
            if self.key:
                payload["api_key"] = self.key
            for index, (text, others) in zip(indexes, self._answer(payload, len(indexes)), strict=True):
                drafts[index] = _draft(text, others, segments[index].text)
        return drafts

    def _answer(self, payload: dict[str, object], count: int) -> list[tuple[str, Any]]:
        """A translated text for each of the texts, and what the server has beside it."""
        found = self.server.ask("/translate", payload)
        texts: Any = found.get("translatedText") if isinstance(found, dict) else None
        if not isinstance(texts, list) or len(texts) != count or not all(isinstance(text, str) for text in texts):
            raise ModelUnusable(
                f"the answer does not hold {count} translated texts",
                where=f"{self.server.endpoint.setting} {self.server.endpoint}",
                remedy="check that a LibreTranslate server answers there",
            )
        others: Any = found.get("alternatives")
        if not isinstance(others, list) or len(others) != count:
            others = [[]] * count
        return list(zip(texts, others, strict=True))


def _draft(answer: str, others: Any, source: str) -> Draft | None:
    text = usable(answer, source)
    kept = [usable(other, source) for other in others if isinstance(other, str)] if isinstance(others, list) else []
    return Draft(text, alternatives=tuple(filter(None, kept))) if text else None
