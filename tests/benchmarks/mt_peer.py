"""Measures Argos Translate itself, in the environment that has it: `mt_peer.py < request > answer` (JSON).

Its sentence splitters would be fetched over the network; it is given our sentences for nothing instead. All else is
its own: `translate()`, which goes through a text paragraph by paragraph.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

BORDER = "\x1f"
"""Stands between the sentences of a paragraph."""


class Given:
    """A splitter that cuts at the mark between sentences: it costs nothing, to the library's advantage."""

    def split_sentences(self, text: str) -> list[str]:
        return text.split(BORDER) if text else []


def main() -> None:
    from argostranslate import settings
    from argostranslate.translate import get_installed_languages

    request = json.load(sys.stdin)
    settings.batch_size = request["batch"] or settings.batch_size
    languages = {language.code: language for language in get_installed_languages()}
    translation: Any = languages["en"].get_translation(languages["ru"])
    translation.underlying.sentencizer = Given()
    translation.translate("One.")
    start, cpu = time.perf_counter(), time.process_time()
    found = [translation.translate(text) for text in request["texts"]]
    took, cpu = time.perf_counter() - start, time.process_time() - cpu
    json.dump({"seconds": took, "cpu": cpu, "texts": found, "batch": settings.batch_size}, sys.stdout)


if __name__ == "__main__":
    main()
