"""The `firefox` engine: a folder with a model in, drafts out, through the Protocol of engines."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.engines import protocol
from toolkit.engines.coverage import lost_stretch
from toolkit.engines.firefox.split import split
from toolkit.engines.models.firefox_files import firefox_files
from toolkit.engines.models.installed import InstalledModel
from toolkit.engines.protocol import Ability, Constraint, Draft, Request
from toolkit.engines.split import Part as Whole
from toolkit.engines.split import halve
from toolkit.languages import Language
from toolkit.text.spans import Span

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

    from toolkit.engines.firefox.forms import FormTries
    from toolkit.engines.firefox.held import Held
    from toolkit.engines.firefox.parts import Parts
    from toolkit.engines.firefox.search import Batch
    from toolkit.engines.firefox.shortlist import Allowed
    from toolkit.engines.firefox.track import Hypothesis
    from toolkit.engines.firefox.vocabulary import Pieces

_MOST_ROWS = 128
_MOST_NUMBERS = 1 << 22
"""Of the output layer for a batch, one for each row and piece of the vocabulary: 16 megabytes."""
_SHORT = 16
"""Pieces that are not cut any further."""
_UNSAID = 4
"""Words in a row without counterpart for which a part of a long text is looked at in halves: few, since halves do no
harm where the text had to be cut anyhow."""
_WIDE = 256
"""A narrower network computes so little between two lines of Python, for which threads wait in turn, that a second
thread saves it no more time (a sixth at best) than it costs of another core."""
_MOST_PIECES = 4096
"""Of the sources of a batch: larger batches are no faster and take more memory."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a segment that is decoded on its own: nearly always all of it."""

    segment: int
    offset: int
    source: Pieces
    constraints: tuple[tuple[int, Constraint], ...]
    """(its number in the request, the constraint with its span in the part)."""


@dataclass(frozen=True, slots=True)
class _Written:
    """The draft of a part."""

    part: _Part
    draft: Draft
    pieces: int


def engine_id(model: InstalledModel, beam: int = 1) -> str:
    """The name of an engine in signatures; nothing is loaded. Raises ModelUnusable where the model file is gone."""
    file = firefox_files(model).model
    ((source, target),) = model.directions
    checksum = model.manifest.files[file] or model.sha256(file)
    name = f"{source.value}-{target.value}-{model.manifest.architecture or 'model'}"
    return f"firefox:{name}@{checksum[:8]}{f',beam={beam}' if beam > 1 else ''}"


