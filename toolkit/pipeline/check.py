"""check: a source and its translation, human or machine; what is wrong is said, names are put right on demand."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.documents.model import Document
from toolkit.errors import WrongUse
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.pipeline.check_pair import Checked, check_pair
from toolkit.pipeline.checks.pair import Pair
from toolkit.pipeline.choices import Choice, choices_signature
from toolkit.pipeline.in_file import can_change, changes_of, in_file
from toolkit.pipeline.outcome import Placed, flagged_or, result_mention
from toolkit.pipeline.parallel import ParallelText, paired_stretches
from toolkit.pipeline.result import Finding, Origin, Result, ResultMention, ResultSegment, finding
from toolkit.pipeline.signature import signature
from toolkit.text.spans import Edit, Span, apply_edits
from toolkit.watch import Watch, unwatched


def check(
    source: Document,
    target: Document,
    source_language: Language,
    target_language: Language,
    policy: Policy,
    glossary: Glossary,
    *,
    fix: bool = False,
    choices: Sequence[Choice] = (),
    name: str | None = None,
    watch: Watch = unwatched,
) -> Result:
    """Compare a translation with its source, sentence by sentence; `text` of the Result is the translation.

    With `fix` the names of the translation are put right in place and nothing else; each segment keeps what was
    given as its `draft`. `choices` come before the policy, each for one mention of the source. Raises WrongUse where
    both texts are of one language, BadOption for a choice that meets no mention.
    """
    if source_language is target_language:
        raise WrongUse("a text and its translation are in two languages", remedy="use `lint` or `restyle` for one text")
    texts = (
        ParallelText(source, source_language, glossary, choices),
        ParallelText(target, target_language, glossary),
    )
    collected = _Collected(glossary)
    pairs = list(paired_stretches(*texts))
    for done, (old, new) in enumerate(pairs):
        watch(done, len(pairs))
        collected.add(texts, old, new, policy, fix=fix)
    result = Result(
        id=name,
        lang=target_language,
        source_lang=source_language,
        text=apply_edits(target.text, collected.edits),
        segments=tuple(collected.segments),
        mentions=tuple(collected.mentions),
        findings=tuple(sorted(collected.findings, key=lambda remark: (remark.start, remark.end, remark.code))),
        signature=signature(glossary, policy, *choices_signature(choices), "check:fix" if fix else "check"),
    )
    return in_file(result, source, changes_of(target, collected.edits), target=target)


class _Collected:
    """The parts of the Result as they grow; `_grown` is how much longer the text has become so far."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._grown = 0
        self._last = 0
        self.edits: list[Edit] = []
        self.segments: list[ResultSegment] = []
        self.mentions: list[ResultMention] = []
        self.findings: list[Finding] = []

    def add(
        self,
        texts: tuple[ParallelText, ParallelText],
        old: Span | None,
        new: Span | None,
        policy: Policy,
        *,
        fix: bool,
    ) -> None:
        """Check one pair of stretches, either of which may be missing."""
        source, target = texts
        old = old or Span(self._last, self._last)
        place = new or Span(0, 0)
        self._last = old.end
        pair = Pair(source.side(old), target.side(place))
        checked = check_pair(pair, policy, self._glossary, fix=fix)
        given = place.of(target.document.text)
        if checked.text != given:
            edit = _trimmed(place, given, checked.text)
            if can_change(target.document, edit.span):
                self.edits.append(edit)
            else:
                checked = check_pair(pair, policy, self._glossary, fix=False)
                surface = edit.span.of(target.document.text)
                self.findings.append(finding("N019", old.start, old.end, surface=surface, rendering=edit.text))
        start = place.start + self._grown
        self._grown += len(checked.text) - len(given)
        self.segments.append(
            ResultSegment(start=old.start, end=old.end, source=old.of(source.document.text), target=checked.text,
                          origin=Origin.GIVEN, draft=given if fix else None)
        )  # fmt: skip
        for mention in pair.source.mentions:
            self.mentions.append(self._mention(mention, checked, old.start, start))
        self.findings.extend(_findings(checked, old, start, placed=new is not None))

    def _mention(self, mention: Mention, checked: Checked, source: int, target: int) -> ResultMention:
        flags = tuple(remark.code for remark in checked.remarks if remark.source == mention.span)
        placed = checked.placed.get(mention) or Placed("", None, "", "missing")
        place = placed.span.shift(target) if placed.span else None
        moved = mention.span.shift(source)
        action = flagged_or(placed.action, flags)
        return result_mention(mention, moved, place, placed, flags, action, self._glossary)


def _trimmed(place: Span, given: str, new: str) -> Edit:
    """The edit that makes `new` of what is given at a place, without what both begin and end with."""
    head = _alike(given, new)
    tail = _alike(given[head:][::-1], new[head:][::-1])
    return Edit(Span(place.start + head, place.end - tail), new[head : len(new) - tail])


def _alike(one: str, other: str) -> int:
    """How many code points two texts begin with alike."""
    shorter = min(len(one), len(other))
    return next((index for index in range(shorter) if one[index] != other[index]), shorter)


def _findings(checked: Checked, source: Span, target: int, *, placed: bool) -> Sequence[Finding]:
    found = []
    for remark in checked.remarks:
        area = remark.source.shift(source.start) if remark.source else source
        place = remark.target.shift(target) if remark.target else None
        if place is None and placed:
            place = Span(target, target + len(checked.text))
        remarked = finding(remark.code, area.start, area.end, **remark.fields)
        if place is not None:
            remarked = remarked.model_copy(update={"target_start": place.start, "target_end": place.end})
        found.append(remarked)
    return found
