"""The site is whole, right, safe and the same each time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.site.conftest import HOSTILE
from toolkit.cli.main import _run
from toolkit.documents.markdown import read_markdown
from toolkit.errors import BadInput
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import named_policy
from toolkit.glossary.settle import settle
from toolkit.languages import Language
from toolkit.morphology.base import Case, Features
from toolkit.pipeline.restyle import restyle
from toolkit.site.build import Contents, usage_class
from toolkit.site.folder import File, write_folder
from toolkit.site.forms import FormLists
from toolkit.site.map import maps_of
from toolkit.site.prose import prose
from toolkit.site.samples import policies_in, samples_of
from toolkit.site.titles import Directory, alphabetical

_HREF = re.compile(r'(?:href|src)="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r' id="([^"]*)"')


def test_every_link_leads_somewhere(site: Path) -> None:
    """No page links to a page, file or place in a page that is not there, and no id stands twice in a page."""
    ids: dict[Path, list[str]] = {}
    links: set[tuple[Path, str]] = set()
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        ids[path] = _ID.findall(text)
        links |= {(path, unescape(link)) for link in _HREF.findall(text) if not link.startswith("https://")}
    lost = []
    for path, link in links:
        target, _, anchor = link.partition("#")
        file = Path(os.path.normpath(path.parent / target)) if target else path
        known = file in ids or (file.suffix in {".css", ".js"} and file.is_file())
        if not known or (anchor and anchor not in ids[file]):
            lost.append((path.name, link))
    assert lost == []
    assert [path.name for path, found in ids.items() if len(set(found)) < len(found)] == []


def test_every_entity_has_a_page_with_all_its_names(site: Path, glossary: Glossary) -> None:
    """A page an entity, with every text of its entry: names, acronyms, short forms, variants, look-alikes, note."""
    missing = []
    for pack in glossary.packs:
        for entry in pack.entries:
            page = unescape(_TAG.sub("", (site / "entity" / f"{entry.id}.html").read_text(encoding="utf-8")))
            texts = [text for name in entry.names for language in Language if (text := name.in_language(language))]
            words = [text.text for text in texts] + [other.text for text in texts for other in text.variants]
            words += [short.text for text in texts for short in (text.acronym, text.short) if short]
            words += [near.text for near in entry.near] + [entry.note, entry.role]
            words += [word for heads in entry.heads.values() for word in heads]
            missing += [(entry.id, word) for word in words if word not in page]
    assert missing == []


def test_a_body_and_its_sort_lead_to_each_other(site: Path) -> None:
    """The page of a ministry links to what it is one of, and that page to all of its sort."""
    for page, other in (("armed-forces-armenia", "armed-forces"), ("armed-forces", "armed-forces-armenia")):
        text = (site / "entity" / f"{page}.html").read_text(encoding="utf-8")
        related = text[text.index('id="related"') :]
        assert f'href="../entity/{other}.html"' in related or f'href="{other}.html"' in related


def test_no_side_comes_first(glossary: Glossary) -> None:
    """Titles join all English names in alphabetical order, and all lists are in the order of titles."""
    directory = Directory(glossary.packs)
    titles = [link.title for link in directory.links]
    assert titles == sorted(titles, key=alphabetical)
    for title in titles:
        parts = title.split(" / ")
        assert parts == sorted(parts, key=alphabetical)
    stepanakert = directory.link("khankendi-stepanakert")
    assert stepanakert is not None
    assert stepanakert.title == "Khankendi / Stepanakert"
    assert usage_class("armenian+international") == "usage-armenian"
    assert usage_class("armenian+azerbaijani") == "usage-other"


def test_forms_are_those_that_the_toolkit_writes(glossary: Glossary) -> None:
    """Each case on a page lists the preferred forms of the compiled glossary."""
    lists = FormLists(glossary)
    for entity in ("fuzuli-varanda", "goris-gorus", "khankendi-stepanakert", "shusha-shushi"):
        for language, names in lists.of_entity(entity).items():
            table = glossary.table(language)
            compiled = {(name.lexeme.text, name.usages): name for name in table.of_entity(entity)}
            for name in names:
                forms = table.forms(compiled[name.text, name.usages], Features(case=Case.GEN))
                wanted = tuple(dict.fromkeys(form.text for form in forms if form.preferred))
                shown = [row.texts for row in name.rows if row.case == "genitive"]
                assert shown == ([wanted] if wanted else [])


def test_the_samples_are_what_restyle_writes(contents: Contents) -> None:
    """A sentence that the page shows for a policy stands so in the text that `restyle` makes by that policy."""
    glossary, language = contents.glossary, Language.RU
    articles = [path for path in contents.articles if path.name.endswith(".ru.md")]
    policies = policies_in(contents.policies)
    samples = samples_of(articles, language, policies, glossary)
    texts = {path.stem.removesuffix(".ru"): read_markdown(path.read_text(encoding="utf-8")) for path in articles}
    assert len(samples) >= 5
    for sample in samples:
        shown = {by.policy for version in sample.versions for by in version.policies}
        assert {policy.id for policy in policies} == {label.split()[0] for label in shown}
        for version in sample.versions:
            identity, _, date = version.policies[0].policy.partition(" ")
            policy = settle(named_policy(identity, contents.policies), glossary, date or None)
            written = restyle(texts[sample.article], language, policy, glossary).text
            assert "".join(piece.text for piece in version.pieces) in written


def test_an_article_that_is_no_text_is_told(contents: Contents, tmp_path: Path) -> None:
    """The error names the file."""
    (tmp_path / "broken.ru.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match=r"broken\.ru\.md: the article cannot be read"):
        samples_of([tmp_path / "broken.ru.md"], Language.RU, policies_in(contents.policies), contents.glossary)


def test_every_position_is_on_the_map(glossary: Glossary) -> None:
    """Each entry with a position is a point inside the drawing, north above south and east right of west."""
    placed = {entry.id for pack in glossary.packs for entry in pack.entries if entry.position}
    maps = maps_of(glossary.packs, Directory(glossary.packs))
    assert {point.link.id for map_ in maps if not map_.is_part for point in map_.points} == placed
    for map_ in maps:
        by_latitude = sorted(map_.points, key=lambda point: point.latitude)
        assert [point.y for point in by_latitude] == sorted((point.y for point in map_.points), reverse=True)
        by_longitude = sorted(map_.points, key=lambda point: point.longitude)
        assert [point.x for point in by_longitude] == sorted(point.x for point in map_.points)
        assert all(0 <= point.x <= 1200 and 0 <= point.y <= map_.height for point in map_.points)


def test_hostile_names_are_text(browser: Browser, hostile: Path, tmp_path: Path) -> None:
    """A name, note or title that looks like markup, a template or a script is shown as it is written."""
    assert _run(["glossary", "site", str(tmp_path / "site"), "--folder", str(hostile)]) == 0
    page = browser.new_page()
    for name in ("entity/hostile", "index", "names", "map", "terms", "policies", "coverage", "kind/city"):
        page.goto((tmp_path / "site" / f"{name}.html").as_uri())
        if name == "index":
            page.get_by_role("searchbox").fill("scriptwindow")
            page.get_by_role("searchbox").fill(HOSTILE)
            assert HOSTILE in page.get_by_role("list", name="Names found").inner_text()
        assert HOSTILE in (page.text_content("main") or "")
        assert page.evaluate("[window.hacked, document.querySelectorAll('main img, main script').length]") == [None, 0]
    page.close()


def test_the_same_glossary_gives_the_same_bytes(hostile: Path, tmp_path: Path) -> None:
    """Two builds by two processes with different hash seeds agree in every byte."""
    contents = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        command = [sys.executable, "-m", "toolkit", "glossary", "site", str(out), "--folder", str(hostile)]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "DRAGOMAN_CACHE": str(tmp_path / f"cache-{seed}")}
        subprocess.run(command, check=True, capture_output=True, env=environment)
        contents.append({path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert contents[0] == contents[1]
    assert len(contents[0]) > 10


def test_a_folder_of_something_else_is_left_alone(
    hostile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that holds anything but a site is refused in one line, and nothing in it changes; so is a file."""
    (tmp_path / "letter.html").write_text("dear", encoding="utf-8")
    for out in (tmp_path, tmp_path / "letter.html", tmp_path / "letter.html" / "below"):
        assert _run(["glossary", "site", str(out), "--folder", str(hostile)]) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        assert str(out) in error
    assert [path.name for path in tmp_path.iterdir()] == ["letter.html"]


def test_a_page_of_an_entry_that_is_no_more_goes(tmp_path: Path) -> None:
    """Building again over an older site removes pages that the new one has not, and nothing else."""
    write_folder(tmp_path, [File("index.html", "old"), File("entity/gone.html", "old")])
    (tmp_path / "CNAME").write_text("kept", encoding="utf-8")
    written = write_folder(tmp_path, [File("index.html", "new")])
    assert (written.files, written.bytes) == (1, 3)
    assert not (tmp_path / "entity" / "gone.html").exists()
    assert (tmp_path / "CNAME").read_text(encoding="utf-8") == "kept"
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "new"


def test_notes_mark_code_and_languages() -> None:
    """Backticks become code, words of another script carry their language, and everything is escaped."""
    assert str(prose("by `kinds`, from «из Шуши» <b> `x<y` և Շուշի քաղաք")) == (
        'by <code>kinds</code>, from «<span lang="ru">из Шуши</span>» &lt;b&gt; <code>x&lt;y</code> '
        '<span lang="hy">և Շուշի քաղաք</span>'
    )