class FirefoxEngine:
    """One model, loaded. `translate` may be called from several threads.

    Batches are decoded side by side, a thread for each core, and the linear algebra inside one is kept to its
    thread: small products gain nothing from being shared out, and lose much when the cores are busy.
    """

    abilities = Ability.ALIGNMENT | Ability.CONSTRAINTS | Ability.FORBIDDEN | Ability.N_BEST | Ability.SCORES

    def __init__(self, model: InstalledModel, parts: Parts, *, beam: int = 1, threads: int | None = None) -> None:
        from threadpoolctl import ThreadpoolController

        from toolkit.engines.firefox.forms import FormTries

        ((self.source, self.target),) = model.directions
        self.id = engine_id(model, beam)
        self.beam = max(1, beam)
        self._network, self._shortlist = parts.network, parts.shortlist
        self._source, self._target = parts.source, parts.target
        narrow = self._network.architecture.width < _WIDE
        self._threads = threads or (1 if narrow else os.cpu_count() or 1)
        self._tries: FormTries = FormTries(parts.target)
        self._algebra: ThreadpoolController = ThreadpoolController()

    @classmethod
    def load(cls, folder: Path, *, beam: int = 1, threads: int | None = None) -> FirefoxEngine:
        """Load the model of a folder, which its `model.yaml` describes. Raises ModelUnusable."""
        from toolkit.engines.firefox.parts import load_parts

        model = InstalledModel.at(folder)
        return cls(model, load_parts(model), beam=beam, threads=threads)

    def can(self, source: Language, target: Language) -> bool:
        return (source, target) == (self.source, self.target)

    def translate(
        self, segments: Sequence[Request], source: Language, target: Language, *, n_best: int = 1
    ) -> Sequence[Draft | None]:
        """A draft for each segment. A segment without a word, or in another direction, has none."""
        if not self.can(source, target):
            return [None] * len(segments)
        parts = self._parts(segments)
        cut = {part.segment for part in parts if len(part.source.text) < len(segments[part.segment].text.strip())}
        written: list[_Written] = []
        while parts:
            found = self._run(parts, n_best)
            short = [one for one in found if one.part.segment in cut and _is_short(one)]
            halves = [(one, self._halved(segments[one.part.segment], one.part)) for one in short]
            again = {id(one): parts for one, parts in halves}
            written += [one for one in found if not again.get(id(one))]
            parts = [part for _, smaller in halves for part in smaller]
        by_segment: dict[int, list[_Written]] = {}
        for one in sorted(written, key=lambda one: (one.part.segment, one.part.offset)):
            by_segment.setdefault(one.part.segment, []).append(one)
        return [
            _joined(request.text, by_segment[number]) if number in by_segment else None
            for number, request in enumerate(segments)
        ]

    def score(self, pairs: Sequence[tuple[str, str]], source: Language, target: Language) -> Sequence[float]:
        """The mean log-probability of a token for each (source, translation)."""
        from toolkit.engines.firefox.scoring import score

        sources = self._source.encode([pair[0] for pair in pairs])
        targets = self._target.encode([pair[1] for pair in pairs])
        with self._algebra.limit(limits=1, user_api="blas"):
            return score(self._network, [one.ids for one in sources], [one.ids for one in targets])

    # -- segments to parts ---------------------------------------------------------------------------------------

    def _parts(self, segments: Sequence[Request]) -> list[_Part]:
        whole = self._source.encode([request.text for request in segments])
        parts: list[_Part] = []
        for number, (request, pieces) in enumerate(zip(segments, whole, strict=True)):
            if not request.text.strip() or not pieces.ids:
                continue
            numbered = tuple(enumerate(request.constraints))
            spans = self._split(request, pieces)
            if len(spans) == 1:
                parts.append(_Part(number, 0, pieces, numbered))
                continue
            parts += self._cut(number, request, spans)
        return parts

    def _cut(self, number: int, request: Request, spans: Sequence[Span]) -> list[_Part]:
        """Parts of a segment."""
        encoded = self._source.encode([span.of(request.text) for span in spans])
        numbered = tuple(enumerate(request.constraints))
        return [
            _Part(number, span.start, part, tuple((n, _moved(o, span)) for n, o in numbered if o.span.overlaps(span)))
            for span, part in zip(spans, encoded, strict=True)
            if part.ids
        ]

    def _halved(self, request: Request, part: _Part) -> list[_Part]:
        """A part in two; none where it is as short as what the models know well."""
        if len(part.source.ids) < _SHORT:
            return []
        whole = Whole(Span(part.offset, part.offset + len(part.source.text)))
        halves = halve(request.text, whole, [constraint.span for constraint in request.constraints])
        return self._cut(part.segment, request, [half.span for half in halves]) if halves else []

    def _split(self, request: Request, pieces: Pieces) -> list[Span]:
        def count(text: str) -> int:
            return len(pieces.ids) if text == request.text else len(self._source.encode([text])[0].ids)

        return split(request.text, self.source, [constraint.span for constraint in request.constraints], count)

    # -- parts to drafts -----------------------------------------------------------------------------------------

    def _run(self, parts: list[_Part], n_best: int) -> list[_Written]:
        rows = min(_MOST_ROWS, _MOST_NUMBERS // self._target.size)
        batches = _batches(parts, rows, self._threads)
        with self._algebra.limit(limits=1, user_api="blas"):
            return self._shared_out(batches, n_best)

    def _shared_out(self, batches: list[list[_Part]], n_best: int) -> list[_Written]:
        shares = [batches[n :: self._threads] for n in range(min(self._threads, len(batches)))]
        if len(shares) < 2:
            found = [self._decode(share, n_best) for share in shares]
        else:
            with ThreadPoolExecutor(len(shares), "firefox") as pool:
                found = list(pool.map(lambda share: self._decode(share, n_best), shares))
        return [one for share in found for one in share]

    def _decode(self, batches: list[list[_Part]], n_best: int) -> list[_Written]:
        """Decode the batches of a thread."""
        from toolkit.engines.firefox.search import Batch, in_turn

        if max(self.beam, n_best) > 1:
            return [one for batch in batches for one in self._decode_widely(batch, n_best)]
        begun: deque[tuple[list[_Part], list[Held | None]]] = deque()

        def asked() -> Iterator[Batch]:
            for batch in batches:
                guides = [self._guide(part) for part in batch]
                begun.append((batch, guides))
                yield Batch([part.source.ids for part in batch], guides)

        found: list[_Written] = []
        for best in in_turn(self._network, asked(), self._allowed):
            found += self._written(*begun.popleft(), [[one] for one in best], 1)
        return found

    def _decode_widely(self, batch: list[_Part], n_best: int) -> list[_Written]:
        """Decode a batch by beams; those that are held to names greedily first."""
        from toolkit.engines.firefox.beam import beam
        from toolkit.engines.firefox.search import Batch, greedy

        sources = [part.source.ids for part in batch]
        guides = [self._guide(part) for part in batch]
        ranked = beam(self._network, sources, max(self.beam, n_best), self._allowed(Batch(sources, guides)))
        held = [number for number, guide in enumerate(guides) if guide is not None]
        if held:
            some = Batch([sources[n] for n in held], [guides[n] for n in held])
            first = greedy(self._network, *some, self._allowed(some))
            for number, one in zip(held, first, strict=True):
                ranked[number].insert(0, one)
        return self._written(batch, guides, ranked, n_best)

    def _guide(self, part: _Part) -> Held | None:
        from toolkit.engines.firefox.held import Held

        constraints = [one for _, one in part.constraints]
        return Held(self._tries, part.source, constraints) if constraints else None

    def _allowed(self, batch: Batch) -> Allowed | None:
        """What the shortlist, if there is one, lets the rows of a batch write."""
        if self._shortlist is None:
            return None
        from toolkit.engines.firefox.network import LEAST_ROWS

        more = [() if guide is None else guide.extra_pieces() for guide in batch.guides]
        return self._shortlist.allowed(self._network, batch.sources, more, max(len(batch.sources), LEAST_ROWS))

    def _written(
        self, batch: list[_Part], guides: Sequence[Held | None], ranked: list[list[Hypothesis]], n_best: int
    ) -> list[_Written]:
        from toolkit.engines.firefox.alignment import align

        flat = self._target.decode([one.ids for many in ranked for one in many[:n_best]])
        texts = iter(flat)
        found = []
        for part, guide, many in zip(batch, guides, ranked, strict=True):
            first, *others = (next(texts) for _ in many[:n_best])
            draft = Draft(
                first.text,
                many[0].score,
                tuple(dict.fromkeys(other.text for other in others if other.text != first.text)),
                align(part.source, first, many[0].attention),
                _held(part, guide, first),
            )
            found.append(_Written(part, draft, len(first.ids) + 1))
        return found


def _is_short(one: _Written) -> bool:
    """Whether the draft of a part leaves out some of it."""
    return lost_stretch(one.part.source.text, one.draft.alignment, _UNSAID) is not None


def _held(part: _Part, guide: Held | None, target: Pieces) -> tuple[protocol.Held, ...]:
    if guide is None:
        return ()
    return tuple(
        protocol.Held(
            part.constraints[one.constraint][0],
            Span(target.spans[one.start].start, target.spans[one.end - 1].end),
            one.near_tie,
        )
        for one in guide.finish(len(target.ids))
    )


def _moved(constraint: Constraint, part: Span) -> Constraint:
    """A constraint of a segment as one of a part of it."""
    inside = Span(max(constraint.span.start, part.start), min(constraint.span.end, part.end))
    return replace(constraint, span=inside.shift(-part.start))


def _batches(parts: list[_Part], rows: int, threads: int) -> list[list[_Part]]:
    """Parts of like length together, the longest first; few parts are shared out among the threads."""
    from toolkit.engines.firefox.encoded import padded
    from toolkit.engines.firefox.network import LEAST_ROWS

    most = max(LEAST_ROWS, min(rows, -(-len(parts) // threads)))
    batches: list[list[_Part]] = []
    pieces = 0
    for part in sorted(parts, key=lambda part: -len(part.source.ids)):
        length = padded(len(part.source.ids) + 1)
        if not batches or len(batches[-1]) == most or pieces + length > _MOST_PIECES:
            batches.append([])
            pieces = 0
        batches[-1].append(part)
        pieces += length
    return batches


def _joined(text: str, parts: list[_Written]) -> Draft:
    """The drafts of the parts of a segment as one."""
    if len(parts) == 1:
        return _shifted(parts[0], 0)
    drafts, end, written = [], 0, ""
    for one in parts:
        gap = text[end : one.part.offset]
        written += gap if not gap.strip() else " "
        drafts.append(_shifted(one, len(written)))
        written += one.draft.text
        end = one.part.offset + len(one.part.source.text)
    pieces = sum(one.pieces for one in parts)
    scores = [(one.draft.score or 0.0) * one.pieces for one in parts]
    return Draft(
        written,
        sum(scores) / pieces,
        (),
        tuple(pair for draft in drafts for pair in draft.alignment),
        tuple(held for draft in drafts for held in draft.held),
    )


def _shifted(one: _Written, by: int) -> Draft:
    offset = one.part.offset
    if not offset and not by:
        return one.draft
    alignment = tuple((ours.shift(offset), theirs.shift(by)) for ours, theirs in one.draft.alignment)
    held = tuple(replace(held, span=held.span.shift(by)) for held in one.draft.held)
    return replace(one.draft, alignment=alignment, held=held)
