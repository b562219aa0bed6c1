"""Print how much of a table of Azerbaijani paradigms the grammar recognises and writes.

    python tests/measures/paradigms_az.py [TABLE…]

A table has the columns lemma, form, UniMorph features. Without an argument the tables are sought in the folder
`paradigms` of DRAGOMAN_DATA (or of data). Known faults of the tables are allowed for:
some datives are labelled accusative, PSS3P stands for the first person plural and for both third persons.
"""

from __future__ import annotations

import os
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from toolkit.morphology.az import AzerbaijaniGrammar
from toolkit.morphology.base import Case, Features, Lexeme, Number

_POSSESSORS = {"PSS1S": ("1sg",), "PSS2S": ("2sg",), "PSS3S": ("3",), "PSS2P": ("2pl",), "PSS3P": ("1pl", "3", "3pl")}
_REASONS = {
    "dəvəquşu": "a compound whose own ending is a possessive; a name like it declares `head: izafet`",
    "temperatur": "a misspelt cell",
}
_TABLES = ("azerbaijani-unimorph.tsv", "azeri-sigmorphon.tsv")


def wanted(label: str) -> set[Features]:
    """The features that a label of the table may stand for."""
    marks = label.split(";")
    case = next((case for case in Case if case.value.upper() in marks), Case.NOM)
    number = Number.PLURAL if "PL" in marks else Number.SINGULAR
    possessors = next((_POSSESSORS[mark] for mark in marks if mark in _POSSESSORS), ("",))
    cases = (Case.ACC, Case.DAT) if case is Case.ACC else (case,)
    return {Features(case=case, number=number, possessor=possessor) for case in cases for possessor in possessors}


def measure(path: Path) -> None:
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line.count("\t") == 2]
    nouns: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for lemma, form, label in rows:
        if label.startswith("N;"):
            nouns[lemma].append((form, label))
    counts: Counter[str] = Counter()
    missed: list[str] = []
    for lemma, cells in nouns.items():
        forms = AzerbaijaniGrammar().forms(Lexeme(lemma, "other"))
        for form, label in cells:
            found = [each for each in forms if each.text == form and each.features in wanted(label)]
            counts["cells"] += 1
            counts["recognised"] += bool(found)
            counts["written"] += any(each.preferred for each in found)
            if not found:
                missed.append(f"{lemma} {form} {label} ({_REASONS.get(lemma, 'no reason known')})")
    share = {name: f"{counts[name] / counts['cells']:.2%}" for name in ("recognised", "written")}
    sys.stdout.write(f"{path.name}: {counts['cells']} cells of {len(nouns)} nouns, {share}\n")
    sys.stdout.write("".join(f"  {line}\n" for line in missed[:: max(1, len(missed) // 20)]))


if __name__ == "__main__":
    folder = Path(os.environ.get("DRAGOMAN_DATA", "data")) / "paradigms"
    for table in [Path(name) for name in sys.argv[1:]] or [folder / name for name in _TABLES]:
        measure(table)
