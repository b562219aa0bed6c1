"""The canonical form of a glossary file: one order of fields, one style, comments kept, meaning unchanged.

Fields stand in the order of the model, names in alphabetical order of their usages, and pairs by language, kind or
entity in alphabetical order. Formatting a second time changes nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from toolkit.errors import GlossaryBroken
from toolkit.glossary.comments import Item, read_tree
from toolkit.glossary.model import Entry, NameText, Pack, Policy, Term
from toolkit.glossary.yaml_safe import parse_yaml, read_text
from toolkit.glossary.yaml_write import write_tree

_BOOLEANS = {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}


def glossary_files(root: Path) -> list[Path]:
    """Every YAML file of the packs and policies below `root`, in alphabetical order."""
    return sorted({*root.glob("*/*.yaml"), *root.glob("*/*/*.yaml")})


def format_tree(root: Path, check: bool = False) -> list[Path]:
    """Format the files below `root` in place (not with `check`); the files that change, in alphabetical order.

    Raises GlossaryBroken at a file that cannot be read.
    """
    changed = []
    for path in glossary_files(root):
        before = path.read_bytes()
        after = format_text(read_text(path), where=str(path)).encode()
        if after == before:
            continue
        changed.append(path)
        if not check:
            _write(path, after)
    return changed


def format_text(text: str, *, where: str = "") -> str:
    """The canonical form of an entry, term, pack or policy; raises GlossaryBroken where it cannot be read."""
    tree = read_tree(text, where=where)
    _arrange(tree.top, model_of(tree.top.value))
    formatted = write_tree(tree)
    _hold_readable(formatted, where)
    return formatted


def model_of(fields: Any) -> type[BaseModel]:
    """Which model a file holds, by the fields that only that model has."""
    for model, own in ((Entry, "names"), (Term, "used_by"), (Term, "topic"), (Pack, "version")):
        if own in fields:
            return model
    return Policy


def _hold_readable(text: str, where: str) -> None:
    """The writer's own output must stay readable; what would not is a fault here, and nothing is overwritten."""
    try:
        parse_yaml(text, where=where)
    except GlossaryBroken as error:
        raise GlossaryBroken("cannot be formatted", where=where, remedy="please report this file") from error


def _write(path: Path, content: bytes) -> None:
    """Replace a file in one step, so that an interruption leaves the old one."""
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_bytes(content)
    temporary.replace(path)


def _arrange(item: Item, annotation: Any) -> None:
    """Bring an Item, and all inside it, into the order that its type asks for."""
    if isinstance(item.value, list):
        for child in item.value:
            _arrange(child, annotation)
    elif isinstance(item.value, dict):
        _arrange_map(item, annotation)
    elif annotation is bool and str(item.value).lower() in _BOOLEANS:
        item.value = _BOOLEANS[str(item.value).lower()]


def _arrange_map(item: Item, annotation: Any) -> None:
    model = _model_in(annotation)
    if get_origin(annotation) is dict:
        item.value = dict(sorted(item.value.items()))
        for child in item.value.values():
            _arrange(child, get_args(annotation)[1])
    elif model is not None:
        fields = {info.alias or name: info.annotation for name, info in model.model_fields.items()}
        rank = {name: place for place, name in enumerate(fields)}
        item.value = dict(sorted(item.value.items(), key=lambda pair: rank.get(pair[0], len(rank))))
        for key, child in item.value.items():
            _arrange(child, fields.get(key))
        if model is Entry:
            _sort_names(item.value.get("names"))
        if model is NameText:
            _shorten(item)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation such as `tuple[Name, ...]` or `NameText | None` is about."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        found = _model_in(part)
        if found is not None:
            return found
    return None


def _sort_names(names: Item | None) -> None:
    if names is not None and isinstance(names.value, list) and all(isinstance(n.value, dict) for n in names.value):
        names.value.sort(key=lambda name: str(name.value["usage"].value) if "usage" in name.value else "")


def _shorten(item: Item) -> None:
    """A name that is a text and nothing else is written as that text."""
    if list(item.value) == ["text"] and not item.has_comments_inside():
        item.value = item.value["text"].value
