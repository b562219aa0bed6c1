"""The data: every scheme and table of elements is closed, named as its file and pure in its scripts."""

from __future__ import annotations

import itertools

import pytest

from toolkit.errors import BadOption
from toolkit.languages import Language
from toolkit.text.scripts import Script, script_of
from toolkit.translit.elements import ElementTable, tables
from toolkit.translit.schemes import load, scheme_ids

SCRIPTS = {
    Language.AZ: Script.LATIN,
    Language.EN: Script.LATIN,
    Language.HY: Script.ARMENIAN,
    Language.RU: Script.CYRILLIC,
}


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_schemes_are_sound(scheme_id: str) -> None:
    """A scheme is named as its file, says where it is from, and its contexts name classes or letters only."""
    scheme = load(scheme_id)
    assert scheme.id == scheme_id
    assert scheme.title
    assert scheme.authority
    assert all(earlier in scheme_ids() for earlier in scheme.through)


def test_press_covers_all_directions() -> None:
    """Every one of the twelve directions has the newsroom scheme."""
    wanted = {f"{a.value}-{b.value}-press" for a, b in itertools.permutations(Language, 2)}
    assert wanted <= set(scheme_ids())


def test_unknown_scheme() -> None:
    """A scheme there is not is named with those there are."""
    with pytest.raises(BadOption, match="hy-en-press"):
        load("hy-en-gost")


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.title)
def test_elements_are_in_their_scripts(table: ElementTable) -> None:
    """Each cell is in the script of its column: look-alike letters would never match."""
    for row in table.rows:
        assert len(row) == len(table.columns), row
        for language in table.columns:
            for form in table.forms(row, language):
                assert form, row
                letters = [char for char in form if char.isalpha()]
                assert all(script_of(char) is SCRIPTS[language] for char in letters), (row, form)
