"""Translation units come back from TMX as they went in, also through another program's reader."""

from __future__ import annotations

import io
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from toolkit.text.tmx import TranslationUnit, read_tmx, write_tmx

_TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=20).filter(
    lambda text: text == text.strip() and text != ""
)
_UNITS = st.lists(
    st.builds(
        TranslationUnit,
        texts=st.dictionaries(st.sampled_from(["az", "en", "hy", "ru-RU"]), _TEXT, min_size=1),
        id=st.from_regex(r"[a-z]{0,5}", fullmatch=True),
        note=_TEXT | st.just(""),
        properties=st.lists(st.tuples(st.sampled_from(["x-a", "x-b"]), _TEXT), max_size=2).map(tuple),
    ),
    max_size=4,
)


def _file(units: list[TranslationUnit]) -> bytes:
    out = io.BytesIO()
    write_tmx(units, out, version="1", source="en")
    return out.getvalue()


@given(units=_UNITS)
def test_units_come_back(units: list[TranslationUnit]) -> None:
    """Texts, ids, notes and properties, with any signs of markup in them."""
    assert list(read_tmx(io.BytesIO(_file(units)))) == units


def test_units_are_read_by_translate_toolkit() -> None:
    """Source, target and note are where its reader looks for them."""
    from translate.storage.tmx import tmxfile

    reader: Any = tmxfile
    content = _file([TranslationUnit({"en": "A & B <c>", "ru": "«А»"}, note="seen")])
    (unit,) = reader.parsestring(content, "en", "ru").units
    assert (unit.source, unit.target, unit.getnotes()) == ("A & B <c>", "«А»", "seen")
