"""Names of a sentence in its translation: the wanted one in its base form, in any form, or the entity at all.

Terminology is scored as in the shared tasks on it: by disjoint spans, so that one name in the translation serves one
mention of the source.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.evaluate.model import NameScores, Round, Share
from toolkit.glossary.glossary import Glossary
from toolkit.glossary.model import Policy
from toolkit.languages import Language
from toolkit.memory.template import make_template
from toolkit.mentions.model import Mention
from toolkit.pipeline.check_pair import Checked, check_pair
from toolkit.pipeline.checks.pair import Pair, Side, side_of
from toolkit.pipeline.naming import Namer

_NOTE = "N018"
_WRONG = frozenset({"N013", "N014", "N015"})


@dataclass
class Tally:
    """What is counted over the sentences of one system; `texts` are the translations that the counts are of."""

    policy: Policy
    glossary: Glossary
    fix: bool = False
    names: NameScores = field(default_factory=NameScores)
    by_kind: dict[str, NameScores] = field(default_factory=lambda: defaultdict(NameScores))
    by_usage: dict[str, NameScores] = field(default_factory=lambda: defaultdict(NameScores))
    codes: Counter[str] = field(default_factory=Counter)
    wrong: int = 0
    sentences: Share = field(default_factory=lambda: Share(hits=0, of=0))
    texts: list[str] = field(default_factory=list)

    def add(self, source: Side, target: Side) -> Checked:
        """Count one sentence; with `fix`, its translation after the repair of names."""
        checked = check_pair(Pair(source, target), self.policy, self.glossary, fix=self.fix)
        if checked.text != target.text:
            target = side_of(checked.text, target.language, self.glossary)
        remarks = [remark for remark in checked.remarks if remark.code != _NOTE]
        self.texts.append(checked.text)
        self.sentences += Share(hits=bool(remarks), of=1)
        self.codes.update({remark.code for remark in remarks})
        self.wrong += sum(remark.code in _WRONG for remark in remarks)
        flagged = {remark.source for remark in remarks if remark.source is not None}
        levels = _levels(source, target, self.policy, self.glossary)
        for mention in source.mentions:
            base, form, lemma = levels.get(mention, (0, 0, 0))
            silent = mention not in checked.placed and mention.span not in flagged
            scores = NameScores(
                base=Share(hits=base, of=1),
                form=Share(hits=form, of=1),
                lemma=Share(hits=lemma, of=1),
                silent=Share(hits=silent, of=1),
                flagged=Share(hits=mention.span in flagged, of=1),
            )
            self.names += scores
            self.by_kind[self.glossary.entity(mention.entity).kind.value] += scores
            self.by_usage["+".join(mention.usages)] += scores
        return checked

    def round(self) -> Round:
        return Round(
            names=self.names,
            by_kind=dict(sorted(self.by_kind.items())),
            by_usage=dict(sorted(self.by_usage.items())),
            wrong=self.wrong,
            sentences=self.sentences,
            codes=dict(sorted(self.codes.items())),
        )


def _levels(source: Side, target: Side, policy: Policy, glossary: Glossary) -> dict[Mention, tuple[int, int, int]]:
    """For each mention of the source: whether the wanted name stands in base form, in any form, or the entity does."""
    namer = Namer(glossary, policy, target.language)
    template = make_template(source.text, source.language, glossary, source.mentions)
    wanted = {
        slot.mention: naming.name
        for slot in template.slots
        if slot.mention is not None and slot.is_name and (naming := namer.name_of(slot)).name is not None
    }
    found: dict[Mention, list[int]] = {mention: [0, 0, 0] for mention in source.mentions}
    free = [set(target.mentions) for _ in range(3)]
    for mention in source.mentions:
        name = wanted.get(mention)
        for level, there in enumerate(free):
            for other in sorted(there, key=lambda one: one.span):
                if other.entity != mention.entity:
                    continue
                same = name is not None and any(
                    reading.name.lexeme.text == name.lexeme.text for reading in other.readings
                )
                if level == 2 or (same and (level == 1 or (name and other.surface == name.lexeme.text))):
                    there.remove(other)
                    found[mention][level] = 1
                    break
    return {mention: (levels[0], levels[1], levels[2]) for mention, levels in found.items()}


def sides(lines: Sequence[str], language: Language, glossary: Glossary) -> list[Side]:
    """Lines as texts of their own."""
    return [side_of(line, language, glossary) for line in lines]
