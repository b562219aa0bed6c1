"""The keys of stored sides: written with the sentences, and made anew when the glossary says that names are others.

A side says under which glossary its key was made. One made under another is not looked up: it could be found for what
it no longer is. It waits until its key is made anew.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.keys import normal
from toolkit.memory.own.database import Database, in_pages, label, marks
from toolkit.memory.own.tokens import stored_tokens
from toolkit.memory.store import side_template
from toolkit.memory.template import STOP, Template

LANGUAGES = tuple(Language)
_PAGE = 500


class SideRow(NamedTuple):
    """The key of a side; `same` and `plain` are hashes by which it is found."""

    id: int
    glossary: int
    classes: int
    same: int
    plain: int
    key: str


def side_id(entry: int, language: Language) -> int:
    return entry * len(LANGUAGES) + LANGUAGES.index(language)


def entry_and_language(side: int) -> tuple[int, Language]:
    entry, index = divmod(side, len(LANGUAGES))
    return entry, LANGUAGES[index]


def hashed(text: str, language: Language) -> int:
    """63 bits by which a key or a text of a language is found."""
    return int.from_bytes(hashlib.blake2b(f"{language}\0{text}".encode(), digest_size=8).digest(), "big") >> 1


def stamp_of(glossary: Glossary) -> str:
    """Under what keys are made: the packs, and the code that reads names."""
    return f"{glossary.signature}|keys:{_code_digest()}"


class KeyWriter:
    """Writes keys within a transaction."""

    def __init__(self, db: sqlite3.Connection, glossary: Glossary) -> None:
        self._db = db
        self._labels: dict[str, int] = {}
        self._glossary = self.label(stamp_of(glossary))

    def label(self, text: str) -> int:
        """The number of a text that many rows repeat."""
        if text not in self._labels:
            self._labels[text] = label(self._db, text)
        return self._labels[text]

    def write(self, entries: Mapping[int, Mapping[Language, Template]]) -> None:
        """The keys of new entries, by their numbers."""
        sides = [(side_id(entry, language), t) for entry, side in entries.items() for language, t in side.items()]
        self._db.executemany("INSERT INTO side VALUES (?, ?, ?, ?, ?, ?)", (self._row(*side) for side in sides))
        tokens = ((side, _tokens(template)) for side, template in sides)
        self._db.executemany("INSERT INTO token (rowid, tokens) VALUES (?, ?)", tokens)

    def remove(self, side: int, text: str) -> None:
        """Take away the key of a side with this text."""
        found = self._db.execute(
            "SELECT key, label.text FROM side JOIN label ON label.id = classes WHERE side.id = ?", (side,)
        ).fetchone()
        if found is not None:
            _, language = entry_and_language(side)
            tokens = stored_tokens(found[0], found[1], plain_of(text, language), language)
            self._db.execute("INSERT INTO token (token, rowid, tokens) VALUES ('delete', ?, ?)", (side, tokens))
            self._db.execute("DELETE FROM side WHERE id = ?", (side,))

    def renew(self, side: int, text: str, template: Template) -> bool:
        """Make the key of a side anew; whether it came out otherwise."""
        row = self._row(side, template)
        old = self._db.execute("SELECT * FROM side WHERE id = ?", (side,)).fetchone()
        if old is not None and SideRow(*old)._replace(glossary=row.glossary) == row:
            self._db.execute("UPDATE side SET glossary = ? WHERE id = ?", (row.glossary, side))
            return False
        self.remove(side, text)
        entry, language = entry_and_language(side)
        self.write({entry: {language: template}})
        return True

    def _row(self, side: int, template: Template) -> SideRow:
        classes = self.label(" ".join(template.classes))
        same, plain = hashed(template.key, template.language), hashed(template.plain, template.language)
        return SideRow(side, self._glossary, classes, same, plain, template.key)


def renew_keys(
    database: Database, glossary: Glossary, done: Callable[[int], object] = lambda _count: None
) -> tuple[int, int]:
    """Make anew the keys that were made under another glossary; how many were, and how many came out otherwise.

    A page at a time, so that other processes can write between, and what is done stays done when it is stopped.
    """
    looked = changed = 0
    while waiting := waiting_sides(database, stamp_of(glossary), _PAGE):
        texts = dict(texts_of(database, waiting))
        templates = {
            side: side_template(text, entry_and_language(side)[1], glossary, marked=False)
            for side, text in texts.items()
        }
        with database.writing() as db:
            now = dict(texts_of(database, waiting))  # another process may have written meanwhile
            writer = KeyWriter(db, glossary)
            for side, template in templates.items():
                if now.get(side) == texts[side]:
                    changed += writer.renew(side, texts[side], template)
        looked += len(waiting)
        done(len(waiting))
    return looked, changed


def waiting_sides(database: Database, stamp: str, most: int) -> list[int]:
    """Sides whose keys were made under another glossary than that of the stamp."""
    query = "SELECT id FROM side WHERE glossary {} coalesce((SELECT id FROM label WHERE text = ?), 0) LIMIT ?"
    found = [row[0] for sign in "<>" for row in database.rows(query.format(sign), stamp, most)]
    return found[:most]


def count_waiting(database: Database, stamp: str) -> int:
    query = "SELECT count(*) FROM side WHERE glossary {} coalesce((SELECT id FROM label WHERE text = ?), 0)"
    return sum(int(database.rows(query.format(sign), stamp)[0][0]) for sign in "<>")


def texts_of(database: Database, sides: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The sides with their texts."""
    for page in in_pages(sides):
        entries = sorted({entry_and_language(side)[0] for side in page})
        query = f"SELECT id, az, en, hy, ru FROM entry WHERE id IN ({marks(len(entries))})"  # noqa: S608  marks only; values are bound
        rows = {number: texts for number, *texts in database.rows(query, *entries)}
        for side in page:
            entry, language = entry_and_language(side)
            if entry in rows and (text := rows[entry][LANGUAGES.index(language)]):
                yield side, text


def plain_of(text: str, language: Language) -> str:
    """The words of a text as its template has them."""
    stop = STOP.search(text)
    return normal(text[: stop.start()] if stop else text, language).strip()


def _tokens(template: Template) -> str:
    return stored_tokens(template.key, " ".join(template.classes), template.plain, template.language)


@cache
def _code_digest() -> str:
    """Changes with the code and the data by which names are read, wherever it is installed."""
    package = Path(__file__).parents[2]
    digest = hashlib.sha256()
    for part in ("memory", "mentions", "morphology", "text", "glossary", "translit"):
        for path in sorted((package / part).rglob("*.*")):
            if path.suffix in (".py", ".yaml"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
