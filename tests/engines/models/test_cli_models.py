"""`dragoman models` as a user meets it: output, exit codes, one line for an error."""

from __future__ import annotations

import json

import pytest

from tests.engines.models.site import Site
from toolkit.cli.main import run
from toolkit.settings import Settings


@pytest.fixture
def environment(site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("DRAGOMAN_MODELS", str(settings.models))
    monkeypatch.setenv("DRAGOMAN_MODELS_MIRROR", site.base)
    return site


def call(*words: str) -> int:
    with pytest.raises(SystemExit) as caught:
        run(["models", *words])
    return int(caught.value.code or 0)


def test_the_whole_life_of_a_model(environment: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Install, list, verify, remove."""
    environment.firefox("en-az", "tiny")
    assert call("install", "en-az") == 0
    assert capsys.readouterr().out.startswith("firefox-en-az-tiny installed: ")
    assert call("list", "--installed") == 0
    out = capsys.readouterr().out
    assert "firefox-en-az-tiny" in out
    assert "[installed; recommended]" in out
    assert "az-en" not in out
    assert call("verify") == 0
    assert capsys.readouterr().out == "firefox-en-az-tiny: ok\n"
    assert call("remove", "firefox-en-az-tiny") == 0
    assert capsys.readouterr().out == "firefox-en-az-tiny removed\n"
    assert call("remove", "firefox-en-az-tiny") == 2


def test_the_list_tells_what_a_user_must_know(environment: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Size, licence, figures and warnings, without a network."""
    assert call("list", "en-az", "EN-HY") == 0
    out = capsys.readouterr().out
    lines = {line.split()[0]: line for line in out.splitlines() if line.startswith("  ")}
    assert "BLEU  5.4  COMET 0.519" in lines["argos-en-az"]
    assert "WARNING: weak" in lines["argos-en-az"]
    assert "21 MB" in lines["firefox-en-az-tiny"]
    assert "(non-commercial)" in lines["nllb-200-distilled-600m"]
    assert environment.asked == []


def test_the_list_as_json(environment: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """The same for programs."""
    assert call("list", "en-hy", "--json") == 0
    (listed,) = json.loads(capsys.readouterr().out)
    rows = {row["name"]: row for row in listed["rows"]}
    assert rows["nllb-200-distilled-600m"]["commercial"] is False
    assert rows["opus-mt-en-hy"]["weak"] is True


def test_a_non_commercial_licence_is_said_when_installing(
    environment: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """On stderr, where it is seen."""
    from tests.engines.models.site import CTRANSLATE

    files = {
        "model.bin": CTRANSLATE,
        "shared_vocabulary.json": b'["eng_Latn", "hye_Armn"]',
        "sentencepiece.bpe.model": b"pieces",
    }
    environment.huggingface("entai2965/nllb-200-distilled-600M-ctranslate2", files)
    assert call("install", "nllb-200-distilled-600m") == 0
    assert "not for commercial use" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("install", "firefox-en-az-tiny"), 4),
        (("install", "nothing"), 2),
        (("install", "./nothing"), 4),
        (("install", "nothing.argosmodel"), 4),
        (("install", "en-fr"), 2),
        (("install", "firefox-en-az", "--quality", "worst"), 2),
        (("install", "en-az", "--family", "worst"), 2),
        (("install",), 2),
        (("list", "english"), 2),
        (("list", "en-fr"), 2),
        (("verify", "nothing"), 2),
        (("remove", "nothing"), 2),
    ],
)
def test_errors_are_one_line(
    environment: Site, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int
) -> None:
    """What, where, remedy; 2 for wrong use, 4 for a model that cannot be had."""
    assert call(*words) == code
    err = capsys.readouterr().err
    assert err.startswith("dragoman: ")
    assert err.count("\n") == 1


def test_verify_exits_with_4_where_a_file_has_changed(
    environment: Site, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says which."""
    environment.firefox("en-az", "tiny")
    call("install", "firefox-en-az-tiny")
    (settings.models / "firefox-en-az-tiny" / "vocab.enaz.spm").write_bytes(b"other")
    capsys.readouterr()
    assert call("verify") == 4
    assert capsys.readouterr().out == "firefox-en-az-tiny: vocab.enaz.spm has changed\n"
