"""A translation memory loaded from folders: its entries, found by the keys of their templates.

Compiled into one SQLite file in the cache folder, under a key of everything that goes in (files, glossary, code):
the entries once, the keys of a language when it is first asked for. A file that is damaged or cannot be written
is replaced by a compiled form in the process's own memory.
"""

from __future__ import annotations

import hashlib
import sqlite3
import weakref
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cached_property, lru_cache
from pathlib import Path
from threading import RLock
from typing import Any

from toolkit import __version__
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.markup import Marked, parse_marks
from toolkit.memory.protocol import MemoryStats, Near, likest
from toolkit.memory.sources import Entry, content_digest, memory_files, read_entries
from toolkit.memory.template import Template, make_template
from toolkit.mentions.resolve import analyse

_FORMAT = 3
_MOST_EXACT = 20
_SCHEMA = """
CREATE TABLE entry (id INTEGER PRIMARY KEY, topic TEXT NOT NULL, place TEXT NOT NULL, marked INTEGER NOT NULL,
                    az TEXT, en TEXT, hy TEXT, ru TEXT);
CREATE TABLE side (language TEXT NOT NULL, entry INTEGER NOT NULL, key TEXT NOT NULL, plain TEXT NOT NULL,
                   classes TEXT NOT NULL);
CREATE TABLE compiled (language TEXT PRIMARY KEY);
CREATE INDEX by_key ON side (language, key);
CREATE INDEX by_plain ON side (language, plain);
CREATE INDEX by_classes ON side (language, classes);
"""


class Memory:
    """Stored translations; made with `Memory.load`. May be asked by several threads; each process loads its own."""

    def __init__(self, files: Sequence[Path], glossary: Glossary, cache: Path | None) -> None:
        self._files = files
        self._glossary = glossary
        self._lock = RLock()
        self._path = cache / "memory" / f"{self._cache_key}.sqlite" if cache else None
        self._db = self._open()
        weakref.finalize(self, self._db.close)
        self._templates = lru_cache(maxsize=4096)(self._template)
        self._keys_of = lru_cache(maxsize=512)(self._keys)

    @classmethod
    def load(cls, folders: Sequence[Path], glossary: Glossary, *, cache: Path | None = None) -> Memory:
        """The memory of all `folders` (each with memory/*.jsonl, articles/*.md), in their order.

        Raises MemoryBroken with file, line and remedy where a file cannot be used.
        """
        return cls(memory_files(folders), glossary, cache)

    @property
    def glossary(self) -> Glossary:
        return self._glossary

    @cached_property
    def digest(self) -> str:
        return content_digest(self._files)

    @property
    def signature(self) -> str:
        return f"memory:{len(self)}@{self.digest[:8]}"

    def __len__(self) -> int:
        return int(self._rows("SELECT count(*) FROM entry")[0][0])

    def entry(self, number: int) -> Entry:
        """The entry of that number, as written."""
        topic, place, marked, *sides = self._rows(
            "SELECT topic, place, marked, az, en, hy, ru FROM entry WHERE id = ?", number
        )[0]
        texts = dict(zip((Language.AZ, Language.EN, Language.HY, Language.RU), sides, strict=True))
        return Entry({language: text for language, text in texts.items() if text}, topic, place, bool(marked))

    def prepare(self, language: Language) -> None:
        """Make the keys of a language now, so that no search has to wait for them."""
        self._compile(language)

    def exact(self, template: Template) -> list[int]:
        """Entries whose side in the template's language has the same words, or the same key; the former first."""
        self._compile(template.language)
        found: list[int] = []
        for column, value in (("plain", template.plain), ("key", template.key)):
            query = f"SELECT entry FROM side WHERE language = ? AND {column} = ? ORDER BY entry LIMIT ?"  # noqa: S608  our own column names; values are bound
            found += [row[0] for row in self._rows(query, template.language.value, value, _MOST_EXACT)]
        return list(dict.fromkeys(found))

    def template(self, number: int, language: Language) -> Template | None:
        return self._templates(number, language)

    def near(self, template: Template, cutoff: float, limit: int) -> Sequence[Near]:
        """The entries with the likest keys, by a look at every one with as many slots of each class."""
        entries, keys = self._keys_of(template.language, " ".join(template.classes))
        return likest(template.key, keys, entries, cutoff, limit)

    def search(self, query: str, language: Language, *, limit: int = 10) -> list[tuple[float, Entry]]:
        """The entries whose side in `language` is likest to a text or a part of one, best first."""
        from rapidfuzz import fuzz, process

        self._compile(language)
        rows = self._rows("SELECT entry, plain FROM side WHERE language = ? ORDER BY entry", language.value)
        plain = make_template(query, language, self.glossary, ()).plain
        found = process.extract(plain, [row[1] for row in rows], scorer=fuzz.WRatio, limit=limit)
        return [(score / 100, self.entry(rows[index][0])) for _, score, index in found]

    def stats(self) -> MemoryStats:
        columns = ", ".join(f"count({language})" for language in Language)
        self._compile(Language.EN)
        slots: dict[str, int] = {}
        for (classes,) in self._rows("SELECT classes FROM side WHERE language = ?", Language.EN.value):
            for cls in classes.split():
                slots[cls] = slots.get(cls, 0) + 1
        return MemoryStats(
            entries=len(self),
            topics=dict(self._rows("SELECT topic, count(*) FROM entry GROUP BY topic ORDER BY topic")),
            languages=dict(
                zip(
                    [language.value for language in Language],
                    self._rows(f"SELECT {columns} FROM entry")[0],  # noqa: S608  our own column names; values are bound
                    strict=True,
                )
            ),
            slots=dict(sorted(slots.items())),
        )

    def _template(self, number: int, language: Language) -> Template | None:
        """The template of one side of an entry; None where it has no such side."""
        entry = self.entry(number)
        text = entry.sides.get(language)
        return side_template(text, language, self.glossary, marked=entry.marked) if text else None

    def _keys(self, language: Language, classes: str) -> tuple[Sequence[int], Sequence[str]]:
        """Entries whose side has slots of these classes, and their keys."""
        self._compile(language)
        query = "SELECT entry, key FROM side WHERE language = ? AND classes = ? ORDER BY entry"
        rows = self._rows(query, language.value, classes)
        return [row[0] for row in rows], [row[1] for row in rows]

    @property
    def _cache_key(self) -> str:
        parts = f"{_FORMAT}|{__version__}|{self.digest}|{self.glossary.signature}|{_code_digest()}"
        return hashlib.sha256(parts.encode()).hexdigest()[:16]

    def _open(self) -> sqlite3.Connection:
        """The compiled file, or a new one in its place, or one in memory."""
        if self._path is None:
            return self._filled(_connect(":memory:"))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.exists() and not _is_whole(self._path):
                self._path.unlink()
            db = _connect(str(self._path))
            return db if _has_tables(db) else self._filled(db)
        except (OSError, sqlite3.Error):
            self._path = None
            return self._filled(_connect(":memory:"))

    def _filled(self, db: sqlite3.Connection) -> sqlite3.Connection:
        entries = list(read_entries(self._files, self.glossary))
        with db:
            db.execute("BEGIN IMMEDIATE")
            if _has_tables(db):  # another process was quicker
                return db
            for statement in _SCHEMA.split(";"):
                db.execute(statement)
            db.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _rows_of(entries))
        return db

    def _compile(self, language: Language) -> None:
        """Make the keys of a language, where nobody did before."""
        with self._lock:
            if self._rows("SELECT 1 FROM compiled WHERE language = ?", language.value):
                return
            texts = self._rows(f"SELECT id, marked, {language.value} FROM entry ORDER BY id")  # noqa: S608  our own column names; values are bound
            rows = []
            for number, marked, text in texts:
                if text:
                    template = side_template(text, language, self.glossary, marked=bool(marked))
                    classes = " ".join(template.classes)
                    rows.append((language.value, number, template.key, template.plain, classes))
            with self._db:
                self._db.execute("BEGIN IMMEDIATE")
                if not self._rows("SELECT 1 FROM compiled WHERE language = ?", language.value):
                    self._db.executemany("INSERT INTO side VALUES (?, ?, ?, ?, ?)", rows)
                    self._db.execute("INSERT INTO compiled VALUES (?)", (language.value,))

    def _rows(self, query: str, *values: Any) -> list[Any]:
        with self._lock, closing(self._db.execute(query, values)) as cursor:
            return cursor.fetchall()


