"""A style for Vale: the house's names in, the other usages' out, and none forbidden where no policy is named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from toolkit.glossary.exchange.concepts import Concept
from toolkit.glossary.exchange.formats import FORMATS
from toolkit.glossary.exchange.selection import Selection
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy


def test_the_vale_style_is_as_vale_documents_it(concepts: list[Concept], glossary: Glossary, policies: Path) -> None:
    """Every rule has the keys of its kind, the patterns are sound, and no accepted name is forbidden."""
    terms = tuple(term for pack in glossary.packs for term in pack.terms)
    selection = Selection(policy=load_policy("azerbaijani", policies), terms=terms)
    files = FORMATS["vale"].write(concepts, selection).files
    rules: dict[str, Any] = {
        Path(name).stem: yaml.safe_load(content) for name, content in files.items() if name.endswith(".yml")
    }
    for rule in rules.values():
        assert rule["level"] in {"suggestion", "warning"}
        assert "action" not in rule
        assert rule["message"].count("%s") == (2 if rule["extends"] == "substitution" else 1)
        for pattern in rule.get("swap", {}) or rule.get("tokens", []):
            re.compile(pattern)
    assert rules["Names"]["swap"]["Stepanakert"] == "Khankendi"
    assert "Khankendi" not in rules["Names"]["swap"]
    assert "Stepanakert" not in rules["Names"]["swap"].values()
    accepted = files["styles/config/vocabularies/Dragoman/accept.txt"].decode().splitlines()
    assert "Khankendi" in accepted
    assert not set(accepted) & {*rules["Names"]["swap"], *rules["Variants"]["swap"]}
    assert any(key.startswith("Armenian aggression") for key in rules["Contested"]["swap"])


def test_without_a_policy_the_vale_style_forbids_no_sides_name(concepts: list[Concept]) -> None:
    """Names of all usages are accepted; only spellings that nobody's name is are pointed out."""
    files = FORMATS["vale"].write(concepts, Selection()).files
    assert "styles/Dragoman/Names.yml" not in files
    accepted = files["styles/config/vocabularies/Dragoman/accept.txt"].decode().splitlines()
    assert {"Khankendi", "Stepanakert"} <= set(accepted)
