"""Print how much of two public data sets the Armenian grammar knows: SIGMORPHON nouns and names of treebanks.

Run `python tests/measures/paradigms_hy.py`. The data folder (paradigms/, ud-dev/) is DRAGOMAN_DATA (here: data);
it is no part of the project, and this script no part of the suite.
"""

from __future__ import annotations

import gzip
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from toolkit.languages import Language
from toolkit.morphology.base import Form, Lexeme
from toolkit.morphology.hy import Armenian
from toolkit.text.folding import fold

DATA = Path(os.environ.get("DRAGOMAN_DATA", "data"))
CASES = {"NOM": {"nom"}, "DAT": {"gen", "dat"}, "ABL": {"abl"}, "INST": {"ins"}, "LOC": {"loc"}}
UD_CASES = {"Nom": {"nom"}, "Gen": {"gen"}, "Dat": {"gen", "dat"}, "Abl": {"abl"}, "Ins": {"ins"}, "Loc": {"loc"}}
KINDS = {"Geo": "city", "Giv": "person", "Sur": "person", "Prs": "person", "Pat": "person", "Com": "organisation"}


REASONS = {
    "a compound in the plural of its last noun": """
        այգաբաց դեղաբոյս դիպաշար ինքնահող խաչբառ կախակապ կոշկաթել հարսնապար մարզադաշտ մեծատառ սանտիմետր սեղանապետ
        սկզբնատառ ստորակետ վերջակետ վիճակախաղ վրաերթ տեխնոպարկ""",
    "a plural or a case against the usual rule": "բլոգ գովեստ ձեռ ձեւ ճամուկ մատենագիր ափու լորտու",
    "a noun that keeps its ի or vowel": "անիվ ափի աքսորատեղի դեւանագարի լարի կուժ սպի",
    "a rare noun that loses its vowel": "գուբ ծին հորողբեր շիկամուկ",
    "a colloquial or classical plural": "լամպուշկա տեգերակին ֆրանսիացի",
    "a fault of the table": "նոճի",
    "a name of the -ու type that the entry must declare": "Ալավերդի Արզնի",
    "a common noun with a capital": "Երկիր Փրկիչ Մասունք",
    "a classical genitive": "Սյունիք Սևան",
    "an inflected lemma": "Թեզուկա",
}
"""Why a lemma is not written or not known, as it was found by reading."""


def reason(lemma: str) -> str:
    return next((why for why, lemmas in REASONS.items() if lemma in lemmas.split()), "no reason known")


def folded(text: str) -> str:
    return fold(text, Language.HY).text


def known(forms: Sequence[Form], surface: str, cases: set[str], *, definite: bool, possessor: str, plural: bool) -> str:
    """ "written", "recognised" or "missing"; of a possessive, which is never preferred, the first is written."""
    ranks = [
        form.preferred
        for form in forms
        if folded(form.text) == folded(surface)
        and form.features.case.value in cases
        and (form.features.definite, form.features.possessor) == (definite, possessor)
        and (form.features.number.value == "pl") == plural
    ]
    if possessor and ranks:
        of_label = [
            form for form in forms if form.features.possessor == possessor and form.features.case.value in cases
        ]
        first = next(form for form in of_label if (form.features.number.value == "pl") == plural)
        return "written" if folded(first.text) == folded(surface) else "recognised"
    return "missing" if not ranks else "written" if any(ranks) else "recognised"


def nouns() -> Iterator[tuple[str, str, str]]:
    for line in (DATA / "paradigms/armenian-sigmorphon.tsv").read_text("utf-8").splitlines():
        lemma, surface, tags = line.split("\t")
        if not tags.startswith("N;"):
            continue
        _, case, number, *rest = tags.split(";")
        possessor = next((tag[3] + "sg" for tag in rest if tag.startswith("PSS")), "")
        label = f"{number.lower()} {'possessive' if possessor else 'case and article'}"
        forms = Armenian().forms(Lexeme(lemma.replace("եւ", "և"), "other"))
        plural = number == "PL"
        found = known(forms, surface, CASES[case], definite="DEF" in rest, possessor=possessor, plural=plural)
        yield label, found, f"{lemma} {surface} {tags}"


def names() -> Iterator[tuple[str, str, str]]:
    for path in sorted(DATA.glob("ud-dev/hy_*.conllu.gz")):
        for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) != 10 or cells[3] != "PROPN":
                continue
            tags = dict(tag.split("=", 1) for tag in cells[5].split("|") if "=" in tag)
            if "Case" not in tags:
                continue
            kind = KINDS.get(tags.get("NameType", ""), "other")
            found = known(
                Armenian().forms(Lexeme(cells[2].removesuffix("."), kind)),
                cells[1],
                UD_CASES[tags["Case"]],
                definite=tags.get("Definite") == "Def",
                possessor="",
                plural=tags.get("Number") == "Plur",
            )
            base = cells[2].removesuffix(".") == cells[1]
            yield "name as such" if base else "name inflected", found, f"{cells[2]} {cells[1]} {cells[5]}"


def report(title: str, rows: Iterable[tuple[str, str, str]]) -> list[str]:
    counts: dict[str, Counter[str]] = {}
    lines = [title]
    for label, found, what in rows:
        counts.setdefault(label, Counter())[found] += 1
        if found != "written":
            lines.append(f"  {found:10} {what} ({reason(what.split()[0])})")
    for label, count in sorted(counts.items()):
        total = count.total()
        written, all_known = count["written"] / total, 1 - count["missing"] / total
        lines.append(f"{label}: {total} forms, {written:.1%} as written by us, {all_known:.1%} recognised")
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(report("SIGMORPHON nouns", nouns()) + report("Treebank names", names())) + "\n")
