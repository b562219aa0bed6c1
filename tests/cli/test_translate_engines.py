"""`translate` with models: the memory first, then engines; and what is said where a model is broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.service import Service
from api.settings import read_api_settings
from tests.engines.packages import install_argos, sentences, write_argos_package, written
from toolkit.cli.main import _run
from toolkit.languages import Language

TEXT = written(sentences()[0], Language.EN)
RUSSIAN = written(sentences()[0], Language.RU)


@pytest.fixture
def models(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of models with one Argos package, en-ru, where Argos Translate would have it."""
    folder = tmp_path / "models"
    install_argos(folder, write_argos_package(tmp_path / "p.argosmodel", Language.EN, Language.RU))
    for name, value in {"ARGOS": folder, "CACHE": cache, "MODELS": tmp_path / "none"}.items():
        monkeypatch.setenv(f"DRAGOMAN_{name}", str(value))
    return folder


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(TEXT + "\n", encoding="utf-8")
    return path


@pytest.mark.usefixtures("models")
def test_auto_uses_what_is_installed(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The segment is a machine's, the draft kept beside it, the engine named in the signature with its quality."""
    command = ["translate", str(article), "--from", "en", "--to", "ru", "--quality", "fast", "--json"]
    assert _run(command) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["text"] == RUSSIAN + "\n"
    assert [segment["origin"] for segment in result["segments"]] == ["machine"]
    assert "|engine:argos:en-ru@1.0#fast" in result["signature"]


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize(("extra", "code"), [(["--engine", "memory"], 3), (["--engine", "argos"], 0)])
def test_an_engine_is_named(extra: list[str], code: int, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`memory` asks no model; a named one is asked."""
    assert _run(["translate", str(article), "--from", "en", "--to", "ru", *extra]) == code
    assert capsys.readouterr().out == (TEXT if code else RUSSIAN) + "\n"


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize(
    ("extra", "code", "said"),
    [
        (["--engine", "gpt"], 2, "unknown engine 'gpt'"),
        (["--quality", "quick"], 2, "unknown quality 'quick'"),
        (["--engine", "argos", "--to", "hy"], 4, "argos has no model from en to hy"),
        (["--engine", "llm"], 2, "llm is off"),
    ],
)
def test_wrong_names(extra: list[str], code: int, said: str, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, before anything is written."""
    to = [] if "--to" in extra else ["--to", "ru"]
    assert _run(["translate", str(article), "--from", "en", *to, *extra]) == code
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert said in error


def test_a_broken_model(models: Path, article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A model that is not whole gives one line with its folder and exit code 4."""
    weights = next(models.glob("*/model/model.bin"))
    weights.write_bytes(weights.read_bytes()[:1000])
    assert _run(["translate", str(article), "--from", "en", "--to", "ru"]) == 4
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert str(weights.parent) in error


@pytest.mark.usefixtures("models")
def test_the_server_translates_with_it_too() -> None:
    """The API asks the engines that its settings name."""
    result = Service(read_api_settings()).translate(TEXT, Language.EN, Language.RU, None, "text")
    assert result.text == RUSSIAN
