"""The Result of every verb, as the CLI prints it and the API answers it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from toolkit.languages import Language
from toolkit.pipeline.findings import CODES, Severity


class Action(StrEnum):
    """What became of a mention."""

    FLAGGED = "flagged"
    KEPT = "kept"
    REPAIRED = "repaired"
    REPLACED = "replaced"


class Origin(StrEnum):
    """Where the text of a segment comes from."""

    GIVEN = "given"
    MACHINE = "machine"
    MEMORY = "memory"
    MEMORY_FUZZY = "memory-fuzzy"
    RESTYLED = "restyled"
    UNTRANSLATED = "untranslated"


class Step(StrEnum):
    """By which step a name came into a machine translation, strongest first."""

    DRAFT = "draft"
    """The engine wrote it itself."""
    HELD = "held"
    """Decoding was held to its forms."""
    REPLACED = "replaced"
    """A rendering was found in the draft and replaced in the same form."""
    SCORED = "scored"
    """Of several possible forms the engine found it the likeliest."""
    N_BEST = "n-best"
    """Another draft of the engine has it."""
    REDECODED = "re-decoded"
    """The engine wrote it when the wrong name was forbidden."""
    STAND_IN = "stand-in"
    """A well-known name was translated in its place and swapped back."""
    ALIGNED = "aligned"
    """The words that the engine aligned with it were replaced."""
    FLAGGED = "flagged"
    """No step could; a finding says what is left to do."""


class ResultModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Offset = Annotated[int, Field(ge=0, description="Where it starts in the source text, in code points.")]
OffsetEnd = Annotated[int, Field(ge=0, description="Where it ends there.")]
TargetOffset = Annotated[int | None, Field(description="Where it starts in the text that came out.")]
TargetEnd = Annotated[int | None, Field(description="Where it ends there.")]


class ResultSegment(ResultModel):
    """A sentence or heading with what it became."""

    start: Offset
    end: OffsetEnd
    source: Annotated[str, Field(description="The segment as it is in the source text.")]
    target: Annotated[str, Field(description="What it became.")]
    origin: Annotated[Origin, Field(description="Where the text of the segment comes from.", examples=["memory"])]
    score: Annotated[float, Field(ge=0, le=1, description="1 for an exact match.")] = 1.0
    draft: Annotated[str | None, Field(description="What the engine wrote, before names were put right.")] = None


class ResultMention(ResultModel):
    """A mention and its rendering; `rule` says why."""

    start: Offset
    end: OffsetEnd
    target_start: TargetOffset = None
    target_end: TargetEnd = None
    surface: Annotated[str, Field(description="The name as the source text has it.", examples=["Степанакерту"])]
    entity: Annotated[str, Field(description="Id of the entity it names.", examples=["khankendi-stepanakert"])]
    kind: Annotated[str, Field(description="Kind of the entity.", examples=["city"])]
    usage: Annotated[str, Field(description="Usages that write it so, joined by “+”.")]
    case: Annotated[str, Field(description="The form, such as gen, nom.def, demonym.pl.gen.")]
    zone: Annotated[str, Field(description="Where it stands: narration, quote, protected or metalinguistic.")]
    rendering: Annotated[str, Field(description="What became of it; empty where the translation has no such place.")]
    usage_out: Annotated[str, Field(description="Usage of the rendering.", examples=["azerbaijani"])]
    action: Annotated[Action, Field(description="What was done with it.")]
    rule: Annotated[str, Field(description="The rule behind that.", examples=["policy:azerbaijani"])]
    step: Annotated[Step | None, Field(description="How it came into a machine translation.")] = None
    flags: Annotated[tuple[str, ...], Field(description="Codes of the findings about it.")] = ()
    candidates: Annotated[tuple[str, ...], Field(description="What it may be or become, where it is undecided.")] = ()


class Finding(ResultModel):
    """A coded remark on a place in the source text and, where a translation is compared, in that."""

    code: Annotated[str, Field(description="The code of the remark.", examples=["N003"])]
    severity: Annotated[Severity, Field(description="How much it matters.")]
    start: Offset
    end: OffsetEnd
    target_start: TargetOffset = None
    target_end: TargetEnd = None
    message: Annotated[str, Field(description="What is to be looked at.")]
    remedy: Annotated[str, Field(description="What to do about it.")]


class Result(ResultModel):
    """What a verb made of one text, and how."""

    id: Annotated[str | None, Field(description="Id of the text, where several were asked about.")] = None
    lang: Annotated[Language, Field(description="Language of the text that came out.")]
    source_lang: Annotated[Language, Field(description="Language of the source text.")]
    text: Annotated[str, Field(description="The text that came out.", examples=["По дороге к Ханкенди тихо."])]
    segments: Annotated[tuple[ResultSegment, ...], Field(description="Its sentences and headings, in order.")] = ()
    mentions: Annotated[tuple[ResultMention, ...], Field(description="The names in it, in order.")] = ()
    findings: Annotated[tuple[Finding, ...], Field(description="What is to be looked at.")] = ()
    signature: Annotated[str, Field(description="How it was made: versions of the toolkit, packs, policy, engine.")]
    original: Annotated[SkipJsonSchema[str | None], Field(exclude=True, repr=False)] = None

    @property
    def file(self) -> str:
        """What the file now holds: `text`, except for packages, whose `text` is what people read in them."""
        return self.text if self.original is None else self.original

    @property
    def untranslated(self) -> int:
        return sum(segment.origin is Origin.UNTRANSLATED for segment in self.segments)

    def worst(self) -> Severity | None:
        """The highest severity among the findings."""
        return max((finding.severity for finding in self.findings), key=lambda s: s.rank, default=None)


def finding(code: str, start: int, end: int, **fields: object) -> Finding:
    """A finding of a listed code, its templates filled."""
    kind = CODES[code]
    return Finding(
        code=code,
        severity=kind.severity,
        start=start,
        end=end,
        message=kind.message.format(**fields),
        remedy=kind.remedy.format(**fields) or "read the sentence",
    )
