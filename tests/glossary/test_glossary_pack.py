"""Packs are read whole, or refused in one clear line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from tests.files import write_files
from toolkit.errors import GlossaryBroken
from toolkit.glossary.pack import find_packs, load_pack, pack_digest
from toolkit.glossary.stats import glossary_stats

ROOT = Path(__file__).parent.parent.parent
GOOD: dict[str, str] = yaml.safe_load((ROOT / "tests/cases/broken-entries.yaml").read_text("utf-8"))["good"]
TOWN = "city/aghdam-akna.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of glossaries in good order."""
    write_files(tmp_path, GOOD)
    return tmp_path


@pytest.fixture
def pack(root: Path) -> Path:
    return root / "south-caucasus"


def test_a_pack_is_read_in_alphabetical_order(pack: Path) -> None:
    """Entries and terms come sorted by id, with the pack's own fields and digest."""
    loaded = load_pack(pack)
    assert loaded.pack.version == "0.1.0"
    assert [entry.id for entry in loaded.entries] == ["aghdam-akna", "karabakh"]
    assert [term.id for term in loaded.terms] == ["front-line"]
    assert loaded.digest == pack_digest(pack)
    assert loaded.entries[0].names[1].until == "2020-11"


def test_packs_are_the_folders_with_a_pack_file(root: Path) -> None:
    """Policies and other folders are no packs; a folder without any pack is an error."""
    assert find_packs(root) == [root / "south-caucasus"]
    with pytest.raises(GlossaryBroken, match="no glossary pack"):
        find_packs(root / "policies")


def test_the_digest_follows_the_content_and_nothing_else(pack: Path, tmp_path: Path) -> None:
    """A copy elsewhere has the same digest; a changed, moved or added file gives another."""
    before = pack_digest(pack)
    copy = shutil.copytree(pack, tmp_path / "copy")
    assert pack_digest(copy) == before
    (copy / TOWN).touch()
    assert pack_digest(copy) == before
    (copy / "town").mkdir()
    moved = (copy / TOWN).rename(copy / "town" / "aghdam-akna.yaml")
    assert pack_digest(copy) != before
    moved.rename(copy / TOWN)
    (copy / TOWN).write_text(GOOD[f"south-caucasus/{TOWN}"] + "# more\n", encoding="utf-8")
    assert pack_digest(copy) != before


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("kind: city", "kind: metropolis", "kind: “metropolis” is none of the allowed words"),
        ("kind: city", "kind: town", "folder and kind must agree"),
        ("id: aghdam-akna", "id: akna", "file name and id"),
        ("ru: {text: Акна", "ru: {text: Акна, gender: f", r"names\[1\].ru.gender"),
        ("id: aghdam-akna", "id: 'aghdam-akna", r"aghdam-akna.yaml:\d+: a quotation mark"),
    ],
)
def test_a_broken_entry_is_one_line_with_file_field_and_remedy(pack: Path, before: str, after: str, says: str) -> None:
    """Loading stops at a file that cannot be used, and says which and why."""
    path = pack / TOWN
    path.write_text(path.read_text("utf-8").replace(before, after, 1), encoding="utf-8")
    with pytest.raises(GlossaryBroken, match=says) as caught:
        load_pack(pack)
    assert str(path) in str(caught.value)
    assert caught.value.remedy
    assert caught.value.exit_code == 4


def test_one_id_in_two_kinds_is_refused(pack: Path) -> None:
    """An id stands for one entity."""
    (pack / "town").mkdir()
    text = (pack / TOWN).read_text("utf-8").replace("kind: city", "kind: town")
    (pack / "town" / "aghdam-akna.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(GlossaryBroken, match="also in city/"):
        load_pack(pack)


def test_stats_count_what_is_there(pack: Path) -> None:
    """Counts are by kind, language, usage and review, in alphabetical order."""
    stats = glossary_stats([load_pack(pack)])
    assert (stats.entries, stats.terms) == (2, 1)
    (numbers,) = stats.packs
    assert numbers.kinds == {"city": 1, "region": 1}
    assert numbers.usages == {"armenian": 1, "azerbaijani": 1, "international": 2}
    assert list(numbers.usages) == sorted(numbers.usages)
    assert numbers.reviews == {"draft": 3}
    assert (numbers.names, numbers.contested) == (4, 1)
    assert numbers.languages["en"].model_dump() == {"texts": 3, "missing": 0, "variants": 1}


def test_stats_tell_missing_texts(pack: Path) -> None:
    """A usage without a text in a language is counted as missing; one that is `like` another is not."""
    path = pack / TOWN
    path.write_text(path.read_text("utf-8").replace("    az: Akna\n", ""), encoding="utf-8")
    assert glossary_stats([load_pack(pack)]).packs[0].languages["az"].missing == 1


def test_the_packs_that_ship_can_be_read() -> None:
    """Both packs of the project load."""
    packs = [load_pack(folder).pack for folder in find_packs(ROOT / "glossaries")]
    assert [pack.id for pack in packs] == ["south-caucasus", "world"]
    assert {pack.licence for pack in packs} == {"CC-BY-4.0"}
