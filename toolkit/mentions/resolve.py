"""From hits to mentions: which entity, which readings the sentence allows, which zone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.names import Role
from toolkit.languages import Language
from toolkit.mentions.find import Finder
from toolkit.mentions.homonyms import decide_entity
from toolkit.mentions.model import Doubt, Hit, Mention, Reading, Zone
from toolkit.mentions.naming import metalinguistic
from toolkit.mentions.surroundings import Surroundings
from toolkit.mentions.titles import introduced_by_title
from toolkit.mentions.zones import Zones, zones_of
from toolkit.morphology.base import Context
from toolkit.morphology.grammars import grammar_of
from toolkit.text.sentences import split_sentences
from toolkit.text.spans import Span, SpanSet, leftmost_longest
from toolkit.watch import Watch, unwatched

_PLACES = frozenset(
    {"city", "country", "district", "lake", "monastery", "mountain", "region", "river", "sea", "town", "village"}
)

_SPEAKERS = frozenset({"country", "people"})

_ASIDE = re.compile(r"\s\([^()]*\)")
"""What stands in brackets has no say in the grammar of the sentence."""

_DASHES = ("-", "–", "—")


@dataclass(frozen=True)
class Analysis:
    """The mentions of a text, in order and without overlaps, and its sentences."""

    mentions: tuple[Mention, ...]
    sentences: tuple[Span, ...]


@lru_cache(maxsize=16)
def finder_of(glossary: Glossary, language: Language) -> Finder:
    """The automaton of a glossary and language, made once."""
    return Finder(glossary.table(language))


def analyse(
    text: str,
    language: Language,
    glossary: Glossary,
    blocks: Iterable[Span] | None = None,
    markup: Iterable[Span] = (),
    watch: Watch = unwatched,
) -> Analysis:
    """Find and resolve the mentions of a text.

    `blocks` are the stretches that may be read and changed (the whole text where not given); no sentence reaches
    over two. `markup` inside them is never read. All offsets are code points of `text`.
    `watch` is told of each sentence.
    """
    zones = zones_of(text, language)
    protected = SpanSet(leftmost_longest([*zones.protected, *markup], lambda span: span))
    areas = SpanSet(blocks if blocks is not None else [Span(0, len(text))])
    found = [
        hit
        for hit in finder_of(glossary, language).find(text)
        if areas.covers(hit.span) and not protected.touches(hit.span)
    ]
    hits = _merged(leftmost_longest(_unjoined(found, text), lambda hit: hit.span))
    whole = SpanSet([*(hit.span for hit in hits), *protected.spans])
    sentences = [
        sentence.shift(area.start)
        for area in areas.spans
        for sentence in split_sentences(
            area.of(text), language, [span.shift(-area.start) for span in whole.inside(area)]
        )
    ]
    resolver = _Resolver(text, language, glossary, zones, hits, _inside(_merged(found), hits))
    return Analysis(tuple(resolver.mentions(sentences, watch)), tuple(sentences))


def _unjoined(hits: Sequence[Hit], text: str) -> list[Hit]:
    """Without names of several words that begin inside a compound: the road of "Shusha–Lachin road" joins both."""
    ends = {hit.span.end for hit in hits}
    return [
        hit
        for hit in hits
        if not (
            text[hit.span.start - 1 : hit.span.start] in _DASHES
            and hit.span.start - 1 in ends
            and re.search(r"\s", hit.span.of(text))
        )
    ]


def _inside(found: Sequence[Hit], chosen: Sequence[Hit]) -> dict[Span, list[Hit]]:
    """For each chosen hit the shorter ones inside it: what its words name where it turns out to be no name."""
    inner: dict[Span, list[Hit]] = {}
    spans = sorted(hit.span for hit in chosen)
    index = 0
    for hit in sorted(found, key=lambda hit: hit.span):
        while index < len(spans) and spans[index].end <= hit.span.start:
            index += 1
        if index < len(spans) and spans[index] != hit.span and spans[index].contains(hit.span):
            inner.setdefault(spans[index], []).append(hit)
    return inner


def _merged(hits: Sequence[Hit]) -> list[Hit]:
    """One hit a span, with the readings of all."""
    by_span: dict[Span, Hit] = {}
    for hit in hits:
        known = by_span.get(hit.span)
        by_span[hit.span] = hit if known is None else replace(known, readings=known.readings + hit.readings)
    return list(by_span.values())


@dataclass
class _Resolver:
    """Resolves the hits of one text; `senses` remembers which of several places a name was found to mean,
    `certain` the entities that the text names beyond doubt."""

    text: str
    language: Language
    glossary: Glossary
    zones: Zones
    hits: Sequence[Hit]
    inner: dict[Span, list[Hit]]
    senses: dict[str, str] = field(default_factory=dict)
    certain: set[str] = field(default_factory=set)

    def mentions(self, sentences: Sequence[Span], watch: Watch) -> Iterable[Mention]:
        by_span = {hit.span: hit for hit in self.hits}
        spans = SpanSet(by_span)
        introduced = {r.entity for hit in self.hits for r in hit.readings if r.name.role is not Role.SHORT}
        for sentence in sentences:
            for span in spans.inside(sentence):
                introduced |= introduced_by_title(by_span[span], self.text, sentence, self.glossary, self.language)
        for hit in self.hits:
            meant = {r.entity for r in hit.readings if r.name.role.is_name}
            if len(meant) == 1:
                self.certain |= meant
        titles = SpanSet(self.zones.titles)
        quotes = SpanSet(leftmost_longest(self.zones.quotes, lambda quote: quote))
        for done, sentence in enumerate(sentences):
            watch(done, len(sentences))
            inside = [by_span[span] for span in spans.inside(sentence)]
            mentions = [m for hit in inside for m in self._mentions_at(hit, sentence, inside, introduced)]
            speakers = frozenset(
                entity for m in mentions for entity in m.entities if self.glossary.entity(entity).kind in _SPEAKERS
            )
            named = metalinguistic(mentions, self.text, sentence, self.language, speakers)
            for index, mention in enumerate(mentions):
                yield replace(mention, zone=_zone(mention.span, titles, quotes, named=index in named))

    def _mentions_at(self, hit: Hit, sentence: Span, rivals: Sequence[Hit], introduced: set[str]) -> list[Mention]:
        """The mention that a hit is; where it is none, those inside it (a club's «Карабах» where no club is meant)."""
        mention = self._mention(hit, sentence, rivals, introduced)
        if mention is not None:
            return [mention]
        if not all(reading.name.role.is_name for reading in hit.readings):
            return []
        found = leftmost_longest(self.inner.get(hit.span, ()), lambda inner: inner.span)
        inner = [self._mention(other, sentence, rivals, introduced) for other in found]
        return [mention for mention in inner if mention is not None]

    def _mention(self, hit: Hit, sentence: Span, rivals: Sequence[Hit], introduced: set[str]) -> Mention | None:
        readings = decide_entity(hit, self.text, sentence, self.glossary, self.language, rivals)
        readings = tuple(r for r in readings if r.name.role is not Role.SHORT or r.entity in introduced)
        if not readings:
            return None
        readings = self._narrowed(_likeliest(self._one_sense(readings)), hit.span, sentence)
        doubt = None
        if len({reading.entity for reading in readings}) > 1:
            doubt = Doubt.ENTITY
        elif self._is_homograph(hit, readings[0].entity, sentence, rivals):
            doubt = Doubt.HOMOGRAPH
        return Mention(hit.span, hit.span.of(self.text), readings, Zone.NARRATION, sentence, hit.joiner, doubt)

    def _one_sense(self, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        """A place named once with a cue is meant by its later mentions in the same text too."""
        entities = {reading.entity for reading in readings}
        if not all(self.glossary.entity(entity).kind in _PLACES for entity in entities):
            return readings
        key = readings[0].name.lexeme.text
        if len(entities) == 1:
            self.senses.setdefault(key, next(iter(entities)))
            return readings
        known = {self.senses[key]} if key in self.senses else entities & self.certain
        return tuple(r for r in readings if r.entity in known) if len(known & entities) == 1 else readings

    def _narrowed(self, readings: tuple[Reading, ...], span: Span, sentence: Span) -> tuple[Reading, ...]:
        """The readings whose grammar fits the sentence."""
        features = list(dict.fromkeys(reading.features for reading in readings))
        if len(features) == 1:
            return readings
        before, after = self.text[sentence.start : span.start], self.text[span.end : sentence.end]
        context = Context(_ASIDE.sub("", before), _ASIDE.sub("", after))
        allowed = set(grammar_of(self.language).narrow(features, context))
        return tuple(reading for reading in readings if reading.features in allowed) or readings

    def _is_homograph(self, hit: Hit, entity: str, sentence: Span, others: Sequence[Hit]) -> bool:
        """Whether the word may be another one with the same letters than the entity's name.

        A look-alike with a capital always may; an everyday word does where the capital proves nothing: at the
        head of a sentence, or in a text in capitals. Rarer words in small letters are told by their letters.
        """
        alike = [reading.name for reading in hit.readings if reading.entity == entity]
        if all(name.role.is_name for name in alike):
            return False
        beside = Surroundings(hit, self.text, sentence, self.glossary, self.language, tuple(others))
        if self.glossary.entity(entity).kind in _PLACES and beside.beside_place_noun():
            return False
        frequent = any(name.role is Role.FREQUENT for name in alike)
        opens = not re.search(r"\w", self.text[sentence.start : hit.span.start])
        if frequent and (opens or hit.span.of(self.text).isupper()):
            return True
        if self.glossary.entity(entity).needs_cue and beside.cue_distance(self.glossary.entity(entity)) is None:
            return True
        return any(name.role is Role.NEAR and not name.lexeme.text.islower() for name in alike)


def _likeliest(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """For each entity, the readings of the lowest rank: a variant's rare ending does not make a name unclear."""
    best: dict[str, tuple[bool, bool]] = {}
    for reading in readings:
        best[reading.entity] = min(reading.rank, best.get(reading.entity, reading.rank))
    return tuple(reading for reading in readings if reading.rank == best[reading.entity])


def _zone(span: Span, titles: SpanSet, quotes: SpanSet, *, named: bool) -> Zone:
    if titles.covers(span):
        return Zone.PROTECTED
    if named:
        return Zone.METALINGUISTIC
    return Zone.QUOTE if quotes.covers(span) else Zone.NARRATION
