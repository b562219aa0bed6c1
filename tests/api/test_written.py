"""Answers that are written piece by piece say what they would say if they were written as a whole."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from api.models import Results, TextError
from api.written import json_answer, json_pieces
from toolkit.languages import Language
from toolkit.pipeline.result import Finding, Origin, Result, ResultSegment, finding

_TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
_PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _TEXTS
_VALUES = st.recursive(
    _PLAIN, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(_TEXTS, inner, max_size=5), max_leaves=30
)


def _result(segments: int, findings: int, text: str = "Գորիս İş\n") -> Result:
    segment = ResultSegment(start=0, end=5, source=text, target="Горис", origin=Origin.MACHINE, draft=None)
    return Result(
        lang=Language.RU,
        source_lang=Language.HY,
        text=text,
        segments=(segment,) * segments,
        findings=tuple(_finding(number) for number in range(findings)),
        signature="dragoman:0",
        original="the file",
    )


def _finding(number: int) -> Finding:
    return finding("T001", number, number + 1)


def _read(value: object) -> object:
    return json.loads(b"".join(json_pieces(value)))


@given(_VALUES)
def test_any_value_is_written_whole(value: object) -> None:
    """Whatever is nested in whatever."""
    assert _read(value) == value


@given(st.integers(0, 450), st.integers(0, 450), _TEXTS)
def test_a_result_is_written_as_its_model_says(segments: int, findings: int, text: str) -> None:
    """However many pieces it takes: fields without a value, and what is not for the client, are left out."""
    result = _result(segments, findings, text)
    assert _read(result) == result.model_dump(mode="json", exclude_none=True)


def test_long_lists_are_written_whole() -> None:
    """Lists of many results, and of many mappings and lists of these."""
    results = Results(results=[_result(1, 0), TextError(id="2", error="x", code="E1")] * 300)
    assert _read(results) == results.model_dump(mode="json", exclude_none=True)
    for value in ([{"a": [{"b": None}] * 500}] * 2, [[["é"]] * 300, []]):
        assert _read(value) == value


def test_a_large_result_is_written_in_pieces() -> None:
    """No piece holds Python for long: each is of some hundred parts at the most."""
    pieces = list(json_pieces(_result(20_000, 20_000)))
    assert max(map(len, pieces)) < 200_000
    assert json_answer(_result(3, 3)).body == b"".join(json_pieces(_result(3, 3)))
