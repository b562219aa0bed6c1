"""What `check` says of real translations: engines' outputs and human references, line by line.

Run: DRAGOMAN_DATA=folder python tests/measures/flores.py [POLICY]

The folder holds flores-dev/DIR/ with one file a side: DIR is en-hy and so on, the files named by a language alone are
the source and the human reference, those named engine.language are outputs; all have a sentence a line.
For each file: of the source's mentions, how many are flagged, repaired, and silent (no name, no word of kin and no
finding); how many sentences have a finding; chrF against the reference before and after the repair; then how many of
the faults planted into the references are found. Needs sacrebleu for chrF.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.planted import FAULTS
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.glossary.policy import load_policy
from toolkit.languages import Language
from toolkit.pipeline.check_pair import check_pair
from toolkit.pipeline.checks.pair import Pair, Side, side_of
from toolkit.pipeline.result import Action
from toolkit.settings import share_folder

_REPAIR_NOTE = "N018"


@dataclass
class Counts:
    """What is counted over one file."""

    mentions: int = 0
    flagged: int = 0
    repaired: int = 0
    silent: int = 0
    sentences: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    texts: list[str] = field(default_factory=list)


@cache
def _glossary() -> Glossary:
    return Glossary.load(share_folder() / "glossaries")


@cache
def _side(text: str, language: Language) -> Side:
    return side_of(text, language, _glossary())


def count(source: Sequence[Side], target: Sequence[Side], policy: Policy, *, fix: bool) -> Counts:
    """Check each line against its source."""
    counts = Counts()
    for old, new in zip(source, target, strict=True):
        checked = check_pair(Pair(old, new), policy, _glossary(), fix=fix)
        remarks = [remark for remark in checked.remarks if remark.code != _REPAIR_NOTE]
        counts.texts.append(checked.text)
        counts.sentences += bool(remarks)
        counts.codes.update({remark.code for remark in remarks})
        for mention in old.mentions:
            counts.mentions += 1
            if any(remark.source == mention.span for remark in remarks):
                counts.flagged += 1
            elif mention not in checked.placed:
                counts.silent += 1
            elif checked.placed[mention].action is not Action.KEPT:
                counts.repaired += 1
    return counts


def recall(source: Sequence[Side], target: Sequence[Side], policy: Policy) -> str:
    """Planted faults found, by kind."""
    shares = []
    for name, (fault, codes) in FAULTS.items():
        planted = found = 0
        for old, new in zip(source, target, strict=True):
            faulty = fault(new)
            if faulty is not None:
                planted += 1
                pair = Pair(old, side_of(faulty, new.language, _glossary()))
                remarks = check_pair(pair, policy, _glossary()).remarks
                found += bool(codes & {remark.code for remark in remarks})
        shares.append(f"{name} {found / planted:.0%} of {planted}" if planted else f"{name}: none")
    return ", ".join(shares)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def main() -> None:
    from sacrebleu.metrics.chrf import CHRF

    policy_name = sys.argv[1] if len(sys.argv) > 1 else "follow-source"
    policy = load_policy(policy_name, share_folder() / "glossaries" / "policies")
    print("direction  file                     mentions flagged repaired silent  sentences  chrF before after")
    for folder in sorted((Path(os.environ["DRAGOMAN_DATA"]) / "flores-dev").iterdir()):
        here, there = (Language(code) for code in folder.name.split("-"))
        source = [_side(line, here) for line in _lines(folder / here.value)]
        reference = _lines(folder / there.value)
        for path in sorted(folder.glob(f"*{there.value}")):
            human = path.name == there.value
            lines = _lines(path)
            target = [_side(line, there) for line in lines]
            counts = count(source, target, policy, fix=not human)
            scores = [CHRF().corpus_score(texts, [reference]).score for texts in (lines, counts.texts)]
            print(
                f"{folder.name:10} {path.name:24} {counts.mentions:8} {counts.flagged / counts.mentions:7.1%}"
                f" {counts.repaired:8} {counts.silent / counts.mentions:6.1%} {counts.sentences / len(lines):10.1%}"
                + ("" if human else f"  {scores[0]:11.3f} {scores[1]:5.3f}")
            )
            print("           ", dict(sorted(counts.codes.items())))
        print("            planted:", recall(source, [_side(line, there) for line in reference], policy))


if __name__ == "__main__":
    main()
