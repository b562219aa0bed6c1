"""The memory that grows: what goes in is found, once, by every way in which a memory is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import CASES
from toolkit.documents.plain import read_plain
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.layered import LayeredGlossary
from toolkit.glossary.policy import load_policy
from toolkit.glossary.uploaded import uploaded_pack
from toolkit.languages import Language
from toolkit.memory.joined import JoinedMemory
from toolkit.memory.layered import LayeredMemory
from toolkit.memory.own.model import Record
from toolkit.memory.own.store import OwnMemory
from toolkit.memory.protocol import TranslationMemory
from toolkit.memory.store import Memory
from toolkit.memory.template import Template, make_template
from toolkit.mentions.resolve import analyse
from toolkit.pipeline.translate import translate
from toolkit.settings import share_folder

AZ, EN, HY, RU = Language
ROAD = Record(
    {EN: "The road to Shushi was closed for three days.", RU: "Дорога в Шуши была закрыта три дня."}, "a file"
)
BAKERY = Record({EN: "The bakery opened at dawn.", RU: "Пекарню открыли с рассветом."}, "a file", "daily life")
FLOUR = Record({EN: "There was flour for two weeks.", HY: "Ալյուրը բավարարում էր երկու շաբաթ։"}, "a person")


@pytest.fixture
def memory(glossary: Glossary, tmp_path: Path) -> OwnMemory:
    return OwnMemory(tmp_path / "data" / "memory.sqlite", glossary)


@pytest.fixture(scope="module")
def seeds(glossary: Glossary, cache: Path) -> Memory:
    return Memory.load([CASES / "memory"], glossary, cache=cache)


def template_of(text: str, language: Language, glossary: Glossary) -> Template:
    return make_template(text, language, glossary, analyse(text, language, glossary).mentions)


def translated(text: str, memory: TranslationMemory, policies: Path, target: Language = RU) -> str:
    policy = load_policy("follow-source", policies)
    return translate(read_plain(text), EN, target, policy, memory.glossary, memory).text


def test_what_is_stored_is_found_again_with_its_names_as_slots(memory: OwnMemory, policies: Path) -> None:
    """A stored sentence serves another place and another number, as one of the seeds does."""
    memory.add([ROAD, BAKERY])
    assert translated(ROAD.sides[EN], memory, policies) == ROAD.sides[RU]
    found = translated("The road to Agdam was closed for three days.", memory, policies)
    assert found == "Дорога в Агдам была закрыта три дня."


def test_a_translation_is_stored_once(memory: OwnMemory) -> None:
    """The same sides again, by whatever file, are counted as duplicates and change nothing."""
    assert memory.add([ROAD, BAKERY, ROAD]).stored == 2
    before = memory.signature
    again = memory.add([Record(ROAD.sides, "another file")])
    assert (again.stored, again.duplicates) == (0, 1)
    assert len(memory) == 2
    assert memory.signature == before


def test_the_signature_is_that_of_the_content(glossary: Glossary, tmp_path: Path) -> None:
    """Whatever the order and the machine, the same translations have the same signature; others have another."""
    one, other = (OwnMemory(tmp_path / name, glossary) for name in ("one", "other"))
    one.add([ROAD, BAKERY])
    other.add([BAKERY])
    assert one.signature != other.signature
    other.add([ROAD])
    assert one.signature == other.signature
    other.add([FLOUR])
    other.remove([number for number in (1, 2, 3) if other.entry(number).where == "a person"])
    assert one.signature == other.signature


def test_an_entry_keeps_its_origin_topic_date_and_signature(memory: OwnMemory) -> None:
    """What is known of a translation comes back with it."""
    record = Record(FLOUR.sides, "a person", "bread", EN, "2020-10-03T10:00:00Z", "pack:a@1")
    memory.add([record])
    assert [stored.record for stored in memory.all()] == [record]
    assert memory.origins() == {"a person": 1}
    assert memory.stats().topics == {"bread": 1}


def test_the_own_memory_comes_before_the_seeds(memory: OwnMemory, seeds: Memory, policies: Path) -> None:
    """Where both have a sentence the newsroom's own translation is taken, and the signature says both."""
    joined = JoinedMemory([memory, seeds])
    assert translated("The bakery opened at dawn.", joined, policies) == "Пекарня открылась на рассвете."
    memory.add([BAKERY])
    assert translated("The bakery opened at dawn.", joined, policies) == BAKERY.sides[RU]
    assert joined.signature == f"{memory.signature}+{seeds.signature}"
    assert len(joined) == len(seeds) + 1
    assert joined.stats().entries == len(joined)
    assert joined.search("bakery dawn", EN)[0][1].where == "a file"


