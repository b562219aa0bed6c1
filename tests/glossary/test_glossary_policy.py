"""Policies choose a usage by entity, then kind, then in general."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.errors import GlossaryBroken, NotFound, UnknownPolicy
from toolkit.glossary.model import Kind, Policy
from toolkit.glossary.policy import as_decided, list_policies, load_policy, named_policy, wanted_usage
from toolkit.languages import Language
from toolkit.text.scripts import SCRIPT_OF, dominant_script

FOLDER = Path(__file__).parent.parent.parent / "glossaries" / "policies"
KNOWN = [
    "armenian", "avoid", "azerbaijani", "by-date", "dual", "dual-always", "follow-source", "international",
    "official-bgn", "speaker",
]  # fmt: skip


def test_ten_policies_ship_and_explain_themselves() -> None:
    """Each has a description and names its pitfalls."""
    assert list_policies(FOLDER) == KNOWN
    for name in KNOWN:
        policy = load_policy(name, FOLDER)
        assert policy.id == name
        assert policy.description
        assert policy.pitfalls


def test_a_translation_of_its_words_changes_no_result() -> None:
    """Signatures, and what a batch has done, stay what they were."""
    policy = load_policy("dual", FOLDER)
    assert policy.translations
    assert as_decided(policy) == as_decided(policy.model_copy(update={"translations": {}}))
    assert as_decided(policy) != as_decided(policy.model_copy(update={"both_names": "always"}))


@pytest.mark.parametrize("name", KNOWN)
def test_policies_explain_themselves_in_every_language(name: str) -> None:
    """Title, description and pitfalls are there in the letters of each language; words of code stay as they are."""
    policy = load_policy(name, FOLDER)
    assert list(policy.translations) == [language for language in Language if language is not Language.EN]
    for language, words in policy.translations.items():
        for text in (words.title, words.description, words.pitfalls):
            assert dominant_script(text) is SCRIPT_OF[language], text


@pytest.mark.parametrize(
    ("name", "usage", "quotes", "both_names"),
    [
        ("armenian", "armenian", "house", "never"),
        ("avoid", None, "house", "never"),
        ("azerbaijani", "azerbaijani", "house", "never"),
        ("by-date", None, "house", "never"),
        ("dual", None, "house", "first"),
        ("dual-always", None, "house", "always"),
        ("follow-source", None, "house", "never"),
        ("international", "international", "house", "never"),
        ("official-bgn", None, "house", "never"),
        ("speaker", "international", "speaker", "never"),
    ],
)
def test_what_the_policies_want(name: str, usage: str | None, quotes: str, both_names: str) -> None:
    """The general choice of each policy."""
    policy = load_policy(name, FOLDER)
    assert (policy.usage, policy.quotes, policy.both_names) == (usage, quotes, both_names)
    assert wanted_usage(policy, "some-entity", Kind.TOWN) == usage


def test_both_sides_policies_have_the_same_reach() -> None:
    """Neither side's policy has exceptions that the other has not."""
    armenian, azerbaijani = (load_policy(name, FOLDER) for name in ("armenian", "azerbaijani"))
    assert (armenian.entities, armenian.kinds) == (azerbaijani.entities, azerbaijani.kinds) == ({}, {})


@pytest.mark.parametrize(
    ("entity", "usage"),
    [
        ("aghdam-akna", "azerbaijani"),
        ("berdzor-lachin", "azerbaijani"),
        ("kalbajar-karvachar", "azerbaijani"),
        ("khankendi-stepanakert", "armenian"),
        ("khojavend-martuni", "armenian"),
        ("shusha-shushi", "azerbaijani"),
    ],
)
def test_the_international_list_is_mixed(entity: str, usage: str) -> None:
    """The habit of the English-language press before September 2023, entity by entity."""
    assert wanted_usage(load_policy("international", FOLDER), entity, Kind.TOWN) == usage


def test_entity_wins_over_kind_over_usage() -> None:
    """The first rule that applies wins, and `source` keeps the mention's own usage."""
    policy = Policy.model_validate(
        {
            "id": "a",
            "title": "A",
            "usage": "international",
            "kinds": {"city": "armenian", "person": "source"},
            "entities": {"b": "azerbaijani", "c": "source"},
        }
    )
    assert wanted_usage(policy, "b", Kind.CITY) == "azerbaijani"
    assert wanted_usage(policy, "c", Kind.CITY) is None
    assert wanted_usage(policy, "d", Kind.CITY) == "armenian"
    assert wanted_usage(policy, "d", Kind.PERSON) is None
    assert wanted_usage(policy, "d", Kind.LAKE) == "international"


@pytest.mark.parametrize("name", ["nope", "", "..", "Armenian", "a b", "x" * 500, "\x00"])
def test_an_unknown_policy_lists_the_known_ones_alphabetically(name: str) -> None:
    """The error's remedy is the list."""
    with pytest.raises(UnknownPolicy) as caught:
        load_policy(name, FOLDER)
    assert ", ".join(KNOWN) in str(caught.value)


def test_a_policy_of_ones_own_is_named_by_its_path(tmp_path: Path) -> None:
    """Any YAML file can be a policy; any policy can keep the speaker's form in quotes."""
    path = tmp_path / "our-style.yaml"
    path.write_text("id: our-style\ntitle: Ours\nusage: armenian\nquotes: speaker\n", encoding="utf-8")
    assert load_policy(str(path), FOLDER).quotes == "speaker"
    with pytest.raises(NotFound):
        load_policy(str(tmp_path / "none.yaml"), FOLDER)
    with pytest.raises(NotFound):
        load_policy("x" * 5000 + ".yaml", FOLDER)
    with pytest.raises(UnknownPolicy):
        named_policy(str(path), FOLDER)
    path.write_text("id: our-style\ntitle: Ours\nquotes: never\n", encoding="utf-8")
    with pytest.raises(GlossaryBroken, match="quotes"):
        load_policy(str(path), FOLDER)
