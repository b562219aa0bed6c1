"""The runner of CTranslate2 models: nothing lost, nothing silent, the same whatever else is in the batch."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.engines.make_model import Plan, write_model
from tests.engines.packages import install_argos, piece, sentences, written
from tests.engines.sentencepiece_file import write_sentencepiece
from toolkit.engines.argos import argos_engine, read_package
from toolkit.engines.ct2 import Quality, Runner
from toolkit.engines.ct2_engine import Ct2Engine, Frame
from toolkit.engines.protocol import Constraint, Request
from toolkit.engines.tokens import SentencePiece
from toolkit.errors import DragomanError, ModelUnusable, WrongUse
from toolkit.languages import Language
from toolkit.text.spans import Span

EN, RU = Language.EN, Language.RU


@pytest.fixture
def engine(argos_models: Path) -> Ct2Engine:
    package = read_package(argos_models / "translate-en_ru-1.0")
    assert package is not None
    return argos_engine(package, Quality.NORMAL)


def made(folder: Path, words: dict[str, list[str]], **plan: object) -> Ct2Engine:
    """An engine en-ru that knows some words, each with the translations it cannot choose between."""
    meanings = {piece(word): word for word in words}
    targets = {piece(text): (word, None) for word, texts in words.items() for text in texts}
    shape = Plan([*meanings, "▁", "."], [*targets, "▁", "."], meanings, targets, **plan)  # type: ignore[arg-type]
    write_model(folder / "model", shape)
    write_sentencepiece(folder / "pieces.model", [*meanings, *targets, "▁", "."])
    tokenizer = SentencePiece(folder / "pieces.model")
    return Ct2Engine("made", Runner(folder / "model"), tokenizer, tokenizer, {(EN, RU): Frame()})


def test_a_long_segment_is_split_and_joined(engine: Ct2Engine) -> None:
    """A text of many times the length a model takes comes back whole, clause by clause."""
    short = replace(engine, longest=12)
    text = " ".join(written(keys, EN) for keys in sentences() * 5)
    wanted = " ".join(written(keys, RU) for keys in sentences() * 5)
    draft = short.translate([Request(text)], EN, RU)[0]
    assert draft is not None
    assert draft.text == wanted
    assert all(target.of(wanted) for _, target in draft.alignment)


@pytest.mark.parametrize("positions", [8, 20, 23])
def test_a_model_with_few_positions_takes_any_text(tmp_path: Path, positions: int) -> None:
    """A text is cut to what this very model holds, a draft that fills it up is none, and beginnings are scored."""
    engine = made(tmp_path, {"talks": ["переговоры"]}, longest=positions)
    text, wanted = "talks " * 100, "переговоры " * 100
    draft = engine.translate([Request(text)], EN, RU)[0]
    assert draft is not None
    assert draft.text == wanted.strip()
    assert engine.score([(text, wanted)], EN, RU)[0] > -1
    looping = made(tmp_path / "loop", {"a": ["b"]}, add_eos=False, longest=positions)
    assert looping.translate([Request("a")], EN, RU) == [None]


def test_alignment_holds_across_parts(engine: Ct2Engine) -> None:
    """The spans of a joined draft stand where they say, in both texts."""
    text, wanted = (" ".join(written(keys, language) for keys in sentences()) for language in (EN, RU))
    draft = replace(engine, longest=12).translate([Request(text)], EN, RU)[0]
    assert draft is not None
    pairs = {(source.of(text), target.of(wanted)) for source, target in draft.alignment}
    assert {("In Aghdam", "В Агдаме"), ("talks continue", "продолжаются переговоры"), ("2020", "2020")} <= pairs


def test_a_batch_changes_nothing(engine: Ct2Engine) -> None:
    """A segment becomes the same alone, among others and in another order, its score included."""
    texts = [written(keys, EN) for keys in sentences()]
    alone = [engine.translate([Request(text)], EN, RU)[0] for text in texts]
    together = engine.translate([Request(text) for text in reversed(texts * 3)], EN, RU)
    for one, other in zip(alone * 3, reversed(together), strict=True):
        assert one is not None
        assert other is not None
        assert (one.text, one.alignment) == (other.text, other.alignment)
        assert one.score == pytest.approx(other.score, abs=1e-4)


def test_a_repeated_text_is_translated_once(engine: Ct2Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a newsroom repeats costs nothing, and each place has its draft."""
    real = engine.runner._translator
    batches: list[list[list[str]]] = []

    class Counting:
        def translate_batch(self, texts: list[list[str]], **options: Any) -> Any:
            batches.append(texts)
            return real.translate_batch(texts, **options)

    monkeypatch.setitem(engine.runner.__dict__, "_translator", Counting())
    texts = ["talks continue.", "In Geneva talks continue.", "talks continue.", "talks continue."]
    drafts = engine.translate([Request(text) for text in texts], EN, RU)
    once, longer = "продолжаются переговоры.", "В Женеве продолжаются переговоры."
    assert [draft and draft.text for draft in drafts] == [once, longer, once, once]
    assert [len(texts) for texts in batches] == [2]


