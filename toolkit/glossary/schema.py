"""JSON Schema for editors, made from the models; the files in glossaries/schema/ are written by this module.

An editor reads YAML by its own rules: a year without quotes is a number there and a text here, so the schema allows
both; and a name may be a plain text instead of a map.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from toolkit.glossary.model import Entry, Pack, Policy, Term

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MODELS: dict[str, type[BaseModel]] = {"entry": Entry, "pack": Pack, "policy": Policy, "term": Term}


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of what a contributor may write for `model`."""
    schema: dict[str, Any] = {"$schema": DIALECT, **model.model_json_schema()}
    definitions = schema.get("$defs", {})
    if "NameText" in definitions:
        text = {"type": "string", "minLength": 1, "maxLength": 200}
        description = definitions["NameText"].pop("description", "")
        definitions["NameText"] = {"anyOf": [text, definitions["NameText"]], "description": description}
    for field in ("since", "until"):
        if "Name" in definitions:
            definitions["Name"]["properties"][field]["anyOf"].append({"type": "integer"})
    return schema


def schema_files() -> dict[str, str]:
    """File name and content of every schema."""
    return {
        f"{name}.schema.json": json.dumps(schema_of(model), ensure_ascii=False, indent=2) + "\n"
        for name, model in MODELS.items()
    }


def write_schemas(folder: Path) -> list[Path]:
    """Write the schemas that are missing or out of date; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, content in schema_files().items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed
