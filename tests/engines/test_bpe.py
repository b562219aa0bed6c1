"""Byte-pair encoding as subword-nmt and Moses do it, and a whole package that uses it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.engines.make_model import Plan, write_model
from toolkit.engines.argos import argos_engine, read_package
from toolkit.engines.bpe import Bpe
from toolkit.engines.ct2 import Quality
from toolkit.engines.protocol import Request
from toolkit.errors import ModelUnusable
from toolkit.languages import Language

CASES = Path(__file__).parent.parent / "cases" / "engines"


def rows() -> list[dict[str, str]]:
    with (CASES / "bpe.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def write_codes(path: Path, row: dict[str, str]) -> Path:
    path.write_text("\n".join([f"#version: {row['version']}", *row["codes"].split("|")]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["text"])
def test_cases(row: dict[str, str], tmp_path: Path) -> None:
    """Pairs are merged in the order of the list; words end where Moses ends them; decoding gives the text back."""
    bpe = Bpe(write_codes(tmp_path / "bpe.model", row), "en")
    assert bpe.encode(row["text"]) == row["pieces"].split(" ")
    assert bpe.decode(bpe.encode(row["text"])) == row["text"]


def test_spans() -> None:
    """Each piece knows the word it belongs to, escaped marks too; a text it does not fit has none."""
    bpe = Bpe(Path("unused"), "en")
    spans = bpe.spans(["Lo@@", "w", "&amp;", "b", "."], "Low & b.")
    assert spans is not None
    assert [span.of("Low & b.") for span in spans] == ["Low", "Low", "&", "b", "."]
    assert bpe.spans(["High"], "Low") is None


@pytest.mark.parametrize("content", [b"\xff\xfe", b"#version: 0.2\na b c\n"])
def test_broken_codes(content: bytes, tmp_path: Path) -> None:
    """A file that is no list of pairs is said to be none."""
    (tmp_path / "bpe.model").write_bytes(content)
    with pytest.raises(ModelUnusable, match=r"bpe\.model"):
        Bpe(tmp_path / "bpe.model", "en").encode("text")


def write_bpe_package(folder: Path) -> Path:
    """A package en-ru cut with byte pairs, which knows a few words."""
    words = {"Akna": "Акна", "is": "—", "quiet": "тихая", ".": "."}
    joined = [*words, "Go@@", "ris"]
    targets = [*words.values(), "Го@@", "рис"]
    meaning = {**{word: word for word in joined}}
    known = {target: (word, None) for word, target in zip(joined, targets, strict=True)}
    write_model(folder / "model", Plan(joined, targets, meaning, known))
    codes = ["A k", "Ak n", "Akn a</w>", "i s</w>", "r is</w>", "G o", "q u", "qu i", "qui e", "quie t</w>"]
    (folder / "bpe.model").write_text("\n".join(["#version: 0.2", *codes]) + "\n", encoding="utf-8")
    described = {"from_code": "en", "from_name": "E", "to_code": "ru", "to_name": "R", "package_version": "1.5"}
    (folder / "metadata.json").write_text(json.dumps({**described, "argos_version": "1.5", "type": "translate"}))
    return folder


def test_a_package_with_byte_pairs(tmp_path: Path) -> None:
    """Older Argos packages translate too, with their words aligned."""
    package = read_package(write_bpe_package(tmp_path / "package"))
    assert package is not None
    draft = argos_engine(package, Quality.BEST).translate([Request("Goris is quiet.")], Language.EN, Language.RU)[0]
    assert draft is not None
    assert draft.text == "Горис — тихая."
    assert next((s.of("Goris is quiet."), t.of(draft.text)) for s, t in draft.alignment) == ("Goris", "Горис")