def side_template(text: str, language: Language, glossary: Glossary, *, marked: bool) -> Template:
    """The template of a stored side; `marked` where names are marked in it."""
    side = parse_marks(text) if marked else Marked(text)
    mentions = analyse(side.text, language, glossary).mentions
    return make_template(side.text, language, glossary, mentions, marks=side.marks)


def _rows_of(entries: Sequence[Entry]) -> Iterator[tuple[Any, ...]]:
    for number, entry in enumerate(entries):
        sides = [entry.sides.get(language) for language in (Language.AZ, Language.EN, Language.HY, Language.RU)]
        yield number, entry.topic, entry.where, int(entry.marked), *sides


def _connect(path: str) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=30, check_same_thread=False, isolation_level=None)


def _has_tables(db: sqlite3.Connection) -> bool:
    return bool(db.execute("SELECT 1 FROM sqlite_master WHERE name = 'by_classes'").fetchall())


def _is_whole(path: Path) -> bool:
    """Whether SQLite can read the file; an empty one counts, it is filled."""
    try:
        with closing(_connect(str(path))) as db:
            return bool(db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False


def _code_digest() -> str:
    """Changes with the code that makes keys, so that a developer never meets yesterday's."""
    package = Path(__file__).parent.parent
    folders = [package / name for name in ("documents", "glossary", "memory", "mentions", "morphology", "text")]
    files = sorted(path for folder in folders for path in folder.rglob("*.*") if path.suffix in (".py", ".yaml"))
    return "|".join(f"{path.name}:{path.stat().st_mtime_ns}" for path in files)
