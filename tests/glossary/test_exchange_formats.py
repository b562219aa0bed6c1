"""The glossary in other tools' formats: what goes out comes back, and those tools' own readers understand it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.errors import BadInput, BadOption, NotText
from toolkit.glossary.exchange.cells import safe_cell, starts_formula
from toolkit.glossary.exchange.concepts import GENDERS, Concept, Part, Period, Wording, concept_of, merged
from toolkit.glossary.exchange.edit import edited, new_fields, validated
from toolkit.glossary.exchange.formats import FORMATS, READABLE, format_of
from toolkit.glossary.exchange.pairs import one_target_each, pairs_of
from toolkit.glossary.exchange.selection import Selection
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Kind
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language

USAGES = ("armenian", "azerbaijani", "historical", "international")
ALL = Selection()
PAIR = Selection(source=Language.EN, target=Language.RU)
WHOLE = [name for name, one in FORMATS.items() if one.carried is not None]
PAIRED = ["csv", "omegat", "tmx", "tsv", "weblate"]
SAMPLE = ("gandzak-ganja", "khankendi-stepanakert", "shusha-shushi", "un")

_LETTERS = {
    Language.AZ: "abcçəğıİiŞşuü",
    Language.EN: "abcdeABCDE&<>\"',;",
    Language.HY: "աբգդեԱԲԳև",
    Language.RU: "абвгдёАБВЁ-",
}


def _text(alphabet: str) -> st.SearchStrategy[str]:
    return st.text(f"{alphabet} ", min_size=1, max_size=12).map(str.strip).filter(bool)


@st.composite
def _wording(draw: st.DrawFn) -> Wording:
    language = draw(st.sampled_from(Language))
    grammar = draw(
        st.dictionaries(st.sampled_from(["agreement", "declension"]), st.sampled_from(GENDERS))
        | st.fixed_dictionaries({"declension": st.just("indeclinable"), "plural": st.just("true")})
    )
    return Wording(
        language,
        draw(_text(_LETTERS[language])),
        tuple(sorted(draw(st.sets(st.sampled_from(USAGES), min_size=1)))),
        draw(st.sampled_from(Part)),
        tuple(sorted(grammar.items())),
    )


def _one_name_each(wordings: list[Wording]) -> list[Wording]:
    """As in an entry: one full name, acronym and short form in each language under each usage."""
    taken: set[tuple[Language, str, Part]] = set()
    kept = []
    for wording in wordings:
        places = {(wording.language, usage, wording.part) for usage in wording.usages}
        if wording.part.is_variant or not places & taken:
            taken |= places
            kept.append(wording)
    return kept


@st.composite
def _concept(draw: st.DrawFn) -> Concept:
    usage = draw(st.sampled_from(USAGES))
    pair = [Wording(language, draw(_text(_LETTERS[language])), (usage,)) for language in (Language.EN, Language.RU)]
    wordings = merged(_one_name_each([*pair, *draw(st.lists(_wording(), max_size=4))]))
    return Concept(
        id=draw(st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)),
        kind=draw(st.sampled_from(Kind)),
        wordings=wordings,
        contested=draw(st.booleans()),
        note=draw(_text(_LETTERS[Language.EN]) | st.just("")),
        role=draw(_text(_LETTERS[Language.RU]) | st.just("")),
        sources=tuple(draw(st.lists(_text(_LETTERS[Language.EN]), max_size=2))),
        wikidata=draw(st.from_regex(r"Q[1-9][0-9]{0,5}", fullmatch=True) | st.just("")),
        country=draw(st.sampled_from(["", "AM", "AZ", "GE"])),
        part_of=draw(st.sampled_from(["", "karabakh"])),
        position=draw(st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))),
        periods=draw(st.sampled_from([(), (Period("historical", "1923", "2023-09"),)])),
    )


def _written(name: str, concepts: Sequence[Concept], selection: Selection = ALL) -> bytes:
    return FORMATS[name].write(concepts, selection).files[""]


def _read(name: str, content: bytes, selection: Selection = ALL) -> list[Concept]:
    read = FORMATS[name].read
    assert read is not None
    return [proposal.concept for proposal in read(content, selection)]


@pytest.fixture(scope="session")
def concepts(glossary: Glossary) -> list[Concept]:
    return [concept_of(entry) for pack in glossary.packs for entry in pack.entries]


@pytest.fixture(scope="session")
def sample(concepts: list[Concept]) -> list[Concept]:
    found = [concept for concept in concepts if concept.id in SAMPLE]
    assert len(found) == len(SAMPLE)
    return found


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=20)
@given(concepts=st.lists(_concept(), max_size=3, unique_by=lambda one: one.id))
def test_a_concept_comes_back_as_far_as_the_format_carries_it(name: str, concepts: list[Concept]) -> None:
    """Any names, signs of markup among them, come back equal to what the format says that it carries."""
    carried = FORMATS[name].carried
    assert carried is not None
    assert _read(name, _written(name, concepts)) == [carried(concept) for concept in concepts]


@pytest.mark.parametrize("name", WHOLE)
def test_the_projects_glossary_comes_back(name: str, concepts: list[Concept]) -> None:
    """All that the project's packs say and the format carries is there after a round trip (of every fifth entry)."""
    carried = FORMATS[name].carried
    assert carried is not None
    some = concepts[::5]
    assert _read(name, _written(name, some)) == [carried(concept) for concept in some]