def test_a_model_of_tomorrow_names_what_helps(packages: dict[str, Path], tmp_path: Path) -> None:
    """A newer version is said with both numbers, and the remedy is a newer library."""
    folder = install_argos(tmp_path, packages["en-ru"])
    _newer_version(folder)
    with pytest.raises(ModelUnusable, match=r"its binary version is 255, .* knows \d+ or below") as caught:
        _translate(folder)
    assert "--upgrade ctranslate2" in caught.value.remedy


def test_unknown_letters_are_copied(engine: Ct2Engine) -> None:
    """What the vocabulary lacks stands in the draft as it was."""
    draft = engine.translate([Request("In Geneva 東京 talks continue.")], EN, RU)[0]
    assert draft is not None
    assert draft.text == "В Женеве 東京 продолжаются переговоры."


def test_blank_segments_have_no_draft(engine: Ct2Engine) -> None:
    """An empty text is not sent, and moves nobody else's draft."""
    drafts = engine.translate([Request(" "), Request("talks continue."), Request("")], EN, RU)
    assert [draft and draft.text for draft in drafts] == [None, "продолжаются переговоры.", None]


def test_alternatives_and_a_forbidden_name(tmp_path: Path) -> None:
    """Drafts differ where the model is torn; a forbidden name gives way to the other one."""
    engine = made(tmp_path, {"Susa": ["Шуша", "Шуши"], "burns": ["горит"]})
    both = engine.translate([Request("Susa burns.")], EN, RU, n_best=2)[0]
    assert both is not None
    assert {both.text, *both.alternatives} == {"Шуша горит.", "Шуши горит."}
    for wanted, unwanted in (("Шуша", "Шуши"), ("Шуши", "Шуша")):
        constraint = Constraint(Span(0, 4), (wanted,), (unwanted,))
        draft = engine.translate([Request("Susa burns.", (constraint,))], EN, RU)[0]
        assert draft is not None
        assert draft.text == f"{wanted} горит."


def test_asking_again_is_quick_and_goes_not_astray(tmp_path: Path) -> None:
    """What was there before is not looked for anew: a name in it is held back at once, and a draft that becomes much
    longer than it is none."""
    engine = made(tmp_path, {"Susa": ["Шуша", "Шуши"], "burns": ["горит"]})
    forbidding = (Constraint(Span(0, 4), (), ("Шуша",)),)
    draft = engine.translate([Request("Susa burns.", forbidding, before="Шуша горит.")], EN, RU)[0]
    assert draft is not None
    assert (draft.text, draft.alternatives) == ("Шуши горит.", ())
    long = " ".join(["burns"] * 40)
    quick, first = engine.translate([Request(long, before="горит"), Request(long)], EN, RU)
    assert quick is None
    assert first is not None
    assert first.text == " ".join(["горит"] * 40)


def test_scores_tell_a_right_name_from_a_wrong_one(tmp_path: Path) -> None:
    """score() is the mean log-probability: high for what the model would write, low for another name."""
    engine = made(tmp_path, {"Goris": ["Горис"], "Akna": ["Акна"]})
    right, wrong = engine.score([("Goris.", "Горис."), ("Goris.", "Акна.")], EN, RU)
    assert right > -0.1
    assert wrong < right - 5
    draft = engine.translate([Request("Goris.")], EN, RU)[0]
    assert draft is not None
    assert draft.score == pytest.approx(right, abs=1e-3)


def test_a_draft_that_never_ends_is_none(tmp_path: Path) -> None:
    """A model that loops leaves the segment untranslated, instead of a draft cut off in silence."""
    engine = replace(made(tmp_path, {"on": ["дальше"]}, add_eos=False), longest=24)
    assert engine.translate([Request("on on on")], EN, RU) == [None]


