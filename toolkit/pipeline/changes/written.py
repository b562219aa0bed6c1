"""A change of the glossary as one comment in Markdown, or as lines for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.pipeline.changes.compute import GlossaryDiff
from toolkit.pipeline.changes.words import Line, Section, sections, summary, verdict

MARKER = "<!-- dragoman glossary diff -->"
"""The first line of the comment, by which the next run finds it and writes it anew."""

LIMIT = 64_000
"""Bytes of UTF-8 that a comment may have: GitHub refuses more than 65,536 characters."""

_LONGEST = 300
"""Characters of one quotation."""


def as_text(diff: GlossaryDiff) -> str:
    """The whole diff in words, with a line break at its end."""
    lines = [summary(diff), verdict(diff)]
    for section in sections(diff, _in_quotes):
        lines += ["", section.title, *([f"  {section.intro}"] if section.intro else [])]
        for line in section.lines:
            lines += [f"  {line.text}", *(f"    {below}" for below in line.below)]
    return "\n".join(lines) + "\n"


def as_markdown(diff: GlossaryDiff, limit: int = LIMIT) -> str:
    """The diff as a comment of at most `limit` bytes; what is left out is counted. The same diff, the same bytes.

    Sections come with what needs a person first; each may take a half of what is left, the last one all of it.
    """
    head = f"{MARKER}\n## What this change does to names\n\n{summary(diff)}\n\n**{verdict(diff)}**\n"
    parts = [head]
    left = limit - _size(head)
    found = sections(diff, _in_code)
    for number, section in enumerate(found, 1):
        part = _section(section, left if number == len(found) else left // 2)
        parts.append(part)
        left -= _size(part)
    return "".join(parts)


def _section(section: Section, budget: int) -> str:
    head = f"\n### {section.title} ({len(section.lines):,})\n\n" + (f"{section.intro}\n\n" if section.intro else "")
    blocks = [_block(line) for line in section.lines]
    kept = list(_fitting(blocks, budget - _size(head) - _size(_left_out(len(blocks)))))
    rest = len(blocks) - len(kept)
    return head + "".join(kept) + (_left_out(rest) if rest else "")


def _left_out(count: int) -> str:
    return f"* … and {count:,} more, left out here: `dragoman glossary diff` shows all\n"


def _fitting(blocks: Sequence[str], budget: int) -> Iterator[str]:
    for block in blocks:
        budget -= _size(block)
        if budget < 0:
            return
        yield block


def _block(line: Line) -> str:
    return "\n".join([f"* {line.text}", *(f"  * {below}" for below in line.below)]) + "\n"


def _size(text: str) -> int:
    return len(text.encode())


def _in_quotes(text: str) -> str:
    return f"“{_shown(text)}”"


def _in_code(text: str) -> str:
    """A code span: nothing in a contributor's text is a link, a mention or HTML there."""
    shown = _shown(text)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _shown(text: str) -> str:
    """On one line, without what can't be seen, and not too long."""
    visible = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in " ".join(text.split()))
    return f"{visible[:_LONGEST]}…" if len(visible) > _LONGEST else visible
