"""What an import would do: each proposal of a file is added, changes an entry, is there already, or is refused."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from toolkit.errors import BadInput
from toolkit.glossary.checks.entry import check_entry
from toolkit.glossary.checks.letters import check_text, check_visible
from toolkit.glossary.checks.problems import CODES as CHECKS
from toolkit.glossary.checks.problems import Remark, Severity
from toolkit.glossary.draft import drafted
from toolkit.glossary.exchange.cells import starts_formula
from toolkit.glossary.exchange.codes import CODES
from toolkit.glossary.exchange.concepts import Concept, Part, Wording, concept_of, merged
from toolkit.glossary.exchange.edit import edited, new_fields
from toolkit.glossary.exchange.files import Proposal
from toolkit.glossary.model import Entry, Kind
from toolkit.glossary.plain import field_name
from toolkit.languages import Language
from toolkit.text.folding import fold_key

_SHORT = (Part.SHORT, Part.SHORT_VARIANT)


class Action(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REFUSED = "refused"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Why:
    """A reason to refuse a place (an error), or to look at it (a warning)."""

    code: str
    severity: Severity
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one place in the file."""

    place: str
    action: Action
    entity: str
    changes: tuple[str, ...] = ()
    reasons: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The outcomes in the file's order, and the entries that come of them (added or changed), by id."""

    outcomes: tuple[Outcome, ...]
    entries: dict[str, Entry]

    def count(self, action: Action) -> int:
        return sum(outcome.action is action for outcome in self.outcomes)


class _Refused(Exception):
    """A place is not taken; it never leaves this module."""

    def __init__(self, *reasons: Why) -> None:
        self.reasons = reasons
        super().__init__()


def plan(
    proposals: Iterable[Proposal], known: Sequence[Entry], *, usage: str | None = None, kind: Kind | None = None
) -> Plan:
    """What the proposals do to the entries of a glossary; nothing is written.

    `usage` and `kind` stand where the file says none.
    """
    planner = _Planner(usage, kind)
    for entry in known:
        planner.keep(entry)
    outcomes = tuple(planner.outcome(proposal) for proposal in proposals)
    return Plan(outcomes, {entity: planner.entries[entity] for entity in sorted(planner.touched)})


