"""Write the entries of a plan: tried on a copy first, so that no glossary is left with an error by an import."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.errors import BadInput
from toolkit.glossary.checks.problems import Problem, Severity
from toolkit.glossary.comments import Item, read_tree
from toolkit.glossary.draft import canonical
from toolkit.glossary.format import format_text
from toolkit.glossary.model import Entry
from toolkit.glossary.validate import validate
from toolkit.glossary.yaml_safe import parse_yaml, read_text
from toolkit.glossary.yaml_write import write_tree


@dataclass(frozen=True, slots=True)
class Tried:
    """The files that an import writes, by path below the root, and what `validate` says of them then."""

    files: Mapping[str, str]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


def tried(root: Path, entries: Mapping[str, Entry], packs: Mapping[str, str], pack: str) -> Tried:
    """What the files below `root` would be; `packs` has the pack of each entity that is there, `pack` takes new ones.

    Raises GlossaryBroken where a file cannot be read.
    """
    if not entries:
        return Tried({}, ())
    files = {}
    for entity, entry in entries.items():
        name = f"{packs.get(entity, pack)}/{entry.kind}/{entity}.yaml"
        path = root / name
        files[name] = _grafted(read_text(path), entry) if entity in packs else canonical(entry)
    with tempfile.TemporaryDirectory(prefix="dragoman-import-") as place:
        copy = Path(place) / "glossaries"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".*"))
        _write(copy, files)
        problems = tuple(one for one in validate(copy) if one.file in files or _names_one_of(one, entries))
    return Tried(files, problems)


def _names_one_of(problem: Problem, entries: Mapping[str, Entry]) -> bool:
    """Whether a remark on another file is about an entry of ours (a homonym is told at the later of the two)."""
    words = {word.strip("(),:;") for word in problem.message.split()}
    return not words.isdisjoint(entries)


def keep(root: Path, tried: Tried) -> list[Path]:
    """Write the files, each in one step. Raises BadInput where the glossary would have an error, or is not writable."""
    if tried.errors:
        raise BadInput(
            "the glossary would have errors: nothing is written", remedy="correct the file, or leave them out"
        )
    try:
        return _write(root, tried.files)
    except OSError as error:
        raise BadInput(
            f"cannot be written: {error.strerror}", where=str(root), remedy="give the folder of your clone as --root"
        ) from None


def _write(root: Path, files: Mapping[str, str]) -> list[Path]:
    paths = []
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        temporary = path.with_name(f".{path.name}.tmp")
        temporary.write_text(text, encoding="utf-8", newline="\n")
        temporary.replace(path)
        paths.append(path)
    return paths


def _grafted(text: str, entry: Entry) -> str:
    """The file of an entry with new values; its comments stay where their values do."""
    tree = read_tree(text)
    _graft(tree.top, parse_yaml(canonical(entry)))
    return format_text(write_tree(tree))


def _graft(item: Item, value: Any) -> None:
    if isinstance(value, dict) and isinstance(item.value, dict):
        kept = {key: child for key, child in item.value.items() if key in value}
        for key, inner in value.items():
            _graft(kept.setdefault(key, Item(None)), inner)
        item.value = kept
    elif isinstance(value, list) and isinstance(item.value, list):
        rest = list(item.value)
        grown = []
        for inner in value:
            place = next((place for place, one in enumerate(rest) if _same(one, inner)), None)
            grown.append(Item(None) if place is None else rest.pop(place))
            _graft(grown[-1], inner)
        item.value = grown
    elif isinstance(value, dict):
        # A name that was a text gets grammar, or something new is a map.
        item.value = {key: _planted(inner) for key, inner in value.items()}
    elif isinstance(value, list):
        item.value = [_planted(inner) for inner in value]
    else:
        item.value = value


def _planted(value: Any) -> Item:
    item = Item(None)
    _graft(item, value)
    return item


def _same(item: Item, value: Any) -> bool:
    """Whether an item of a list is the one that a value stands for: names by usage, others by their text."""
    return bool(_key(item.value) == _key(value))


def _key(value: Any) -> Any:
    if isinstance(value, dict):
        inner = value.get("usage", value.get("text"))
        return inner.value if isinstance(inner, Item) else inner
    return value
