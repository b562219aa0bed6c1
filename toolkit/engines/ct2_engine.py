"""An Engine over a CTranslate2 model: texts cut into pieces, framed as the model was trained, put together again.

A text that is too long for the model is cut at clause borders and its drafts joined. A draft that never ends (a
loop) is no draft: its text is cut in two and tried once more, and left untranslated where that does not help.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from typing import TypeVar

from toolkit.engines.ct2 import Hypothesis, Quality, Runner, Search, cores
from toolkit.engines.protocol import Ability, Draft, Request
from toolkit.engines.split import Part, halve, split
from toolkit.engines.tokens import Tokenizer, word_alignment
from toolkit.errors import ModelUnusable, WrongUse
from toolkit.languages import Language
from toolkit.text.spans import Span

LONGEST_SOURCE = 192
"""Pieces of one source: models are trained on sentences, and what is much longer they shorten in silence."""

_SENTENCE = 48
"""Pieces of a source that all models know; of what is longer a draft may be a part."""
_LEAST = 0.6
"""The fewest tokens of a whole draft for each of its source."""
_ENDS = 2
"""Tokens that the library itself may add: the start and the end of a sentence."""
_LONGEST_SCORED = 1024
_MORE, _ROOM = 1.5, 12
"""How many tokens a draft that is asked for again may have for each of the first one, and besides."""

Pair = tuple[Language, Language]
_Asked = TypeVar("_Asked")
_Answered = TypeVar("_Answered")


@dataclass(frozen=True, slots=True)
class Frame:
    """The tokens a model wants around a text, for one pair of languages."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    """What each draft starts with (`target_prefix`)."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A part of a segment on its way: which segment, what of it, its pieces."""

    segment: int
    part: Part
    tokens: tuple[str, ...]
    again: bool = False
    """Whether it is a half of one whose draft never ended."""


