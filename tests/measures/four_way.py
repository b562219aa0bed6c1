"""What `check` finds of the faults planted into the project's own four-language news sentences, by direction.

Run: python tests/measures/four_way.py [-v]

A table of planted faults found, a column a direction; then negations found by their grammatical kind. `-v` prints what
is not found, and every finding on a right sentence.
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import permutations

from tests.planted_news import LEFT_OUT, LEFT_OUT_CODES, NEWS_FAULTS, four_way, leave_untranslated
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.pipeline.check_pair import check_pair
from toolkit.pipeline.checks.pair import Pair, Side, side_of
from toolkit.settings import share_folder


def main() -> None:
    loud = "-v" in sys.argv[1:]
    glossary = Glossary.load(share_folder() / "glossaries")
    policy = load_policy("follow-source", share_folder() / "glossaries" / "policies")
    rows = list(four_way())
    sides = [{language: side_of(text, language, glossary) for language, text in row.right.items()} for row in rows]
    planted: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    directions = [f"{here}-{there}" for here, there in permutations(Language, 2)]

    def codes_of(source: Side, target: Side) -> set[str]:
        return {remark.code for remark in check_pair(Pair(source, target), policy, glossary).remarks}

    def count(fault: str, direction: str, source: Side, text: str, codes: frozenset[str]) -> None:
        language = Language(direction[-2:])
        hit = bool(codes_of(source, side_of(text, language, glossary)) & codes)
        planted[fault, direction] += 1
        found[fault, direction] += hit
        if loud and not hit:
            print(f"{fault}: {direction}\n    {source.text}\n    {text}")

    for row, side in zip(rows, sides, strict=True):
        for here, there in permutations(Language, 2):
            direction = f"{here}-{there}"
            source, target = side[here], side[there]
            said = codes_of(source, target)
            planted["(right)", direction] += 1
            found["(right)", direction] += bool(said)
            if loud and said:
                print(f"(right) {sorted(said)}: {direction}\n    {source.text}\n    {target.text}")
            if there in row.reversed:
                for fault in ("negation lost", row.kind):
                    count(fault, direction, source, row.reversed[there], frozenset(("T004",)))
                reverse = side_of(row.reversed[here], here, glossary)
                count("negation gained", direction, reverse, target.text, frozenset(("T004",)))
            if row.exchanged:
                name = "order of equals" if row.kind == "equals" else "exchange names"
                codes = frozenset(("N026",)) if row.kind == "equals" else frozenset(("N009", "N013", "N017"))
                count(name, direction, source, row.exchanged[there], codes)
            if row.office:
                count("office for body", direction, source, row.office[there], frozenset(("N027",)))
            for name, (fault_of, codes) in NEWS_FAULTS.items():
                text = fault_of(target)
                if text is not None and text != target.text:
                    count(name, direction, source, text, codes)
            for part, texts in row.without.items():
                count(f"no {LEFT_OUT[part]}"[:20], direction, source, texts[there], LEFT_OUT_CODES)
            count("untranslated", direction, source, leave_untranslated(source, target), frozenset(("T012", "T013")))
    print(f"{'':20}", *(f"{direction:>9}" for direction in directions))
    for fault in dict.fromkeys(name for name, _ in planted):
        cells = ((found[fault, direction], planted[fault, direction]) for direction in directions)
        print(f"{fault:20}", *(f"{a / b:5.0%}/{b:3}" if b else "        -" for a, b in cells))


if __name__ == "__main__":
    main()
