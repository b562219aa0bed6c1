"""`dragoman glossary stats`: count entries, names and texts."""

from __future__ import annotations

import sys

from toolkit.cli import options
from toolkit.cli.glossary.folder import Folder, chosen
from toolkit.cli.session import DONE


def stats(folder: Folder = None, as_json: options.JsonOption = False) -> int:
    """Count entries by pack, kind, usage, language and state of review."""
    from toolkit.glossary.pack import find_packs, load_pack
    from toolkit.glossary.stats import glossary_stats

    counted = glossary_stats(load_pack(path) for path in find_packs(chosen(folder)))
    if as_json:
        sys.stdout.write(counted.model_dump_json(indent=2) + "\n")
        return DONE
    for pack in counted.packs:
        contested = f"{pack.contested} contested" if pack.contested else "none contested"
        sys.stdout.write(f"{pack.id} {pack.version}: {pack.entries} entries ({contested}), {pack.terms} terms\n")
        for title, counts in (("kinds", pack.kinds), ("usages", pack.usages), ("review", pack.reviews)):
            sys.stdout.write(f"  {title}: {', '.join(f'{name} {count}' for name, count in counts.items())}\n")
        for language, texts in pack.languages.items():
            sys.stdout.write(f"  {language}: {texts.texts} texts, {texts.variants} variants, {texts.missing} missing\n")
    return DONE