@dataclass(frozen=True)
class Ct2Engine:
    """Translates the pairs of `frames`. Raises ModelUnusable where files are missing or do not fit together."""

    name: str
    runner: Runner
    source: Tokenizer
    target: Tokenizer
    frames: Mapping[Pair, Frame]
    quality: Quality = Quality.NORMAL
    length_penalty: float = 1.0
    longest: int = LONGEST_SOURCE
    abilities: Ability = Ability.ALIGNMENT | Ability.FORBIDDEN | Ability.N_BEST | Ability.SCORES
    _checked: set[Pair] = field(default_factory=set, repr=False, compare=False)

    @property
    def id(self) -> str:
        return f"{self.name}#{self.quality},ctranslate2-{_library()}"

    def can(self, source: Language, target: Language) -> bool:
        return (source, target) in self.frames

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        """A draft for each segment; None for a blank one and for one whose draft never ends.

        A forbidden name is held back where a first draft has it: that draft is made anew without. The other drafts of
        a beam cost nothing and are always told. What is asked again is searched greedily.
        """
        frame = self._frame(source, target)
        beam = self.quality.beam
        search = Search(
            beam, max(n_best, beam), self.length_penalty, self._room("target", frame, 2 * self.longest + 64)
        )
        quick = replace(search, beam=1, n_best=max(n_best, 1), quick=True)
        drafts: list[Draft | None] = [None] * len(segments)
        first = [index for index, segment in enumerate(segments) if segment.before is None]
        for index, draft in zip(first, self._drafts([segments[i] for i in first], frame, search), strict=True):
            drafts[index] = draft
        groups: dict[Search, list[int]] = {}
        for index, (segment, draft) in enumerate(zip(segments, drafts, strict=True)):
            written = segment.before if segment.before is not None else draft.text if draft else ""
            unwanted = {name for one in segment.constraints for name in one.forbidden if name in written}
            sequences = self._sequences(sorted(unwanted))
            if sequences or segment.before is not None:
                wanted = search if segment.before is None else quick
                groups.setdefault(replace(wanted, suppressed=sequences), []).append(index)

        def drafted(group: tuple[Search, list[int]]) -> list[Draft | None]:
            search, asked = group[0], [segments[index] for index in group[1]]
            if search.quick:
                most = max(self._most_again(segment.before or "") for segment in asked)
                search = replace(search, longest=min(search.longest, most + 1))
            return self._drafts(asked, frame, search)

        for indexes, found in zip(groups.values(), _side_by_side(drafted, list(groups.items())), strict=True):
            for index, draft in zip(indexes, found, strict=True):
                drafts[index] = draft or drafts[index]
        return drafts

    def score(self, pairs: Sequence[tuple[str, str]], source: Language, target: Language) -> Sequence[float]:
        """The mean log-probability of a token for each (source, translation), as a Scorer.

        Of texts longer than the model can hold their beginnings are compared.
        """
        frame = self._frame(source, target)
        most, most_target = (self._room(side, frame, _LONGEST_SCORED) for side in ("source", "target"))
        return self.runner.score(
            [
                (self._framed(self.source.encode(text)[:most], frame), self.target.encode(other)[:most_target])
                for text, other in pairs
            ],
            frame.target,
        )

    def _room(self, side: str, frame: Frame, wanted: int) -> int:
        """As many tokens of a text as wanted, or as few as the model can hold beside those of the frame."""
        room = self.runner.room(side)
        around = len(frame.before) + len(frame.after) if side == "source" else len(frame.target)
        return wanted if room is None else max(1, min(wanted, room - around - _ENDS))

    def _frame(self, source: Language, target: Language) -> Frame:
        frame = self.frames.get((source, target))
        if frame is None:
            raise WrongUse(f"{self.name} does not translate from {source} to {target}", remedy="use another engine")
        if (source, target) not in self._checked:
            _check(self.runner, frame)
            self._checked.add((source, target))
        return frame

    def _framed(self, tokens: Sequence[str], frame: Frame) -> tuple[str, ...]:
        return (*frame.before, *tokens, *frame.after)

    def _sequences(self, names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        sequences = (tuple(self.target.encode(name)) for name in names)
        return tuple(sequence for sequence in sequences if sequence and self.runner.target_pieces.issuperset(sequence))

    def _drafts(self, segments: Sequence[Request], frame: Frame, search: Search) -> list[Draft | None]:
        """All parts of all segments at once; what never ended is halved and tried again."""
        longest = self._room("source", frame, self.longest)
        waiting = [cut for index, segment in enumerate(segments) for cut in self._cuts(index, segment, longest)]
        done: dict[int, list[tuple[_Cut, list[Hypothesis]]]] = {}
        lost: set[int] = set()
        while waiting:
            found = self.runner.translate([self._framed(cut.tokens, frame) for cut in waiting], frame.target, search)
            halves: list[_Cut] = []
            for cut, hypotheses in zip(waiting, found, strict=True):
                most = self._most_again(segments[cut.segment].before or "") if search.quick else search.longest
                if search.quick and len(hypotheses[0].tokens) > most:
                    lost.add(cut.segment)
                elif not hypotheses[0].cut and not self._is_short(cut, hypotheses[0]):
                    ended = [hypothesis for hypothesis in hypotheses if not hypothesis.cut]
                    done.setdefault(cut.segment, []).append((cut, ended))
                    continue
                if cut.segment in lost:
                    continue
                endless, text = hypotheses[0].cut, segments[cut.segment].text
                parts = None if cut.again and endless else halve(text, cut.part, _kept(segments[cut.segment]))
                if parts is None:
                    lost.add(cut.segment)
                halves += [self._cut(cut.segment, part, text, again=endless) for part in parts or ()]
            waiting = halves
        return [
            self._joined(segment.text, done[index], frame) if index in done and index not in lost else None
            for index, segment in enumerate(segments)
        ]

    def _is_short(self, cut: _Cut, hypothesis: Hypothesis) -> bool:
        """Whether the draft of a long text leaves out much of it."""
        length = len(cut.tokens)
        return length > _SENTENCE and len(hypothesis.tokens) < _LEAST * length

    def _most_again(self, before: str) -> int:
        """The most tokens of a draft that is asked for again; a longer one has gone astray."""
        return int(_MORE * len(self.target.encode(before))) + _ROOM

    def _cuts(self, index: int, segment: Request, longest: int) -> list[_Cut]:
        def fits(text: str) -> bool:
            return len(self.source.encode(text)) <= longest

        if not segment.text.strip():
            return []
        parts = split(segment.text, fits, _kept(segment))
        return [self._cut(index, part, segment.text) for part in parts]

    def _cut(self, index: int, part: Part, text: str, *, again: bool = False) -> _Cut:
        return _Cut(index, part, tuple(self.source.encode(part.span.of(text))), again)

    def _joined(self, text: str, parts: list[tuple[_Cut, list[Hypothesis]]], frame: Frame) -> Draft:
        """The drafts of a segment's parts as one; its alternatives differ from it in all parts that have some."""
        ordered = sorted(parts, key=lambda found: found[0].part.span.start)
        most = max(len(hypotheses) for _, hypotheses in ordered)
        texts: list[str] = []
        for rank in range(most):
            chosen = [hypotheses[min(rank, len(hypotheses) - 1)] for _, hypotheses in ordered]
            pieces = [self.target.decode(hypothesis.tokens) for hypothesis in chosen]
            joined = "".join(piece + cut.part.glue for piece, (cut, _) in zip(pieces, ordered, strict=True))
            if joined not in texts:
                texts.append(joined)
        lengths = [len(hypotheses[0].tokens) + 1 for _, hypotheses in ordered]
        total = sum(n * hypotheses[0].score for n, (_, hypotheses) in zip(lengths, ordered, strict=True))
        alignment = self._alignment(text, ordered, frame)
        return Draft(texts[0], total / sum(lengths), tuple(texts[1:]), alignment)

    def _alignment(
        self, text: str, parts: list[tuple[_Cut, list[Hypothesis]]], frame: Frame
    ) -> tuple[tuple[Span, Span], ...]:
        pairs: list[tuple[Span, Span]] = []
        reached = 0
        skipped = len(frame.before)
        for cut, hypotheses in parts:
            source, best = cut.part.span.of(text), hypotheses[0]
            draft = self.target.decode(best.tokens)
            words = self.source.spans(cut.tokens, source), self.target.spans(best.tokens, draft)
            if words[0] is not None and words[1] is not None:
                looked = [row[skipped : skipped + len(cut.tokens)] for row in best.attention]
                found = word_alignment(looked, (words[0], source), (words[1], draft))
                pairs += [(one.shift(cut.part.span.start), other.shift(reached)) for one, other in found]
            reached += len(draft) + len(cut.part.glue)
        return tuple(pairs)


@cache
def _library() -> str:
    return version("ctranslate2")


def _side_by_side(task: Callable[[_Asked], _Answered], asked: list[_Asked]) -> list[_Answered]:
    """What a task makes of each; small ones share the cores, which a call for one text leaves idle."""
    if len(asked) < 2:
        return [task(one) for one in asked]
    with ThreadPoolExecutor(min(cores(), len(asked)), "ct2") as pool:
        return list(pool.map(task, asked))


def _kept(segment: Request) -> list[Span]:
    return [constraint.span for constraint in segment.constraints]


def _check(runner: Runner, frame: Frame) -> None:
    """A token that is not in the vocabulary would become <unk> in silence, and the language with it."""
    unknown = sorted({*frame.before, *frame.after} - runner.source_pieces)
    unknown += sorted(set(frame.target) - runner.target_pieces)
    if unknown:
        raise ModelUnusable(
            f"the model does not know the token {unknown[0]!r}",
            where=str(runner.folder),
            remedy="correct the manifest beside the model",
        )
