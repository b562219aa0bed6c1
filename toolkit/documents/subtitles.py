"""Subtitles, SubRip (.srt) and WebVTT (.vtt): the words of each cue; numbers, times, settings, notes and styles stay.

The lines of a cue are read as one text, so that a sentence may run over them; a line that begins with a dash is another
speaker's. A sentence that runs over several cues is not put together: what is said at a time must stay at that time.
WebVTT: https://www.w3.org/TR/webvtt1/. SubRip has no standard; what players accept is accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from toolkit.documents.cue_lines import FEWEST_LINES, Lines, lay_out
from toolkit.documents.html_blocks import Blocks
from toolkit.documents.model import BlockKind, Document, LanguageCode
from toolkit.documents.original import Side, Tag
from toolkit.errors import BadInput
from toolkit.text.spans import Span

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_TIME = r"(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t][^\r\n]*)?[\r\n]*\Z")
_LOOKS_LIKE_TIMING = re.compile(r"[ \t]*\d{1,4}:[\d:.,]*[ \t]*--")
_NUMBER = re.compile(r"[ \t\ufeff]*\d+[ \t]*[\r\n]*\Z")
_TAG = re.compile(r"<(/?)([A-Za-z]++)[^<>\r\n]*+>|<[\d:.]+>|\{\\[^{}\r\n]*\}|\{/?[ibus]\}")
_DASH = re.compile(r"[ \t]*[-\u2010-\u2015][ \t]*")
_VTT = re.compile(r"\ufeff?WEBVTT(?=[ \t\r\n]|\Z)")
_BLANK_LINE = re.compile(r"\r\n\r\n|\n\n|\r\r")
_LANGUAGE = re.compile(r"^Language:[ \t]*([a-z]{2}\b[\w-]*)", re.MULTILINE)


def read_srt(text: str) -> Document:
    """The cues of a SubRip file. Raises BadInput where a time cannot be read or there is none."""
    return _read(text, blank_lines=True)


def read_vtt(text: str) -> Document:
    """The cues of a WebVTT file. Raises BadInput where a time cannot be read, or it does not begin as one."""
    if not _VTT.match(text):
        raise BadInput("this is no WebVTT file", remedy='its first line must begin with "WEBVTT"')
    head = _BLANK_LINE.search(text)
    matches = _LANGUAGE.finditer(text, 0, head.start() if head else len(text))
    codes = [LanguageCode(Span(*match.span(1))) for match in matches]
    return _read(text, codes, blank_lines=False)


def _read(text: str, codes: list[LanguageCode] | None = None, *, blank_lines: bool) -> Document:
    blocks = Blocks(text, references=not blank_lines)
    subtitles: list[Lines] = []
    for cue in _cues(text, blank_lines=blank_lines):
        speakers = list(_speakers(text, cue))
        for lines in speakers:
            known = len(blocks.found)
            _add(blocks, text, lines)
            if len(blocks.found) > known:
                count = len(lines) if len(speakers) > 1 else max(FEWEST_LINES, len(lines))
                subtitles.append(Lines(_without_line_end(text, Span(lines[0].start, lines[-1].end)), count))
    return blocks.document(codes or [], partial(lay_out, subtitles=subtitles))


def _cues(text: str, *, blank_lines: bool) -> Iterator[list[Span]]:
    """The lines of each cue that hold something. With `blank_lines` a cue goes on to the number of the next one."""
    current: list[Span] | None = None
    met = False
    for number, match in enumerate(_LINE.finditer(text), 1):
        line = match.group()
        if _TIMING.match(line):
            if current and blank_lines and _NUMBER.match(current[-1].of(text)):
                current.pop()
            if current:
                yield current
            current, met = [], True
        elif _LOOKS_LIKE_TIMING.match(line):
            raise BadInput(
                "the time of a subtitle cannot be read",
                where=f"line {number}",
                remedy="write it as 00:00:01,000 --> 00:00:03,000",
            )
        elif not line.strip() and not blank_lines:
            if current:
                yield current
            current = None
        elif current is not None and line.strip():
            current.append(Span(*match.span()))
    if current:
        yield current
    if not met and blank_lines:
        raise BadInput("there is no subtitle", remedy="a subtitle has a time: 00:00:01,000 --> 00:00:03,000")


def _speakers(text: str, cue: list[Span]) -> Iterator[list[Span]]:
    """The lines of a cue by who speaks: a line that begins with a dash is another's."""
    lines: list[Span] = []
    for line in cue:
        if lines and _DASH.match(_TAG.sub("", line.of(text))):
            yield lines
            lines = []
        lines.append(line)
    if lines:
        yield lines


def _add(blocks: Blocks, text: str, lines: list[Span]) -> None:
    """Add the words of one speaker as a block."""
    area = Span(lines[0].start, lines[-1].end)
    position = area.start
    begun = False
    for match in [*_TAG.finditer(text, area.start, area.end), None]:
        end = match.start() if match else area.end
        if not begun and text[position:end].strip():
            begun = True
            dash = _DASH.match(text, position, end)
            if dash:
                blocks.add_dropped(Span(*dash.span()))
                position = dash.end()
        if position < end:
            blocks.add_text(Span(position, end))
        if match:
            blocks.add_tag(_tag(match))
            position = match.end()
    blocks.finish(BlockKind.PARAGRAPH)


def _tag(match: re.Match[str]) -> Tag:
    if not match[2]:
        return Tag(Span(*match.span()), "", Side.ALONE)
    return Tag(Span(*match.span()), match[2].lower(), Side.CLOSE if match[1] else Side.OPEN)


def _without_line_end(text: str, span: Span) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip()))
