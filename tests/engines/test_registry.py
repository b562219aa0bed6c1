"""Which engines serve a pair, in what order, and what is said where none does."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.engines.conftest import SettingsOf
from tests.engines.firefox.conftest import MODEL
from tests.engines.firefox.lettered import write_lettered
from tests.engines.packages import install_argos, install_family
from toolkit.engines.ct2 import Quality
from toolkit.engines.guarded import GuardedEngine
from toolkit.engines.models.manifest import Manifest, write_manifest
from toolkit.engines.pivot import PivotEngine
from toolkit.engines.protocol import Request
from toolkit.engines.registry import engines_for, named, parse_quality
from toolkit.errors import BadOption, DragomanError, ModelUnusable
from toolkit.languages import Language

AZ, EN, HY, RU = Language.AZ, Language.EN, Language.HY, Language.RU


def names(source: Language, target: Language, settings: object, name: str = "auto") -> list[str]:
    found = engines_for(source, target, settings, name=name)  # type: ignore[arg-type]
    return [part for engine in found for part in [engine.id.replace("#normal", "").split(",")[0]]]


def test_nothing_installed_is_no_error(tmp_path: Path, settings_of: SettingsOf) -> None:
    """Without models `auto` has no engine, and nothing is made on the disk."""
    assert engines_for(EN, RU, settings_of(tmp_path / "none")) == []
    assert list(tmp_path.iterdir()) == []


def test_the_best_published_comes_first(packages: dict[str, Path], tmp_path: Path, settings_of: SettingsOf) -> None:
    """en-az: NLLB before what nobody measured, that before the weak Argos package; servers count as unmeasured."""
    models = tmp_path / "models"
    for family in ("nllb-200", "m2m100"):
        install_family(models, family)
    install_argos(models, packages["en-az"])
    settings = settings_of(models, DRAGOMAN_LIBRETRANSLATE_URL="http://localhost:5000")
    assert names(EN, AZ, settings) == [
        "multilingual:nllb-200-made",
        "libretranslate:http://localhost:5000",
        "multilingual:m2m100-made",
        "argos:en-az@1.0",
    ]
    assert names(EN, AZ, settings, "memory") == []
    assert names(EN, AZ, settings, "multilingual") == ["multilingual:nllb-200-made"]


def test_two_engines_of_different_kinds_make_a_pair(
    packages: dict[str, Path], tmp_path: Path, settings_of: SettingsOf
) -> None:
    """az-ru: the best into English and the best out of it, before a pivot of a kind that is worse; never where one
    engine translates directly."""
    models = tmp_path / "models"
    settings = settings_of(models)

    def kinds() -> list[list[str]]:
        return [
            [half.id.partition(":")[0] for half in (engine.first, engine.second)]
            if isinstance(engine, PivotEngine)
            else [engine.id.partition(":")[0]]
            for guarded in engines_for(AZ, RU, settings)
            for engine in [guarded.engine if isinstance(guarded, GuardedEngine) else guarded]
        ]

    write_lettered(MODEL, models, AZ, EN)
    install_argos(models, packages["en-ru"])
    assert kinds() == [["firefox", "argos"]]
    install_argos(models, packages["az-en"])
    assert kinds() == [["firefox", "argos"], ["argos", "argos"]]
    install_family(models, "nllb-200")
    assert kinds() == [["multilingual"], ["argos", "argos"]]


@pytest.mark.parametrize("name", ["argos", "argos:en-ru", "argos:en-ru@1.0", "en-ru", "en-ru@1.0"])
def test_names_of_one_engine(name: str, argos_models: Path, settings_of: SettingsOf) -> None:
    """An engine is named by kind, by model, with or without its version."""
    assert named(name, EN, RU, settings_of(argos_models), Quality.FAST).id.startswith("argos:en-ru@1.0#fast")


def test_the_newest_package_serves(packages: dict[str, Path], tmp_path: Path, settings_of: SettingsOf) -> None:
    """Of two packages for a pair the one with the higher version: 1.10 is newer than 1.9."""
    for version in ("1.9", "1.10"):
        folder = install_argos(tmp_path / version, packages["en-ru"])
        described = json.loads((folder / "metadata.json").read_text())
        (folder / "metadata.json").write_text(json.dumps({**described, "package_version": version}))
        (tmp_path / "models").mkdir(exist_ok=True)
        folder.rename(tmp_path / "models" / version)
    assert names(EN, RU, settings_of(tmp_path / "models")) == ["argos:en-ru@1.10"]


def test_other_packages_are_left_alone(packages: dict[str, Path], tmp_path: Path, settings_of: SettingsOf) -> None:
    """A package of other languages, or one that cuts sentences, is none of ours."""
    for number, changed in enumerate(({"to_code": "de"}, {"type": "sbd"})):
        folder = install_argos(tmp_path / "models" / "new", packages["en-ru"])
        described = json.loads((folder / "metadata.json").read_text())
        (folder / "metadata.json").write_text(json.dumps({**described, **changed}))
        folder.rename(tmp_path / "models" / str(number))
    assert names(EN, RU, settings_of(tmp_path / "models")) == []


@pytest.mark.parametrize(
    ("name", "environment", "error", "said"),
    [
        ("gpt", {}, BadOption, "unknown engine 'gpt'"),
        ("argos", {}, ModelUnusable, "argos has no model from hy to ru"),
        ("libretranslate", {}, BadOption, "libretranslate is off"),
        ("llm", {}, BadOption, "llm is off"),
        ("llm", {"DRAGOMAN_LLM_URL": "http://localhost:1"}, BadOption, "DRAGOMAN_LLM_MODEL: names no model"),
        ("llm", {"DRAGOMAN_LLM_URL": "localhost"}, BadOption, "DRAGOMAN_LLM_MODEL: names no model"),
        ("libretranslate", {"DRAGOMAN_LIBRETRANSLATE_URL": "localhost:1"}, BadOption, "no http or https address"),
    ],
)
def test_what_is_not_there(
    name: str,
    environment: dict[str, str],
    error: type[DragomanError],
    said: str,
    tmp_path: Path,
    settings_of: SettingsOf,
) -> None:
    """A named engine that cannot serve is an error with a remedy."""
    with pytest.raises(error, match=said) as caught:
        named(name, HY, RU, settings_of(tmp_path, **environment), Quality.NORMAL)
    assert caught.value.remedy


def test_a_host_outside_needs_its_name_allowed(tmp_path: Path, settings_of: SettingsOf) -> None:
    """The list of hosts is read from the settings; an address outside is refused before anything is sent."""
    environment = {
        "DRAGOMAN_LIBRETRANSLATE_URL": "https://93.184.216.34",
        "DRAGOMAN_ALLOWED_HOSTS": "a.example, B.example",
    }
    engine = named("libretranslate", EN, RU, settings_of(tmp_path, **environment), Quality.NORMAL)
    with pytest.raises(ModelUnusable, match="DRAGOMAN_ALLOWED_HOSTS"):
        engine.translate([Request("text")], EN, RU)


def test_quality_is_one_of_three() -> None:
    """fast, normal and best are beams of 1, 2 and 4."""
    assert [parse_quality(text).beam for text in ("fast", " Normal ", "best")] == [1, 2, 4]
    with pytest.raises(BadOption, match="fast, normal, best"):
        parse_quality("quick")


def test_keys_are_not_shown(tmp_path: Path, settings_of: SettingsOf) -> None:
    """The key of a server stands in no repr of the settings or the engine."""
    settings = settings_of(
        tmp_path,
        DRAGOMAN_LIBRETRANSLATE_KEY="hidden-key",
        DRAGOMAN_LIBRETRANSLATE_URL="http://localhost:1",
        DRAGOMAN_LLM_KEY="hidden-key",
        DRAGOMAN_LLM_MODEL="m",
        DRAGOMAN_LLM_URL="http://localhost:2",
    )
    shown = repr(settings) + "".join(repr(engine) + engine.id for engine in engines_for(EN, RU, settings))
    assert "localhost:2" in shown
    assert "hidden-key" not in shown


def test_installed_firefox_models(tmp_path: Path, settings_of: SettingsOf) -> None:
    """A model that `models install` put there translates; it is loaded only for its own pair."""
    made = Path(__file__).parent.parent / "models" / "invented"
    folder = tmp_path / "models" / "firefox-made"
    folder.mkdir(parents=True)
    files = {}
    for part, name in (("model.", "model.made.bin"), ("vocab.", "vocab.made.spm")):
        content = next(path for path in made.iterdir() if path.name.startswith(part)).read_bytes()
        (folder / name).write_bytes(content)
        files[name] = hashlib.sha256(content).hexdigest()
    described = {"name": folder.name, "engine": "firefox", "from": "en", "to": "ru", "licence": "x", "origin": "x"}
    rest = {"installed": "2020-01-01", "files": files}
    write_manifest(folder, Manifest.model_validate(described | rest))
    settings = settings_of(tmp_path / "models")
    assert engines_for(RU, EN, settings) == []
    engine = named("firefox", EN, RU, settings, Quality.FAST)
    draft = engine.translate([Request("the man saw the city")], EN, RU)[0]
    assert engine.id.startswith("firefox:en-ru-")
    assert draft is not None
    assert draft.text
