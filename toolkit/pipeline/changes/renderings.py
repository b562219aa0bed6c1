"""How the names of texts are rendered before and after a change of the glossary or of a policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.languages import Language
from toolkit.mentions.resolve import Analysis, analyse
from toolkit.pipeline.changes.texts import SeedText
from toolkit.pipeline.restyle import restyle
from toolkit.pipeline.result import Result
from toolkit.text.spans import Span

_AROUND = 40
"""Code points of the text that are shown on each side of a name."""


@dataclass(frozen=True, slots=True, order=True)
class Rendered:
    """What became of a name: the entity it was taken for, the text written, the codes of what was flagged."""

    entity: str
    text: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderingChange:
    """A name that comes out otherwise: under which policies, in how many places, and the first of them.

    `surface` is the name as the text has it; before or after is None where it is not taken for a name.
    """

    language: Language
    surface: str
    before: Rendered | None
    after: Rendered | None
    policies: tuple[str, ...]
    places: int
    first: str
    excerpt: str


Key = tuple[Language, str, Rendered | None, Rendered | None]


@dataclass(slots=True)
class _Places:
    """Where one change was met."""

    policies: set[str] = field(default_factory=set)
    places: dict[tuple[str, Span], str] = field(default_factory=dict)


def rendering_changes(
    texts: Iterable[SeedText],
    before: Glossary,
    after: Glossary,
    policies: Sequence[tuple[Policy, Policy]],
) -> tuple[RenderingChange, ...]:
    """The changes in `texts`, each policy given as it was and as it is; by language, surface and rendering."""
    found: dict[Key, _Places] = {}
    for text in texts:
        old, new = _analysis(text, before), _analysis(text, after)
        for policy_before, policy_after in policies:
            was = _rendered(text, old, policy_before, before)
            now = _rendered(text, new, policy_after, after)
            for span in sorted({*was, *now}):
                if was.get(span) != now.get(span):
                    key = (text.language, span.of(text.document.file), was.get(span), now.get(span))
                    met = found.setdefault(key, _Places())
                    met.policies.add(policy_after.id)
                    met.places.setdefault((text.place, span), _excerpt(text.document.file, span))
    return tuple(_change(key, found[key]) for key in sorted(found, key=_order))


def _analysis(text: SeedText, glossary: Glossary) -> Analysis:
    document = text.document
    return analyse(document.text, text.language, glossary, [block.span for block in document.blocks], document.markup)


def _rendered(text: SeedText, analysis: Analysis, policy: Policy, glossary: Glossary) -> Mapping[Span, Rendered]:
    result: Result = restyle(text.document, text.language, policy, glossary, analysis=analysis)
    return {
        Span(mention.start, mention.end): Rendered(mention.entity, mention.rendering, mention.flags)
        for mention in result.mentions
    }


def _excerpt(text: str, span: Span) -> str:
    """The name with the nearest words of its line on each side."""
    line_start = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", span.end)
    before = text[line_start : span.start]
    after = text[span.end : line_end if line_end >= 0 else len(text)]
    if len(before) > _AROUND:
        before = f"… {before[-_AROUND:].partition(' ')[2]}"
    if len(after) > _AROUND:
        after = f"{after[:_AROUND].rpartition(' ')[0]} …"
    return f"{before}{span.of(text)}{after}".strip()


def _order(key: Key) -> tuple[str, str, str, str]:
    language, surface, before, after = key
    return language.value, surface, str(before), str(after)


def _change(key: Key, met: _Places) -> RenderingChange:
    (first, _), excerpt = next(iter(met.places.items()))
    return RenderingChange(*key, tuple(sorted(met.policies)), len(met.places), first, excerpt)
