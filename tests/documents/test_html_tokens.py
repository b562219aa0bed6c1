"""HTML is cut as browsers cut it, whatever it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.documents.html_tokens import TokenKind, html_tokens

TRICKY = [
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "--!>",
    "<!-->",
    "<p>",
    "</p>",
    "<b title='>'>",
    '<a href="<p>">',
    "<script>",
    "</script>",
    "<style>",
    "</style >",
    "<textarea>",
    "</textarea>",
    "<title>",
    "<!doctype html>",
    "<?x?>",
    "</>",
    "</3>",
    "<svg/>",
    "=",
    "'",
    '"',
    "&lt;",
    "&",
    "x",
    " ",
    "\n",
    "<b/ c=d e>",
    "<plaintext>",
    "\0",
    "İ",
    "<br",
    "/>",
    "<![CDATA[",
    "]]>",
]

HTML = st.lists(st.one_of(st.sampled_from(TRICKY), st.text(max_size=4)), max_size=20).map("".join)


@given(HTML)
def test_every_code_point_is_in_exactly_one_token(text: str) -> None:
    """Tokens follow each other without gaps from the first code point to the last."""
    position = 0
    for token in html_tokens(text):
        assert token.span.start == position
        assert token.span.end > position
        position = token.span.end
    assert position == len(text)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a < b", "text"),
        ("a <3", "text"),
        ("a<b>c", "text open text"),
        ("<p title='a>b'>c</p>", "open text close"),
        ('<p title="a\'>b" x=y/z>c', "open text"),
        ("<!-- <p> -->a", "other text"),
        ("<!-->a", "other text"),
        ("<!-- a --!>b", "other text"),
        ("<!-- a", "other"),
        ("<script>if (a<b) '<p>'</script>c", "open other close text"),
        ("<script><!--<script></script>--></script>c", "open other close text"),
        ("<SCRIPT></SCRIPT x>c", "open close text"),
        ("<script>a</scripty></script>", "open other close"),
        ("<title>a <b> c</title>", "open text close"),
        ("<textarea><!-- a</textarea>b", "open text close text"),
        ("</>a", "other text"),
        ("</ p>a", "other text"),
        ("a<p title='", "text other"),
        ("<a\u00a0b>c", "open text"),
        ("<p =a>b", "open text"),
        ("<p a=>b", "open text"),
    ],
)
def test_cases(text: str, kinds: str) -> None:
    """Each text is cut as the standard says."""
    assert " ".join(token.kind.value for token in html_tokens(text)) == kinds


def test_attributes_have_their_places() -> None:
    """Names come in small letters, the first of two counts, values stand where they stand."""
    text = "<A HREF = 'x y' lang=hy CHECKED lang=ru>"
    (token,) = html_tokens(text)
    assert token.kind is TokenKind.OPEN
    assert {name: span.of(text) for name, span in token.attributes.items()} == {
        "href": "x y",
        "lang": "hy",
        "checked": "",
    }
