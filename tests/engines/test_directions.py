"""All twelve directions run on real models, through every kind of engine that runs models itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.conftest import SettingsOf
from tests.engines.firefox.conftest import MODEL
from tests.engines.firefox.lettered import lettered, write_lettered
from tests.engines.packages import FAMILIES, PAIRS, sentences, written
from tests.models.invented_language import HELD_OUT_SEED
from tests.models.invented_language import sentences as invented
from toolkit.engines.ct2 import Quality
from toolkit.engines.protocol import Ability, Engine, Request
from toolkit.engines.registry import engines_for, named
from toolkit.languages import Language

DIRECTIONS = pytest.mark.parametrize(("source", "target"), PAIRS)


def translated(engine: Engine, source: Language, target: Language) -> list[str]:
    drafts = engine.translate([Request(written(keys, source)) for keys in sentences()], source, target)
    return [draft.text if draft else "" for draft in drafts]


def expected(target: Language) -> list[str]:
    return [written(keys, target) for keys in sentences()]


@DIRECTIONS
@pytest.mark.parametrize("quality", list(Quality))
def test_argos(
    source: Language, target: Language, quality: Quality, argos_models: Path, settings_of: SettingsOf
) -> None:
    """An unpacked .argosmodel translates as its dictionary says, a plain _ of the text kept."""
    engine = named("argos", source, target, settings_of(argos_models), quality)
    assert translated(engine, source, target) == expected(target)


@DIRECTIONS
@pytest.mark.parametrize("family", list(FAMILIES))
def test_multilingual(
    family: str, source: Language, target: Language, family_models: Path, settings_of: SettingsOf
) -> None:
    """One model serves all pairs, told the languages as its family is; no language token stands in a draft."""
    engine = named(f"multilingual:{family}-made", source, target, settings_of(family_models), Quality.NORMAL)
    assert translated(engine, source, target) == expected(target)


@DIRECTIONS
def test_pivot(source: Language, target: Language, english_models: Path, settings_of: SettingsOf) -> None:
    """Pairs without English go through English where there is no direct package."""
    found = engines_for(source, target, settings_of(english_models))
    assert translated(found[0], source, target) == expected(target)
    assert ("+" in found[0].id) == (Language.EN not in (source, target))
    assert Ability.ALIGNMENT in found[0].abilities


@DIRECTIONS
def test_packages_of_argos_translate_itself_are_found(
    source: Language, target: Language, argos_models: Path, tmp_path: Path, settings_of: SettingsOf
) -> None:
    """What Argos Translate installed in its own folder serves without being installed again."""
    settings = settings_of(tmp_path / "none", ARGOS_PACKAGES_DIR=str(argos_models))
    assert [engine.id.partition("#")[0] for engine in engines_for(source, target, settings)] == [
        f"argos:{source}-{target}@1.0"
    ]


@pytest.fixture(scope="module")
def firefox_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models with a Firefox model for each direction."""
    root = tmp_path_factory.mktemp("firefox")
    for source, target in PAIRS:
        write_lettered(MODEL, root, source, target)
    return root


@DIRECTIONS
def test_firefox(source: Language, target: Language, firefox_models: Path, settings_of: SettingsOf) -> None:
    """A Marian file with a vocabulary for each language translates between any two alphabets."""
    pairs = invented(12, HELD_OUT_SEED)
    engine = named("firefox", source, target, settings_of(firefox_models), Quality.FAST)
    drafts = engine.translate([Request(lettered(pair.source, source)) for pair in pairs], source, target)
    right = [
        draft is not None and draft.text == lettered(pair.target, target)
        for draft, pair in zip(drafts, pairs, strict=True)
    ]
    assert sum(right) >= 0.8 * len(pairs)


@DIRECTIONS
def test_firefox_through_english(
    source: Language, target: Language, firefox_models: Path, tmp_path: Path, settings_of: SettingsOf
) -> None:
    """With models into and out of English alone, the second is given what the first wrote."""
    english = Language.EN
    for model in firefox_models.iterdir():
        if "-en-" in model.name:
            (tmp_path / "models").mkdir(exist_ok=True)
            (tmp_path / "models" / model.name).symlink_to(model)
    settings = settings_of(tmp_path / "models")
    requests = [Request(lettered(pair.source, source)) for pair in invented(3, HELD_OUT_SEED)]
    engine = engines_for(source, target, settings, Quality.FAST)[0]
    found = [draft and draft.text for draft in engine.translate(requests, source, target)]
    steps = [(source, target)] if english in (source, target) else [(source, english), (english, target)]
    for one, other in steps:
        drafts = named("firefox", one, other, settings, Quality.FAST).translate(requests, one, other)
        requests = [Request(draft.text) for draft in drafts if draft is not None]
    assert found == [request.text for request in requests]
    assert ("+" in engine.id) == (len(steps) == 2)