@pytest.mark.parametrize("name", PAIRED)
@settings(max_examples=20)
@given(concepts=st.lists(_concept(), max_size=3, unique_by=lambda one: one.id))
def test_pairs_come_back(name: str, concepts: list[Concept]) -> None:
    """Each pair that is written is read again, as the cells have it, in the languages that were asked for."""
    content = _written(name, concepts, PAIR)
    found = {tuple(wording.text for wording in concept.wordings) for concept in _read(name, content, PAIR)}
    pairs, _ = pairs_of(concepts, PAIR)
    if name in ("csv", "tsv"):
        pairs, _ = one_target_each(pairs)
    expected = {(pair.source, pair.target) for pair in pairs}
    cells = {(safe_cell(source), safe_cell(target)) for source, target in found}
    assert {pair for pair in cells if all(pair)} == expected
    assert name == "tmx" or found == expected


@pytest.mark.parametrize("name", ["omegat", "tmx", "weblate"])
def test_pairs_keep_entity_usages_and_kind(name: str, sample: list[Concept]) -> None:
    """Where the format has a place for a remark, a pair still says whose it is."""
    shusha = [concept for concept in _read(name, _written(name, sample, PAIR), PAIR) if concept.id == "shusha-shushi"]
    assert {(concept.kind, concept.usages, concept.wordings[0].text) for concept in shusha} == {
        (Kind.CITY, ("armenian",), "Shushi"),
        (Kind.CITY, ("azerbaijani", "international"), "Shusha"),
    }


def test_an_entry_is_made_again_from_its_concept(glossary: Glossary) -> None:
    """Laying an entry out flat and putting it together again loses neither a name nor a fact; `like` is found anew."""
    for pack in glossary.packs:
        for entry in pack.entries[::3]:
            concept = replace(concept_of(entry), needs_cue=False)
            again = validated(new_fields(concept) | {"id": entry.id})
            assert replace(concept_of(again), needs_cue=False) == concept


@pytest.mark.parametrize("name", READABLE)
def test_what_a_format_loses_is_said(name: str) -> None:
    """Each format tells people what it cannot hold."""
    assert all(FORMATS[name].loses)


# Readers that others wrote.


def _store(reader: Any, content: bytes, *languages: str) -> Any:
    """A file as translate-toolkit reads it; the library has no types."""
    return reader.parsestring(content, *languages)


def test_csv_is_read_by_pythons_csv(sample: list[Concept]) -> None:
    """DeepL's CSV: two columns, no source text twice."""
    rows = list(csv.reader(io.StringIO(_written("csv", sample, PAIR).decode()), strict=True))
    assert ["Shusha", "Шуша"] in rows
    assert {len(row) for row in rows} == {2}
    assert len({row[0] for row in rows}) == len(rows)


def test_weblate_csv_and_omegat_are_read_by_translate_toolkit(sample: list[Concept]) -> None:
    """The columns are where the readers of Weblate's library look for them."""
    from translate.storage.csvl10n import csvfile
    from translate.storage.omegat import OmegaTFileTab

    units = _store(csvfile, _written("weblate", sample, PAIR)).units
    assert ("Shushi", "Шуши", "shusha-shushi; armenian; city") in [(u.source, u.target, u.getcontext()) for u in units]
    units = _store(OmegaTFileTab, _written("omegat", sample, PAIR)).units
    assert ("Shushi", "Шуши") in [(str(unit.source), str(unit.target)) for unit in units]


