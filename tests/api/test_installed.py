"""A client can ask what the server has before it asks for anything else."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from api.service import Service
from api.settings import read_api_settings
from tests.engines.packages import install_argos, write_argos_package
from toolkit.languages import Language


def test_languages(server: str) -> None:
    """The four, each into the three others."""
    found = httpx.get(f"{server}/v1/languages").json()
    assert [language["code"] for language in found] == list(Language)
    assert all(len(language["targets"]) == 3 for language in found)


def test_packs(server: str) -> None:
    """Who made them, under what licence, and how much they hold."""
    packs = httpx.get(f"{server}/v1/glossaries").json()
    assert [pack["id"] for pack in packs] == sorted(pack["id"] for pack in packs)
    for pack in packs:
        assert pack["licence"]
        assert pack["maintainers"]
        assert pack["entries"] == sum(pack["kinds"].values()) > pack["contested"]


def test_policies(server: str) -> None:
    """Every policy that a request can name, with one that is taken where it names none."""
    policies = httpx.get(f"{server}/v1/policies").json()
    assert {"armenian", "azerbaijani", "follow-source", "international"} <= {policy["id"] for policy in policies}
    assert [policy["id"] for policy in policies if policy["default"]] == ["follow-source"]
    body = {"texts": ["Goris"], "lang": "en"}
    for policy in policies:
        date = {"date": "2020-10-03"} if policy["by_date"] else {}
        assert httpx.post(f"{server}/v1/restyle", json=body | date | {"policy": policy["id"]}).status_code == 200


def test_models(server: str) -> None:
    """Each of the twelve directions says what can be had for it, and how good it is."""
    directions = httpx.get(f"{server}/v1/models").json()
    assert len(directions) == 12
    assert all(row["licence"] for one in directions for row in one["rows"])
    assert any(row["recommended"] for one in directions for row in one["rows"])


def test_a_model_installed_meanwhile_is_used(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server need not be started anew; what it knows of its models is seconds old at the most."""
    clock = [100.0]
    monkeypatch.setattr("api.service.monotonic", lambda: clock[0])
    models = tmp_path / "models"
    environment = {"HOME": str(tmp_path), "DRAGOMAN_CACHE": str(cache), "DRAGOMAN_MODELS": str(models)}
    service = Service(read_api_settings(environment))
    assert service.engines(Language.EN, Language.RU) == []
    models.mkdir()
    install_argos(models, write_argos_package(tmp_path / "en_ru.argosmodel", Language.EN, Language.RU))
    assert service.engines(Language.EN, Language.RU) == []
    clock[0] += 3
    assert [engine.id.partition("@")[0] for engine in service.engines(Language.EN, Language.RU)] == ["argos:en-ru"]
