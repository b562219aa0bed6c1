"""The engine as a whole: its folder, its batches, long segments."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.engines.firefox.conftest import MODEL, SMALL
from tests.models.invented_language import Pair, forms
from toolkit.engines.firefox.alignment import words
from toolkit.engines.firefox.architecture import random_tensors
from toolkit.engines.firefox.engine import FirefoxEngine
from toolkit.engines.firefox.marian import read_model, write_model
from toolkit.engines.firefox.split import LONGEST, split
from toolkit.engines.protocol import Ability, Constraint, Request
from toolkit.errors import ModelUnusable
from toolkit.languages import Language
from toolkit.text.spans import Span

EN, AZ, RU = Language.EN, Language.AZ, Language.RU


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODEL, tmp_path / "model"))


def rewrite(folder: Path, change: Callable[[dict], None]) -> None:  # type: ignore[type-arg]
    manifest = yaml.safe_load((folder / "model.yaml").read_text("utf-8"))
    change(manifest)
    (folder / "model.yaml").write_text(yaml.safe_dump(manifest), "utf-8")


def unchecked(manifest: dict) -> None:  # type: ignore[type-arg]
    manifest["files"] = dict.fromkeys(manifest["files"])


def test_what_it_says_of_itself(engine: FirefoxEngine) -> None:
    """Its id names direction, architecture and the model's checksum; it goes one way only."""
    assert engine.id.startswith("firefox:en-az-invented@")
    assert Ability.CONSTRAINTS in engine.abilities
    assert engine.can(EN, AZ)
    assert not engine.can(AZ, EN)
    assert engine.translate([Request("The doctor left.")], AZ, EN) == [None]


def test_order_and_blanks(engine: FirefoxEngine) -> None:
    """Drafts come in the order of the segments; a blank one has none."""
    texts = ["", "The doctor left the city.", "  \n", "The wall."]
    drafts = engine.translate([Request(text) for text in texts], EN, AZ)
    assert [draft is None for draft in drafts] == [True, False, True, False]
    assert engine.translate([], EN, AZ) == []


def test_threads_and_float32_make_no_difference(folder: Path, engine: FirefoxEngine, pairs: list[Pair]) -> None:
    """One thread or several, int8 or the same weights as float32: the same drafts."""
    model = read_model(folder / "model.bin")
    write_model(folder / "model.bin", model.configuration, model.tensors)
    rewrite(folder, unchecked)
    requests = [Request(pair.source) for pair in pairs[:80]]
    wanted = engine.translate(requests, EN, AZ)
    for threads in (1, 3):
        assert FirefoxEngine.load(folder, threads=threads).translate(requests, EN, AZ) == wanted


BROKEN: dict[str, tuple[Callable[[dict], None], str]] = {  # type: ignore[type-arg]
    "checksum": (lambda manifest: manifest["files"].update({"model.bin": "0" * 64}), "not what was installed"),
    "no such file": (lambda manifest: manifest["files"].update({"lex.bin": None}), "has no file lex.bin"),
    "no vocabulary": (lambda manifest: manifest["files"].pop("vocab.spm"), "has no file"),
    "path outside": (lambda manifest: manifest["files"].update({"../model.bin": None}), "no plain path inside"),
    "unknown language": (lambda manifest: manifest.update({"from": "tlh"}), "from Input should be"),
    "same language": (lambda manifest: manifest.update({"from": "az"}), "must be two languages"),
    "unknown field": (lambda manifest: manifest.update(weights=1), "weights"),
    "no files": (lambda manifest: manifest.pop("files"), "files"),
}


@pytest.mark.parametrize("how", sorted(BROKEN))
def test_broken_manifest(folder: Path, how: str) -> None:
    """A manifest that says what is not so gives one line, before anything is translated."""
    change, message = BROKEN[how]
    rewrite(folder, change)
    with pytest.raises(ModelUnusable, match=message) as error:
        FirefoxEngine.load(folder)
    assert error.value.remedy


@pytest.mark.parametrize("content", [b"\xff", b"- a", b"a: [", b"x" * 100_000, b""])
def test_manifest_no_manifest(folder: Path, content: bytes) -> None:
    """A manifest that is no such file."""
    (folder / "model.yaml").write_bytes(content)
    with pytest.raises(ModelUnusable):
        FirefoxEngine.load(folder)


def test_parts_that_do_not_belong_together(folder: Path) -> None:
    """A vocabulary of another size than the model's, or no vocabulary at all."""
    rewrite(folder, unchecked)
    write_model(folder / "model.bin", SMALL.configuration(), random_tensors(SMALL))
    with pytest.raises(ModelUnusable, match="1000 pieces and the model 128"):
        FirefoxEngine.load(folder)
    (folder / "vocab.spm").write_bytes(b"no vocabulary")
    with pytest.raises(ModelUnusable, match="no sentencepiece model"):
        FirefoxEngine.load(folder)


def test_no_folder(tmp_path: Path) -> None:
    """A folder without a manifest is no model."""
    with pytest.raises(ModelUnusable, match=r"model\.yaml"):
        FirefoxEngine.load(tmp_path)


def test_long_segments_are_translated_in_parts(engine: FirefoxEngine, pairs: list[Pair]) -> None:
    """A segment longer than the model takes is translated whole: each of its sentences as on its own."""
    some = pairs[:30]
    text = "  ".join(pair.source for pair in some)
    pair = next(pair for pair in reversed(some) if pair.names)
    name, place = pair.names[0]
    start = text.index(pair.source)
    span = words(pair.source)[place].shift(start)
    (draft,) = engine.translate([Request(text, (Constraint(span, forms(name)),))], EN, AZ)
    assert draft is not None
    translated = " ".join(draft.text.split())
    for sentence in some:
        last = sentence.target.split(" ")[-1]
        assert last in translated
    (held,) = draft.held
    assert held.span.of(draft.text) in forms(name)
    for ours, theirs in draft.alignment:
        assert text[ours.start : ours.end].strip()
        assert draft.text[theirs.start : theirs.end].isalnum()


@pytest.mark.parametrize(
    "text",
    ["word " * 400, "word, " * 300, "x" * 700, "One. " * 200, "a" * 119 + " " + "b" * 300, "Long one — " * 60],
)
def test_split(text: str) -> None:
    """The parts hold all of the text but the white space between them, and none is too long."""
    parts = split(text, EN, [], len)
    assert "".join(part.of(text) for part in parts).replace(" ", "") == text.replace(" ", "")
    assert all(0 < len(part) <= LONGEST for part in parts)
    assert parts == sorted(parts)


def test_split_keeps_names_whole() -> None:
    """No part ends inside a mention that fits into a part; sentences are preferred to clauses."""
    text = "Alpha beta, gamma. " * 10
    keep = [Span(start, start + 11) for start in range(len("Alpha beta, "), len(text) - 20, 38)]
    parts = split(text, EN, keep, len)
    assert not any(part.start < one.end and one.start < part.start for one in keep for part in parts[1:])
    assert all(part.of(text).rstrip().endswith(".") for part in split(text, EN, [], len))


def test_short_stays_whole() -> None:
    """A segment that is short enough is not looked into."""
    assert split("One. Two.\nThree.", EN, [], len) == [Span(0, 16)]
