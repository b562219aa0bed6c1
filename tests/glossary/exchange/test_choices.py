"""Which names a file holds: by policy, language and pair; what is left out is said, and no cell is a formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.glossary.exchange.samples import PAIR, written
from toolkit.errors import BadOption
from toolkit.glossary.exchange.cells import safe_cell, starts_formula
from toolkit.glossary.exchange.concepts import Concept, Part, Wording, concept_of
from toolkit.glossary.exchange.edit import edited, new_fields, validated
from toolkit.glossary.exchange.formats import FORMATS
from toolkit.glossary.exchange.selection import Selection
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language


def test_a_policy_decides_which_term_is_preferred(sample: list[Concept], policies: Path) -> None:
    """Under a policy its names are preferred and the other side's deprecated; under none nobody's is preferred."""
    both = {}
    for policy in ("armenian", "azerbaijani"):
        selection = Selection(source=Language.EN, target=Language.RU, policy=load_policy(policy, policies))
        root = yaml.safe_load(written("csv", sample, selection).decode().replace(",", ": "))
        both[policy] = root["Shusha"], root["Shushi"]
        content = written("tbx-3", sample, selection).decode()
        assert "preferredTerm-admn-sts" in content
    assert both == {"armenian": ("Шуши", "Шуши"), "azerbaijani": ("Шуша", "Шуша")}
    assert "preferred" not in written("tbx-3", sample).decode()


def test_a_source_text_with_several_targets_is_left_out(concepts: list[Concept]) -> None:
    """DeepL would take one of them in silence; here it is said."""
    written = FORMATS["csv"].write(concepts, PAIR)
    rows = list(csv.reader(io.StringIO(written.files[""].decode())))
    left = [one.text for one in written.left_out]
    assert "Nakhchivan" in left
    assert "Nakhchivan" not in {row[0] for row in rows}


@given(text=st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    """Whatever a name holds, its cell starts no formula and has neither a line break nor a sign that is not seen."""
    cell = safe_cell(text)
    assert not starts_formula(cell)
    assert cell == cell.strip()
    assert not set(cell) & set("\t\r\n\u202e\u200b")


def test_pairs_ask_for_two_languages(sample: list[Concept]) -> None:
    """A format of pairs without two languages says what is missing."""
    with pytest.raises(BadOption, match="--from en --to ru"):
        FORMATS["csv"].write(sample, Selection(source=Language.EN))


def test_a_usage_parts_from_the_one_it_is_like_where_only_one_changes(sample: list[Concept]) -> None:
    """A new Armenian text for the Azerbaijani usage alone leaves the international one as it was."""
    shusha = next(concept for concept in sample if concept.id == "shusha-shushi")
    entry = validated(new_fields(shusha) | {"id": shusha.id})
    assert [name.usage for name in entry.names if name.like == "azerbaijani"] == ["international"]
    changed = Wording(Language.HY, "Շուշան", ("azerbaijani",))
    after, changes = edited(entry, Concept(id=shusha.id, wordings=(changed,)))
    assert changes == ("azerbaijani hy: Շուշա → Շուշան",)
    texts = {wording.usages: wording.text for wording in concept_of(after).texts(Language.HY, Part.FULL)}
    assert texts == {("armenian",): "Շուշի", ("azerbaijani",): "Շուշան", ("international",): "Շուշա"}
