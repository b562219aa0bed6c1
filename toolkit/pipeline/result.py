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


Offset = Annotated[int, Field(ge=0, description="Offset in code points of the source text.")]


class ResultSegment(ResultModel):
    """A sentence or heading with what it became."""

    start: Offset
    end: Offset
    source: str
    target: str
    origin: Origin
    score: Annotated[float, Field(ge=0, le=1, description="1 for an exact match.")] = 1.0
    draft: Annotated[str | None, Field(description="What the engine wrote, before names were put right.")] = None


class ResultMention(ResultModel):
    """A mention and its rendering; `rule` says why."""

    start: Offset
    end: Offset
    target_start: Annotated[int | None, Field(description="Offset in the text that came out.")] = None
    target_end: int | None = None
    surface: str
    entity: str
    kind: str
    usage: Annotated[str, Field(description="Usages that write it so, joined by “+”.")]
    case: Annotated[str, Field(description="The form, such as gen, nom.def, demonym.pl.gen.")]
    zone: str
    rendering: str
    usage_out: str
    action: Action
    rule: str
    step: Annotated[Step | None, Field(description="How it came into a machine translation.")] = None
    flags: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


class Finding(ResultModel):
    """A coded remark on a place in the source text and, where a translation is compared, in that."""

    code: str
    severity: Severity
    start: Offset
    end: Offset
    target_start: Annotated[int | None, Field(description="Offset in the text that came out.")] = None
    target_end: int | None = None
    message: str
    remedy: str


class Result(ResultModel):
    """What a verb made of one text, and how."""

    id: str | None = None
    lang: Language
    source_lang: Language
    text: str
    segments: tuple[ResultSegment, ...] = ()
    mentions: tuple[ResultMention, ...] = ()
    findings: tuple[Finding, ...] = ()
    signature: str
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
