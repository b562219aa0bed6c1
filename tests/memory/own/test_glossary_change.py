"""A changed glossary: keys follow it, and no sentence is found for what it no longer is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Entry
from toolkit.glossary.pack import LoadedPack
from toolkit.languages import Language
from toolkit.memory.own import store
from toolkit.memory.own.model import Record
from toolkit.memory.own.store import OwnMemory
from toolkit.memory.template import make_template
from toolkit.mentions.resolve import analyse

EN, RU = Language.EN, Language.RU
TEXT = "The road to Lisagor was closed."
RECORDS = [
    Record({EN: TEXT, RU: "Дорога в Лисагор была закрыта."}, "a file"),
    Record({EN: "Bread was dear.", RU: "Хлеб был дорог."}, "a file"),
]


def _glossary(glossary: Glossary, names: Sequence[str], digest: str) -> Glossary:
    """A pack of villages with these names."""
    pack = glossary.packs[0].pack
    entries = [
        Entry.model_validate({"id": name.lower(), "kind": "village", "names": [{"usage": "international", "en": name}]})
        for name in names
    ]
    return Glossary([LoadedPack(pack=pack, entries=tuple(entries), terms=(), digest=digest)])


def _exact(memory: OwnMemory, text: str) -> list[int]:
    mentions = analyse(text, EN, memory.glossary).mentions
    return memory.exact(make_template(text, EN, memory.glossary, mentions))


def test_a_name_that_is_added_becomes_a_slot(glossary: Glossary, tmp_path: Path) -> None:
    """The sentence is then found for another place; only what came out otherwise was written anew."""
    path = tmp_path / "m.sqlite"
    before = OwnMemory(path, _glossary(glossary, ["Aknashen"], "1" * 16))
    before.add(RECORDS)
    assert _exact(before, "The road to Aknashen was closed.") == []
    before.close()
    after = OwnMemory(path, _glossary(glossary, ["Aknashen", "Lisagor"], "2" * 16))
    assert after.waiting == 4
    assert after.renew() == (4, 1)
    assert _exact(after, "The road to Aknashen was closed.") == [1]
    assert after.waiting == 0


def test_few_keys_are_made_anew_on_the_spot(glossary: Glossary, tmp_path: Path) -> None:
    """A small memory follows the glossary without a command."""
    path = tmp_path / "m.sqlite"
    OwnMemory(path, _glossary(glossary, ["Aknashen"], "1" * 16)).add(RECORDS)
    assert _exact(OwnMemory(path, _glossary(glossary, ["Aknashen", "Lisagor"], "2" * 16)), TEXT) == [1]


def test_many_keys_wait_and_are_not_found_meanwhile(glossary: Glossary, tmp_path: Path) -> None:
    """What waits is never looked up by its old key; it is counted, and found when its key is made anew."""
    path = tmp_path / "m.sqlite"
    OwnMemory(path, _glossary(glossary, ["Aknashen"], "1" * 16)).add(RECORDS)
    limit, store.AT_ONCE = store.AT_ONCE, 1
    try:
        after = OwnMemory(path, _glossary(glossary, ["Aknashen", "Lisagor"], "2" * 16))
        assert _exact(after, "Bread was dear.") == []
        assert after.waiting == 4
        after.renew()
        assert _exact(after, "Bread was dear.") == [2]
    finally:
        store.AT_ONCE = limit
