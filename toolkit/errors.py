"""Every error a user can meet, as one tree.

DragomanError                exit code 2 unless a branch says otherwise
├── WrongUse                 asked wrongly: the command or request must change
│   ├── UnknownLanguage
│   ├── UnknownPolicy
│   ├── UnknownEntity
│   └── BadOption
├── BadInput                 the text or file cannot be read as what it claims to be
│   ├── NotFound             a file or folder that is not there
│   ├── NotText              bytes that are no UTF-8 text
│   └── TooLong              more characters than a limit allows
├── GlossaryBroken           exit 4: a pack, entry or policy cannot be used
├── MemoryBroken             exit 4: a memory file cannot be used
└── ModelUnusable            exit 4: an engine's model is missing or broken

Each carries *what* is wrong, *where* it is and the *remedy*; `str()` is one line.
"""

from __future__ import annotations

from typing import ClassVar


class DragomanError(Exception):
    """An error to be shown to a user as one line: what, where, remedy."""

    code: ClassVar[str] = "E000"
    exit_code: ClassVar[int] = 2

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = " ".join(what.split())
        self.where = " ".join(where.split())
        self.remedy = " ".join(remedy.split())
        super().__init__(str(self))

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        return f"{line} ({self.remedy})" if self.remedy else line


class WrongUse(DragomanError):
    code = "E100"


class UnknownLanguage(WrongUse):
    code = "E101"


class UnknownPolicy(WrongUse):
    code = "E102"


class UnknownEntity(WrongUse):
    code = "E103"


class BadOption(WrongUse):
    code = "E104"


class BadInput(DragomanError):
    code = "E200"


class NotFound(BadInput):
    code = "E201"


class NotText(BadInput):
    code = "E202"


class TooLong(BadInput):
    code = "E203"


class GlossaryBroken(DragomanError):
    code = "E300"
    exit_code = 4


class MemoryBroken(DragomanError):
    code = "E310"
    exit_code = 4


class ModelUnusable(DragomanError):
    code = "E400"
    exit_code = 4
