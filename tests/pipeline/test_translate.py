"""translate: what the memory has is put right for the new text, what it has not is said to be untranslated."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import CASES
from toolkit.documents.formats import reader_of
from toolkit.engines.protocol import ScriptedEngine
from toolkit.errors import WrongUse
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.memory.store import Memory
from toolkit.pipeline.result import Action, Origin, Result
from toolkit.pipeline.translate import translate


def _cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return cases


DIRECTIONS = [
    pytest.param(case["texts"], source, target, id=f"{source}-{target}: {case['what']}")
    for case in _cases("translate-all-directions.yaml")
    for source, target in permutations(Language, 2)
]


class Desk:
    """A translator's desk: everything at hand but the text."""

    def __init__(self, glossary: Glossary, memory: Memory, policies: Path) -> None:
        self.glossary, self.memory, self.policies = glossary, memory, policies

    def __call__(
        self, text: str, source: str, target: str, policy: str = "follow-source", markup: str = "text", **more: Any
    ) -> Result:
        document = reader_of(markup)(text)
        chosen = load_policy(policy, self.policies)
        return translate(document, Language(source), Language(target), chosen, self.glossary, self.memory, **more)


@pytest.fixture
def desk(glossary: Glossary, memory: Memory, policies: Path) -> Desk:
    return Desk(glossary, memory, policies)


@pytest.mark.parametrize(("texts", "source", "target"), DIRECTIONS)
def test_a_stored_sentence_serves_other_names_numbers_and_days(
    desk: Desk, texts: dict[str, str], source: Language, target: Language
) -> None:
    """A stored sentence about one town serves for any town, in every direction, in the right form."""
    result = desk(texts[source], source, target)
    assert result.text.replace("\u00a0", " ") == texts[target]
    assert result.segments[0].origin in (Origin.MEMORY, Origin.MEMORY_FUZZY)
    assert (result.segments[0].origin is Origin.MEMORY) == (not result.findings)


@pytest.mark.parametrize("case", _cases("translate.yaml"), ids=lambda case: case["what"])
def test_cases(desk: Desk, case: dict[str, Any]) -> None:
    """Each row of the table comes out as it says."""
    result = desk(case["source"], case["from"], case["to"], case["policy"])
    assert result.text == case["target"]
    assert [segment.origin.value for segment in result.segments] == case["origins"]
    assert [finding.code for finding in result.findings] == case["codes"]
    assert [mention.action.value for mention in result.mentions] == case["actions"]


def test_a_near_match_says_which_words_differ(desk: Desk) -> None:
    """T002 names the score and the words of both sides."""
    result = desk("Residents of the village of Togh spent the whole day in cold basements.", "en", "ru")
    message = result.findings[0].message
    assert "“night”" in message
    assert "“day”" in message
    assert 0.85 <= result.segments[0].score < 1


ARTICLE = (
    "Shelling of Fuzuli continued all night\r\n\r\n"
    "On Wednesday 3 people returned to Barda.  Nobody stored this sentence.\r\n\r\n"
    "/TASS\r\n"
)


def test_everything_outside_the_sentences_comes_back(desk: Desk) -> None:
    """Line ends, blank lines, double spaces and the final newline stay as they were."""
    result = desk(ARTICLE, "en", "ru")
    assert result.text == (
        "Обстрел Физули продолжался всю ночь\r\n\r\n"
        "В среду в Барду вернулись 3 человека.  Nobody stored this sentence.\r\n\r\n"
        "/ТАСС\r\n"
    )
    assert [segment.origin.value for segment in result.segments] == ["memory", "memory", "untranslated", "restyled"]
    assert result.untranslated == 1


@pytest.mark.parametrize("target", [language for language in Language if language is not Language.EN])
@pytest.mark.parametrize("policy", ["armenian", "azerbaijani", "dual", "follow-source", "international"])
def test_offsets_hold_in_both_texts(desk: Desk, target: Language, policy: str) -> None:
    """Each mention's offsets cut its surface from the source and its rendering from the target."""
    result = desk(ARTICLE, "en", target, policy)
    assert len(result.mentions) == 3
    for mention in result.mentions:
        assert ARTICLE[mention.start : mention.end] == mention.surface
        assert mention.target_start is not None
        assert result.text[mention.target_start : mention.target_end] == mention.rendering
    for segment in result.segments:
        assert ARTICLE[segment.start : segment.end] == segment.source
        assert segment.target in result.text


def test_markdown_keeps_its_signs(desk: Desk) -> None:
    """Markup around a sentence stays; markup inside it follows its words, which the memory knows without it."""
    front, link = "---\nmemory: false\n---\n", "Shelling of [Goris](http://a.org) continued all night.\n"
    text = f"{front}# **Shelling of Goris continued all night**\n\n{link}"
    result = desk(text, "en", "ru", markup="markdown")
    translated = "Обстрел [Гориса](http://a.org) продолжался всю ночь.\n"
    assert result.text == f"{front}# **Обстрел Гориса продолжался всю ночь**\n\n{translated}"
    assert not result.findings


