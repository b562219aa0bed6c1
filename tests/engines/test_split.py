"""Long segments are cut at clause borders, and nothing of them is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from toolkit.engines.split import split
from toolkit.text.spans import Span

_TEXTS = st.text(st.sampled_from("abИԱ ,;.։—\u0301\n"), max_size=80)


@given(_TEXTS, st.integers(1, 20), st.data())
def test_the_parts_hold_every_character(text: str, limit: int, data: st.DataObject) -> None:
    """Parts stand in order, between them is white space alone, and only where `glue` says so."""
    start = data.draw(st.integers(0, len(text)))
    keep = [Span(start, data.draw(st.integers(start, len(text))))]
    parts = split(text, lambda piece: len(piece) <= limit, keep)
    position = 0
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        assert not text[position : part.span.start].strip()
        position = part.span.end
        if following is not None:
            assert bool(part.glue) == (following.span.start > position)
            assert not keep[0].start < following.span.start < keep[0].end
    assert position == len(text)
    assert all(len(part.span) <= limit for part in parts) or len(keep[0]) > 1 or "\u0301" in text


def test_the_best_border_is_taken() -> None:
    """The end of a sentence before a comma, a comma before a conjunction before a space, no border inside a name."""

    def parts(text: str, keep: tuple[Span, ...] = ()) -> list[str]:
        return [part.span.of(text) for part in split(text, lambda piece: len(piece) <= 24, keep)]

    assert parts("One went, two came. Three stayed, as ever.") == ["One went, two came.", "Three stayed, as ever."]
    assert parts("It rained in the hills, and it was cold.") == ["It rained in the hills,", "and it was cold."]
    assert parts("It rained in the hills and it was cold.") == ["It rained in the hills", "and it was cold."]
    assert parts("aaaa bbbb cccc dddd eeee ffff") == ["aaaa bbbb cccc", "dddd eeee ffff"]
    assert parts("aaaa bbbb cccc dddd eeee ffff", (Span(5, 19),)) == ["aaaa bbbb cccc dddd", "eeee ffff"]
    assert parts("x" * 30) == ["x" * 15, "x" * 15]
