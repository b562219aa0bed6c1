"""Files out of other hands: those of other programs are read, broken and hostile ones refused in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.glossary.exchange.samples import PAIR, read, written
from toolkit.errors import BadInput, BadOption, NotText
from toolkit.glossary.exchange.concepts import Concept
from toolkit.glossary.exchange.formats import READABLE, format_of

CASES = Path(__file__).parents[2] / "cases" / "exchange"
BROKEN: dict[str, dict[str, str]] = yaml.safe_load((CASES / "broken.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_a_file_that_is_none_is_refused_in_one_line(case: str) -> None:
    """What, where and the remedy; nothing is resolved, fetched or guessed."""
    one = BROKEN[case]
    with pytest.raises((BadInput, BadOption), match=one["says"]) as caught:
        read(one["format"], one["content"].encode(), PAIR)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_are_refused() -> None:
    """The line is named."""
    with pytest.raises(NotText, match="line 2"):
        read("csv", b"a,b\n\xff\xfe,c\n", PAIR)


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["@id", "@value", "@language", "skos:altLabel", "skosxl:altLabel", "skosxl:literalForm", "geo:lat"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(node=st.dictionaries(st.sampled_from(["@id", "skos:altLabel", "skosxl:altLabel", "dragoman:period"]), _JSON))
def test_any_json_is_read_or_passed_by(node: dict[str, object]) -> None:
    """A graph whose values are of any type gives proposals or none, and never an exception."""
    content = json.dumps({"@graph": [node | {"@type": "skos:Concept"}]}).encode()
    assert len(read("skos", content)) == 1


@pytest.mark.parametrize("name", READABLE)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(name: str, data: st.DataObject, sample: list[Concept]) -> None:
    """Bytes cut out of a file, or put into it, give proposals or an error of ours."""
    content = written(name, sample, PAIR)
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 40)))
    damaged = (
        content[:start]
        + data.draw(st.binary(max_size=4) | st.sampled_from([b"<", b"&#0;", b'"', b"\t"]))
        + content[end:]
    )
    try:
        read(name, damaged, PAIR)
    except BadInput:
        return


OTHERS: dict[str, dict[str, Any]] = yaml.safe_load((CASES / "others.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", OTHERS, ids=str)
def test_files_of_other_programs_areread(case: str) -> None:
    """Files as other programs write them: the format is known by its name and beginning, and the terms are found."""
    one = OTHERS[case]
    content = one["content"].encode(one.get("encoding", "utf-8"))
    assert format_of(one["file"], content).name == one["format"]
    found = [
        [f"{wording.language} {wording.text} {wording.part}" for wording in concept.wordings]
        for concept in read(one["format"], content, PAIR)
    ]
    assert found == one["terms"]
