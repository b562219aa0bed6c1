"""LibreTranslate's routes, through its own client and the request shapes of its plugins."""

from __future__ import annotations

import httpx
import pytest
from libretranslatepy import LibreTranslateAPI

STORED = "Two rockets landed in a potato field near Goris on Friday without exploding."


def test_its_client_works_by_changing_the_host(server: str) -> None:
    """languages, translate and detect through libretranslatepy."""
    client = LibreTranslateAPI(f"{server}/")
    languages = client.languages()
    assert [language["code"] for language in languages] == ["az", "en", "hy", "ru"]
    assert all(language["code"] not in language["targets"] for language in languages)
    assert "Գորիսի" in client.translate(STORED, "en", "hy")
    assert client.detect("Şuşada sakitlikdir")[0]["language"] == "az"


def test_json_with_a_list_gets_a_list(server: str) -> None:
    """The shape Mastodon sends: an array, source auto."""
    body = {"q": [STORED, "Goris"], "source": "auto", "target": "ru"}
    answer = httpx.post(f"{server}/translate", json=body).json()
    assert len(answer["translatedText"]) == 2
    assert "Горисом" in answer["translatedText"][0]
    assert [found["language"] for found in answer["detectedLanguage"]] == ["en", "en"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"source": "en", "target": "ru"}, "missing q"),
        ({"q": "x", "target": "ru"}, "missing source"),
        ({"q": "x", "source": "en"}, "missing target"),
        ({"q": "x", "source": "xx", "target": "ru"}, "unknown language"),
        ({"q": {"a": 1}, "source": "en", "target": "ru"}, "string"),
        ({"q": "x", "source": "en", "target": "ru", "format": "rtf"}, "html"),
    ],
)
def test_errors_have_its_shape(server: str, body: dict[str, object], words: str) -> None:
    """{"error": …} with status 400."""
    answer = httpx.post(f"{server}/translate", json=body)
    assert answer.status_code == 400
    assert list(answer.json()) == ["error"]
    assert words in answer.json()["error"]


def test_what_was_not_translated_is_said(server: str) -> None:
    """Additive fields tell what a plain client does not show."""
    answer = httpx.post(f"{server}/translate", data={"q": "A purple cow sang.", "source": "en", "target": "ru"}).json()
    assert answer["translatedText"] == "A purple cow sang."
    assert answer["findings"][0]["code"] == "T001"
    assert answer["signature"].startswith("dragoman:")


def test_mastodon(server: str) -> None:
    """JSON with an array of HTML, source auto: an answer and a language for each, tags in place, by its /languages."""
    languages = httpx.get(f"{server}/languages").json()
    assert {target for language in languages for target in language["targets"]} == {"az", "en", "hy", "ru"}
    posts = [f"<p>{STORED}</p><p>#news</p>", '<p><span class="h-card" translate="no">@<a href="/x">x</a></span> Hi</p>']
    body = {"q": posts, "source": "auto", "target": "ru", "format": "html", "api_key": ""}
    answer = httpx.post(f"{server}/translate", json=body).json()
    assert "Горисом" in answer["translatedText"][0]
    assert answer["translatedText"][0].endswith("</p><p>#news</p>")
    assert answer["translatedText"][1] == posts[1]
    assert [found["language"] for found in answer["detectedLanguage"]] == ["en", "en"]


def test_discourse(server: str) -> None:
    """A form: /detect first, then the cooked post; only 200 will do."""
    post = f"<h2>Goris</h2>\n<p>{STORED} <img src='x.png' alt='Goris'></p>"
    found = httpx.post(f"{server}/detect", data={"q": STORED, "api_key": "k"})
    assert found.status_code == 200
    source = found.json()[0]["language"]
    answer = httpx.post(
        f"{server}/translate", data={"q": post, "source": source, "target": "ru", "format": "html", "api_key": "k"}
    )
    assert answer.status_code == 200
    assert answer.json()["translatedText"].startswith("<h2>Горис</h2>\n<p>")
    assert "<img src='x.png' alt='Горис'>" in answer.json()["translatedText"]


def test_weblate(server: str) -> None:
    """A form without a format: a plain string and its translation."""
    data = {"api_key": "", "q": STORED, "source": "en", "target": "hy"}
    assert "Գորիսի" in httpx.post(f"{server}/translate", data=data).json()["translatedText"]


def test_one_language_into_itself_comes_back(server: str) -> None:
    """With source auto a text may be in the target's language already."""
    body = {
        "q": "<p>Գորիսում &amp; հանգիստ է</p>",
        "source": "auto",
        "target": "hy",
        "format": "html",
        "alternatives": 2,
    }
    answer = httpx.post(f"{server}/translate", json=body).json()
    assert answer["translatedText"] == body["q"]
    assert answer["alternatives"] == []


def test_what_its_page_asks_of_the_server(server: str) -> None:
    """/frontend/settings says what may be sent; /spec describes the API; suggestions are refused as it refuses them."""
    settings = httpx.get(f"{server}/frontend/settings").json()
    assert (settings["apiKeys"], settings["keyRequired"], settings["charLimit"]) == (False, False, 20_000)
    assert settings["suggestions"] is False
    assert {".txt", ".docx", ".html"} <= set(settings["supportedFilesFormat"])
    assert settings["language"]["source"]["code"] == "auto"
    assert "/translate" in httpx.get(f"{server}/spec").json()["paths"]
    refused = httpx.post(f"{server}/suggest", data={"q": "Goris", "s": "Горис", "source": "en", "target": "ru"})
    assert (refused.status_code, list(refused.json())) == (403, ["error"])
