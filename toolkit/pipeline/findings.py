"""Every finding's code in one place, with its severity, message and remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding; `message` is a template filled with the fields of the case."""

    id: str
    severity: Severity
    message: str
    remedy: str

    @property
    def title(self) -> str:
        """The message without the fields of a case."""
        return " ".join(re.sub(r"\{[^{}]*\}", "…", self.message).split())


_LISTED = (
    Code(
        "D001",
        Severity.WARNING,
        "a subtitle has a line of {length} characters; no more than {limit} fit, and no line can be added",
        "shorten the subtitle",
    ),
    Code("N001", Severity.WARNING, "“{surface}” may be {candidates}", "name the one that is meant"),
    Code("N002", Severity.WARNING, "“{surface}”: the sentence does not tell the form ({candidates})", "choose one"),
    Code("N003", Severity.WARNING, "“{rendering}”: {doubt}", "read the sentence and correct the agreement"),
    Code("N004", Severity.WARNING, "“{surface}” has no form of that kind in {usage} usage", "write it by hand"),
    Code(
        "N005",
        Severity.INFO,
        "a name inside quotation marks was changed: “{surface}” → “{rendering}”",
        "a policy with `quotes: speaker` keeps the speaker's form",
    ),
    Code("N006", Severity.WARNING, "“{surface}” may be a common word or another name here", "read the sentence"),
    Code(
        "N007",
        Severity.WARNING,
        "{entity} is named by several usages: {surfaces}",
        "choose a policy and restyle, or attribute each name",
    ),
    Code("N008", Severity.WARNING, "“{surface}” is a contested term ({usages}): {note}", "{neutral}"),
    Code("N009", Severity.WARNING, "“{surface}” ({entity}) is not in the translation", "write the name by hand"),
    Code("N010", Severity.WARNING, "“{surface}”: {entity} has no {language} name", "add it to the glossary"),
    Code(
        "N011",
        Severity.WARNING,
        "“{surface}” can be of several usages that {language} writes differently: {candidates}",
        "choose one",
    ),
    Code(
        "N012",
        Severity.WARNING,
        "“{surface}” is misspelled: “{written}”",
        "write “{rendering}”, or the form of it that the sentence wants",
    ),
    Code(
        "N013",
        Severity.ERROR,
        "“{written}” stands where the source has “{surface}” ({entity})",
        "compare with the source and write the right name",
    ),
    Code(
        "N014",
        Severity.ERROR,
        "“{surface}” ({entity}) is not in the source",
        "compare with the source; remove the name where nothing calls for it",
    ),
    Code(
        "N015",
        Severity.WARNING,
        "“{surface}” is of another usage; {usage} usage has “{rendering}”",
        "write “{rendering}”, or choose another policy",
    ),
    Code(
        "N016",
        Severity.WARNING,
        "“{surface}” stands in a case that “{governor}” does not take",
        "write {rendering}",
    ),
    Code(
        "N017",
        Severity.WARNING,
        "“{surface}” and the name beside it may have changed places",
        "compare who does what with the source",
    ),
    Code(
        "N018",
        Severity.INFO,
        "“{surface}” was written “{written}” and is put right: “{rendering}”",
        "read the sentence",
    ),
    Code(
        "N019",
        Severity.WARNING,
        "“{surface}” stays: the markup inside or before it does not fit “{rendering}”",
        "write the name and its tags by hand",
    ),
    Code(
        "N020",
        Severity.INFO,
        "“{surface}” was lost in the draft and is put in ({step}): “{rendering}”",
        "read the sentence",
    ),
    Code(
        "N021",
        Severity.WARNING,
        "“{surface}”, which the glossary lacks, was written “{written}” and is transliterated: “{rendering}”",
        "check the spelling, and add the name to the glossary",
    ),
    Code(
        "N022",
        Severity.WARNING,
        "“{surface}”, which the glossary lacks, may have been lost: “{written}” stands in its place",
        "compare with the source; “{rendering}” is the word letter by letter",
    ),
    Code(
        "N023",
        Severity.WARNING,
        "“{surface}”: the name changed within the time that the date can mean",
        "give the day: --date 2020-10-03",
    ),
    Code(
        "N024",
        Severity.WARNING,
        "“{surface}” is a name in dispute",
        "consider “{candidates}”, if the sentence bears it",
    ),
    Code(
        "N025",
        Severity.WARNING,
        "“{surface}”: the source names no such person",
        "compare with the source",
    ),
    Code(
        "N026",
        Severity.INFO,
        "“{surface}” and the name beside it stand in another order than in the source",
        "keep the order of the source where it matters",
    ),
    Code(
        "N027",
        Severity.WARNING,
        "“{written}” stands where the source has “{surface}”: an office is not the body it leads",
        "write which of the two the source names",
    ),
    Code(
        "T001",
        Severity.WARNING,
        "left untranslated: nothing in the memory is near",
        "translate it by hand, or install a model",
    ),
    Code("T002", Severity.WARNING, "near match ({score:.0%}): {difference}", "compare with the source"),
    Code(
        "T003",
        Severity.ERROR,
        "the numbers differ: {source} in the source, {target} in the translation",
        "correct the number",
    ),
    Code("T004", Severity.ERROR, "a negation may be {change}", "compare with the source"),
    Code(
        "T005",
        Severity.WARNING,
        "left untranslated: the markup inside the sentence has no certain place in the translation",
        "translate it by hand",
    ),
    Code("T006", Severity.WARNING, "“{number}”: {doubt}", "read the sentence and correct the words beside the number"),
    Code(
        "T007",
        Severity.ERROR,
        "the dates differ: {source} in the source, {target} in the translation",
        "correct the month or day",
    ),
    Code(
        "T008",
        Severity.ERROR,
        "the units differ: {source} in the source, {target} in the translation",
        "correct the unit or currency, or convert the number",
    ),
    Code("T009", Severity.ERROR, "“{link}” is not in the translation", "put the link back as the source has it"),
    Code("T010", Severity.ERROR, "“{link}” is not in the source", "remove the link"),
    Code("T011", Severity.WARNING, "“{surface}”: words are repeated", "remove the repetition"),
    Code(
        "T012", Severity.WARNING, "“{surface}” has letters of another script", "write it in the letters of the language"
    ),
    Code("T013", Severity.WARNING, "“{surface}” is left in the language of the source", "translate it"),
    Code(
        "T014",
        Severity.WARNING,
        "the translation has {ratio} of the length of the source",
        "look for what is left out or added",
    ),
    Code(
        "T016",
        Severity.WARNING,
        "the place of markup in the translation is not certain",
        "look at links, bold words and notes, and move them where they belong",
    ),
    Code(
        "T017",
        Severity.WARNING,
        "“{surface}” may be left out: nothing in the draft stands for it",
        "compare with the source and translate the passage",
    ),
    Code("T018", Severity.WARNING, "{what} “{surface}” may be left out", "compare with the source"),
    Code("T015", Severity.ERROR, "the translation is empty", "translate the sentence"),
)

CODES: dict[str, Code] = {code.id: code for code in _LISTED}