def test_markup_inside_a_stored_sentence_comes_with_it(desk: Desk) -> None:
    """A sentence of an article is stored with its markup too; another town goes into it as into any."""
    text = "The baker from Goris tells [his story](https://example.org/story) here.\n"
    result = desk(text, "en", "ru", markup="markdown")
    assert result.text == "Пекарь из Гориса рассказывает здесь [свою историю](https://example.org/story).\n"
    assert result.segments[0].origin is Origin.MEMORY


@pytest.mark.parametrize("text", ["", "\n", " \r\n\t\n", "…", "\ufeff"])
def test_nothing_to_translate_comes_back(desk: Desk, text: str) -> None:
    """A text without a word is the same afterwards."""
    assert desk(text, "en", "hy").text == text


def test_one_language_is_no_translation(desk: Desk) -> None:
    """From a language into itself is wrong use, and the error names the right verb."""
    with pytest.raises(WrongUse, match="restyle"):
        desk("Goris", "en", "en")


def test_engines_get_what_the_memory_lacks_in_one_batch(desk: Desk) -> None:
    """Drafts are marked machine and kept beside what came out; the memory is asked first, the next engine last."""
    drafts = {"Snow fell on Shusha.": "Снег выпал в Шуши.", "Nobody came to Barda.": "Никто не пришел."}
    engine = ScriptedEngine(drafts)
    text = "Shelling of Goris continued all night.\n\nSnow fell on Shusha.\n\nNobody came to Barda.\n\nRain."
    result = desk(text, "en", "ru", engines=[engine, ScriptedEngine({"Rain.": "Дождь."}, id="second")])
    assert [segment.origin.value for segment in result.segments] == ["memory", "machine", "machine", "machine"]
    asked = [request.text for request in engine.asked[:3]]
    assert asked == ["Snow fell on Shusha.", "Nobody came to Barda.", "Rain."]
    assert engine.asked[0].constraints[0].allowed == ("Шуша",)
    assert result.segments[1].draft == "Снег выпал в Шуши."
    assert result.text.endswith("Дождь.")
    assert "engine:scripted+second" in result.signature
    again = desk("Snow fell on Shusha.", "en", "ru", engines=[engine, ScriptedEngine({}, id="second")])
    assert again.signature.endswith("engine:scripted")  # the second was not needed


def test_names_of_a_draft_are_put_right_or_missed(desk: Desk) -> None:
    """A name in another usage than the source's is repaired; one that the draft lost is a finding."""
    drafts = {"Fire in Shusha.": "Пожар в городе Шуши.", "Nobody came to Barda.": "Никто не пришел."}
    result = desk("Fire in Shusha.\n\nNobody came to Barda.", "en", "ru", engines=[ScriptedEngine(drafts)])
    actions = {mention.surface: mention.action for mention in result.mentions}
    assert actions == {"Shusha": Action.REPAIRED, "Barda": Action.FLAGGED}
    assert [finding.code for finding in result.findings] == ["N009"]


def test_without_a_memory_all_is_untranslated(glossary: Glossary, policies: Path) -> None:
    """No memory, no engine: the text comes back and every segment says so."""
    document = reader_of("text")("Goris is quiet.")
    result = translate(document, Language.EN, Language.RU, load_policy("follow-source", policies), glossary)
    assert result.text == "Goris is quiet."
    assert [segment.origin for segment in result.segments] == [Origin.UNTRANSLATED]


def test_the_same_input_gives_the_same_output(desk: Desk) -> None:
    """Input and signature decide the output."""
    assert desk(ARTICLE, "en", "hy") == desk(ARTICLE, "en", "hy")


_PIECES = st.one_of(
    st.sampled_from(
        [
            "Shelling of Goris continued all night.",
            "Shelling of S\u0327us\u0327a continued all night.",
            "On Wednesday 3 people returned to Barda.",
            "Shusha\u200b",
            "TASS",
            "«İrəvan» և Շուշի",
            "\r\n\r\n",
            "🙂",
            "/@RSF_inter ",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)


@given(pieces=st.lists(_PIECES, max_size=6), target=st.sampled_from(["az", "hy", "ru"]))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_offsets_hold_for_any_text(desk: Desk, pieces: list[str], target: str) -> None:
    """Whatever the text: only segments change, all offsets cut what they say, and nothing fails."""
    text = "".join(pieces)
    result = desk(text, "en", target)
    rebuilt, position = "", 0
    for segment in result.segments:
        assert text[segment.start : segment.end] == segment.source
        rebuilt += text[position : segment.start] + segment.target
        position = segment.end
        if segment.origin is Origin.UNTRANSLATED:
            assert segment.target == segment.source
    assert rebuilt + text[position:] == result.text
    for mention in result.mentions:
        assert text[mention.start : mention.end] == mention.surface
        if mention.target_start is not None:
            assert result.text[mention.target_start : mention.target_end] == mention.rendering


def test_a_line_without_end_is_left_alone(desk: Desk) -> None:
    """What is longer than a sentence can be is read in pieces; what is not found of it comes back as it was."""
    text = "Baku heard of 12, " * 700
    result = desk(text, "en", "ru")
    assert result.text == text
    assert {segment.origin for segment in result.segments} == {Origin.UNTRANSLATED}
    assert max(len(segment.source) for segment in result.segments) <= 2000
