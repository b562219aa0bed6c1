"""The walk through a word: rules tried at each place, the longest source first, in the context of the whole word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.translit.schemes import Rule


@dataclass(frozen=True, slots=True)
class _Step:
    """A rule ready to be tried at a place of a word."""

    source: str
    length: int
    bare: bool
    targets: tuple[str, ...]
    after: tuple[str, ...] | None
    at_start: bool
    heads: frozenset[str]
    before: tuple[str, ...] | None
    at_end: bool
    tails: frozenset[str]
    not_after: tuple[str, ...]
    not_start: bool
    not_before: tuple[str, ...]
    not_end: bool

    def holds(self, word: str, start: int) -> bool:
        if not word.startswith(self.source, start):
            return False
        if self.bare:
            return True
        end = start + self.length
        if self.after is not None and not (
            word.endswith(self.after, 0, start) or (self.at_start and start == 0) or word[:start] in self.heads
        ):
            return False
        if self.before is not None and not (
            word.startswith(self.before, end) or (self.at_end and end == len(word)) or word[end:] in self.tails
        ):
            return False
        if self.not_after and word.endswith(self.not_after, 0, start):
            return False
        if self.not_before and word.startswith(self.not_before, end):
            return False
        return not ((self.not_start and start == 0) or (self.not_end and end == len(word)))


def _letters(names: tuple[str, ...], classes: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        if name not in ("start", "end"):
            found.extend(classes.get(name, (name,)))
    return tuple(found)


def _loose(letters: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for part in letters if "^" not in part and "$" not in part)


def _whole(letters: tuple[str, ...], sign: str) -> frozenset[str]:
    """Those that must reach the border of the word, ^ at its start or $ at its end."""
    return frozenset(part.strip(sign) for part in letters if sign in part)


def _step(rule: Rule, classes: dict[str, tuple[str, ...]]) -> _Step:
    after, before = _letters(rule.after, classes), _letters(rule.before, classes)
    return _Step(
        source=rule.source,
        length=len(rule.source),
        bare=rule.bare,
        targets=rule.targets,
        after=_loose(after) if rule.after else None,
        at_start="start" in rule.after,
        heads=_whole(after, "^"),
        before=_loose(before) if rule.before else None,
        at_end="end" in rule.before,
        tails=_whole(before, "$"),
        not_after=_letters(rule.not_after, classes),
        not_start="start" in rule.not_after,
        not_before=_letters(rule.not_before, classes),
        not_end="end" in rule.not_before,
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch [start, end) of a word and what it may become, the best first."""

    start: int
    end: int
    targets: tuple[str, ...]


class Table:
    """The rules of one scheme, tried at each place by the letter that stands there."""

    def __init__(self, rules: tuple[Rule, ...], classes: dict[str, tuple[str, ...]]) -> None:
        self._steps: dict[str, list[_Step]] = {}
        for rule in rules:
            self._steps.setdefault(rule.source[0], []).append(_step(rule, classes))

        self._touched = frozenset(self._steps)
        # Letters that have one bare rule of their own and head no longer one: the common case, without a search.
        self._simple = {
            letter: steps[0].targets[0]
            for letter, steps in self._steps.items()
            if len(steps) == 1 and len(steps[0].source) == 1 and steps[0].bare
        }

    def touches(self, word: str) -> bool:
        """Whether any rule begins with a letter of the small-letter word."""
        return not self._touched.isdisjoint(word)

    def spell(self, word: str) -> str:
        """The first answers for the whole of a small-letter word."""
        simple, steps_of = self._simple, self._steps
        out: list[str] = []
        place, stop = 0, len(word)
        while place < stop:
            letter = word[place]
            target = simple.get(letter)
            if target is not None:
                out.append(target)
                place += 1
                continue
            for step in steps_of.get(letter, ()):
                if step.holds(word, place):
                    out.append(step.targets[0])
                    place += step.length
                    break
            else:
                out.append(letter)
                place += 1
        return "".join(out)

    def pieces(self, word: str, start: int = 0, end: int | None = None) -> Iterator[Piece]:
        """What the small-letter word becomes between two places, in the context of the whole word."""
        stop = len(word) if end is None else end
        place = start
        while place < stop:
            for step in self._steps.get(word[place], ()):
                if place + step.length <= stop and step.holds(word, place):
                    yield Piece(place, place + step.length, step.targets)
                    place += step.length
                    break
            else:
                yield Piece(place, place + 1, (word[place],))
                place += 1
