"""What holds for every Result of a file: its offsets, and what may differ between the two texts."""

from __future__ import annotations

from toolkit.pipeline.result import Result


def offsets_hold(result: Result, text: str) -> None:
    """Offsets cut what they say from `text` and from the result's own."""
    for segment in result.segments:
        assert text[segment.start : segment.end] == segment.source
    for mention in result.mentions:
        assert text[mention.start : mention.end] == mention.surface
        if mention.target_start is not None:
            assert result.text[mention.target_start : mention.target_end] == mention.rendering


def only_segments_differ(result: Result, text: str) -> None:
    """Offsets hold, and between the segments the two texts are the same."""
    offsets_hold(result, text)
    rebuilt, position = "", 0
    for segment in result.segments:
        rebuilt += text[position : segment.start] + segment.target
        position = segment.end
    assert rebuilt + text[position:] == result.text
