"""DeepL's routes, through its own client against the running server, and the shapes that other clients send."""

from __future__ import annotations

from collections.abc import Iterator

import deepl
import httpx
import pytest
from deepl.api_data import MultilingualGlossaryDictionaryEntries

STORED = "Two rockets landed in a potato field near Goris on Friday without exploding."
KEY = {"Authorization": "DeepL-Auth-Key anything"}


@pytest.fixture
def client(server: str) -> Iterator[deepl.DeepLClient]:
    client = deepl.DeepLClient("anything", server_url=server)
    yield client
    client.close()  # type: ignore[no-untyped-call]


def _one(answer: deepl.TextResult | list[deepl.TextResult]) -> deepl.TextResult:
    assert isinstance(answer, deepl.TextResult)
    return answer


def _many(answer: deepl.TextResult | list[deepl.TextResult]) -> list[deepl.TextResult]:
    assert isinstance(answer, list)
    return answer


def test_a_text(client: deepl.DeepLClient) -> None:
    """A text is translated, its language told, its characters counted."""
    result = _one(client.translate_text(STORED, target_lang="RU"))
    assert "Горисом" in result.text
    assert result.detected_source_lang == "EN"
    assert result.billed_characters == len(STORED)


def test_texts_in_a_list(client: deepl.DeepLClient) -> None:
    """Answers come in the order of the texts; capitals and regions of codes do not matter."""
    results = _many(client.translate_text([STORED, "Goris", "Горис"], source_lang="EN", target_lang="HY"))
    assert "Գորիսի" in results[0].text
    assert [result.text for result in results[1:]] == ["Գորիս", "Горис"]
    assert _one(client.translate_text("Goris", source_lang="ru", target_lang="EN-GB")).text == "Goris"


def test_html(client: deepl.DeepLClient) -> None:
    """Tags keep their names, references come back as such, ignored elements stay."""
    page = f"<p>{STORED.replace('Goris', '<b>Goris</b>')}</p><p><x>Goris</x></p><p>R&amp;D: Goris</p>"
    result = _one(client.translate_text(page, target_lang="RU", tag_handling="html", ignore_tags=["x"]))
    assert "<b>Горисом</b>" in result.text
    assert result.text.endswith("<p><x>Goris</x></p><p>R&amp;D: Goris</p>")


def test_xml(client: deepl.DeepLClient) -> None:
    """Elements among elements are segments of their own; `ignore_tags` may come as a list or with commas."""
    page = f"<doc><par>{STORED}</par><par>Goris</par><keep>Goris</keep><Too>Goris</Too></doc>"
    for ignored in (["keep", "Too"], "keep,Too"):
        result = _one(client.translate_text(page, target_lang="RU", tag_handling="xml", ignore_tags=ignored))
        assert "Горисом" in result.text
        assert result.text.endswith("</par><par>Горис</par><keep>Goris</keep><Too>Goris</Too></doc>")


def test_what_became_of_the_names_is_said(server: str) -> None:
    """Additions tell which names were applied, what to look at and how the text was made."""
    body = {"text": [STORED, "A purple cow sang in Goris."], "target_lang": "RU"}
    first, second = httpx.post(f"{server}/v2/translate", json=body, headers=KEY).json()["translations"]
    assert first["names"][0]["rendering"] == "Горисом"
    assert first["names"][0]["applied"]
    assert not second["names"][0]["applied"]
    assert [finding["code"] for finding in second["findings"]] == ["T001"]
    assert first["signature"].startswith("dragoman:")


def test_a_form_does_as_well(server: str) -> None:
    """Older clients send a form with `text` several times."""
    form = {"text": ["Goris", "Shushi"], "target_lang": "ru", "source_lang": "en"}
    answer = httpx.post(f"{server}/v2/translate", data=form, headers=KEY).json()
    assert [found["text"] for found in answer["translations"]] == ["Горис", "Шуши"]


def test_usage(client: deepl.DeepLClient) -> None:
    """Usage grows by the characters of a request."""
    before = client.get_usage().character.count
    client.translate_text(["Goris", "Goris"], target_lang="RU")
    usage = client.get_usage()
    assert before is not None
    assert usage.character.count == before + 10
    assert not usage.any_limit_reached


def test_languages(client: deepl.DeepLClient, server: str) -> None:
    """Target languages are asked by a form in the body of a GET, or by the query."""
    assert [language.code for language in client.get_source_languages()] == ["AZ", "EN", "HY", "RU"]
    codes = [language.code for language in client.get_target_languages()]
    assert codes == ["AZ", "EN-GB", "EN-US", "HY", "RU"]
    asked = httpx.get(f"{server}/v2/languages", params={"type": "target"}).json()
    assert [language["language"] for language in asked] == codes
    assert len(client.get_glossary_languages()) == 12