def test_another_pair_is_refused(engine: Ct2Engine) -> None:
    """An engine asked for a pair it has not says so."""
    with pytest.raises(WrongUse, match="does not translate from ru to hy"):
        engine.translate([Request("Гори")], RU, Language.HY)


def _no_weights(folder: Path) -> None:
    (folder / "model" / "model.bin").unlink()


def _cut_weights(folder: Path) -> None:
    weights = folder / "model" / "model.bin"
    weights.write_bytes(weights.read_bytes()[:2000])


def _newer_version(folder: Path) -> None:
    weights = folder / "model" / "model.bin"
    weights.write_bytes(b"\xff\0\0\0" + weights.read_bytes()[4:])


def _no_vocabulary(folder: Path) -> None:
    for path in (folder / "model").glob("*vocabulary.json"):
        path.unlink()


def _other_vocabulary(folder: Path) -> None:
    for path in (folder / "model").glob("*vocabulary.json"):
        path.write_text('["<unk>", "<s>", "</s>"]')


def _longer_vocabulary(folder: Path) -> None:
    path = folder / "model" / "target_vocabulary.json"
    path.write_text(path.read_text().replace("[", '["<extra>",', 1))


def _no_tokenizer(folder: Path) -> None:
    (folder / "sentencepiece.model").unlink()


def _broken_tokenizer(folder: Path) -> None:
    (folder / "sentencepiece.model").write_bytes(b"\x0a\xff\xff broken")


def _tokenizer_with_a_piece_that_is_no_text(folder: Path) -> None:
    path = folder / "sentencepiece.model"
    path.write_bytes(path.read_bytes().replace(b"\xe2\x96\x81", b"\xff\x96\x81", 1))


def _broken_metadata(folder: Path) -> None:
    (folder / "metadata.json").write_text("{")


def _nested_metadata(folder: Path) -> None:
    (folder / "metadata.json").write_text("[" * 60_000)


def _nested_vocabulary(folder: Path) -> None:
    (folder / "model" / "source_vocabulary.json").write_text("[" * 100_000)


def _pipe_for_weights(folder: Path) -> None:
    weights = folder / "model" / "model.bin"
    weights.unlink()
    os.mkfifo(weights)


def _missing_tensor(folder: Path) -> None:
    weights = folder / "model" / "model.bin"
    weights.write_bytes(weights.read_bytes().replace(b"encoder/layer_norm/gamma", b"encoder/layer_norm/gammX"))


def _alignment_in_no_layer(folder: Path) -> None:
    weights = folder / "model" / "model.bin"
    name = b"decoder/alignment_layer\0"
    head, _, rest = weights.read_bytes().partition(name)
    weights.write_bytes(head + name + rest[:6] + struct.pack("<h", -256) + rest[8:])


def _unknown_prefix(folder: Path) -> None:
    path = folder / "metadata.json"
    path.write_text(path.read_text().replace("}", ', "target_prefix": "__ru__"}'))


def _translate(folder: Path) -> None:
    package = read_package(folder)
    assert package is not None
    argos_engine(package, Quality.FAST).translate([Request("talks continue.")], EN, RU)


@pytest.mark.parametrize(
    "damage",
    [
        _no_weights,
        _cut_weights,
        _newer_version,
        _no_vocabulary,
        _other_vocabulary,
        _longer_vocabulary,
        _no_tokenizer,
        _broken_tokenizer,
        _tokenizer_with_a_piece_that_is_no_text,
        _broken_metadata,
        _nested_metadata,
        _nested_vocabulary,
        _pipe_for_weights,
        _missing_tensor,
        _alignment_in_no_layer,
        _unknown_prefix,
    ],
)
def test_a_broken_package_gives_one_line(
    damage: Callable[[Path], None], packages: dict[str, Path], tmp_path: Path
) -> None:
    """Whatever is missing or broken is said in one line with the file and a remedy; exit code 4."""
    folder = install_argos(tmp_path, packages["en-ru"])
    damage(folder)
    with pytest.raises(ModelUnusable) as caught:
        _translate(folder)
    error: DragomanError = caught.value
    assert error.exit_code == 4
    assert str(tmp_path) in error.where
    assert error.remedy
    assert "\n" not in str(error)
