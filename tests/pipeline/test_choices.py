"""What a person chose for one mention holds there, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.documents.formats import reader_of
from toolkit.documents.plain import read_plain
from toolkit.engines.protocol import ScriptedEngine
from toolkit.errors import BadOption, UnknownEntity
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.pipeline.check import check
from toolkit.pipeline.choices import Choice, check_usage, with_usages
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.translate import translate
from toolkit.text.spans import Span

CITY = "khankendi-stepanakert"
TEXT = "По дороге к Степанакерту тихо. В Степанакерте тихо. «Степанакерт рядом», — сказал водитель."


def _choice(text: str, surface: str, usage: str, entity: str = CITY, at: int = 0) -> Choice:
    start = text.index(surface, at)
    return Choice(entity, usage, Span(start, start + len(surface)))


def test_a_choice_changes_one_mention(glossary: Glossary, policies: Path) -> None:
    """The other mentions follow the policy; the rule and the signature tell of the choice."""
    policy = load_policy("follow-source", policies)
    choices = [_choice(TEXT, "Степанакерте", "azerbaijani")]
    result = restyle(read_plain(TEXT), Language.RU, policy, glossary, choices=choices)
    assert result.text == TEXT.replace("Степанакерте", "Ханкенди")
    assert [mention.rule for mention in result.mentions] == ["policy:source", "chosen:azerbaijani", "policy:source"]
    assert "choices@" in result.signature


def test_a_choice_comes_before_the_rule_for_quotations(glossary: Glossary, policies: Path) -> None:
    """`quotes: speaker` keeps what a speaker said, unless a person chose otherwise for this very place."""
    policy = load_policy("speaker", policies)
    choices = [_choice(TEXT, "Степанакерт", "azerbaijani", at=TEXT.index("«") + 1)]
    result = restyle(read_plain(TEXT), Language.RU, policy, glossary, choices=choices)
    assert "«Ханкенди рядом»" in result.text


def test_source_keeps_the_mention_under_any_policy(glossary: Glossary, policies: Path) -> None:
    """`source` is a choice too: as the text has it."""
    policy = load_policy("azerbaijani", policies)
    result = restyle(read_plain(TEXT), Language.RU, policy, glossary, choices=[_choice(TEXT, "Степанакерту", "source")])
    assert result.text.startswith("По дороге к Степанакерту тихо. В Ханкенди тихо.")


def test_places_are_those_of_the_file(glossary: Glossary, policies: Path) -> None:
    """In HTML the place is that in the file, as its Result tells it, and the tags stay."""
    page = "<p>По дороге к <b>Степанакерту</b> тихо.</p><p>В Степанакерте тихо.</p>"
    policy = load_policy("follow-source", policies)
    document = reader_of("html")(page)
    choices = [_choice(page, "Степанакерту", "azerbaijani")]
    result = restyle(document, Language.RU, policy, glossary, choices=choices)
    assert result.text == page.replace("Степанакерту", "Ханкенди")


def test_a_choice_goes_with_its_mention_into_the_translation(glossary: Glossary, policies: Path) -> None:
    """An engine's draft gets the chosen name in the place of the mention."""
    source, draft = "It is quiet in Stepanakert.", "В Степанакерте тихо."
    engine = ScriptedEngine({source: draft})
    result = translate(
        read_plain(source),
        Language.EN,
        Language.RU,
        load_policy("follow-source", policies),
        glossary,
        engines=[engine],
        choices=[_choice(source, "Stepanakert", "azerbaijani")],
    )
    assert result.text == "В Ханкенди тихо."
    assert result.segments[0].draft == draft


def test_source_in_a_translation_is_the_usage_of_its_source(glossary: Glossary, policies: Path) -> None:
    """A draft that took the other side's name is brought back to what the source says."""
    source = "It is quiet near Stepanakert."
    result = check(
        read_plain(source),
        read_plain("Около Ханкенди тихо."),
        Language.EN,
        Language.RU,
        load_policy("azerbaijani", policies),
        glossary,
        fix=True,
        choices=[_choice(source, "Stepanakert", "source")],
    )
    assert result.text == "Около Степанакерта тихо."


def test_a_choice_settles_which_entity_is_meant(glossary: Glossary, policies: Path) -> None:
    """An ambiguous mention is no longer flagged once a person has said what it is of."""
    document = read_plain("Trains no longer stop at Garakilsa.")
    policy = load_policy("armenian", policies)
    (mention,) = restyle(document, Language.EN, policy, glossary).mentions
    assert mention.flags == ("N001",)
    for entity, town in zip(mention.candidates, ("Sisian", "Vanadzor"), strict=True):
        choice = _choice(document.text, "Garakilsa", "armenian", entity)
        result = restyle(document, Language.EN, policy, glossary, choices=[choice])
        assert result.text == f"Trains no longer stop at {town}."
        assert result.findings == ()


@pytest.mark.parametrize(
    "choice", [Choice(CITY, "azerbaijani", Span(0, 2)), _choice(TEXT, "Степанакерту", "x", "shusha-shushi")]
)
def test_a_choice_that_meets_no_mention_is_an_error(glossary: Glossary, policies: Path, choice: Choice) -> None:
    """Nothing that was asked for is passed over in silence."""
    with pytest.raises(BadOption, match="no mention"):
        restyle(read_plain(TEXT), Language.RU, load_policy("follow-source", policies), glossary, choices=[choice])


def test_usages_over_a_policy(glossary: Glossary, policies: Path) -> None:
    """ "Everywhere" is the policy with another wish for the entity; its signature differs."""
    policy = load_policy("follow-source", policies)
    plain = restyle(read_plain(TEXT), Language.RU, policy, glossary)
    result = restyle(read_plain(TEXT), Language.RU, with_usages(policy, [(CITY, "azerbaijani")]), glossary)
    assert "Степанакерт" not in result.text
    assert plain.signature != result.signature


def test_a_usage_must_be_one_of_the_entity(glossary: Glossary) -> None:
    """An unknown entity or usage is said, with those that there are."""
    check_usage(glossary, CITY, "source")
    with pytest.raises(BadOption, match="armenian, azerbaijani"):
        check_usage(glossary, CITY, "georgian")
    with pytest.raises(UnknownEntity):
        check_usage(glossary, "nobody", "armenian")