def test_a_glossary(client: deepl.DeepLClient) -> None:
    """Made, used, shown, listed, deleted; its terms inflect like names."""
    made = client.create_glossary("Ours", "EN", "RU", {"Goris": "Горусград", "Gyumri Club": "Гюмрийский клуб"})
    assert made.ready
    assert (made.source_lang, made.target_lang, made.entry_count) == ("EN", "RU", 2)
    assert client.get_glossary(made.glossary_id).name == "Ours"
    assert made.glossary_id in [glossary.glossary_id for glossary in client.list_glossaries()]
    assert client.get_glossary_entries(made) == {"Goris": "Горусград", "Gyumri Club": "Гюмрийский клуб"}
    results = _many(client.translate_text_with_glossary([STORED, "Gyumri Club"], made))
    assert "Горусградом" in results[0].text
    assert results[1].text == "Гюмрийский клуб"
    assert "Горисом" in _one(client.translate_text(STORED, source_lang="EN", target_lang="RU")).text
    client.delete_glossary(made)
    with pytest.raises(deepl.GlossaryNotFoundException):
        client.get_glossary(made.glossary_id)
    with pytest.raises(deepl.DeepLException, match="Glossary not found"):
        client.translate_text("x", source_lang="EN", target_lang="RU", glossary=made.glossary_id)


def test_a_hostile_term_stays_text(client: deepl.DeepLClient) -> None:
    """Signs of markup in a term are written as references in HTML, and as they are in plain text."""
    term = "<img src=x onerror=alert(1)>"
    made = client.create_glossary("Hostile", "EN", "RU", {"Goris": term, "R&D": "Н&К"})
    page = "<p>Goris</p><p>R&amp;D</p>"
    wanted = "<p>&lt;img src=x onerror=alert(1)&gt;</p><p>Н&amp;К</p>"
    result = client.translate_text(page, source_lang="EN", target_lang="RU", glossary=made, tag_handling="html")
    assert _one(result).text == wanted
    assert _one(client.translate_text("Goris", source_lang="EN", target_lang="RU", glossary=made)).text == term
    client.delete_glossary(made)


def test_a_glossary_from_csv(client: deepl.DeepLClient) -> None:
    """Two columns, or four with the languages; quoted as CSV is."""
    rows = 'Goris,"Горус, град",EN,RU\n"Gyumri ""Club""",Клуб,EN,RU\n'
    made = client.create_glossary_from_csv("Rows", "EN", "RU", rows)
    assert client.get_glossary_entries(made) == {"Goris": "Горус, град", 'Gyumri "Club"': "Клуб"}
    client.delete_glossary(made)


def test_a_multilingual_glossary(client: deepl.DeepLClient) -> None:
    """Made, extended, replaced, used in each of its directions, emptied, deleted."""
    first = MultilingualGlossaryDictionaryEntries("EN", "RU", {"Goris": "Горусград"})
    second = MultilingualGlossaryDictionaryEntries("RU", "EN", {"Горис": "Gorusgrad"})
    made = client.create_multilingual_glossary("Both ways", [first, second])
    assert [dictionary.entry_count for dictionary in made.dictionaries] == [1, 1]
    more = MultilingualGlossaryDictionaryEntries("EN", "RU", {"Goris": "Горуск", "Gyumri Club": "Клуб"})
    updated = client.update_multilingual_glossary_dictionary(made, more)
    assert {d.entry_count for d in updated.dictionaries if d.source_lang == "EN"} == {2}
    assert client.update_multilingual_glossary_name(made, "Renamed").name == "Renamed"
    assert (
        "Горуском"
        in _one(client.translate_text(STORED, source_lang="EN", target_lang="RU", glossary=made.glossary_id)).text
    )
    assert (
        _one(client.translate_text("Горис", source_lang="RU", target_lang="EN-US", glossary=made.glossary_id)).text
        == "Gorusgrad"
    )
    client.replace_multilingual_glossary_dictionary(made, first)
    (shown,) = client.get_multilingual_glossary_entries(made, "EN", "RU").dictionaries
    assert str(shown.entries) == "Goris\tГорусград"
    client.delete_multilingual_glossary_dictionary(made, source_lang="RU", target_lang="EN")
    assert len(client.get_multilingual_glossary(made.glossary_id).dictionaries) == 1
    assert made.glossary_id in [glossary.glossary_id for glossary in client.list_multilingual_glossaries()]
    client.delete_multilingual_glossary(made)
    with pytest.raises(deepl.GlossaryNotFoundException):
        client.get_multilingual_glossary(made.glossary_id)


