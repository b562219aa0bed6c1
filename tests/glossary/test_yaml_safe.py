"""The YAML reader is safe, and takes texts for texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import GlossaryBroken
from toolkit.glossary.yaml_safe import MAX_BYTES, MAX_DEPTH, parse_document, parse_yaml, read_yaml

CASES = Path(__file__).parent.parent / "cases"
UNSAFE: list[dict[str, Any]] = yaml.safe_load((CASES / "unsafe-yaml.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", UNSAFE, ids=lambda case: case["says"])
def test_what_is_unsafe_or_broken_is_refused_with_its_place(case: dict[str, Any]) -> None:
    """Anchors, tags, doubled keys and broken YAML give one line with file, line and remedy."""
    with pytest.raises(GlossaryBroken) as caught:
        parse_yaml(case["text"], where="town/x.yaml")
    assert case["says"] in str(caught.value)
    assert caught.value.where == (f"town/x.yaml:{case['line']}" if "line" in case else "town/x.yaml")
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["a: " + "[" * 100_000, "{a: " * 50_000, "a: " + "[" * 50 + "]" * 50])
def test_deep_nesting_is_refused(text: str) -> None:
    """Nesting that would exhaust the stack is refused early."""
    with pytest.raises(GlossaryBroken, match="nest"):
        parse_yaml(text)


def test_nesting_up_to_the_limit_is_read() -> None:
    """The limit itself is allowed."""
    depth = MAX_DEPTH - 1
    assert parse_yaml("a: " + "[" * depth + "]" * depth)["a"] is not None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1959", "1959"),
        ("2020-10-03", "2020-10-03"),
        ("0.10", "0.10"),
        ("0x1F", "0x1F"),
        ("12:30", "12:30"),
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'true'", "true"),
        ('""', ""),
        ("<<", "<<"),
        ("1e5", "1e5"),
    ],
)
def test_a_text_stays_the_text_that_was_written(written: str, value: object) -> None:
    """Dates, numbers and words like `no` do not become something else."""
    assert parse_yaml(f"a: {written}\n") == {"a": value}


def test_positions_are_numbers() -> None:
    """Below `position`, and only there, digits are numbers."""
    assert parse_yaml("position: [39.76, 46]\nsince: 46\n") == {"position": [39.76, 46], "since": "46"}


def test_keys_are_texts() -> None:
    """A key is the word that is written, whatever other readers make of it."""
    assert parse_yaml("no: a\n1: b\n<<: c\n") == {"no": "a", "1": "b", "<<": "c"}


def test_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    """Files saved by editors that put a mark first are read."""
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeffid: a\r\nb: Шуша\r\n".encode())
    assert read_yaml(path) == {"id": "a", "b": "Шуша"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\x00\x01\x02\xff\xfe", "UTF-8"),
        ("id: Шуша".encode("cp1251"), "UTF-8"),
        ("id: a".encode("utf-16"), "UTF-8"),
        (b"a: " + b"x" * MAX_BYTES, "256 KiB"),
    ],
)
def test_binary_and_oversized_files_are_refused(tmp_path: Path, content: bytes, says: str) -> None:
    """What is no text, or far too long, is refused before it is parsed."""
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    with pytest.raises(GlossaryBroken, match=says):
        read_yaml(path)


def test_a_missing_file_or_a_folder_is_one_clear_line(tmp_path: Path) -> None:
    """A path that cannot be read names itself."""
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(GlossaryBroken, match="cannot be read"):
            read_yaml(path)


def test_places_of_fields_are_known() -> None:
    """Each field has its line; an unknown one has that of what is around it."""
    document = parse_document("id: a\nnames:\n  - usage: x\n    ru: {text: Шуша}\n")
    assert document.line_of(("names", 0, "ru", "text")) == 4
    assert document.line_of(("names", 0, "hy", "text")) == 3
    assert document.line_of(("nothing",)) == 1


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text whatever raises another error than GlossaryBroken."""
    try:
        parse_yaml(text)
    except GlossaryBroken as error:
        assert error.what  # noqa: PT017 - refusing is one of the two promised ends
