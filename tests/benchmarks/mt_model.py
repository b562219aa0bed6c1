"""A package for measuring: as large as a trained one, its weights made for the purpose.

Six layers on each side, 512 wide, int8, 32,000 pieces. It translates word for word, so every engine writes drafts of
the same length: names as the memory has them in Russian, other words by some Russian word, long ones in two pieces.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

from tests.engines.make_model import Plan, write_model
from tests.engines.packages import piece
from tests.engines.sentencepiece_file import write_sentencepiece
from toolkit.memory.markup import parse_marks

PIECES = 32_000
WIDTH, HIDDEN, LAYERS = 512, 2048, 6
_WORD = re.compile(r"\w+|[^\w\s]")
_LONG = 8


def sentences(memory: Path, count: int) -> list[str]:
    """English sentences of the memory, without their marks, spread over all topics."""
    found = [parse_marks(row["en"]).text for row in _rows(memory)]
    chosen = [text for text in found if 8 <= len(text.split()) <= 40]
    random.Random(7).shuffle(chosen)
    return chosen[:count]


def write_package(folder: Path, memory: Path, *, wrong_names: bool = False) -> Path:
    """Write the package en-ru into `folder`, as Argos Translate unpacks one.

    With `wrong_names` it writes some other capitalised word for every name: the most that can be amiss.
    """
    words = _dictionary(memory, wrong_names=wrong_names)
    source: dict[str, str] = {}
    target: dict[str, tuple[str, str | None]] = {}
    for english, russian in words.items():
        for one, other in zip(_cut(english), _cut(russian, parts=len(_cut(english))), strict=True):
            if one not in source:
                source[one] = one
                target.setdefault(other, (one, None))
                source[one] = target[other][0]
    marks = list(dict.fromkeys([*".,:;!?()-—–'\"«»%$&/", "▁", *(chr(c) for c in range(48, 58)), *_letters(words)]))
    marks = [mark for mark in marks if mark not in source and mark not in target]
    fill = [f"▁~{number}" for number in range(PIECES)]
    plan = Plan(
        source=_filled([*source, *marks], fill),
        target=_filled([*target, *marks], fill),
        meaning=source,
        words=target,
        codes=64,
        width=WIDTH,
        heads=8,
        layers=LAYERS,
        hidden=HIDDEN,
    )
    write_model(folder / "model", plan, quantization="int8")
    write_sentencepiece(folder / "sentencepiece.model", list(dict.fromkeys([*plan.source, *plan.target])))
    described = {"from_code": "en", "from_name": "English", "to_code": "ru", "to_name": "Russian"}
    rest = {"package_version": "1.0", "argos_version": "1.9.6", "type": "translate"}
    (folder / "metadata.json").write_text(json.dumps(described | rest), encoding="utf-8")
    return folder


def _filled(pieces: list[str], fill: list[str]) -> list[str]:
    return [*pieces, *fill[: PIECES - 3 - len(pieces)]]


def _rows(memory: Path) -> list[dict[str, str]]:
    lines = [line for path in sorted(memory.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


def _dictionary(memory: Path, *, wrong_names: bool) -> dict[str, str]:
    """English words and names → Russian ones: names as the memory pairs them, the rest by chance."""
    names: dict[str, str] = {}
    english: dict[str, None] = {}
    russian: dict[str, None] = {}
    for row in _rows(memory):
        sides = parse_marks(row["en"]), parse_marks(row["ru"])
        renderings = {mark.entity: mark.span.of(sides[1].text) for mark in sides[1].marks}
        for mark in sides[0].marks:
            names.setdefault(mark.span.of(sides[0].text), renderings.get(mark.entity, "—"))
        for words, side in zip((english, russian), sides, strict=True):
            words.update(dict.fromkeys(_WORD.findall(side.text)))
    others = [word for word in russian if word.isalpha() and word.islower()]
    chance = random.Random(11)
    rest = {word: chance.choice(others) for word in english if word.isalpha() and word not in names}
    if wrong_names:
        names = {name: chance.choice(others).capitalize() for name in names}
    return names | rest


def _cut(word: str, parts: int = 0) -> list[str]:
    """A word as pieces: one, or two halves where it is long; or as many as asked for."""
    whole = piece(word)
    if parts == 1 or (not parts and (len(word) <= _LONG or " " in word)):
        return [whole]
    middle = max(2, len(whole) // 2)
    return [whole[:middle], whole[middle:] or "-"]


def _letters(words: dict[str, str]) -> list[str]:
    return sorted({letter for pair in words.items() for word in pair for letter in word if letter.isalpha()})


def multiplications(beam: int) -> int:
    """What a target token costs in multiplications of weights, with a source token of its own for each.

    The encoder sees a token once, the decoder once for each draft of the beam; attention's own products are left out.
    """
    square = WIDTH * WIDTH
    feed_forward = 2 * WIDTH * HIDDEN
    encoder = LAYERS * (4 * square + feed_forward)
    keys = LAYERS * 2 * square
    decoder = LAYERS * (4 * square + 2 * square + feed_forward) + WIDTH * PIECES
    return encoder + keys + beam * decoder
