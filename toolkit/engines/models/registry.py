"""Reading the lists that registries offer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from toolkit.engines import json_text
from toolkit.engines.models.fetch import Fetcher, Wanted
from toolkit.errors import ModelUnusable

MAX_LIST = 32 << 20


def read_json(fetcher: Fetcher, url: str, folder: Path, *, remedy: str = "") -> Any:
    """The JSON at an address; raises ModelUnusable for anything else."""
    fetched = fetcher.fetch(Wanted(url, "list.json", MAX_LIST, remedy=remedy), folder)
    try:
        return json_text.read_json(fetched.path, MAX_LIST)
    except ValueError:
        raise ModelUnusable("is no JSON, as a registry should be", where=url, remedy="try again later") from None
    finally:
        fetched.path.unlink(missing_ok=True)


def misshapen(url: str, what: str) -> ModelUnusable:
    return ModelUnusable(f"is not as a registry should be: {what}", where=url, remedy="look for a newer Dragoman")