def test_several_glossaries_and_the_first_wins(server: str, client: deepl.DeepLClient) -> None:
    """`glossary_ids` lays the first one uppermost."""
    upper = client.create_glossary("Upper", "EN", "RU", {"Goris": "Первый"})
    lower = client.create_glossary("Lower", "EN", "RU", {"Goris": "Второй", "Gyumri Club": "Клуб"})
    body = {
        "text": ["Goris", "Gyumri Club"],
        "source_lang": "EN",
        "target_lang": "RU",
        "glossary_ids": [upper.glossary_id, lower.glossary_id],
    }
    answer = httpx.post(f"{server}/v2/translate", json=body, headers=KEY).json()
    assert [found["text"] for found in answer["translations"]] == ["Первый", "Клуб"]
    for glossary in (upper, lower):
        client.delete_glossary(glossary)


def _glossary(**changes: object) -> dict[str, object]:
    return {"name": "n", "source_lang": "en", "target_lang": "ru", "entries": "a\tb", "entries_format": "tsv"} | changes


NOBODY = "/v2/glossaries/00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "words"),
    [
        ("POST", "/v2/translate", {"target_lang": "RU"}, 400, "'text'"),
        ("POST", "/v2/translate", {"text": ["x"]}, 400, "'target_lang'"),
        ("POST", "/v2/translate", {"text": ["x"], "target_lang": "DE"}, 400, "unknown language 'DE'"),
        ("POST", "/v2/translate", {"text": [1], "target_lang": "RU"}, 400, "'text'"),
        ("POST", "/v2/translate", {"text": ["x"] * 101, "target_lang": "RU"}, 400, "more than 100"),
        ("POST", "/v2/translate", {"text": ["x" * 20_001], "target_lang": "RU"}, 413, "20,000"),
        ("POST", "/v2/translate", {"text": ["x"], "target_lang": "RU", "tag_handling": "md"}, 400, "tag_handling"),
        ("POST", "/v2/translate", {"text": ["x"], "target_lang": "RU", "glossary_id": "x"}, 400, "source_lang"),
        ("POST", "/v2/glossaries", _glossary(entries="a\tb\nc\td\na\te"), 400, "line 3 duplicates that of line 1"),
        ("POST", "/v2/glossaries", _glossary(entries="a,b\nc", entries_format="csv"), 400, "line 2 has 1 columns"),
        ("POST", "/v2/glossaries", _glossary(entries='"a', entries_format="csv"), 400, "line 1 is no CSV"),
        ("POST", "/v2/glossaries", _glossary(entries="a\t\u202eb"), 400, "control character"),
        ("POST", "/v2/glossaries", _glossary(entries="a\t" + "b" * 201), 400, "more than 200"),
        ("POST", "/v2/glossaries", _glossary(entries=" \n"), 400, "'entries'"),
        ("POST", "/v2/glossaries", _glossary(name=""), 400, "'name'"),
        ("POST", "/v2/glossaries", _glossary(target_lang="EN-GB"), 400, "same language"),
        ("POST", "/v2/glossaries", _glossary(entries_format="xls"), 400, "entries_format"),
        ("POST", "/v3/glossaries", {"name": "n", "dictionaries": []}, 400, "dictionaries"),
        ("POST", "/v3/glossaries", {"name": "n", "dictionaries": [7]}, 400, "dictionaries"),
        ("POST", "/v3/glossaries", {"name": "n", "dictionaries": [_glossary()] * 2}, 400, "one pair"),
        ("PATCH", NOBODY.replace("v2", "v3"), {"name": "n"}, 404, "not found"),
        ("PUT", NOBODY.replace("v2", "v3") + "/dictionaries", _glossary(), 404, "not found"),
        ("GET", NOBODY, None, 404, "not found"),
        ("GET", "/v2/glossaries/..%2f..%2fetc", None, 404, "Not Found"),
        ("DELETE", NOBODY, None, 404, "not found"),
        ("GET", "/v2/nothing", None, 404, "Not Found"),
        ("GET", "/v2/translate", None, 405, "Not Allowed"),
    ],
)
def test_errors_have_its_shape(
    server: str, method: str, path: str, body: dict[str, object] | None, status: int, words: str
) -> None:
    """{"message", "detail"} with the status that its clients know."""
    answer = httpx.request(method, f"{server}{path}", json=body, headers=KEY)
    assert answer.status_code == status
    assert list(answer.json()) == ["message", "detail"]
    assert words in answer.json()["detail"]


def test_half_a_character_is_no_text(server: str) -> None:
    """A lone surrogate, which JSON can spell and UTF-8 cannot, is the client's mistake."""
    body = b'{"text": ["\\ud800"], "target_lang": "RU"}'
    answer = httpx.post(f"{server}/v2/translate", content=body, headers=KEY | {"content-type": "application/json"})
    assert answer.status_code == 400


def test_another_content_type_is_refused(server: str) -> None:
    """415 for a body that is neither JSON nor a form."""
    answer = httpx.post(f"{server}/v2/translate", content=b"<x/>", headers=KEY | {"content-type": "text/xml"})
    assert answer.status_code == 415
    assert list(answer.json()) == ["message", "detail"]
