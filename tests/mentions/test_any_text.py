"""What holds for every text: offsets, silence where nothing is named, and nothing left to do after restyle."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.documents.plain import read_plain
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.mentions.resolve import analyse
from toolkit.pipeline.restyle import restyle

POLICIES = ("armenian", "azerbaijani", "dual", "follow-source", "international", "speaker")

NAMES = {
    Language.AZ: "Şuşa Laçında Xankəndiyə Füzulinin Ağdam Stepanakertdən İrəvana qarabağlılar Kəlbəcərlə ŞUŞANIN Bərdə",
    Language.EN: "Shusha Shushi's Lachin KHANKENDI Artsakhis Aghdam Stepanakert Irevan Goris Martuni Fuzuli Karabakh",
    Language.HY: "Շուշի Շուշայում Լաչինի Խանքենդին Ստեփանակերտն շուշեցի ԵՐԵՎԱՆԸ Ակնա Մարտունու Գորիսից Տեղում Վանք",
    Language.RU: "Шуши Шушу Лачине Ханкенди Степанакерта Агдам Акны шушинский арцахцев ЕРЕВАНОМ Физули Барда Тех",
}
FRAMES = {
    Language.AZ: ["{0} və {1} arasında yol açılıb.", "Dünən {0} sakit idi, {1} da.", "«{0}», – dedi o, – {1}."],
    Language.EN: ["An {0} teacher left {1}.", "{0} and {1} were quiet.", "“{0},” she said of {1}."],
    Language.HY: ["{0} և {1} միջև ճանապարհը փակ է։", "Երեկ {0} լուռ էր, {1}՝ նույնպես։", "«{0}»,— ասաց նա {1}։"],
    Language.RU: ["В {0} и {1} было тихо.", "{0} был взят, {1} опустел.", "«Об {0}», — сказал он из {1}."],
}
MARKS = "\r\n|\n\n| |, |. |։ |«|»|“|”|\"|'|’|-|–|#|@|(|)|🕊️|👨\u200d👩\u200d👧|\u00a0|\u00ad|\u200b|\ufeff|\ue000"
LETTERS = "İ|ı|և|եւ|e\u0301|S\u0327us\u0327a|ә|ё|՞|՛|ß|ﬁ|https://shusha.example.az/a|@lachin|x@shusha.example.am|`Шуша`"
PIECES = st.sampled_from([*MARKS.split("|"), *LETTERS.split("|")])
ANYTHING = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)


@st.composite
def texts(draw: st.DrawFn) -> tuple[Language, str]:
    """Names, marks and letters of every script in any order."""
    language = draw(st.sampled_from(list(Language)))
    names = st.sampled_from([name for names in NAMES.values() for name in names.split()])
    pieces = draw(st.lists(st.one_of(names, PIECES, st.text(max_size=3)), max_size=14))
    return language, "".join(pieces)


@st.composite
def sentences(draw: st.DrawFn) -> tuple[Language, str]:
    """A sentence with two names in some form, fitting or not."""
    language = draw(st.sampled_from(list(Language)))
    names = st.sampled_from(NAMES[language].split())
    return language, draw(st.sampled_from(FRAMES[language])).format(draw(names), draw(names))


@ANYTHING
@given(sample=texts())
def test_mentions_cut_their_surface_from_the_text(sample: tuple[Language, str], glossary: Glossary) -> None:
    """Offsets are code points of the text as given; mentions are in order, apart, and inside their sentence."""
    language, text = sample
    mentions = analyse(text, language, glossary).mentions
    for mention in mentions:
        assert mention.span.of(text) == mention.surface
        assert mention.sentence.contains(mention.span)
    assert all(first.span.end <= second.span.start for first, second in pairwise(mentions))


@ANYTHING
@given(sample=texts(), policy=st.sampled_from(POLICIES))
def test_what_is_not_a_name_comes_back_as_it_was(
    sample: tuple[Language, str], policy: str, glossary: Glossary, policies: Path
) -> None:
    """A text in which nothing is replaced comes back byte for byte; target offsets cut the rendering out."""
    language, text = sample
    result = restyle(read_plain(text), language, load_policy(policy, policies), glossary)
    if all(mention.rendering == mention.surface for mention in result.mentions):
        assert result.text == text
    for mention in result.mentions:
        assert text[mention.start : mention.end] == mention.surface
        assert mention.target_start is not None
        assert result.text[mention.target_start : mention.target_end] == mention.rendering


@pytest.mark.parametrize("policy", POLICIES)
@ANYTHING
@given(sample=sentences())
def test_restyle_leaves_nothing_to_do(
    policy: str, sample: tuple[Language, str], glossary: Glossary, policies: Path
) -> None:
    """What restyle made, it leaves alone."""
    language, text = sample
    style = load_policy(policy, policies)
    once = restyle(read_plain(text), language, style, glossary).text
    assert restyle(read_plain(once), language, style, glossary).text == once
