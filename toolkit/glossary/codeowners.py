"""Who is asked to review which part of the glossaries: a CODEOWNERS file made from the packs' maintainers."""

from __future__ import annotations

from pathlib import Path

from toolkit.glossary.model import Pack
from toolkit.glossary.pack import PACK_FILE, find_packs, read_model

_HEAD = "# Made by `dragoman glossary codeowners`: change the maintainers in glossaries/<pack>/pack.yaml instead.\n"


def codeowners(root: Path, folder: str = "glossaries") -> str:
    """The file's content: a line a pack that has maintainers, and one for the policies, which are everybody's.

    `folder` is where `root` lies in the repository. Maintainers that are no handle (@team) are left out.
    Raises GlossaryBroken where a pack cannot be read.
    """
    owners = {path.name: _handles(read_model(path / PACK_FILE, Pack)) for path in find_packs(root)}
    everybody = sorted({handle for handles in owners.values() for handle in handles})
    lines = {**owners, "policies": everybody}
    return _HEAD + "".join(
        f"/{folder}/{name}/ {' '.join(handles)}\n" for name, handles in sorted(lines.items()) if handles
    )


def _handles(pack: Pack) -> list[str]:
    return sorted(name for name in pack.maintainers if name.startswith("@"))