def test_tbx_2_is_read_by_translate_toolkit(sample: list[Concept]) -> None:
    """Every concept is a unit with its languages and terms."""
    from translate.storage.tbx import tbxfile

    units = _store(tbxfile, _written("tbx-2", sample, PAIR)).units
    assert len(units) == len(sample)
    shusha = next(unit for unit in units if unit.xmlelement.get("id") == "shusha-shushi")
    nodes = shusha.getlanguageNodes()
    assert {term.text for node in nodes for term in node.iter("term")} >= {"Shusha", "Shushi", "Шуша", "Шуши"}


def test_tmx_is_read_by_translate_toolkit(sample: list[Concept]) -> None:
    """Every unit has the source and the target text."""
    from translate.storage.tmx import tmxfile

    store = _store(tmxfile, _written("tmx", sample, PAIR), "en", "ru")
    pairs = [(unit.source, unit.target) for unit in store.units]
    assert ("Shusha", "Шуша") in pairs
    assert ("Shushi", "Шуши") in pairs


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_skos_is_read_by_rdflib(concepts: list[Concept]) -> None:
    """A real reader of RDF finds every full name with its language, its usage on the label, and no prefLabel."""
    from rdflib import Graph, Literal, URIRef
    from rdflib.namespace import RDF, SKOS

    some = [concept for concept in concepts if concept.id in SAMPLE]
    graph = Graph().parse(data=_written("skos", some).decode(), format="json-ld")
    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == len(some)
    shusha = URIRef("urn:dragoman:entity:shusha-shushi")
    assert {Literal("Shusha", lang="en"), Literal("Շուշի", lang="hy")} <= set(graph.objects(shusha, SKOS.altLabel))
    assert Literal("Susha", lang="en") in set(graph.objects(shusha, SKOS.hiddenLabel))
    assert not list(graph.objects(None, SKOS.prefLabel))
    xl = "http://www.w3.org/2008/05/skos-xl#"
    label = next(iter(graph.subjects(URIRef(f"{xl}literalForm"), Literal("Shushi", lang="en"))))
    usages = graph.objects(label, URIRef("urn:dragoman:vocabulary:usage"))
    assert [str(usage) for usage in usages] == ["armenian"]


@pytest.mark.parametrize("name", ["tbx-2", "tbx-3", "tbx-3-dct"])
def test_tbx_has_the_shape_of_its_version(name: str, sample: list[Concept]) -> None:
    """Root, namespaces and levels are those of the standard; ids are XML ids; statuses are of its list."""
    from lxml import etree

    root = etree.fromstring(_written(name, sample))
    space = "" if name == "tbx-2" else "{urn:iso:std:iso:30042:ed-2}"
    entry, language, term = (
        ("termEntry", "langSet", "tig") if name == "tbx-2" else ("conceptEntry", "langSec", "termSec")
    )
    path = f"{space}text/{space}body/{space}{entry}/{space}{language}/{space}{term}"
    terms = root.findall(path)
    assert terms
    assert all(one[0].tag == f"{space}term" for one in terms)
    minimum = "{http://www.tbxinfo.net/ns/min}"
    statuses = {
        one.text
        for found in terms
        for one in found
        if one.get("type") == "administrativeStatus" or one.tag == f"{minimum}administrativeStatus"
    }
    assert statuses == {"admittedTerm-admn-sts", "deprecatedTerm-admn-sts"}


def test_a_policy_decides_which_term_is_preferred(sample: list[Concept], policies: Path) -> None:
    """Under a policy its names are preferred and the other side's deprecated; under none nobody's is preferred."""
    both = {}
    for policy in ("armenian", "azerbaijani"):
        selection = Selection(source=Language.EN, target=Language.RU, policy=load_policy(policy, policies))
        root = yaml.safe_load(_written("csv", sample, selection).decode().replace(",", ": "))
        both[policy] = root["Shusha"], root["Shushi"]
        content = _written("tbx-3", sample, selection).decode()
        assert "preferredTerm-admn-sts" in content
    assert both == {"armenian": ("Шуши", "Шуши"), "azerbaijani": ("Шуша", "Шуша")}
    assert "preferred" not in _written("tbx-3", sample).decode()


