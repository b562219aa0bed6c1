"""How much of other people's data the Russian grammar agrees with; run by hand, never in the suite.

`python tests/measures/paradigms_ru.py`: proper nouns of Universal Dependencies (is the surface among the forms of
the lemma, with its case?), the case that `narrow` chooses in their sentences, and inanimate nouns of SIGMORPHON.
The data folder is taken from DRAGOMAN_DATA (default: data).
"""

from __future__ import annotations

import gzip
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from toolkit.morphology.base import Case, Context, Features, Lexeme
from toolkit.morphology.ru import Russian
from toolkit.morphology.ru_context import allowed_cases

DATA = Path(os.environ.get("DRAGOMAN_DATA", "data"))
CASES = {"Nom": "nom", "Gen": "gen", "Dat": "dat", "Acc": "acc", "Ins": "ins", "Loc": "prep"}


def names() -> Iterator[tuple[str, str, str, str, str, Context]]:
    """Surface, lemma, case, number, gender and context of each proper noun of the treebanks."""
    for path in sorted((DATA / "ud-dev").glob("ru_*.conllu.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for block in lines.read().split("\n\n"):
                yield from _names_of(block)


def reason(surface: str, text: str) -> str:
    """Why a surface is not among the forms, by its looks."""
    if "\u0301" in surface or re.search("[A-Za-z]", surface):
        return "a stress mark or a Latin letter, which the finder folds away"
    if surface[0].islower():
        return "small letters"
    if surface == text:
        return "left undeclined: a woman's surname, a title, or the writer's choice"
    if re.search("(ых|ыми|ым)$", surface):
        return "a family's surname in the plural"
    return "a lemma, a kind or a case that the treebank has otherwise"


def _names_of(block: str) -> Iterator[tuple[str, str, str, str, str, Context]]:
    rows = [line.split("\t") for line in block.split("\n") if line and line[0].isdigit()]
    text = next((line[9:] for line in block.split("\n") if line.startswith("# text = ")), "")
    position = 0
    for row in rows:
        start = text.find(row[1], position)
        if start < 0:
            continue
        position = start + len(row[1])
        features = dict(pair.split("=") for pair in row[5].split("|") if "=" in pair)
        if row[3] == "PROPN" and features.get("Case") in CASES:
            context = Context(text[:start], text[position:])
            case = CASES[features["Case"]]
            yield row[1], row[2], case, features.get("Number", ""), features.get("Animacy", ""), context


def forms_of_names(grammar: Russian) -> None:
    """Proper nouns: forms and narrowing."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    narrowed: list[str] = []
    for surface, lemma, case, number, animacy, context in names():
        if number != "Sing" or len(lemma) < 3 or not lemma.isalpha() or not surface[1:].islower():
            continue
        kind = "person" if animacy == "Anim" else "city"
        text = lemma.capitalize()
        forms = grammar.forms(Lexeme(text, kind))
        fits = [form for form in forms if form.text.replace("ё", "е") == surface.replace("ё", "е")]
        counts["names"] += 1
        counts["surface among forms"] += bool(fits)
        counts["with the case"] += any(form.features.case == case for form in fits)
        if not any(form.features.case == case for form in fits):
            wrong.append(f"{surface} ({text}, {case}): {reason(surface, text)}")
        if kind == "city" and fits:
            kept = grammar.narrow([form.features for form in fits], context)
            counts["places with forms"] += 1
            own = any(form.features.case == case for form in fits)
            counts["with their own case among the forms"] += own
            counts["their own case kept"] += case in {features.case for features in kept}
            if own and case not in {features.case for features in kept}:
                narrowed.append(f"own {case}: …{context.before[-50:]}[{surface}]{context.after[:30]}")
        if kind == "city":
            count_narrowing(case, context, surface, counts, narrowed)
    print(dict(counts))
    print("not among forms:", *wrong, sep="\n  ")
    print("wrongly narrowed:", *narrowed[:60], sep="\n  ")


def count_narrowing(case: str, context: Context, surface: str, counts: Counter[str], wrong: list[str]) -> None:
    """Places only, as if the name were indeclinable: is the true case kept, and is one case left?"""
    readings = [Features(case=value) for value in map(Case, CASES.values())]
    kept = [reading.case.value for reading in Russian().narrow(readings, context)]
    counts["places"] += 1
    counts["narrowed"] += len(kept) < len(readings)
    counts["one case left"] += len(kept) == 1
    counts["true case kept"] += case in kept
    if case in ("acc", "prep") and re.search(r"\b(в|во|на) [«\"]?$", context.before.lower()):
        decided = "open" if len(kept) > 1 else "right" if kept == [case] else "wrong"
        counts[f"where or whither: {decided}"] += 1
    if case not in kept:
        before = context.before[-50:]
        wrong.append(f"{case} not in {allowed_cases(context)}: …{before}[{surface}]{context.after[:30]}")


def common_nouns(grammar: Russian) -> None:
    """SIGMORPHON's capitalised nouns in the singular."""
    counts: Counter[str] = Counter()
    for line in (DATA / "paradigms" / "russian-sigmorphon.tsv").read_text(encoding="utf-8").splitlines():
        lemma, surface, tag = line.split("\t")
        parts = tag.split(";")
        if parts[0] != "N" or "SG" not in parts or not lemma[0].isupper() or " " in lemma:
            continue
        wanted = {"ESS": "prep"}.get(parts[1], parts[1].lower())
        texts = {form.text for form in grammar.forms(Lexeme(lemma, "city")) if form.features.case == wanted}
        counts["nouns"] += 1
        counts["agree"] += surface in texts
    print("SIGMORPHON:", dict(counts))


if __name__ == "__main__":
    russian = Russian()
    started = time.perf_counter()
    forms_of_names(russian)
    common_nouns(russian)
    print(f"{time.perf_counter() - started:.1f} s")
