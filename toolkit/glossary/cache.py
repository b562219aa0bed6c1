"""The on-disk cache of compiled name tables: JSON, keyed by the content that went in.

A cache file that is missing, old or damaged is made again; nothing but speed depends on it.
"""

from __future__ import annotations

import dataclasses
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from toolkit.glossary.names import CompiledName, NameTable, Role
from toolkit.glossary.paradigms import Paradigm, Stem
from toolkit.languages import Language
from toolkit.morphology.base import Case, Features, Gender, Lexeme, Number, Part

FORMAT = 1


def read_table(path: Path, language: Language) -> NameTable | None:
    """The table stored at `path`, or None where there is none that can be used."""
    try:
        data = json.loads(path.read_bytes())
        return _table_from(data, language) if data["format"] == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def write_table(path: Path, table: NameTable) -> None:
    write_json(path, _table_to(table))


def write_json(path: Path, data: Any) -> None:
    """Store `data` whole or not at all; a folder that cannot be written to is no error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    except OSError:
        return
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(json.dumps(data, ensure_ascii=False, separators=(",", ":")))  # quicker in one piece than dump
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)


def _table_to(table: NameTable) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "features": [_sparse(features, Features()) for features in table.features],
        "paradigms": [paradigm.endings for paradigm in table.paradigms],
        "names": [
            [
                name.entity,
                name.usages,
                name.role,
                _sparse(name.lexeme, Lexeme("", "")),
                [[stem.text, stem.part, stem.paradigm] for stem in name.stems],
            ]
            for name in table.names
        ],
    }


def _table_from(data: dict[str, Any], language: Language) -> NameTable:
    names = [
        CompiledName(
            entity,
            tuple(usages),
            Role(role),
            Lexeme(**{"text": "", "kind": "", **lexeme}),
            tuple(Stem(text, Part(part), paradigm) for text, part, paradigm in stems),
        )
        for entity, usages, role, lexeme, stems in data["names"]
    ]
    paradigms = [
        Paradigm(language, tuple((text, features, preferred) for text, features, preferred in endings))
        for endings in data["paradigms"]
    ]
    return NameTable(language, names, paradigms, [_features_from(fields) for fields in data["features"]])


def _features_from(fields: dict[str, Any]) -> Features:
    readers: dict[str, Callable[[str], Any]] = {"part": Part, "case": Case, "number": Number, "gender": Gender}
    read: dict[str, Any] = {key: readers[key](value) if key in readers else value for key, value in fields.items()}
    return Features(**read)


def _sparse(value: Any, default: Any) -> dict[str, Any]:
    """The fields of a flat dataclass that differ from its defaults."""
    found = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
    return {name: given for name, given in found if given != getattr(default, name)}
