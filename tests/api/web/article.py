"""An article of which the memory has two sentences, and what the API answers for it."""

from __future__ import annotations

from typing import Any

import httpx

HEADLINE = "Heavy shelling reported in Stepanakert as journalists' group urges evacuation"
LEAD = (
    "Stepanakert, the largest city in Nagorno-Karabakh, was heavily shelled on Thursday, "
    "according to three sources working in the city."
)
NEW = "Ambulances from Martuni waited for the 14 wounded at dawn."
ARTICLE = f"# {HEADLINE}\n\n{LEAD}\n\n{NEW}\n"


def answered(server: str, text: str, **more: object) -> Any:
    """What the API answers to what the page asks."""
    body = {"text": text, "from": "en", "to": "ru", "policy": "azerbaijani", "format": "markdown", **more}
    return httpx.post(f"{server}/v1/translate", json=body).raise_for_status().json()