@dataclass(slots=True)
class _Planner:
    usage: str | None
    kind: Kind | None
    entries: dict[str, Entry] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    _names: dict[tuple[Language, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _said: dict[tuple[str, str, Language, Part], tuple[str, str]] = field(default_factory=dict)
    """By entity, usage, language and part: the text that this file gave, and where."""

    def keep(self, entry: Entry) -> None:
        self.entries[entry.id] = entry
        for wording in concept_of(entry).wordings:
            # A short form may be shared by many (a surname): it tells no entity.
            if wording.part not in _SHORT:
                self._names[wording.language, fold_key(wording.text, wording.language)].add(entry.id)

    def outcome(self, proposal: Proposal) -> Outcome:
        entity = proposal.concept.id
        try:
            if proposal.trouble:
                raise _refused("X001", proposal.trouble)
            concept = _composed(proposal.concept)
            warnings = _checked(concept)
            entity = self._entity(concept)
            if entity:
                return self._change(proposal, concept, entity, warnings)
            return self._add(proposal, concept, warnings)
        except _Refused as refused:
            return Outcome(proposal.place, Action.REFUSED, entity, reasons=refused.reasons)
        except BadInput as error:
            reason = _why("X008", f"{error.where}: {error.what}" if error.where else error.what, error.remedy)
            return Outcome(proposal.place, Action.REFUSED, entity, reasons=(reason,))

    def _entity(self, concept: Concept) -> str:
        """The entry that a concept is about, by id or by its names; empty for a new one."""
        by_wording = [self._owners(wording) for wording in concept.wordings if wording.part not in _SHORT]
        owners = [found for found in by_wording if found]
        if concept.id in self.entries:
            if not any(concept.id in found for found in owners):
                raise _refused("X005", f"none of the names is one of {concept.id}")
            return concept.id
        if not owners:
            return ""
        common = set.intersection(*owners)
        if len(common) == 1:
            return common.pop()
        same = [one for one in sorted(common) if self._says_nothing_new(concept, one)]
        if same:
            return same[0]
        listed = ", ".join(sorted(common or set.union(*owners)))
        what = "the names belong to several entities" if common else "the names belong to different entities"
        raise _refused("X005", f"{what}: {listed}")

    def _says_nothing_new(self, concept: Concept, entity: str) -> bool:
        entry = self.entries[entity]
        try:
            return not edited(entry, self._with_usages(concept, entry), parts=False)[1]
        except (BadInput, _Refused):
            return False

    def _owners(self, wording: Wording) -> set[str]:
        return self._names.get((wording.language, fold_key(wording.text, wording.language)), set())

    def _change(self, proposal: Proposal, concept: Concept, entity: str, warnings: list[Why]) -> Outcome:
        before = self.entries[entity]
        if concept.kind is not None and concept.kind is not before.kind:
            raise _refused("X007", f"{entity} is of the kind {before.kind}, not {concept.kind}")
        concept = self._with_usages(concept, before)
        after, changes = edited(before, concept, parts=proposal.parts)
        self._hold(concept, entity, proposal.place)
        if not changes:
            return Outcome(proposal.place, Action.UNCHANGED, entity)
        old = set(check_entry(before))
        warnings = _sorted_out([*warnings, *(_remark(one) for one in check_entry(after) if one not in old)])
        return self._taken(Outcome(proposal.place, Action.CHANGED, entity, changes, tuple(warnings)), after)

    def _add(self, proposal: Proposal, concept: Concept, warnings: list[Why]) -> Outcome:
        concept = self._with_usages(concept, None)
        kind = concept.kind or self.kind
        if kind is None:
            raise _refused("X003", "is not in the glossary and has no kind")
        fields = new_fields(replace(concept, kind=kind))
        keeps_id = concept.id and proposal.own_ids
        entry = drafted(fields | {"id": concept.id}, ()) if keeps_id else drafted(fields, self.entries.values())
        self._hold(concept, entry.id, proposal.place)
        warnings = _sorted_out([*warnings, *map(_remark, check_entry(entry))])
        names = tuple(f"{one.language} {one.text}" for one in concept.wordings if one.part is Part.FULL)
        return self._taken(Outcome(proposal.place, Action.ADDED, entry.id, names, tuple(warnings)), entry)

    def _taken(self, outcome: Outcome, entry: Entry) -> Outcome:
        self.keep(entry)
        self.touched.add(entry.id)
        return outcome

    def _with_usages(self, concept: Concept, entry: Entry | None) -> Concept:
        """The wordings with the usages that they have in the entry already, else with the one that is given."""
        known = concept_of(entry).wordings if entry else ()
        wordings = []
        for wording in concept.wordings:
            usages = wording.usages
            if not usages and self.usage:
                usages = (self.usage,)
            elif not usages:
                alike = [one for one in known if (one.language, one.text) == (wording.language, wording.text)]
                if not alike:
                    raise _refused("X004", f"nobody is said to use “{wording.text}”")
                wordings += [replace(wording, usages=one.usages, part=one.part) for one in alike]
                continue
            wordings.append(replace(wording, usages=usages))
        return replace(concept, wordings=merged(wordings))

    def _hold(self, concept: Concept, entity: str, place: str) -> None:
        """Refuse what an earlier place of the file said otherwise."""
        said = {
            (entity, usage, wording.language, wording.part): (wording.text, place)
            for wording in concept.wordings
            for usage in wording.usages
            if not wording.part.is_variant
        }
        for key, (text, _) in said.items():
            before = self._said.get(key)
            if before is not None and before[0] != text:
                raise _refused("X006", f"{before[1]} has “{before[0]}” for {entity}, {key[1]} {key[2]}")
        self._said.update(said)


def _composed(concept: Concept) -> Concept:
    """The texts in composed letters (NFC), as the glossary has them: the same text, however it was typed."""

    def nfc(text: str) -> str:
        return unicodedata.normalize("NFC", text)

    wordings = merged(replace(one, text=nfc(one.text.strip())) for one in concept.wordings)
    return replace(concept, wordings=wordings, note=nfc(concept.note.strip()), role=nfc(concept.role.strip()))


def _checked(concept: Concept) -> list[Why]:
    """Remarks on the letters of all texts. Raises _Refused for what must not come in."""
    found = []
    for wording in concept.wordings:
        if starts_formula(wording.text):
            found.append(_why("X002", f"“{wording.text[:40]}” begins like a formula"))
        found += [_remark(one) for one in check_text(wording.text, wording.language, (wording.language.value,))]
    for fact in ("note", "role"):
        found += [_remark(one) for one in check_visible(getattr(concept, fact), (fact,))]
    return _sorted_out(found)


def _sorted_out(reasons: Sequence[Why]) -> list[Why]:
    """The warnings, each once. Raises _Refused where there is an error."""
    unique = list(dict.fromkeys(reasons))
    errors = [reason for reason in unique if reason.severity is Severity.ERROR]
    if errors:
        raise _Refused(*errors)
    return unique


def _remark(remark: Remark) -> Why:
    where = field_name(remark.path)
    message = f"{where}: {remark.message}" if where else remark.message
    return Why(remark.code, CHECKS[remark.code][0], message, remark.remedy)


def _why(code: str, message: str, remedy: str = "") -> Why:
    return Why(code, Severity.ERROR, message, remedy or CODES[code][1])


def _refused(code: str, message: str) -> _Refused:
    return _Refused(_why(code, message))
