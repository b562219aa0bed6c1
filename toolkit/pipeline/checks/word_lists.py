"""The word lists of the checks, in data/: each file is read once, whatever languages and checks ask for it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def word_lists(name: str) -> Any:
    """What data/NAME.yaml says. It is shared by all who ask: not to be changed."""
    return yaml.safe_load(files("toolkit.pipeline.checks").joinpath(f"data/{name}.yaml").read_text(encoding="utf-8"))