def test_a_source_text_with_several_targets_is_left_out(concepts: list[Concept]) -> None:
    """DeepL would take one of them in silence; here it is said."""
    written = FORMATS["csv"].write(concepts, PAIR)
    rows = list(csv.reader(io.StringIO(written.files[""].decode())))
    left = [one.text for one in written.left_out]
    assert "Nakhchivan" in left
    assert "Nakhchivan" not in {row[0] for row in rows}


@given(text=st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    """Whatever a name holds, its cell starts no formula and has neither a line break nor a sign that is not seen."""
    cell = safe_cell(text)
    assert not starts_formula(cell)
    assert cell == cell.strip()
    assert not set(cell) & set("\t\r\n\u202e\u200b")


def test_pairs_ask_for_two_languages(sample: list[Concept]) -> None:
    """A format of pairs without two languages says what is missing."""
    with pytest.raises(BadOption, match="--from en --to ru"):
        FORMATS["csv"].write(sample, Selection(source=Language.EN))


def test_a_usage_parts_from_the_one_it_is_like_where_only_one_changes(sample: list[Concept]) -> None:
    """A new Armenian text for the Azerbaijani usage alone leaves the international one as it was."""
    shusha = next(concept for concept in sample if concept.id == "shusha-shushi")
    entry = validated(new_fields(shusha) | {"id": shusha.id})
    assert [name.usage for name in entry.names if name.like == "azerbaijani"] == ["international"]
    changed = Wording(Language.HY, "Շուշան", ("azerbaijani",))
    after, changes = edited(entry, Concept(id=shusha.id, wordings=(changed,)))
    assert changes == ("azerbaijani hy: Շուշա → Շուշան",)
    texts = {wording.usages: wording.text for wording in concept_of(after).texts(Language.HY, Part.FULL)}
    assert texts == {("armenian",): "Շուշի", ("azerbaijani",): "Շուշան", ("international",): "Շուշա"}


# Vale.


def test_the_vale_style_is_as_vale_documents_it(concepts: list[Concept], glossary: Glossary, policies: Path) -> None:
    """Every rule has the keys of its kind, the patterns are sound, and no accepted name is forbidden."""
    import re

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


# Files of others, and hostile ones.

BROKEN: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "exchange" / "broken.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_a_file_that_is_none_is_refused_in_one_line(case: str) -> None:
    """What, where and the remedy; nothing is resolved, fetched or guessed."""
    one = BROKEN[case]
    with pytest.raises((BadInput, BadOption), match=one["says"]) as caught:
        _read(one["format"], one["content"].encode(), PAIR)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_are_refused() -> None:
    """The line is named."""
    with pytest.raises(NotText, match="line 2"):
        _read("csv", b"a,b\n\xff\xfe,c\n", PAIR)


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["@id", "@value", "@language", "skos:altLabel", "skosxl:altLabel", "skosxl:literalForm", "geo:lat"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(node=st.dictionaries(st.sampled_from(["@id", "skos:altLabel", "skosxl:altLabel", "dragoman:period"]), _JSON))
def test_any_json_is_read_or_passed_by(node: dict[str, object]) -> None:
    """A graph whose values are of any type gives proposals or none, and never an exception."""
    content = json.dumps({"@graph": [node | {"@type": "skos:Concept"}]}).encode()
    assert len(_read("skos", content)) == 1


@pytest.mark.parametrize("name", READABLE)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(name: str, data: st.DataObject, sample: list[Concept]) -> None:
    """Bytes cut out of a file, or put into it, give proposals or an error of ours."""
    content = _written(name, sample, PAIR)
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 40)))
    damaged = (
        content[:start]
        + data.draw(st.binary(max_size=4) | st.sampled_from([b"<", b"&#0;", b'"', b"\t"]))
        + content[end:]
    )
    try:
        _read(name, damaged, PAIR)
    except BadInput:
        return


OTHERS: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "exchange" / "others.yaml").read_text("utf-8")
)


@pytest.mark.parametrize("case", OTHERS, ids=str)
def test_files_of_other_programs_are_read(case: str) -> None:
    """Files as other programs write them: the format is known by its name and beginning, and the terms are found."""
    one = OTHERS[case]
    content = one["content"].encode(one.get("encoding", "utf-8"))
    assert format_of(one["file"], content).name == one["format"]
    found = [
        [f"{wording.language} {wording.text} {wording.part}" for wording in concept.wordings]
        for concept in _read(one["format"], content, PAIR)
    ]
    assert found == one["terms"]
