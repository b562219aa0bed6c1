"""What the benchmark of the API asks: texts for the engine, and a mixture of what clients of every dialect send."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import requests

from tests.benchmarks.api_load import Ask
from tests.benchmarks.mt_model import sentences

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = 20
"""Of every round of the mixed load: as many jobs as the workers do meanwhile."""


def short_texts(count: int) -> list[str]:
    """Short English texts of known words in an order that no memory holds, so that each needs the engine."""
    chance = random.Random(5)
    found = []
    for sentence in sentences(ROOT / "seeds" / "memory", count):
        words = sentence.rstrip(".").split()[:10]
        chance.shuffle(words)
        found.append(" ".join(words).capitalize() + ".")
    return found


def mixed(texts: Sequence[str]) -> list[Ask]:
    """What clients of every dialect send, some of it wrong."""
    asks: list[Ask] = []
    for text in texts:
        asks += [
            Ask("POST", "/v1/translate", {"text": text, "from": "en", "to": "ru"}),
            Ask("POST", "/v1/restyle", {"texts": [text, "A road to Shushi."], "lang": "en", "policy": "azerbaijani"}),
            Ask("POST", "/v1/lint", {"text": f"<p>{text}</p>", "lang": "en", "format": "html"}),
            Ask("POST", "/v1/check", {"source": text, "target": "Степанакерт", "from": "en", "to": "ru", "fix": True}),
            Ask("POST", "/translate", {"q": [text], "source": "auto", "target": "hy", "format": "html"}),
            Ask("POST", "/v2/translate", {"text": [text], "target_lang": "AZ", "tag_handling": "xml"}),
            Ask("POST", "/v1/transliterate", {"text": text, "from": "en", "to": "hy"}),
            Ask("GET", "/v1/names?q=Stepanakert&limit=3"),
            Ask("GET", "/v1/names/shusha-shushi"),
            Ask("GET", "/v1/policies"),
            Ask("POST", "/v1/translate", {"text": text, "from": "en", "to": "xx"}),
            Ask("POST", "/v2/translate", {"target_lang": "RU"}),
            Ask("GET", "/nowhere"),
            Ask("GET", "/v1/jobs"),
        ]
    return asks + [document(text) for text in texts[:DOCUMENTS]]


def document(text: str) -> Ask:
    """A job: the text as a file, to be translated."""
    parts = {"verb": "translate", "from": "en", "to": "ru", 'file"; filename="story.txt': text}
    lines = "".join(f'--border\r\ncontent-disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in parts.items())
    return Ask("POST", "/v1/documents", f"{lines}--border--\r\n".encode(), "multipart/form-data; boundary=border")


def made(count: int) -> list[Ask]:
    """Requests that schemathesis makes from the committed description, sound and broken ones; always the same."""
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from schemathesis.core.result import Ok

    found: list[Ask] = []
    for operation in schemathesis.openapi.from_path(ROOT / "api" / "openapi.json").get_all_operations():
        if not isinstance(operation, Ok):
            raise SystemExit("openapi.json describes something that schemathesis does not know")

        @seed(1)
        @settings(
            max_examples=count, database=None, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(operation.ok().as_strategy())
        def collect(case: schemathesis.Case[Any]) -> None:
            request = requests.Request(**case.as_transport_kwargs(base_url="http://127.0.0.1")).prepare()
            body = request.body.encode() if isinstance(request.body, str) else request.body
            if body is None or isinstance(body, bytes):
                kind = str(request.headers.get("content-type", ""))
                found.append(Ask(request.method or "GET", request.path_url, body or None, kind.partition("\n")[0]))

        collect()
    return found
