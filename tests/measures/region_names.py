"""Print how surely names are found, and read in their case, in the Armenian and Russian treebanks.

`python tests/measures/region_names.py`: of each proper noun of the Universal Dependencies development parts whose
lemma is a name of the glossary, or whose surface the finder takes for one, asks whether the text's analysis has a
mention there, of an entity with that name, with a reading in the annotated case. A case is compatible where any
word of the mention has it, as only one of them inflects (Հայաստանի Հանրապետությունում); where the treebank cuts
the ending off (ԱԺ-ի), nothing is asked of the case. Not counted: a person who bears a place's name, and names in
small letters, which are never touched. Every miss is listed with its reason.
The data folder is DRAGOMAN_DATA (here: data);
it is no part of the project.
"""

from __future__ import annotations

import gzip
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.names import CompiledName, Role
from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.mentions.resolve import analyse
from toolkit.settings import share_folder
from toolkit.text.folding import fold_key

DATA = Path(os.environ.get("DRAGOMAN_DATA", "data"))
CASES = {
    Language.HY: {
        "Abl": {"abl"},
        "Acc": {"nom", "acc"},
        "Dat": {"gen", "dat", "acc"},
        "Gen": {"gen"},
        "Ins": {"ins"},
        "Loc": {"loc"},
        "Nom": {"nom"},
    },
    Language.RU: {
        "Acc": {"acc"},
        "Dat": {"dat"},
        "Gen": {"gen"},
        "Ins": {"ins"},
        "Loc": {"prep"},
        "Nom": {"nom"},
        "Par": {"gen"},
    },
}
REASONS = {
    "Америка": "the treebank has a prepositional for a genitive",
    "Անի": "a trade name in quotes; the entry of the ruined city asks for a cue",
    "Երևան": "taken for a given name before a surname",
    "Կիև": "taken for a given name before a surname",
    "Мали": "the entry asks for a cue",
    "ՀՀ": "taken for a given name before a surname",
    "США": "«в» before «вышли» is read as whither",
    "Սևան": "Սևանա before its noun is kept as one variant, so that the noun inflects",
}
"""Why a lemma is missed, as it was found by reading; a miss without one is new."""
REGION = "south-caucasus"


@dataclass(frozen=True)
class Token:
    """A proper noun of a treebank sentence."""

    surface: str
    lemma: str
    tags: dict[str, str]
    start: int
    text: str
    all: tuple[tuple[int, int, str], ...] = ()
    """Start, end and case of every word of the sentence."""

    @property
    def end(self) -> int:
        return self.start + len(self.surface)

    def __str__(self) -> str:
        around = (
            f"{self.text[max(0, self.start - 40) : self.start]}[{self.surface}]{self.text[self.end : self.end + 30]}"
        )
        return f"{self.lemma} {self.tags.get('Case', '-')}: …{around}"


def tokens(language: Language) -> Iterator[Token]:
    for path in sorted((DATA / "ud-dev").glob(f"{language.value}_*.conllu.gz")):
        for block in gzip.decompress(path.read_bytes()).decode("utf-8").split("\n\n"):
            yield from _of_sentence(block.split("\n"))


def _of_sentence(lines: list[str]) -> Iterator[Token]:
    text = next((line[9:] for line in lines if line.startswith("# text = ")), "")
    position = 0
    words: list[tuple[int, int, str]] = []
    found: list[Token] = []
    for cells in (line.split("\t") for line in lines if line[:1].isdigit()):
        start = text.find(cells[1], position)
        if start < 0 or not cells[0].isdigit():
            continue
        position = start + len(cells[1])
        tags = dict(tag.split("=", 1) for tag in cells[5].split("|") if "=" in tag)
        words.append((start, position, tags.get("Case", "")))
        if cells[3] == "PROPN" and cells[1][:1].isupper():
            found.append(Token(cells[1], cells[2].removesuffix("."), tags, start, text))
    return (replace(token, all=tuple(words)) for token in found)


def judge(token: Token, named: set[str], mentions: tuple[Mention, ...], language: Language) -> str | None:
    """Why the token is missed, "" where it is not; None where the glossary has no such name."""
    mention = next((m for m in mentions if m.span.start <= token.start and token.end <= m.span.end), None)
    if mention is None:
        return "not found" if named else None
    exact = (mention.span.start, mention.span.end) == (token.start, token.end)
    if named and exact and not named & set(mention.entities):
        return f"another entity, {'/'.join(mention.entities)}"
    inside = [case for start, end, case in token.all if start < mention.span.end and end > mention.span.start]
    if not inside[-1]:
        return ""
    readings = {reading.features.case.value for reading in mention.readings}
    compatible = any(readings & CASES[language].get(case, set()) for case in inside)
    return "" if compatible else f"read as {'/'.join(sorted(readings))}"


def bears_a_name(token: Token, kinds: set[str]) -> bool:
    """Whether the treebank has a person where the glossary has no person of that name."""
    person = token.tags.get("NameType") in ("Sur", "Giv", "Prs") or token.tags.get("Animacy") == "Anim"
    return person and not kinds & {"person", "people"}


def measure(glossary: Glossary, language: Language) -> list[str]:
    by_text: dict[str, list[CompiledName]] = {}
    for name in glossary.table(language).names:
        if name.role.is_name and name.role is not Role.SHORT:
            by_text.setdefault(fold_key(name.lexeme.text, language), []).append(name)
    counts: Counter[tuple[str, bool]] = Counter()
    lines: list[str] = []
    analysed: dict[str, tuple[Mention, ...]] = {}
    for token in tokens(language):
        if token.text not in analysed:
            analysed[token.text] = analyse(token.text, language, glossary).mentions
        named = {name.entity for name in by_text.get(fold_key(token.lemma, language), ())}
        why = judge(token, named, analysed[token.text], language)
        if why is None:
            continue
        entities = named or {
            e for m in analysed[token.text] if m.span.start <= token.start < m.span.end for e in m.entities
        }
        if bears_a_name(token, {glossary.entity(entity).kind.value for entity in entities}):
            continue
        region = any(glossary.entity(entity).pack == REGION for entity in entities)
        counts["region" if region else "world", not why] += 1
        if why:
            lines.append(
                f"  {'region' if region else 'world'}: {why}: {token} ({REASONS.get(token.lemma, 'no reason known')})"
            )
    for part in ("region", "world"):
        right, wrong = counts[part, True], counts[part, False]
        share = f"{right / (right + wrong):.1%}" if right + wrong else "no name"
        lines.append(f"{language.value} {part}: {right + wrong} names, {share} found and case compatible")
    return lines


if __name__ == "__main__":
    whole = Glossary.load(share_folder() / "glossaries")
    for each in (Language.HY, Language.RU):
        sys.stdout.write("\n".join(measure(whole, each)) + "\n")
