"""Build the site: all pages of a glossary into a folder, the same bytes for the same content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.search import search_of
from toolkit.glossary.usages import SIDES
from toolkit.languages import Language
from toolkit.site.coverage import coverage_of
from toolkit.site.entity import entity_page
from toolkit.site.folder import File, Written, write_folder
from toolkit.site.forms import FormLists
from toolkit.site.index import index_script
from toolkit.site.map import maps_of
from toolkit.site.prose import prose
from toolkit.site.samples import DATES, policies_in, samples_of
from toolkit.site.titles import Directory, Link, alphabetical
from toolkit.templates import templates_of

if TYPE_CHECKING:
    from jinja2 import Environment

_STATIC = ("site.css", "site.js")
LANGUAGES = {
    language.value: language.english_name for language in sorted(Language, key=lambda language: language.english_name)
}
"""Code → English name, in alphabetical order of the names: Armenian, Azerbaijani, English, Russian."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a site is made of."""

    glossary: Glossary
    policies: Path
    """Folder of policies."""
    articles: Sequence[Path] = ()
    """Sample texts, `<name>.<language>.md`."""


def build_site(contents: Contents, out: Path) -> Written:
    """Write the site of a glossary into the folder `out`.

    Raises BadOption where `out` holds something else than a site or cannot be written, GlossaryBroken for a broken
    pack or policy.
    """
    return write_folder(out, site_files(contents))


def site_files(contents: Contents) -> Iterator[File]:
    """All files of the site, by path."""
    directory = Directory(contents.glossary.packs)
    environment = _environment(contents.glossary)
    for name in _STATIC:
        yield File(name, (resources.files("toolkit.site") / "static" / name).read_text(encoding="utf-8"))
    yield File("index.js", index_script(directory, search_of(contents.glossary).names))
    yield from _lists(environment, directory)
    yield from _policy_pages(environment, contents)
    packs = sorted(contents.glossary.packs, key=lambda pack: pack.pack.id)
    terms = sorted(
        (term for pack in packs for term in pack.terms), key=lambda term: (alphabetical(term.topic), term.id)
    )
    yield _page(environment, "map", maps=maps_of(packs, directory))
    yield _page(environment, "terms", terms=terms)
    yield _page(environment, "coverage", packs=[coverage_of(pack) for pack in packs])
    yield from _entities(environment, directory, contents.glossary)


def _environment(glossary: Glossary) -> Environment:
    """Templates, each compiled once; every text in them is escaped."""
    environment = templates_of("toolkit.site")
    environment.filters["usage_class"] = usage_class
    environment.filters["prose"] = prose
    environment.globals.update(languages=LANGUAGES, signature=f"dragoman:{__version__}|{glossary.signature}")
    return environment


def usage_class(usage: str) -> str:
    """The colour of a name in the samples: by side where one alone of the two writes it so."""
    sides = set(SIDES) & set(usage.split("+"))
    return f"usage-{sides.pop()}" if len(sides) == 1 else "usage-other"


def _page(environment: Environment, name: str, template: str = "", here: str = "", **values: object) -> File:
    text = environment.get_template(f"{template or name}.html.j2").render(
        root="../" * name.count("/"), here=here or name, **values
    )
    return File(f"{name}.html", text)


def _lists(environment: Environment, directory: Directory) -> Iterator[File]:
    """The first page, the list of all names, and one a kind."""
    links = directory.links
    kinds = dict(sorted(Counter(link.kind for link in links).items()))
    contested = [link for link in links if link.contested]
    yield _page(environment, "index", total=len(links), contested=contested, kinds=kinds)
    yield _page(environment, "names", heading="All names", letters=_by_letter(links), total=len(links), with_kind=True)
    for kind, count in kinds.items():
        letters = _by_letter(link for link in links if link.kind == kind)
        heading = f"Kind: {kind}"
        yield _page(
            environment,
            f"kind/{kind}",
            "names",
            "names",
            heading=heading,
            letters=letters,
            total=count,
            with_kind=False,
        )


def _by_letter(links: Iterable[Link]) -> dict[str, list[Link]]:
    """Links by initial, figures and signs first, each group in the order given."""
    ordered = sorted(links, key=lambda link: link.initial)
    return {letter: list(group) for letter, group in groupby(ordered, lambda link: link.initial)}


def _policy_pages(environment: Environment, contents: Contents) -> Iterator[File]:
    policies = policies_in(contents.policies)
    yield _page(environment, "policies", policies=policies)
    for language in Language:
        articles = sorted(path for path in contents.articles if path.suffixes[-2:-1] == [f".{language.value}"])
        samples = samples_of(articles, language, policies, contents.glossary)
        yield _page(
            environment, f"policies-{language.value}", "samples", "policies", lang=language.value, samples=samples,
            dates=DATES,
        )  # fmt: skip


def _entities(environment: Environment, directory: Directory, glossary: Glossary) -> Iterator[File]:
    template = environment.get_template("entity.html.j2")
    forms = FormLists(glossary)
    for pack in glossary.packs:
        for entry in pack.entries:
            page = entity_page(entry, pack.pack.id, directory, forms)
            yield File(f"entity/{entry.id}.html", template.render(root="../", here="", page=page))
