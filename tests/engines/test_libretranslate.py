"""A LibreTranslate server of the newsroom's own, good and bad."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engines.servers import Asked, Handler, Server, serving
from toolkit.engines.libretranslate import LibreTranslate
from toolkit.engines.outbound import Outbound, parse_endpoint
from toolkit.engines.protocol import Request
from toolkit.errors import ModelUnusable
from toolkit.languages import Language

EN, RU = Language.EN, Language.RU


def engine(server: Server, key: str = "") -> LibreTranslate:
    return LibreTranslate(Outbound(parse_endpoint(server.url, "DRAGOMAN_LIBRETRANSLATE_URL")), key)


def _good(asked: Asked, handler: Handler) -> None:
    texts = asked.body["q"]
    answer: dict[str, Any] = {"translatedText": [f"[{text}]" for text in texts]}
    if "alternatives" in asked.body:
        answer["alternatives"] = [[f"({text})"] for text in texts]
    handler.send(answer)


def test_texts_go_in_groups_and_come_back_in_order() -> None:
    """Each text has its own draft; blank ones are not sent; the request is what the server documents."""
    with serving(_good) as server:
        segments = [Request(f"text {number}" if number % 7 else " ") for number in range(100)]
        drafts = engine(server, "secret").translate(segments, EN, RU)
        assert [draft and draft.text for draft in drafts] == [
            f"[text {number}]" if number % 7 else None for number in range(100)
        ]
        first = server.asked[0]
        assert first.path == "/translate"
        assert len(server.asked) > 1
        del first.body["q"]
        assert first.body == {"source": "en", "target": "ru", "format": "text", "api_key": "secret"}


def test_alternatives() -> None:
    """Further drafts are asked for and kept."""
    with serving(_good) as server:
        draft = engine(server).translate([Request("a")], EN, RU, n_best=3)[0]
        assert draft is not None
        assert (draft.text, draft.alternatives) == ("[a]", ("(a)",))
        assert server.asked[0].body["alternatives"] == 2


@pytest.mark.parametrize(
    "answer",
    [
        {},
        [],
        {"translatedText": "one"},
        {"translatedText": ["one"]},
        {"translatedText": ["one", "two", "three"]},
        {"translatedText": ["one", 2]},
        {"translatedText": {"0": "one", "1": "two"}},
    ],
)
def test_lying_answers_are_refused(answer: object) -> None:
    """An answer that does not hold a text for each text could put drafts in wrong places."""
    with (
        serving(lambda _asked, handler: handler.send(answer)) as server,
        pytest.raises(ModelUnusable, match="2 translated texts"),
    ):
        engine(server).translate([Request("a"), Request("b")], EN, RU)


def test_control_characters_of_an_answer_are_dropped() -> None:
    """A terminal must not obey a server; odd alternatives are left out; an empty text is no draft, nor is half a
    surrogate pair, which no file can hold."""
    answer = {"translatedText": ["a\x1b[31mb\x00\x9bc\ud800\n", " \udc00"], "alternatives": [["x\x07", 3, ""], "y"]}
    with serving(lambda _asked, handler: handler.send(answer)) as server:
        drafts = engine(server).translate([Request("a"), Request("b")], EN, RU)
        assert drafts[0] is not None
        assert (drafts[0].text, drafts[0].alternatives) == ("a[31mbc", ("x",))
        assert drafts[1] is None


def test_an_answer_many_times_as_long_is_no_translation() -> None:
    """A server that does not end its text would keep the whole pipeline busy."""
    answer = {"translatedText": ["ля " * 1000, "хорошо"], "alternatives": [[], ["ля " * 1000]]}
    with serving(lambda _asked, handler: handler.send(answer)) as server:
        drafts = engine(server).translate([Request("a"), Request("b")], EN, RU)
        assert drafts[0] is None
        assert drafts[1] is not None
        assert (drafts[1].text, drafts[1].alternatives) == ("хорошо", ())


@pytest.mark.parametrize(
    ("source", "answer", "text"),
    [
        ("one line", "erste\r\n\n# zweite \u2028dritte", "erste # zweite dritte"),
        ("two\nlines", "erste\n\n \nzweite", "erste\nzweite"),
    ],
)
def test_an_answer_breaks_no_lines_of_its_own(source: str, answer: str, text: str) -> None:
    """Paragraphs of a server's own would tear up tables and lists."""
    with serving(lambda _asked, handler: handler.send({"translatedText": [answer]})) as server:
        (draft,) = engine(server).translate([Request(source)], EN, RU)
        assert draft is not None
        assert draft.text == text
