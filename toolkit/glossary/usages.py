"""Usages that the toolkit itself has to know by name; all others are what the packs make of them.

A usage is somebody's, unless it says when a name held (`soviet`) or that it is used all over the world. The two sides
are those whose own languages are among the four: where both names are wanted, it is theirs.
"""

from __future__ import annotations

from toolkit.languages import Language

INTERNATIONAL = "international"
OF_ANOTHER_TIME = frozenset({"historical", "soviet"})
"""Usages that say when a name held: not what a text of today means, where a present usage has the same spelling."""
OF_NO_SIDE = OF_ANOTHER_TIME | {INTERNATIONAL}
"""Usages that say when or where a name is used, not by whom."""
OF_LANGUAGE = {Language.AZ: "azerbaijani", Language.HY: "armenian"}
"""The usage of a side in that side's language: towns that nobody disputes are called so there (İrəvan, Գանձակ)."""
SIDES = tuple(sorted(OF_LANGUAGE.values()))
"""The two sides' usages, in alphabetical order."""
