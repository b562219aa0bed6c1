"""A newsroom's own memory: it grows by `add`, and answers as every memory does."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.own.candidates import candidates
from toolkit.memory.own.database import Database, in_pages, label, marks
from toolkit.memory.own.keys import (
    LANGUAGES,
    KeyWriter,
    count_waiting,
    entry_and_language,
    hashed,
    plain_of,
    renew_keys,
    side_id,
    stamp_of,
    waiting_sides,
)
from toolkit.memory.own.model import Added, Former, Record, Stored
from toolkit.memory.own.tokens import near_tokens, search_tokens
from toolkit.memory.protocol import MemoryStats, Near, likest
from toolkit.memory.sources import Entry
from toolkit.memory.store import side_template
from toolkit.memory.template import Template

_MOST_EXACT = 20
_COMPARED = 300
"""Candidates whose keys are compared letter by letter."""
_SEARCHED = 1_000
AT_ONCE = 2_000
"""Keys that are made anew on the spot, in about a second; for more of them there is `renew`."""
_PAGE = 500
_LOT = 5_000
"""Entries of one transaction: a second's work, for which others wait. Few would touch every page of the indexes again
and again, which is most of the work in a memory of a million."""
_COLUMNS = """entry.id, source, topic.text, origin.text, date, signature.text, az, en, hy, ru FROM entry
JOIN label AS topic ON topic.id = topic JOIN label AS origin ON origin.id = origin
JOIN label AS signature ON signature.id = signature"""


class OwnMemory:
    """Translations in one file. May be asked and written by several threads and several processes."""

    def __init__(self, path: Path, glossary: Glossary) -> None:
        """Open the file, or make it. Raises MemoryBroken where it cannot be used."""
        self._database = Database(path)
        self._glossary = glossary
        self._stamp = stamp_of(glossary)
        self._current = 0
        self._read = lru_cache(maxsize=4096)(self._template)

    @property
    def glossary(self) -> Glossary:
        return self._glossary

    @property
    def signature(self) -> str:
        """The number of entries and a digest of their sides, whatever the order in which they were stored."""
        entries, content = self._database.rows("SELECT entries, content FROM total")[0]
        return f"own:{entries}@{content:016x}"[: len(f"own:{entries}@") + 8]

    def __len__(self) -> int:
        return int(self._database.rows("SELECT entries FROM total")[0][0])

    def entry(self, number: int) -> Entry:
        return self.stored([number])[0].entry

    def template(self, number: int, language: Language) -> Template | None:
        text = self.entry(number).sides.get(language)
        return self._read(text, language) if text else None

    def prepare(self, language: Language) -> None:
        """Keys are made when a sentence is stored; a few that the glossary has outdated are made anew here."""
        self._be_current()

    def exact(self, template: Template) -> list[int]:
        self._be_current()
        found: list[int] = []
        for column, text in (("plain", template.plain), ("same", template.key)):
            query = f"SELECT id FROM side WHERE {column} = ? AND glossary = ? ORDER BY id LIMIT ?"  # noqa: S608  our own column names; values are bound
            value = hashed(text, template.language)
            found += [row[0] for row in self._database.rows(query, value, self._current, _MOST_EXACT)]
        entries = [entry for entry, language in map(entry_and_language, found) if language is template.language]
        return [n for n in dict.fromkeys(entries) if self._is_same(n, template)]

    def near(self, template: Template, cutoff: float, limit: int) -> Sequence[Near]:
        self._be_current()
        classes = " ".join(template.classes)
        tokens = near_tokens(template.key, classes, template.language)
        sides = candidates(self._database, tokens, _COMPARED)
        if not sides:
            return []
        rows = self._database.rows(
            f"""SELECT side.id, key FROM side JOIN label ON label.id = classes
            WHERE side.id IN ({marks(len(sides))}) AND glossary = ? AND text = ?""",  # noqa: S608  our own column names; values are bound
            *sides, self._current, classes,
        )  # fmt: skip
        return likest(
            template.key, [row[1] for row in rows], [entry_and_language(row[0])[0] for row in rows], cutoff, limit
        )

    def search(self, query: str, language: Language, *, limit: int = 10) -> list[tuple[float, Entry]]:
        from rapidfuzz import fuzz, process

        plain = plain_of(query, language)
        sides = candidates(self._database, search_tokens(plain, language), _SEARCHED)
        stored = [
            one for page in in_pages([entry_and_language(side)[0] for side in sides]) for one in self.stored(page)
        ]
        texts = [plain_of(one.record.sides[language], language) for one in stored]
        found = process.extract(plain, texts, scorer=fuzz.WRatio, limit=limit)
        return [(score / 100, stored[index].entry) for _, score, index in found]

    def stats(self) -> MemoryStats:
        columns = ", ".join(f"count({language})" for language in LANGUAGES)
        slots = Counter[str]()
        for classes, count in self._database.rows(
            "SELECT text, count(*) FROM side JOIN label ON label.id = classes WHERE side.id % ? = ? GROUP BY classes",
            len(LANGUAGES), LANGUAGES.index(Language.EN),
        ):  # fmt: skip
            for cls in classes.split():
                slots[cls] += count
        topics = "SELECT text, count(*) FROM entry JOIN label ON label.id = topic GROUP BY topic ORDER BY text"
        counts = self._database.rows(f"SELECT {columns} FROM entry")[0]  # noqa: S608  our own column names; values are bound
        return MemoryStats(
            entries=len(self),
            topics=dict(self._database.rows(topics)),
            languages=dict(zip((language.value for language in LANGUAGES), counts, strict=True)),
            slots=dict(sorted(slots.items())),
        )

    def origins(self) -> dict[str, int]:
        """How many entries came from where."""
        query = "SELECT text, count(*) FROM entry JOIN label ON label.id = origin GROUP BY origin ORDER BY text"
        return dict(self._database.rows(query))

    def has(self, record: Record) -> bool:
        """Whether the same translation is stored."""
        return bool(self._database.rows("SELECT 1 FROM entry WHERE digest = ?", record.digest))

    def add(
        self, records: Iterable[Record], templates: Mapping[int, Mapping[Language, Template]] | None = None
    ) -> Added:
        """Store translations, thousands at a time, each lot wholly or not at all; those stored already are counted.

        `templates` has, by the digest of a record, those templates of its sides that the caller made already.
        """
        added = Added()
        for lot in _lots(records):
            ready = [(record, self._templates(record, templates or {})) for record in lot]
            with self._database.writing() as db:
                writer = KeyWriter(db, self._glossary)
                numbers = [self._insert(db, writer, record) for record, _ in ready]
                new = [(n, record, made) for n, (record, made) in zip(numbers, ready, strict=True) if n is not None]
                writer.write({number: made for number, _, made in new})
                _count(db, len(new), sum(record.digest for _, record, _ in new))
            added += Added(len(new), len(lot) - len(new))
        return added

    def replace(self, number: int, sides: Mapping[Language, str], signature: str) -> bool:
        """Write sides of an entry anew, keep what they said in its history, and say under what it was read.

        False where the memory has the outcome already as another entry: then this one is removed, its history stays.
        """
        templates = {language: self._read(text, language) for language, text in sides.items()}
        now = _now()
        with self._database.writing() as db:
            old = self.stored([number])[0].record
            new = Record({**old.sides, **sides}, old.origin)
            for language in sides:
                former = (number, language.value, old.sides[language], old.date, label(db, old.signature), now)
                db.execute("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?)", former)
            writer = KeyWriter(db, self._glossary)
            kept = not db.execute("SELECT 1 FROM entry WHERE digest = ? AND id != ?", (new.digest, number)).fetchone()
            for language in sides if kept else old.sides:
                writer.remove(side_id(number, language), old.sides[language])
            if not kept:
                db.execute("DELETE FROM entry WHERE id = ?", (number,))
                _count(db, -1, -old.digest)
                return False
            for language, text in sides.items():
                db.execute(f"UPDATE entry SET {language.value} = ? WHERE id = ?", (text, number))  # noqa: S608  our own column names; values are bound
            values = (new.digest, now, label(db, signature), number)
            db.execute("UPDATE entry SET digest = ?, date = ?, signature = ? WHERE id = ?", values)
            writer.write({number: templates})
            _count(db, 0, new.digest - old.digest)
        return True

    def remove(self, numbers: Sequence[int]) -> int:
        """Take entries away, some hundreds at a time; how many there were."""
        removed = 0
        for page in in_pages(numbers):
            with self._database.writing() as db:
                writer = KeyWriter(db, self._glossary)
                for stored in self.stored(page):
                    for language, text in stored.record.sides.items():
                        writer.remove(side_id(stored.number, language), text)
                    db.execute("DELETE FROM entry WHERE id = ?", (stored.number,))
                    _count(db, -1, -stored.record.digest)
                    removed += 1
        return removed

    def confirm(self, numbers: Sequence[int], signature: str) -> None:
        """Say that these entries are right as they are under a signature."""
        with self._database.writing() as db:
            value = label(db, signature)
            db.executemany("UPDATE entry SET signature = ? WHERE id = ?", [(value, number) for number in numbers])

    def history(self, number: int) -> list[Former]:
        """What an entry's sides said before, oldest first."""
        rows = self._database.rows(
            """SELECT language, history.text, date, label.text, replaced FROM history
            JOIN label ON label.id = signature WHERE entry = ? ORDER BY history.rowid""",
            number,
        )
        return [Former(Language(row[0]), *row[1:]) for row in rows]

    def stored(self, numbers: Sequence[int]) -> list[Stored]:
        """Entries by their numbers, in the order of these."""
        query = f"SELECT {_COLUMNS} WHERE entry.id IN ({marks(len(numbers))})"
        found = {row[0]: _stored(row) for row in self._database.rows(query, *numbers)}
        return [found[number] for number in numbers if number in found]

    def all(self, *, unless: str | None = None) -> Iterator[Stored]:
        """Every entry in order; with `unless`, those whose signature is another. Streams in bounded memory."""
        last = 0
        query = f"SELECT {_COLUMNS} WHERE entry.id > ? AND signature.text IS NOT ? ORDER BY entry.id LIMIT ?"
        while rows := self._database.rows(query, last, unless, _PAGE):
            yield from map(_stored, rows)
            last = rows[-1][0]

    @property
    def waiting(self) -> int:
        """Sides that no lookup finds until their keys are made anew under the present glossary."""
        return count_waiting(self._database, self._stamp)

    def renew(self, done: Callable[[int], object] = lambda _count: None) -> tuple[int, int]:
        """Make those keys anew; how many were, and how many came out otherwise. `done` hears of each lot."""
        return renew_keys(self._database, self._glossary, done)

    def close(self) -> None:
        self._database.close()

    def _be_current(self) -> None:
        """Make a few keys anew where the glossary has changed since; and know the glossary's number."""
        if not self._current:
            rows = self._database.rows("SELECT id FROM label WHERE text = ?", self._stamp)
            waiting = waiting_sides(self._database, self._stamp, AT_ONCE + 1)
            if waiting and len(waiting) <= AT_ONCE:
                self.renew()
                rows = self._database.rows("SELECT id FROM label WHERE text = ?", self._stamp)
            self._current = rows[0][0] if rows else 0

    def _is_same(self, number: int, template: Template) -> bool:
        stored = self.template(number, template.language)
        return stored is not None and (stored.plain == template.plain or stored.key == template.key)

    def _templates(self, record: Record, known: Mapping[int, Mapping[Language, Template]]) -> dict[Language, Template]:
        made = known.get(record.digest, {})
        return {language: made.get(language) or self._read(text, language) for language, text in record.sides.items()}

    def _insert(self, db: sqlite3.Connection, writer: KeyWriter, record: Record) -> int | None:
        """The number of a new entry; None where the memory has it."""
        texts = [record.sides.get(language) for language in LANGUAGES]
        labels = [writer.label(text) for text in (record.topic, record.origin, record.signature)]
        digest, source = record.digest, record.source.value if record.source else None
        cursor = db.execute(
            """INSERT OR IGNORE INTO entry (digest, source, topic, origin, signature, date, az, en, hy, ru)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (digest, source, *labels, record.date or _now(), *texts),
        )
        return cursor.lastrowid if cursor.rowcount > 0 else None

    def _template(self, text: str, language: Language) -> Template:
        return side_template(text, language, self._glossary, marked=False)


def _count(db: sqlite3.Connection, entries: int, content: int) -> None:
    total, before = db.execute("SELECT entries, content FROM total").fetchone()
    db.execute("UPDATE total SET entries = ?, content = ?", (total + entries, (before + content) % 2**63))


def _stored(row: Sequence[str | int | None]) -> Stored:
    number, source, topic, origin, date, signature, *texts = row
    sides = {language: str(text) for language, text in zip(LANGUAGES, texts, strict=True) if text}
    record = Record(
        sides, str(origin), str(topic), Language(str(source)) if source else None, str(date), str(signature)
    )
    return Stored(int(number or 0), record)


def _lots(records: Iterable[Record]) -> Iterator[list[Record]]:
    lot: list[Record] = []
    for record in records:
        lot.append(record)
        if len(lot) == _LOT:
            yield lot
            lot = []
    if lot:
        yield lot


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
