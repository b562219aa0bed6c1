"""What things are called and how names are written elsewhere, over the network as on the command line."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from toolkit.glossary.detail import EntityDetail


def test_a_name_is_found_in_any_script(server: str) -> None:
    """Best first, one an entity, no more than asked for."""
    for query in ("Ստեփանակերտ", "Степанакерт", "Stepanakert"):
        answer = httpx.get(f"{server}/v1/names", params={"q": query, "limit": 1}).json()
        (found,) = answer["results"]
        assert found["entity"] == "khankendi-stepanakert"
        assert found["score"] == 1
    assert httpx.get(f"{server}/v1/names", params={"q": "Xyzzyqwv"}).json() == {"results": []}


def test_an_entity_with_all_its_names(server: str) -> None:
    """Every usage with its texts and forms; of many forms the rarer ones come where they are asked for."""
    answer = httpx.get(f"{server}/v1/names/shusha-shushi").json()
    entity = EntityDetail.model_validate(answer)
    names = {name.usage: name for name in entity.names}
    assert names["armenian"].texts["ru"].text == "Шуши"  # type: ignore[index]
    forms = {form.form: form.text for form in names["azerbaijani"].texts["ru"].forms}  # type: ignore[index]
    assert (forms["nom"], forms["gen"], forms["dat"]) == ("Шуша", "Шуши", "Шуше")
    assert names["international"].like == "azerbaijani"
    assert names["international"].texts == names["azerbaijani"].texts
    more = httpx.get(f"{server}/v1/names/shusha-shushi", params={"all_forms": True}).json()
    assert "Şuşadakı" in str(more)
    assert "Şuşadakı" not in str(answer)


def test_an_entity_that_is_not_there(server: str) -> None:
    """404 in the shape of every problem."""
    answer = httpx.get(f"{server}/v1/names/atlantis")
    assert answer.status_code == 404
    assert set(answer.json()) == {"title", "status", "code", "detail"}


@pytest.mark.parametrize(("a", "b", "same"), [("Շուշի", "Şuşi", True), ("Goris", "Yerevan", False)])
def test_two_names(server: str, a: str, b: str, *, same: bool) -> None:
    """Whether they can be the same, and why."""
    answer = httpx.post(f"{server}/v1/names/match", json={"a": a, "b": b}).json()
    assert answer["match"] is same
    assert answer["why"]


def test_a_name_in_other_letters(server: str) -> None:
    """The glossary first; a list is answered in its order."""
    body: dict[str, Any] = {"texts": ["Ստեփանակերտ", "Վահագնաձոր"], "from": "hy", "to": "ru", "names": True}
    first, second = httpx.post(f"{server}/v1/transliterate", json=body).json()["results"]
    assert (first["text"], first["source"]) == ("Степанакерт", "glossary")
    assert second["text"] == "Вагагнадзор" or second["alternatives"]
    whole = {"text": "Հայերեն տեքստ։", "from": "hy", "to": "en"}
    assert httpx.post(f"{server}/v1/transliterate", json=whole).json()["text"].startswith("Hayeren")


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"text": "x", "from": "hy", "to": "en", "scheme": "iso9"}, 400, "no scheme"),
        ({"text": "x", "from": "en", "to": "ru", "variety": "western"}, 400, "no variety"),
        ({"text": "x", "texts": ["x"], "from": "hy", "to": "en"}, 422, "either"),
        ({"from": "hy", "to": "en"}, 422, "either"),
        ({"text": "x" * 201, "from": "hy", "to": "en", "names": True}, 400, "200"),
        ({"texts": ["x"] * 101, "from": "hy", "to": "en"}, 413, "100"),
    ],
)
def test_what_cannot_be_transliterated(server: str, body: dict[str, Any], status: int, words: str) -> None:
    """One clear line for a scheme, variety or size that there is not."""
    answer = httpx.post(f"{server}/v1/transliterate", json=body)
    assert answer.status_code == status
    assert words in answer.json()["detail"]
