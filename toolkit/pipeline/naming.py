"""Which name of an entity stands in another language: by policy, else by the usage of the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.glossary.names import CompiledName, Role
from toolkit.glossary.policy import caution, wanted_usage
from toolkit.glossary.usages import INTERNATIONAL, OF_ANOTHER_TIME
from toolkit.languages import Language
from toolkit.memory.slots import Slot
from toolkit.mentions.model import Zone


@dataclass(frozen=True, slots=True)
class Naming:
    """The name that stands for a mention in the target language, or None; its usage, the rule, and a finding's code."""

    name: CompiledName | None
    usage: str
    rule: str
    code: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Namer:
    """Chooses names of one language under one policy."""

    glossary: Glossary
    policy: Policy
    language: Language

    def name_of(self, slot: Slot, liked: Sequence[str] = ()) -> Naming:
        """The name for what `slot` names in the source; `liked` are the usages by which a stored translation of the
        very same text names it: they decide where several are possible.
        """
        table = self.glossary.table(self.language)
        role = Role.FULL if slot.role is Role.VARIANT else slot.role
        wanted = self._wanted(slot)
        by = "chosen" if slot.mention and slot.mention.chosen else "policy"
        if wanted is not None:
            name = table.find(slot.value, wanted, role)
            if name is not None:
                usage = "+".join(slot.usages) if wanted in slot.usages else wanted
                return Naming(name, usage, f"{by}:{wanted}")
        rule = f"no-name:{wanted}" if wanted else f"{by}:source"
        naming = self._of_source(slot, rule, role, liked)
        careful = caution(self.policy, self.glossary.entity(slot.value), self.language)
        if careful is None or naming.code or by == "chosen" or self._is_left_alone(slot):
            return naming
        return replace(naming, code=careful.code, candidates=careful.instead)

    def _wanted(self, slot: Slot) -> str | None:
        if self._is_left_alone(slot):
            return None
        chosen = slot.mention.chosen if slot.mention else ""
        return wanted_usage(self.policy, slot.value, self.glossary.entity(slot.value).kind, slot.usages, chosen)

    def _is_left_alone(self, slot: Slot) -> bool:
        """Whether the policy has no say where the mention stands: in a protected place, or in a speaker's mouth.

        What a person chose for a mention holds in both, but for protected places.
        """
        zone = slot.mention.zone if slot.mention else Zone.NARRATION
        if slot.mention is not None and slot.mention.chosen:
            return zone is Zone.PROTECTED
        return zone in (Zone.PROTECTED, Zone.METALINGUISTIC) or (zone is Zone.QUOTE and self.policy.quotes == "speaker")

    def _of_source(self, slot: Slot, rule: str, role: Role, liked: Sequence[str]) -> Naming:
        table = self.glossary.table(self.language)
        usages = [usage for usage in slot.usages if usage not in OF_ANOTHER_TIME] or list(slot.usages)
        found = {usage: name for usage in usages if (name := table.find(slot.value, usage, role)) is not None}
        if not found:
            return Naming(None, "", rule, "N010")
        own = "+".join(slot.usages)
        texts = {name.lexeme.text for name in found.values()}
        if len(texts) == 1:
            return Naming(next(iter(found.values())), own, rule)
        known = next((usage for usage in liked if usage in found), None)
        if known is not None:
            return Naming(found[known], known, rule)
        usage = INTERNATIONAL if INTERNATIONAL in found else next(iter(found))
        return Naming(found[usage], usage, rule, "N011", tuple(sorted(texts)))
