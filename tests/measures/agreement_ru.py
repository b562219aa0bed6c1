"""How often `adjust` edits just the words that a treebank says agree with a name; run by hand, never in the suite.

Each singular proper noun of a thing in Universal Dependencies is replaced by a name of another gender; the edited
words are compared with its adjectives and with the past tenses and short forms it is the subject of. The data
folder is taken from DRAGOMAN_DATA (default: data).
"""

from __future__ import annotations

import gzip
import os
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from toolkit.morphology.base import Case, Features, Form, Lexeme, Replacement
from toolkit.morphology.ru import Russian
from toolkit.text.spans import Span

DATA = Path(os.environ.get("DRAGOMAN_DATA", "data"))
CASES = {"Nom": "nom", "Gen": "gen", "Dat": "dat", "Acc": "acc", "Ins": "ins", "Loc": "prep"}
OTHER = {"Masc": Lexeme("Акна", "city"), "Fem": Lexeme("Агдам", "city"), "Neut": Lexeme("Акна", "city")}
PREPOSITIONS = {"о", "об", "в", "во", "с", "со"}
GENDERS = {"Masc": "masculine", "Fem": "feminine", "Neut": "neuter"}


def sentences() -> list[tuple[str, list[list[str]]]]:
    """The text and the rows of words of every sentence."""
    found = []
    for path in sorted((DATA / "ud-dev").glob("ru_*.conllu.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for block in lines.read().split("\n\n"):
                text = next((line[9:] for line in block.split("\n") if line.startswith("# text = ")), "")
                rows = [line.split("\t") for line in block.split("\n") if line and line.split("\t")[0].isdigit()]
                found.append((text, rows))
    return found


def spans(text: str, rows: list[list[str]]) -> dict[str, Span]:
    """The place of each word in the text, by its id."""
    position, found = 0, {}
    for row in rows:
        start = text.find(row[1], position)
        if start >= 0:
            position = start + len(row[1])
            found[row[0]] = Span(start, position)
    return found


def agreeing(row: list[str], rows: list[list[str]], gender: str) -> set[str]:
    """The ids of the words that agree with the name of `row` in the treebank."""
    shown = f"Gender={gender}"
    found = {r[0] for r in rows if r[6] == row[0] and r[7] in ("amod", "det") and shown in r[5]}
    if not row[7].startswith("nsubj"):
        return found
    heads = {row[6]} | {r[0] for r in rows if r[6] == row[6] and r[7] in ("aux", "aux:pass", "cop", "conj")}
    marks = ("Tense=Past", "Variant=Short")
    return found | {
        r[0]
        for r in rows
        if r[0] in heads and shown in r[5] and "Case" not in r[5] and any(mark in r[5] for mark in marks)
    }


def is_name(row: list[str], features: dict[str, str]) -> bool:
    """A singular name of a thing whose case and gender the treebank gives."""
    known = features.get("Gender") in GENDERS and features.get("Case") in CASES
    return row[3] == "PROPN" and features.get("Animacy") == "Inan" and features.get("Number") == "Sing" and known


def main() -> None:
    """Count words edited rightly, too many and missed, and print the latter two."""
    grammar = Russian()
    counts: Counter[str] = Counter()
    for text, rows in sentences():
        places = spans(text, rows)
        for row in rows:
            features = dict(pair.split("=") for pair in row[5].split("|") if "=" in pair)
            if not is_name(row, features) or row[0] not in places:
                continue
            gender, span = features["Gender"], places[row[0]]
            old, new = Lexeme(row[2].capitalize(), "city", agreement=GENDERS[gender]), OTHER[gender]
            form = Form(new.text, Features(case=Case(CASES[features["Case"]])))
            adjustment = grammar.adjust(Replacement(text, span, old, new, form, (span,)))
            changed = {edit.span for edit in adjustment.edits if edit.span.of(text).lower() not in PREPOSITIONS}
            edited = {key for key, place in places.items() if place in changed}
            wanted = agreeing(row, rows, gender)
            counts["doubts"] += len(adjustment.doubts)
            for kind, keys in (("right", edited & wanted), ("extra", edited - wanted), ("missed", wanted - edited)):
                counts[kind] += len(keys)
                words = [places[key].of(text) for key in keys]
                if words and kind != "right":
                    around = f"{text[max(0, span.start - 60) : span.start]}[{row[1]}]{text[span.end :][:70]}"
                    print(f"  {kind} {words}: {around}")
    print(dict(counts))


if __name__ == "__main__":
    main()
