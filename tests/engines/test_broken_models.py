"""A model that is there and cannot be used is never passed over in silence: one line, exit code 4 where none serves."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engines.packages import install_argos, install_family
from tests.models.invented_language import HELD_OUT_SEED, sentences
from toolkit.cli.main import run
from toolkit.settings import share_folder

MODEL = Path(__file__).parent.parent / "models" / "invented"
GLOSSARIES = share_folder() / "glossaries"
TEXT = sentences(1, HELD_OUT_SEED)[0].source
Damage = Callable[[Path], object]


def cut(file: str, size: int) -> Damage:
    def damage(folder: Path) -> None:
        (folder / file).write_bytes((folder / file).read_bytes()[:size])

    return damage


def change(file: str, start: bytes) -> Damage:
    """Other first bytes; the checksums are forgotten, or they would be told instead."""

    def damage(folder: Path) -> None:
        (folder / file).write_bytes(start + (folder / file).read_bytes()[len(start) :])
        if (folder / "model.yaml").exists():
            lines = (folder / "model.yaml").read_text("utf-8").splitlines()
            lines = [line.rpartition(":")[0] + ":" if line.startswith("  ") else line for line in lines]
            (folder / "model.yaml").write_text("\n".join(lines), "utf-8")

    return damage


def write(file: str, content: str) -> Damage:
    return lambda folder: (folder / file).write_text(content, "utf-8")


def gone(file: str) -> Damage:
    return lambda folder: (folder / file).unlink()


FIREFOX: dict[str, tuple[Damage, str]] = {
    "no manifest": (gone("model.yaml"), "is no model: it has no model.yaml"),
    "an empty manifest": (write("model.yaml", ""), "is empty"),
    "a manifest cut short": (cut("model.yaml", 180), "model.yaml"),
    "a manifest of another kind": (write("model.yaml", "name: broken\nweights: x\n"), "Field required"),
    "no model file": (gone("model.bin"), "has no file model.bin"),
    "no vocabulary": (gone("vocab.spm"), "has no file vocab.spm"),
    "a model file cut short": (cut("model.bin", 500_000), "model.bin is not what was installed"),
    "cut short, and never counted": (
        lambda folder: (cut("model.bin", 500_000)(folder), change("model.bin", b"")(folder)),
        "the file is cut short: 500000 bytes",
    ),
    "a version of tomorrow": (change("model.bin", b"\x02"), "no Marian model of version 1"),
    "another vocabulary": (change("vocab.spm", b"no vocabulary"), "no sentencepiece model"),
}

ARGOS: dict[str, tuple[Damage, str]] = {
    "a broken description": (write("metadata.json", "{"), "is no description of a package"),
    "no model file": (gone("model/model.bin"), "model.bin is missing"),
    "a model file cut short": (cut("model/model.bin", 3000), "CTranslate2 cannot load the model"),
    "a version of tomorrow": (change("model/model.bin", b"\x63\0\0\0"), "CTranslate2 cannot load the model"),
    "no pieces": (gone("sentencepiece.model"), "the tokenizer is missing"),
    "broken pieces": (write("sentencepiece.model", "x"), "is no SentencePiece model"),
}

MULTILINGUAL: dict[str, tuple[Damage, str]] = {
    "no manifest": (gone("model.yaml"), "is no model: it has no model.yaml"),
    "no tokens": (write("model.yaml", "engine: multilingual\nfiles: {model.bin: }\n"), "needs `tokens`"),
    "cut short": (cut("model.bin", 3000), "its files have"),
    "no tokenizer": (gone("sentencepiece.bpe.model"), "has no file sentencepiece.bpe.model"),
    "a broken configuration": (lambda folder: cut("config.json", 1)(folder), "its files have"),
}
CASES = [
    *(("firefox", name) for name in FIREFOX),
    *(("argos", name) for name in ARGOS),
    *(("multilingual", name) for name in MULTILINGUAL),
]
DAMAGES = {"argos": ARGOS, "firefox": FIREFOX, "multilingual": MULTILINGUAL}


def install(kind: str, models: Path, packages: dict[str, Path], name: str = "broken") -> Path:
    if kind == "firefox":
        return Path(shutil.copytree(MODEL, models / name))
    made = install_argos(models, packages["en-az"]) if kind == "argos" else install_family(models, "nllb-200")
    if kind == "multilingual":
        manifest = made / "model.yaml"
        manifest.write_text(manifest.read_text("utf-8").replace("name: nllb-200-made", f"name: {name}"), "utf-8")
    return made.rename(models / name)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A glossary of one entry and an empty memory: the command is run often here, and not for its names."""
    root = tmp_path_factory.mktemp("small")
    (root / "seeds" / "memory").mkdir(parents=True)
    (root / "glossaries" / "world" / "country").mkdir(parents=True)
    shutil.copytree(GLOSSARIES / "policies", root / "glossaries" / "policies")
    for file in ("pack.yaml", "country/armenia.yaml"):
        shutil.copy(GLOSSARIES / "world" / file, root / "glossaries" / "world" / file)
    return root


