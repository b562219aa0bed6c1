"""What can be measured: a folder `DIR/en-hy/{en,hy,engine.hy}` with a sentence a line, lines of JSON with a sentence in
several languages, or our articles, held out of the memory."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

from toolkit.documents.markdown import read_markdown
from toolkit.documents.original import OBJECT
from toolkit.errors import BadInput, NotFound
from toolkit.glossary.glossary import Glossary
from toolkit.languages import Language
from toolkit.memory.store import Memory


@dataclass(frozen=True)
class Direction:
    """Sources and references, a line each, and the files of systems by name; `memory` without these texts."""

    source: Language
    target: Language
    sources: Sequence[str]
    references: Sequence[str]
    systems: Mapping[str, Sequence[str]] = field(default_factory=dict)
    memory: Memory | None = None


def read_lines(path: Path) -> list[str]:
    """The lines of a file. Raises NotFound or BadInput."""
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise NotFound(f"cannot be read: {error.strerror}", where=str(path), remedy="check the path") from None
    except UnicodeDecodeError:
        raise BadInput("not UTF-8 text", where=str(path), remedy="save the file as UTF-8") from None


def read_folder(root: Path) -> list[Direction]:
    """The directions of a folder, alphabetical: subfolders named `en-hy`, in each a file by language alone for source
    and reference, and `name.hy` for each system. Raises NotFound where there is none."""
    found = []
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        codes = folder.name.split("-")
        if not folder.is_dir() or len(codes) != 2 or not set(codes) <= {language.value for language in Language}:
            continue
        source, target = (Language(code) for code in codes)
        systems = {path.stem: read_lines(path) for path in sorted(folder.glob(f"*.{target.value}"))}
        sources, references = (read_lines(folder / code) for code in codes)
        found.append(Direction(source, target, sources, references, systems))
    if not found:
        raise NotFound(
            "no direction to measure", where=str(root), remedy="make folders named as en-hy with en and hy in"
        )
    return found


def read_parallel(path: Path) -> list[Direction]:
    """JSON a line, a sentence by language (`{"en": …, "hy": …}`), in every direction. Raises NotFound or BadInput."""
    rows: list[dict[Language, str]] = []
    for number, line in enumerate(read_lines(path), 1):
        try:
            row = json.loads(line)
            rows.append({Language(code): str(text) for code, text in row.items() if code in set(Language)})
        except (ValueError, AttributeError, RecursionError):
            raise BadInput(
                "not an object of JSON", where=f"{path}:{number}", remedy='write {"en": "…", "hy": "…"}'
            ) from None
    found = []
    for source, target in permutations(Language, 2):
        pairs = [(row[source], row[target]) for row in rows if source in row and target in row]
        if pairs:
            found.append(Direction(source, target, [text for text, _ in pairs], [text for _, text in pairs]))
    if not found:
        raise BadInput("no sentence in two languages", where=str(path), remedy='write {"en": "…", "hy": "…"}')
    return found


def held_out_articles(seeds: Path, glossary: Glossary) -> Iterator[Direction]:
    """The seed articles in every direction, paragraph by paragraph, with a memory of all seeds but the articles."""
    texts: dict[Language, list[str]] = {language: [] for language in Language}
    for path in sorted((seeds / "articles").glob("*.*.md")):
        texts[Language(path.stem.rsplit(".", 1)[1])] += _paragraphs(path)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(seeds / "memory", Path(folder) / "memory")
        memory = Memory.load([Path(folder)], glossary)
        for source, target in permutations(Language, 2):
            yield Direction(source, target, texts[source], texts[target], memory=memory)


def _paragraphs(path: Path) -> list[str]:
    document = read_markdown(path.read_text(encoding="utf-8"))
    return [block.span.of(document.text).replace(OBJECT, "") for block in document.blocks]
