"""Uploaded pairs lie over the packs: they win, they inflect, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.documents.formats import reader_of
from toolkit.documents.plain import read_plain
from toolkit.engines.protocol import ScriptedEngine
from toolkit.errors import BadInput
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.layered import LayeredGlossary
from toolkit.glossary.policy import load_policy
from toolkit.glossary.uploaded import USAGE, uploaded_pack
from toolkit.languages import Language
from toolkit.memory.layered import LayeredMemory
from toolkit.memory.store import Memory
from toolkit.mentions.resolve import analyse
from toolkit.pipeline.result import Result
from toolkit.pipeline.translate import translate

SHELLING = "Shelling of {} continued all night."


def _over(glossary: Glossary, pairs: dict[str, str], target: Language) -> LayeredGlossary:
    pack = uploaded_pack(list(pairs.items()), Language.EN, target, glossary)
    return LayeredGlossary(glossary, pack, [Language.EN])


def _translated(
    text: str, pairs: dict[str, str], target: Language, glossary: Glossary, memory: Memory, policies: Path, policy: str
) -> Result:
    layered = _over(glossary, pairs, target)
    wanted = layered.over(load_policy(policy, policies), USAGE)
    document = reader_of("text")(text)
    return translate(document, Language.EN, target, wanted, layered, LayeredMemory(memory, layered))


@pytest.mark.parametrize(
    ("target", "term", "sentence"),
    [
        (Language.AZ, "Gorisabad", "Gorisabadın atəşə tutulması"),
        (Language.HY, "Գորիսավան", "Գորիսավանի"),
        (Language.RU, "Горусград", "Обстрел Горусграда продолжался всю ночь."),
    ],
)
@pytest.mark.parametrize("policy", ["azerbaijani", "follow-source"])
def test_a_term_inflects_in_a_stored_sentence(
    target: Language, term: str, sentence: str, policy: str, glossary: Glossary, memory: Memory, policies: Path
) -> None:
    """A term is a lemma: it takes the case that the sentence wants, under any policy of the server."""
    text = SHELLING.format("Goris")
    result = _translated(text, {"Goris": term}, target, glossary, memory, policies, policy)
    assert sentence in result.text
    assert not result.untranslated
    assert result.mentions[0].usage_out == USAGE
    assert "pack:uploaded@" in result.signature


def test_other_names_stay_as_they_are(glossary: Glossary, memory: Memory, policies: Path) -> None:
    """A pair for one town changes no other, and the glossary below knows nothing of it."""
    text = f"{SHELLING.format('Barda')}\n\nGoris"
    result = _translated(text, {"Goris": "Горусград"}, Language.RU, glossary, memory, policies, "follow-source")
    assert result.text == "Обстрел Барды продолжался всю ночь.\n\nГорусград"
    names = [name for name in glossary.table(Language.EN).names if USAGE in name.usages]
    assert names == []


def test_a_name_of_several_entities_means_the_uploaded_one(glossary: Glossary) -> None:
    """A homonym of the packs is certain once a client has said what it wants."""
    layered = _over(glossary, {"Gandzasar": "Гандзасар"}, Language.RU)
    (mention,) = analyse("They visited Gandzasar.", Language.EN, layered).mentions
    assert mention.usages == (USAGE,)
    assert mention.doubt is None


def test_a_term_that_no_pack_knows_is_an_entity_of_its_own(glossary: Glossary) -> None:
    """New words get an id that no pack has, and can be asked for like any other."""
    layered = _over(glossary, {"Gyumri Club": "Гюмрийский клуб"}, Language.RU)
    (mention,) = analyse("The Gyumri Club met.", Language.EN, layered).mentions
    assert mention.entity not in glossary.entities
    assert layered.entity(mention.entity).pack == USAGE
    assert layered.entry(mention.entity).names[0].usage == USAGE


def test_what_can_be_no_term_is_refused(glossary: Glossary) -> None:
    """One line with the number of the entry."""
    with pytest.raises(BadInput, match="entry 2 can be no term"):
        uploaded_pack([("a", "b"), ("c", "d" * 201)], Language.EN, Language.RU, glossary)


def test_an_engine_that_writes_another_name_is_put_right(glossary: Glossary, policies: Path) -> None:
    """The uploaded name of a mention comes before the pack's name that an engine knows; other mentions keep theirs."""
    layered = _over(glossary, {"Goris": "Герюсы"}, Language.RU)
    text = "They went from Goris to Gorus."
    engine = ScriptedEngine({text: "Они поехали из Гориса в Горус."})
    policy = layered.over(load_policy("follow-source", policies), USAGE)
    result = translate(read_plain(text), Language.EN, Language.RU, policy, layered, None, engines=[engine])
    renderings = {mention.surface: (mention.rendering, mention.usage_out) for mention in result.mentions}
    assert renderings["Goris"] == ("Герюсы", USAGE)
    assert renderings["Gorus"] == ("Горус", "azerbaijani")
