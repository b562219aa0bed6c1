"""Measure transliteration and name matching against samples: a table per direction.

    DRAGOMAN_DATA=<folder> python tests/measures/transliteration.py [--errors]

The folder is searched for transliteration.tsv (columns src_lang, src, en, hy, az, ru), azerbaijan_mps.tsv (az, en,
ru, hy) and names in four columns (gold_hy_az_ru.tsv, names.tsv); what is missing is left out. In the last two,
names that are not renderings of each other (exonyms, translations) are left out by the matching key.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.languages import Language
from toolkit.translit.key import similarity
from toolkit.translit.names import Writing, parse_writing, transliterate_name

COLUMNS = ("en", "hy", "az", "ru")


@dataclass(frozen=True)
class Case:
    writing: Writing
    direction: str
    name: str
    target: Language
    accepted: tuple[str, ...]


def accepted(cell: str) -> tuple[str, ...]:
    """What a cell accepts: a|b both, a doubtful ? counts, - and x: are not compared."""
    if not cell or cell == "-" or cell.startswith("x:"):
        return ()
    return tuple(part.rstrip("?") for part in cell.split("|") if not part.startswith("x:"))


def sample(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            writing = parse_writing(row["src_lang"])
            for column in COLUMNS:
                answers = accepted(row[column] or "")
                if answers and column != row["src_lang"]:
                    yield Case(writing, f"{row['src_lang']}-{column}", row["src"], Language(column), answers)


def parallel(rows: list[dict[str, str]], kinds: frozenset[str] | None = None) -> Iterator[Case]:
    for row in rows:
        if kinds is not None and row.get("kind") not in kinds:
            continue
        for source, target in itertools.permutations(COLUMNS, 2):
            a, b = (row.get(source) or "").strip(), (row.get(target) or "").strip()
            if not a or not b or a == "-" or b == "-" or a.isupper():
                continue
            if similarity(a, b, Language(source), Language(target)).score >= 0.8:
                yield Case(Writing(Language(source)), f"{source}-{target}", a, Language(target), (b,))


def read(path: Path, names: tuple[str, ...] = ()) -> list[dict[str, str]]:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    fields = list(names) if names else None
    return list(csv.DictReader(lines, fieldnames=fields, delimiter="\t", quoting=csv.QUOTE_NONE))


def measure(title: str, cases: list[Case], errors: bool) -> None:
    first: dict[str, int] = defaultdict(int)
    three: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    for case in cases:
        answer = transliterate_name(case.name, case.writing.language, case.target, variety=case.writing.variety)
        total[case.direction] += 1
        first[case.direction] += answer.text in case.accepted
        three[case.direction] += any(text in case.accepted for text in (answer.text, *answer.alternatives[:2]))
        if errors and answer.text not in case.accepted:
            sys.stdout.write(
                f"  {case.direction} {case.name}: {answer.text} {answer.alternatives[:3]} for {case.accepted}\n"
            )
    sys.stdout.write(f"{title}\n")
    for direction in sorted(total):
        count = total[direction]
        sys.stdout.write(
            f"  {direction:12} {first[direction]:4} of {count:4} {100 * first[direction] / count:6.1f} %"
            f"   in three {100 * three[direction] / count:6.1f} %\n"
        )


def matching(path: Path) -> None:
    """Recall of true cross-language pairs at one false pair in 10,000; rows of the same name count once."""
    names: list[tuple[str, str, str]] = []
    seen: dict[str, str] = {}
    for number, row in enumerate(read(path)):
        identity = seen.setdefault(row["az"].split("|")[0].lower() or str(number), str(number))
        for column in COLUMNS:
            answers = accepted(row[column] or "")
            if answers:
                names.append((identity, column, answers[0]))
    true: list[float] = []
    false: list[float] = []
    for (i, c, a), (j, d, b) in itertools.combinations(names, 2):
        if c != d:
            (true if i == j else false).append(similarity(a, b).score)
    false.sort(reverse=True)
    threshold = false[len(false) // 10_000]
    recall = sum(score > threshold for score in true) / len(true)
    sys.stdout.write(
        f"matching: {len(true)} true, {len(false)} false pairs, threshold {threshold:.3f}, recall {recall:.1%}\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list the answers that are not accepted")
    parser.add_argument("--only", default="", help="a direction such as az-ru")
    options = parser.parse_args()
    folder = Path(os.environ.get("DRAGOMAN_DATA", "."))
    found = {path.name: path for path in sorted(folder.rglob("*.tsv"))}

    def run(title: str, cases: Iterator[Case]) -> None:
        measure(title, [case for case in cases if case.direction.startswith(options.only)], options.errors)

    if path := found.get("transliteration.tsv"):
        run("sample", sample(path))
        matching(path)
    if path := found.get("azerbaijan_mps.tsv"):
        run("members of parliament", parallel(read(path, ("az", "en", "ru", "hy"))))
    if path := found.get("names.tsv"):
        rows = read(path)
        run("persons", parallel(rows, frozenset({"person-invented", "person-public-dead"})))
        run("places", parallel(rows, frozenset({"city", "town", "village", "region", "river", "monastery"})))
    if path := found.get("gold_hy_az_ru.tsv"):
        run("localities", parallel([{**row, "en": ""} for row in read(path)]))


if __name__ == "__main__":
    main()
