"""JSON from strangers: model folders, registries, servers. Whatever is wrong with it is one kind of error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def parse_json(text: str | bytes | bytearray) -> Any:
    """What a text holds. Raises ValueError where it is no JSON, or brackets in it are nested beyond all use."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("is nested too deeply") from None


def read_json(path: Path, largest: int) -> Any:
    """What a file holds. Raises ValueError too for one of more than `largest` bytes, OSError for what is no file."""
    if not path.is_file():  # a pipe would be waited for
        raise FileNotFoundError(f"{path} is no file")
    if path.stat().st_size > largest:
        raise ValueError(f"has more than {largest:,} bytes")
    return parse_json(path.read_bytes())
