"""The formatter has one form for one meaning, and loses nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.files import write_files
from toolkit.errors import GlossaryBroken
from toolkit.glossary.comments import Item, Tree, read_tree
from toolkit.glossary.format import format_text, format_tree
from toolkit.glossary.model import Entry, NameText
from toolkit.glossary.yaml_safe import parse_yaml
from toolkit.glossary.yaml_write import write_tree

ROOT = Path(__file__).parent.parent.parent
CASES: list[dict[str, str]] = yaml.safe_load((ROOT / "tests/cases/format.yaml").read_text("utf-8"))
GOOD: dict[str, str] = yaml.safe_load((ROOT / "tests/cases/broken-entries.yaml").read_text("utf-8"))["good"]

_words = st.text(
    st.one_of(
        st.sampled_from(list("abШуշǝ0159 -:#,[]{}'\"\\&*!|>%@`?~=.<\n\t")),
        st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\ufffe\uffff"),
    ),
    max_size=200,
)
_filled = _words.filter(lambda text: bool(text.strip()))
_comments = st.lists(st.sampled_from(["# one", "# two: three", "#", "# a # b", "# [x, 'y"]), max_size=2)


@st.composite
def _items(draw: st.DrawFn, depth: int = 0) -> Item:
    """Any tree of values with any comments."""
    kind = draw(st.sampled_from(["text", "constant", "list", "map"] if depth < 3 else ["text", "constant"]))
    value: Any
    if kind == "text":
        value = draw(_words)
    elif kind == "constant":
        value = draw(st.sampled_from([None, True, False]))
    elif kind == "list":
        value = draw(st.lists(_items(depth + 1), max_size=4))
    else:
        value = draw(st.dictionaries(_words, _items(depth + 1), max_size=4))
    return Item(value, draw(_comments), draw(st.sampled_from(["", "", "# beside"])))


def _plain(item: Item) -> Any:
    if isinstance(item.value, dict):
        return {key: _plain(child) for key, child in item.value.items()}
    return [_plain(child) for child in item.value] if isinstance(item.value, list) else item.value


def _all_comments(item: Item) -> Counter[str]:
    found = Counter([*item.above, *([item.beside] if item.beside else [])])
    for child in item.children():
        found += _all_comments(child)
    return found


def _yaml(value: Any) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
    return text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_canonical_form(case: dict[str, str]) -> None:
    """A file as somebody wrote it comes out in the one canonical form, which stays as it is."""
    assert format_text(case["before"]) == case["after"]
    assert format_text(case["after"]) == case["after"]


@settings(deadline=None)
@given(st.dictionaries(_words, _items(), min_size=1, max_size=4), _comments)
def test_values_and_comments_survive_writing(fields: dict[str, Item], below: list[str]) -> None:
    """What is written is read back as the same values, with every comment, whatever the texts are."""
    tree = Tree(Item(fields), list(below))
    wanted, comments = _plain(tree.top), _all_comments(tree.top) + Counter(below)
    written = write_tree(tree)
    again = read_tree(written)
    assert _plain(again.top) == wanted
    assert _all_comments(again.top) + Counter(again.below) == comments
    assert write_tree(again) == written


@settings(deadline=None)
@given(st.dictionaries(_words, _items(), min_size=1, max_size=4))
def test_other_readers_read_the_same(fields: dict[str, Item]) -> None:
    """A reader of YAML 1.1 that resolves dates and numbers finds the same texts: all that could mislead is quoted."""
    wanted = _plain(Item(fields))
    assert yaml.safe_load(write_tree(Tree(Item(fields), []))) == wanted


_name_texts = st.recursive(
    st.builds(lambda text: {"text": text}, _filled),
    lambda inner: st.fixed_dictionaries(
        {"text": _filled},
        optional={
            "declension": st.sampled_from(["masculine", "indeclinable"]),
            "genitive": _words,
            "plural": st.booleans(),
            "acronym": inner,
            "variants": st.lists(inner, max_size=3),
        },
    ),
    max_leaves=4,
)
_usages = st.sampled_from(["armenian", "azerbaijani", "historical", "international"])


@st.composite
def _entries(draw: st.DrawFn) -> dict[str, Any]:
    """Any entry, its names already in the order of usages, its fields in any order."""
    names = [
        {"ru": draw(_name_texts), "usage": usage, "en": draw(_filled)}
        for usage in sorted(draw(st.sets(_usages, min_size=1)))
    ]
    fields: dict[str, Any] = {
        "note": draw(_words),
        "names": names,
        "kind": draw(st.sampled_from(["city", "person"])),
        "id": "some-id",
        "cues": {"ru": draw(st.lists(_filled, max_size=3)), "az": ["x"]},
        "near": [{"is": draw(_words), "text": draw(_filled)}],
        "position": [39.76, 46.0],
        "contested": draw(st.booleans()),
    }
    return {key: fields[key] for key in draw(st.permutations(list(fields)))}


def _fits(fields: dict[str, Any]) -> bool:
    try:
        Entry.model_validate(fields)
    except ValueError:
        return False
    return True


@settings(deadline=None)
@given(_entries().filter(_fits))
def test_formatting_never_changes_an_entry(fields: dict[str, Any]) -> None:
    """The entry read from the formatted text is the entry that was there; a second run changes nothing."""
    before = _yaml(fields)
    after = format_text(before)
    assert Entry.model_validate(parse_yaml(after)) == Entry.model_validate(parse_yaml(before))
    assert format_text(after) == after


def test_a_name_with_nothing_but_a_text_is_that_text() -> None:
    """Both spellings of a plain name mean the same, and the short one is written."""
    assert NameText.model_validate("Шуша") == NameText.model_validate({"text": "Шуша"})
    assert "ru: Шуша\n" in format_text("id: a\nkind: town\nnames: [{usage: x, ru: {text: Шуша}}]\n")


def test_windows_line_ends_become_plain_ones() -> None:
    """Line ends and a byte order mark are no part of the canonical form."""
    assert format_text("\ufeffid: a\r\ntitle: b  # c\r\n# d\r\n") == "id: a\ntitle: b  # c\n# d\n"


def test_a_broken_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    """The formatter does not touch what it cannot read."""
    path = tmp_path / "pack" / "town" / "a.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("id: [", encoding="utf-8")
    with pytest.raises(GlossaryBroken, match=r"a\.yaml"):
        format_tree(tmp_path)
    assert path.read_text(encoding="utf-8") == "id: ["


def test_a_tree_is_formatted_once(tmp_path: Path) -> None:
    """`check` names what would change and changes nothing; formatting changes just that."""
    write_files(tmp_path, GOOD)
    wanted = [tmp_path / "policies/house.yaml", tmp_path / "south-caucasus/city/aghdam-akna.yaml"]
    assert format_tree(tmp_path, check=True) == wanted
    assert wanted[0].read_text(encoding="utf-8") == GOOD["policies/house.yaml"]
    assert format_tree(tmp_path) == wanted
    assert format_tree(tmp_path, check=True) == []
    assert not list(tmp_path.rglob("*.tmp"))


def test_the_glossaries_that_ship_are_formatted() -> None:
    """The files of the project are in canonical form."""
    assert format_tree(ROOT / "glossaries", check=True) == []
