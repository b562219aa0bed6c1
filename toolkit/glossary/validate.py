"""Everything that is wrong in a folder of glossaries, in one pass, for a person to put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from toolkit.errors import GlossaryBroken
from toolkit.glossary.checks.confusable import check_duplicates, check_forms
from toolkit.glossary.checks.entry import check_entry, check_term
from toolkit.glossary.checks.policies import check_policy
from toolkit.glossary.checks.problems import CODES, Problem, Remark, Severity
from toolkit.glossary.checks.together import check_circles, check_homonyms, check_references, check_term_usages
from toolkit.glossary.model import Entry, Pack, Policy, Term
from toolkit.glossary.pack import PACK_FILE, TERM
from toolkit.glossary.plain import explain
from toolkit.glossary.yaml_safe import FieldPath, parse_document, parse_yaml, read_text

__all__ = ["CODES", "Problem", "Severity", "validate"]

POLICIES = "policies"
# Folders beside the packs that hold no entries, and files that may stand anywhere.
_OTHER_FOLDERS = frozenset({POLICIES, "schema"})
_OTHER_FILES = frozenset({"LICENSE", "README.md"})

M = TypeVar("M", bound=BaseModel)


def validate(root: Path) -> list[Problem]:
    """All problems of the packs and policies below `root`, by file, line and code.

    Raises GlossaryBroken only where `root` is no folder.
    """
    if not root.is_dir():
        raise GlossaryBroken("no such folder", where=str(root), remedy="give the folder that holds the packs")
    run = _Run(root)
    for folder in sorted(path for path in root.iterdir() if path.is_dir() and path.name not in _OTHER_FOLDERS):
        if not folder.name.startswith("."):
            run.read_pack(folder)
    run.check_together()
    for path in sorted((root / POLICIES).glob("*")):
        run.read_policy(path)
    return sorted(run.problems, key=lambda problem: (problem.file, problem.line, problem.code, problem.field))


@dataclass(frozen=True, slots=True)
class _File:
    """A file that was read, for remarks that come later; the few that have any are read once more for the places."""

    name: str
    text: str

    def line_of(self, path: FieldPath) -> int:
        return parse_document(self.text).line_of(path)


@dataclass(slots=True)
class _Run:
    """What one validation has seen and found so far."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, _File] = field(default_factory=dict)
    """By id, entries and terms."""
    entries: dict[str, Entry] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    broken_ids: set[str] = field(default_factory=set)
    """Ids of files that cannot be used: what refers to them is not told off as well."""

    def read_pack(self, folder: Path) -> None:
        pack_file = folder / PACK_FILE
        files = sorted(path for path in folder.rglob("*") if not path.is_dir())
        items = [path for path in files if path.suffix == ".yaml" and path.parent.parent == folder]
        read = {path.as_posix() for path in items}
        for path in files:
            if path.as_posix() not in read and path != pack_file and not _may_stand_there(path):
                self._say(path, "G005", "is a file that nothing reads", _where_entries_go(path, folder))
        if pack_file in files:
            pack = self._read(pack_file, Pack)
            if pack is not None and pack[0].id != folder.name:
                self._add(pack[1], [_file_name_differs(pack[0].id, folder.name)])
        elif items:
            self._say(items[0], "G006", f"{folder.name}/ has no {PACK_FILE}", "add it: id, title, version, licence")
        for path in items:
            self._read_item(path)

    def _read_item(self, path: Path) -> None:
        read = self._read(path, Term) if path.parent.name == TERM else self._read(path, Entry)
        if read is None:
            self.broken_ids.add(path.stem)
            return
        item, file = read
        remarks = []
        if item.id != path.stem:
            remarks.append(_file_name_differs(item.id, path.stem))
        if item.kind != path.parent.name:
            remarks.append(
                Remark(
                    "G004",
                    ("kind",),
                    f"is {item.kind}, and the file lies in the folder {path.parent.name}/",
                    f"move the file to {item.kind}/, or correct the kind",
                )
            )
        if item.id in self.files:
            remarks.append(
                Remark("G301", ("id",), f"{item.id} is also the id of {self.files[item.id].name}", "keep one of them")
            )
        elif isinstance(item, Term):
            self.files[item.id], self.terms[item.id] = file, item
        else:
            self.files[item.id], self.entries[item.id] = file, item
        self._add(file, remarks)
        self._add(file, check_term(item) if isinstance(item, Term) else check_entry(item))

    def check_together(self) -> None:
        known = {*self.entries, *self.broken_ids}
        for entry in self.entries.values():
            self._add(self.files[entry.id], check_references(entry, known))
        entries = list(self.entries.values())
        for remarks in (
            check_circles(self.entries),
            check_homonyms(entries),
            check_forms(entries),
            check_duplicates(entries),
        ):
            for item_id, remark in remarks:
                self._add(self.files[item_id], [remark])
        usages = {name.usage for entry in self.entries.values() for name in entry.names}
        if not self.broken_ids:  # else some usages are not known
            for term in self.terms.values():
                self._add(self.files[term.id], check_term_usages(term, usages))

    def read_policy(self, path: Path) -> None:
        if path.suffix != ".yaml":
            if not _may_stand_there(path):
                self._say(path, "G005", "is a file that nothing reads", f"call it {POLICIES}/{path.stem}.yaml")
            return
        read = self._read(path, Policy)
        if read is None:
            return
        policy, file = read
        if policy.id != path.stem:
            self._add(file, [_file_name_differs(policy.id, path.stem)])
        self._add(file, (remark for remark in check_policy(policy, self.entries) if not self._excused(remark)))

    def _excused(self, remark: Remark) -> bool:
        """Whether the remark may only be there because another file cannot be read."""
        return (
            remark.path[-1] in self.broken_ids
            if remark.code == "G401"
            else remark.code == "G402" and bool(self.broken_ids)
        )

    def _read(self, path: Path, model: type[M]) -> tuple[M, _File] | None:
        """A file as its model, or None with its problems noted."""
        name = self._name(path)
        try:
            text = read_text(path)
            data = parse_yaml(text)
        except GlossaryBroken as error:
            line = error.where.removeprefix("line ")
            self._say(path, "G001", error.what, error.remedy, line=int(line) if line.isdigit() else 1)
            return None
        file = _File(name, text)
        try:
            return model.model_validate(data), file
        except ValidationError as error:
            self._add(file, (Remark("G002", one.path, one.message, one.remedy) for one in explain(error)))
            return None

    def _add(self, file: _File, remarks: Iterable[Remark]) -> None:
        self.problems += (remark.at(file.name, file.line_of(remark.path)) for remark in remarks)

    def _say(self, path: Path, code: str, message: str, remedy: str, *, line: int = 1) -> None:
        self.problems.append(Problem(self._name(path), line, "", code, CODES[code][0], message, remedy))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def _may_stand_there(path: Path) -> bool:
    return path.name in _OTHER_FILES or path.name.startswith(".")


def _where_entries_go(path: Path, folder: Path) -> str:
    if path.suffix == ".yml" and path.parent.parent == folder:
        return f"call it {path.stem}.yaml"
    return f"put entries into folders by kind: {folder.name}/city/{path.stem}.yaml"


def _file_name_differs(item_id: str, name: str) -> Remark:
    return Remark("G003", ("id",), f"is {item_id}, but its file or folder is named {name}", "rename one of the two")