@pytest.fixture
def models(tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, value in {"CACHE": "cache", "GLOSSARIES": "glossaries", "SEEDS": "seeds"}.items():
        monkeypatch.setenv(f"DRAGOMAN_{name}", str(small / value))
    monkeypatch.setenv("DRAGOMAN_MODELS", str(folder))
    (tmp_path / "text.txt").write_text(TEXT + "\n", "utf-8")
    return folder


def translate(models: Path, *words: str) -> int:
    with pytest.raises(SystemExit) as caught:
        run(["translate", str(models.parent / "text.txt"), "--from", "en", "--to", "az", *words])
    return int(caught.value.code or 0)


@pytest.mark.parametrize(("kind", "how"), CASES)
def test_the_only_model_is_broken(
    kind: str, how: str, models: Path, packages: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """`auto` and the engine by name: one line with what, where and the remedy, exit code 4, no text."""
    damage, said = DAMAGES[kind][how]
    damage(install(kind, models, packages))
    for words in ((), ("--engine", kind)):
        assert translate(models, *words) == 4
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1, err
        assert said in err
        assert str(models / "broken") in err
        assert err.rstrip().endswith(")")
        assert "Traceback" not in err


@pytest.mark.parametrize(("kind", "how"), [case for case in CASES if case[0] != "argos"])
def test_another_model_serves(
    kind: str, how: str, models: Path, packages: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """With `auto` the better model, which is broken, is left aside in one line; the next one translates."""
    damage, said = DAMAGES[kind][how]
    damage(install(kind, models, packages))
    install("argos", models, packages, "whole")
    assert translate(models, "--json") == 0
    out, err = capsys.readouterr()
    assert "argos:en-az@" in json.loads(out)["signature"]
    told = [line for line in err.splitlines() if line.startswith("dragoman: a model is left aside: ")]
    assert len(told) == 1, err
    assert said in told[0]


def test_what_needs_no_engine_is_translated(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name alone is known without a model, however broken the model is."""
    (models / "broken").mkdir()
    (models / "broken" / "notes.txt").write_text("x")
    (models.parent / "text.txt").write_text("Armenia\n", "utf-8")
    assert translate(models) == 0
    assert capsys.readouterr().out == "Ermənistan\n"


def test_a_broken_model_of_another_pair_is_no_matter(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be for the pair is not spoken of, and a missing model stays exit code 3."""
    folder = install("firefox", models, {})
    manifest = (folder / "model.yaml").read_text("utf-8").replace("to: az", "to: hy")
    (folder / "model.yaml").write_text(manifest, "utf-8")
    (folder / "model.bin").unlink()
    assert translate(models) == 3
    assert "left aside" not in capsys.readouterr().err
