"""What we write is understood by readers that others wrote, and has the shape that each standard asks for."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.glossary.exchange.samples import PAIR, SAMPLE, written
from toolkit.glossary.exchange.concepts import Concept

CASES = Path(__file__).parents[2] / "cases" / "exchange"


def _store(reader: Any, content: bytes, *languages: str) -> Any:
    """A file as translate-toolkit reads it; the library has no types."""
    return reader.parsestring(content, *languages)


def test_csv_is_read_by_pythons_csv(sample: list[Concept]) -> None:
    """DeepL's CSV: two columns, no source text twice."""
    rows = list(csv.reader(io.StringIO(written("csv", sample, PAIR).decode()), strict=True))
    assert ["Shusha", "Шуша"] in rows
    assert {len(row) for row in rows} == {2}
    assert len({row[0] for row in rows}) == len(rows)


def test_weblate_csv_and_omegat_are_read_by_translate_toolkit(sample: list[Concept]) -> None:
    """The columns are where the readers of Weblate's library look for them."""
    from translate.storage.csvl10n import csvfile
    from translate.storage.omegat import OmegaTFileTab

    units = _store(csvfile, written("weblate", sample, PAIR)).units
    assert ("Shushi", "Шуши", "shusha-shushi; armenian; city") in [(u.source, u.target, u.getcontext()) for u in units]
    units = _store(OmegaTFileTab, written("omegat", sample, PAIR)).units
    assert ("Shushi", "Шуши") in [(str(unit.source), str(unit.target)) for unit in units]


def test_tbx_2_is_read_by_translate_toolkit(sample: list[Concept]) -> None:
    """Every concept is a unit with its languages and terms."""
    from translate.storage.tbx import tbxfile

    units = _store(tbxfile, written("tbx-2", sample, PAIR)).units
    assert len(units) == len(sample)
    shusha = next(unit for unit in units if unit.xmlelement.get("id") == "shusha-shushi")
    nodes = shusha.getlanguageNodes()
    assert {term.text for node in nodes for term in node.iter("term")} >= {"Shusha", "Shushi", "Шуша", "Шуши"}


def test_tmx_is_read_by_translate_toolkit(sample: list[Concept]) -> None:
    """Every unit has the source and the target text."""
    from translate.storage.tmx import tmxfile

    store = _store(tmxfile, written("tmx", sample, PAIR), "en", "ru")
    pairs = [(unit.source, unit.target) for unit in store.units]
    assert ("Shusha", "Шуша") in pairs
    assert ("Shushi", "Шуши") in pairs


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_skos_is_read_by_rdflib(concepts: list[Concept]) -> None:
    """A real reader of RDF finds every full name with its language, its usage on the label, and no prefLabel."""
    from rdflib import Graph, Literal, URIRef
    from rdflib.namespace import RDF, SKOS

    some = [concept for concept in concepts if concept.id in SAMPLE]
    graph = Graph().parse(data=written("skos", some).decode(), format="json-ld")
    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == len(some)
    shusha = URIRef("urn:dragoman:entity:shusha-shushi")
    assert {Literal("Shusha", lang="en"), Literal("Շուշի", lang="hy")} <= set(graph.objects(shusha, SKOS.altLabel))
    assert Literal("Susha", lang="en") in set(graph.objects(shusha, SKOS.hiddenLabel))
    assert not list(graph.objects(None, SKOS.prefLabel))
    xl = "http://www.w3.org/2008/05/skos-xl#"
    label = next(iter(graph.subjects(URIRef(f"{xl}literalForm"), Literal("Shushi", lang="en"))))
    body = written("skos", [concept for concept in concepts if concept.id == "armed-forces-armenia"]).decode()
    sorts = (
        Graph()
        .parse(data=body, format="json-ld")
        .objects(predicate=URIRef("http://purl.org/iso25964/skos-thes#broaderInstantial"))
    )
    assert [str(sort) for sort in sorts] == ["urn:dragoman:entity:armed-forces"]
    usages = graph.objects(label, URIRef("urn:dragoman:vocabulary:usage"))
    assert [str(usage) for usage in usages] == ["armenian"]


@pytest.mark.parametrize("name", ["tbx-3", "tbx-3-dct"])
def test_tbx_3_holds_to_the_grammar_of_tbx_basic(name: str, sample: list[Concept]) -> None:
    """Elements, levels, namespaces of modules, ids and values are those of the standard's dialect; a slip is seen."""
    from lxml import etree

    grammar = etree.RelaxNG(etree.parse(CASES / "tbx-basic-3.rng"))
    content = written(name, sample)
    assert grammar.validate(etree.fromstring(content)), grammar.error_log
    for right, wrong in (
        (b"admittedTerm-admn-sts", b"admitted"),
        (b"basic:externalCrossReference", b"min:externalCrossReference"),
        (b'type="externalCrossReference"', b'type="link"'),
        (b"<conceptEntry id", b"<conceptEntry name"),
    ):
        if right in content:
            assert not grammar.validate(etree.fromstring(content.replace(right, wrong))), wrong


def test_tbx_2_has_the_shape_of_its_version(sample: list[Concept]) -> None:
    """Levels are those of the standard, the term comes first; statuses are of its list."""
    from lxml import etree

    terms = etree.fromstring(written("tbx-2", sample)).findall("text/body/termEntry/langSet/tig")
    assert terms
    assert all(one[0].tag == "term" for one in terms)
    statuses = {one.text for found in terms for one in found if one.get("type") == "administrativeStatus"}
    assert statuses == {"admittedTerm-admn-sts", "deprecatedTerm-admn-sts"}