def test_numbers_stay_when_the_memory_grows(memory: OwnMemory, seeds: Memory) -> None:
    """A number got before is the same entry after more were stored."""
    joined = JoinedMemory([memory, seeds])
    template = template_of("Its oven is new.", EN, memory.glossary)
    before = [joined.entry(number) for number in joined.exact(template)]
    numbers = joined.exact(template)
    memory.add([ROAD, BAKERY, FLOUR])
    assert [joined.entry(number) for number in numbers] == before != []


def test_an_uploaded_glossary_is_laid_over_it(memory: OwnMemory, glossary: Glossary, policies: Path) -> None:
    """The layers of the API read the same memory under another glossary, and nothing is compiled anew."""
    memory.add([ROAD])
    pack = uploaded_pack([("Qarqarli", "Каркарлы")], EN, RU, glossary)
    layered = LayeredGlossary(glossary, pack, [EN])
    found = translated(ROAD.sides[EN], LayeredMemory(memory, layered), policies)
    assert found == ROAD.sides[RU]
    assert memory.waiting == 0


def test_names_put_right_keep_what_was_said_before(memory: OwnMemory) -> None:
    """A replaced side is found by its new text alone; the old one stands in its history with date and signature."""
    memory.add([Record(ROAD.sides, "a file", date="2020-01-01", signature="pack:a@1")])
    new = "Дорога в Шушу была закрыта три дня."
    assert memory.replace(1, {RU: new}, "pack:a@2")
    stored = memory.stored([1])[0].record
    assert (stored.sides[RU], stored.signature) == (new, "pack:a@2")
    [former] = memory.history(1)
    assert (former.text, former.date, former.signature) == (ROAD.sides[RU], "2020-01-01", "pack:a@1")
    glossary = memory.glossary
    assert memory.exact(template_of(new, RU, glossary)) == [1]
    found = [memory.template(n, RU) for n in memory.exact(template_of(ROAD.sides[RU], RU, glossary))]
    assert all(template is not None and template.text == new for template in found)
    assert memory.add([Record({**ROAD.sides, RU: new}, "again")]).duplicates == 1


def test_two_entries_that_become_the_same_are_one(memory: OwnMemory) -> None:
    """Where names put right make a duplicate, it goes, and its history stays."""
    memory.add([ROAD, Record({**ROAD.sides, RU: "Дорога в Шушу была закрыта три дня."}, "another")])
    assert not memory.replace(2, {RU: ROAD.sides[RU]}, "")
    assert [stored.number for stored in memory.all()] == [1]
    assert len(memory.history(2)) == 1
    assert len(memory) == 1


def test_what_is_removed_is_found_no_more(memory: OwnMemory, glossary: Glossary) -> None:
    """An entry that is gone is gone from every way of asking, and may be stored again."""
    memory.add([ROAD, BAKERY])
    assert memory.remove([1, 99]) == 1
    template = template_of(ROAD.sides[EN], EN, glossary)
    assert memory.exact(template) == []
    assert list(memory.near(template, 0.5, 5)) == []
    assert memory.search("road", EN) == []
    assert memory.add([ROAD]).stored == 1


def test_the_search_finds_parts_of_sentences_and_names(memory: OwnMemory) -> None:
    """A word or a name of a sentence is enough, in any language of it."""
    memory.add([ROAD, BAKERY, FLOUR])
    assert memory.search("Shushi", EN)[0][1].sides == ROAD.sides
    assert memory.search("երկու շաբաթ", HY)[0][1].sides == FLOUR.sides
    assert memory.search("zeppelin", EN) == []


def test_share_folder_has_no_own_memory() -> None:
    """What is shipped is the seeds; a memory of one's own lies elsewhere."""
    assert not list((share_folder() / "seeds").rglob("*.sqlite"))
