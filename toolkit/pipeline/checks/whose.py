"""What belongs to whom: “Azerbaijani troops” that have become հայկական զորքեր, the envoy of A who has become that of B.

Whose something is stands right beside it in all four languages, in whatever order the rest is. Where the only troops
of a sentence that have an owner have another one in the translation, and both texts name both, they were exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Kind
from toolkit.languages import Language
from toolkit.mentions.model import Mention
from toolkit.morphology.base import Case, Part
from toolkit.pipeline.checks.bodies import has_case, owner_of
from toolkit.pipeline.checks.joined import joined
from toolkit.pipeline.checks.kin import alike, kin_words
from toolkit.pipeline.checks.names import Pairing
from toolkit.pipeline.checks.pair import Pair, Side
from toolkit.pipeline.checks.swaps import group_of
from toolkit.pipeline.checks.word_lists import word_lists
from toolkit.text.folding import fold_key
from toolkit.text.spans import Span

_OWNERS = frozenset({Kind.CITY, Kind.COUNTRY, Kind.ORGANISATION, Kind.PEOPLE, Kind.REGION})
_LANDS = frozenset(("country", "region"))
_SMALL = r"[^\W\d_A-ZА-ЯЁԱ-ՖƏÖÜĞŞÇİ][\w-]*"
_BETWEEN = re.compile(rf"(?:['’]s?)? (?:{_SMALL} ){{0,2}}")
"""Between an owner and what it owns: at most two small words."""
_CHAIN = re.compile(r" (?:(?:of|from|in) )?(?:the )?")
_OWN = re.compile(
    r"(?<!\w)(?:its|their|his|her|сво(?:и\w*|й|его|ему?|ю)|его|ее|их|իր|իրենց|նրա|նրանց|öz|onun|onların) (?:\w+ )?$"
)
"""Before what somebody owns who is named elsewhere."""
_AFTER = {
    Language.EN: re.compile(r" (?:(?:of|from) (?:the )?)"),
    Language.RU: re.compile(rf" (?:{_SMALL} ){{0,2}}(?:из )?"),
}
"""Between what is owned and an owner that follows."""
_BREAKS = {
    Language.AZ: re.compile(
        r"(?<!\w)(?:və|ilə|ki|da|də|üçün|günü|gecəsi|axşamı|ertəsi|ilində|tərəf\w*|qarşı|üzər\w*|vasit\w*|öz|bir|\w+[dt][əa]n?)(?!\w)"
    ),
    Language.EN: re.compile(r"(?<!\w)(?:and|or|but|with|to|of|in|on|at|for|from|by|that|its|their|is|was|\w+ed)(?!\w)"),
    Language.HY: re.compile(r"(?<!\w)(?:և|ու|հետ|դեմ|վրա|մասին|կողմից|համար|միջև|իր|իրենց|է|են|որ|\w+ում|\w+ից)(?!\w)"),
    Language.RU: re.compile(r"(?<!\w)(?:и|или|с|в|на|к|по|о|от|из|за|у|что|свои\w*|своего|его|ее|их)(?!\w)"),
}
"""Words between two others that show that the second does not belong to the first."""


def changed_owner(pair: Pair, found: Pairing) -> tuple[Mention, Mention] | None:
    """(the owner in the source, the owner in the translation) of one thing, where the two have been exchanged."""
    glossary = pair.source.glossary
    for thing in _things():
        owners, owners_out = (list(_owned(thing, side)) for side in (pair.source, pair.target))
        if len(owners) != 1 or len(owners_out) != 1:
            continue
        owner, owner_out = owners[0], owners_out[0]
        if owner is None or owner_out is None or _is_same(owner, owner_out, pair):
            continue
        groups = {_group(owner, glossary), _group(owner_out, glossary)}
        if (len(groups) == 1 or groups <= _LANDS) and (
            _is_named(_states(owner, pair.source), pair.target)
            and _is_named(_states(owner_out, pair.target), pair.source)
        ):
            return owner, owner_out
    return None


def _group(owner: Mention, glossary: Glossary) -> str:
    return "country" if owner_of(owner.entity, glossary) is not None else group_of(owner, glossary)


def _is_same(one: Mention, other: Mention, pair: Pair) -> bool:
    return bool(_states(one, pair.source) & _states(other, pair.target))


def _states(mention: Mention, side: Side) -> set[str]:
    """What a mention names, or the state whose body it names."""
    owner = owner_of(mention.entity, side.glossary)
    entities = mention.entities if owner is None else (owner,)
    return {other for entity in entities for other in alike(entity)}


def _is_named(states: set[str], side: Side) -> bool:
    """Whether a text speaks of any of the states, by a name or by a word of its people."""
    if any(states & _states(mention, side) for mention in side.mentions):
        return True
    return any(True for state in states if state in side.glossary.entities for _ in kin_words(state, side, listed=True))


def _owned(thing: str, side: Side) -> Iterator[Mention | None]:
    """For each place where a text has the thing with an owner: the owner, None where it has several."""
    for match in _things()[thing][side.language].finditer(side.folded.text):
        span = side.original(*match.span())
        inside = next((m for m in side.mentions if m.span.overlaps(span)), None)
        if inside is not None:
            if owner_of(inside.entity, side.glossary) is not None:
                yield inside
            continue
        if _OWN.search(side.folded.text[: match.start()]):
            continue
        owner = _owner_before(span, side) or _owner_after(span, side)
        if owner is not None:
            others = [m for m in side.mentions if m.span != owner.span]
            several = any(joined(owner.span, other.span, side.text) for other in others)
            yield None if several or any(_is_chain(owner, other, side) for other in others) else owner


def _is_chain(owner: Mention, other: Mention, side: Side) -> bool:
    """Whether one of two owners is a people that the other says more of: the Armenians of Karabakh."""
    if not any(reading.features.part is Part.DEMONYM for m in (owner, other) for reading in m.readings):
        return False
    first, second = sorted((owner.span, other.span))
    return _CHAIN.fullmatch(side.text[first.end : second.start]) is not None


def _owner_before(span: Span, side: Side) -> Mention | None:
    for mention in reversed(side.mentions):
        if mention.span.end > span.start:
            continue
        between = side.text[mention.span.end : span.start]
        goes_on = _BETWEEN.fullmatch(between) and not _BREAKS[side.language].search(fold_key(between, side.language))
        beside = between == " " and side.language in (Language.EN, Language.HY)  # a NATO spokesperson
        owns = _owns_before(mention, side.language) or (beside and mention.surface.isupper())
        return mention if goes_on and owns and _may_own(mention, side) else None
    return None


def _owner_after(span: Span, side: Side) -> Mention | None:
    pattern = _AFTER.get(side.language)
    word = re.compile(r"\w*").match(side.text, span.end)
    end = word.end() if word else span.end
    for mention in side.mentions if pattern else ():
        if mention.span.start < end:
            continue
        between = side.text[end : mention.span.start]
        goes_on = pattern is not None and pattern.fullmatch(between) is not None
        if goes_on and side.language is Language.RU and "из " not in between:
            goes_on = not _BREAKS[Language.RU].search(between) and (
                has_case(mention, (Case.GEN,)) or mention.surface.isupper()
            )
        return mention if goes_on and _may_own(mention, side) else None
    return None


def _may_own(mention: Mention, side: Side) -> bool:
    return side.glossary.entity(mention.entity).kind in _OWNERS and mention.doubt is None


def _owns_before(mention: Mention, language: Language) -> bool:
    """Whether the form of a name can be that of an owner who is named first."""
    if all(reading.features.part is not Part.NAME for reading in mention.readings):
        return True
    if language is Language.RU:
        return False
    if language is Language.AZ:
        plain = any(reading.features.case is Case.NOM and not reading.features.tail for reading in mention.readings)
        return plain or has_case(mention, (Case.GEN,))
    return has_case(mention, (Case.GEN, Case.POSS))


@cache
def _things() -> Mapping[str, Mapping[Language, re.Pattern[str]]]:
    """For each kind of thing, the words for it in each language."""
    data = word_lists("owned")
    return {
        thing: {Language(code): re.compile(rf"(?<!\w)(?:{'|'.join(words)})") for code, words in by_language.items()}
        for thing, by_language in data.items()
    }


def opens_possession(after: str, language: Language) -> bool:
    """Whether folded words go on from an owner to something that it owns, with at most one word between them."""
    return _opens(language).match(after) is not None


@cache
def _opens(language: Language) -> re.Pattern[str]:
    things = "|".join(patterns[language].pattern for patterns in _things().values())
    return re.compile(rf" (?:\w+ )?(?:{things})")
