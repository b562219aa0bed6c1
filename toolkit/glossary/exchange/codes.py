"""Why a place in a file is not taken, besides the remarks of `validate` (G…)."""

from __future__ import annotations

CODES: dict[str, tuple[str, str]] = {
    "X001": ("a place that cannot be read", "correct it in the file"),
    "X002": ("a text that a spreadsheet takes for a formula", "remove the sign at its start"),
    "X003": ("a new entity without a kind", "say --kind village, or use a format that names kinds"),
    "X004": ("a new name without a usage", "say --usage international, or another"),
    "X005": (
        "several entities may be meant, or none agrees",
        "use a format that carries ids, such as weblate or tbx-3",
    ),
    "X006": ("an earlier place in the file says otherwise", "keep one of the two"),
    "X007": ("another kind than the entity has", "correct the kind here or in the glossary"),
    "X008": ("what can be no entry", "correct it in the file"),
}
"""Code → what it means, and the remedy."""
