"""What a check reports, and the list of all codes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from toolkit.glossary.plain import field_name
from toolkit.glossary.yaml_safe import FieldPath


class Severity(StrEnum):
    """An error makes the glossary unusable or wrong; a warning asks a person to look."""

    ERROR = "error"
    WARNING = "warning"


# Codes by subject: G0 files, G1 letters and grammar, G2 one entry, G3 entries together, G4 policies.
CODES: dict[str, tuple[Severity, str]] = {
    "G001": (Severity.ERROR, "a file that is no readable YAML"),
    "G002": (Severity.ERROR, "a field that does not fit the model"),
    "G003": (Severity.ERROR, "file name and id differ"),
    "G004": (Severity.ERROR, "folder and kind differ"),
    "G005": (Severity.ERROR, "a file that nothing reads"),
    "G006": (Severity.ERROR, "a folder of entries without a pack"),
    "G101": (Severity.ERROR, "letters of a script that the language is not written in"),
    "G102": (Severity.ERROR, "invisible or control characters"),
    "G103": (Severity.ERROR, "letters not composed (NFC)"),
    "G104": (Severity.ERROR, "եւ for և"),
    "G105": (Severity.ERROR, "an adjective or demonym in the wrong case of letters"),
    "G106": (Severity.ERROR, "a genitive that is not of this name"),
    "G107": (Severity.WARNING, "brackets, slashes or double spaces in a name"),
    "G108": (Severity.ERROR, "a head that is no word of the name"),
    "G109": (Severity.WARNING, "a name that the grammar cannot inflect and that is not declared so"),
    "G110": (Severity.WARNING, "a name that sounds unlike the names in the other languages"),
    "G201": (Severity.ERROR, "names not in alphabetical order of usages"),
    "G202": (Severity.WARNING, "an id that does not join the sides' English names alphabetically"),
    "G203": (Severity.WARNING, "a usage without a text in some language"),
    "G204": (Severity.ERROR, "a usage that ends before it begins"),
    "G205": (Severity.WARNING, "latitude and longitude look swapped"),
    "G206": (Severity.WARNING, "a contested entity with the names of one side only"),
    "G207": (Severity.WARNING, "a doubtful entry that does not say why"),
    "G208": (Severity.WARNING, "a person without a role, or a role without a person"),
    "G209": (Severity.ERROR, "an entity that waits for a cue and has none"),
    "G210": (Severity.ERROR, "`like` leads to a usage without texts of its own"),
    "G211": (Severity.WARNING, "the same spelling twice under one usage"),
    "G212": (Severity.ERROR, "a near word that is the name itself"),
    "G301": (Severity.ERROR, "one id in two files"),
    "G302": (Severity.ERROR, "a reference that leads nowhere"),
    "G303": (Severity.WARNING, "two entities of one name without cues"),
    "G304": (Severity.WARNING, "two entries that look like one entity"),
    "G305": (Severity.WARNING, "a usage that no entry has"),
    "G306": (Severity.WARNING, "a name that is also a form of another entity's name"),
    "G307": (Severity.WARNING, "two entities whose names differ by a spelling only"),
    "G401": (Severity.ERROR, "a policy names an entity that is not there"),
    "G402": (Severity.ERROR, "a policy wants a usage that no entry has"),
    "G403": (Severity.WARNING, "a policy wants a usage that the entity does not have"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what to do about it."""

    file: str
    line: int
    field: str
    code: str
    severity: Severity
    message: str
    remedy: str

    @property
    def subject(self) -> str:
        """The field, where there is one, and what is wrong with it."""
        return f"{self.field}: {self.message}" if self.field else self.message

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.severity} {self.code} {self.subject} ({self.remedy})"


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check says about a field; `validate` adds file, line and severity."""

    code: str
    path: FieldPath
    message: str
    remedy: str

    def at(self, file: str, line: int) -> Problem:
        severity = CODES[self.code][0]
        return Problem(file, line, field_name(self.path), self.code, severity, self.message, self.remedy)
