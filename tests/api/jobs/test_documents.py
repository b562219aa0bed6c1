"""Documents over HTTP: uploaded, polled, fetched, cancelled; each its owner's alone."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.jobs.servers import NEW, STORED, SlowEngine, accepted, ended, submit

pytestmark = pytest.mark.usefixtures("open_gate")


def result(api: str, identity: str, **query: str) -> httpx.Response:
    return httpx.get(f"{api}/v1/jobs/{identity}/result", params=query)


def test_a_markdown_file_is_translated(api: str) -> None:
    """Upload, poll, fetch: the file in its format, named by its language; the Result; the report."""
    identity = accepted(api, f"# Goris\r\n\r\n* {STORED}\r\n", "story.en.md")
    job = ended(api, identity)
    assert job["state"] == "done"
    assert job["progress"] == {"done": 2, "total": 2}
    file = httpx.get(f"{api}{job['result']}")
    assert file.headers["content-type"] == "text/markdown; charset=utf-8"
    assert 'filename="story.ru.md"' in file.headers["content-disposition"]
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.text.startswith("# Горис\r\n\r\n* В пятницу под Горисом")
    assert file.text.endswith("\r\n")
    shown = httpx.get(f"{api}{job['result']}", headers={"Accept": "application/json"}).json()
    assert shown["text"] == file.text
    assert shown == result(api, identity, form="json").json()
    assert len(shown["findings"]) == job["findings"]
    report = result(api, identity, form="report")
    assert report.headers["content-type"].startswith("text/html")
    assert "sandbox" in report.headers["content-security-policy"]
    assert "Горисом" in report.text


def test_a_job_gives_the_same_result_as_the_route(api: str) -> None:
    """What comes of a document is what /v1/translate answers for its text."""
    job = accepted(api, f"{STORED}\n")
    ended(api, job)
    body = {"text": f"{STORED}\n", "from": "en", "to": "ru"}
    assert result(api, job, form="json").json() == httpx.post(f"{api}/v1/translate", json=body).json()


def test_several_languages_come_as_an_archive_or_one_by_one(api: str) -> None:
    """One upload, several translations."""
    identity = accepted(api, STORED, to=["az", "hy", "ru"])
    assert ended(api, identity)["progress"] == {"done": 3, "total": 3}
    with zipfile.ZipFile(io.BytesIO(result(api, identity).content)) as archive:
        assert archive.namelist() == ["story.az.txt", "story.hy.txt", "story.ru.txt"]
        assert "Գորիսի" in archive.read("story.hy.txt").decode()
    assert "Գորիսի" in result(api, identity, to="hy").text
    assert [one["lang"] for one in result(api, identity, form="json").json()] == ["az", "hy", "ru"]
    assert result(api, identity, form="json", to="az").json()["lang"] == "az"
    assert result(api, identity, to="en").status_code == 404


def test_html_is_translated_between_its_tags(api: str) -> None:
    """A format with tags goes through its reader."""
    identity = accepted(api, f"<p class=x>{STORED}</p>", "story.html")
    ended(api, identity)
    page = result(api, identity)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.text.startswith("<p class=x>В пятницу")


def test_restyle_lint_and_check(api: str) -> None:
    """The other verbs: restyle makes a file; lint and check make Results, and check with `fix` a file too."""
    russian: dict[str, object] = {"from": "ru", "to": None, "policy": "azerbaijani"}
    styled = accepted(api, "В Степанакерте тихо.", "a.txt", verb="restyle", **russian)
    linted = accepted(api, "В Степанакерте тихо. Ханкенди спит.", "a.txt", verb="lint", **russian)
    assert ended(api, styled)["state"] == ended(api, linted)["state"] == "done"
    assert result(api, styled).text == "В Ханкенди тихо."
    assert any(finding["code"] == "N007" for finding in result(api, linted).json()["findings"])
    assert result(api, linted, form="file").status_code == 404
    answer = httpx.post(
        f"{api}/v1/documents",
        data={"verb": "check", "from": "en", "to": "ru", "policy": "azerbaijani", "fix": "true"},
        files={
            "file": ("a.en.md", b"Khankendi is quiet."),
            "translation": ("b.ru.md", "В Степанакерте тихо.".encode()),
        },
    )
    checked = answer.json()["id"]
    assert ended(api, checked)["state"] == "done"
    assert result(api, checked).text == "В Ханкенди тихо."
    assert "b.ru.md" in result(api, checked).headers["content-disposition"]


@pytest.mark.parametrize(
    ("text", "name", "options"),
    [
        (f"{STORED}\n", "a.txt", {"policy": "by-date", "date": "1990"}),
        ("Khankendi is quiet.\n", "a.txt", {"overrides": [{"entity": "khankendi-stepanakert", "usage": "armenian"}]}),
        (f"{STORED.replace('potato', 'carrot')}\n", "a.txt", {"memory_threshold": 1.0, "engine": "memory"}),
        (f"key,title\nGoris,{STORED}\n", "a.csv", {"format": "csv", "columns": "key"}),
        (f'{{"a": "Goris", "b": "{STORED}"}}\n', "a.json", {"format": "json", "paths": "$.b"}),
    ],
)
def test_options_do_for_a_document_what_they_do_for_a_text(
    api: str, text: str, name: str, options: dict[str, Any]
) -> None:
    """Whatever /v1/translate is told, a document can be told, with the same result; and it makes a difference."""
    form = {key: json.dumps(value) if key == "overrides" else str(value) for key, value in options.items()}
    job = accepted(api, text, name, **form)
    assert ended(api, job)["state"] == "done"
    body = {"text": text, "from": "en", "to": "ru"}
    told = httpx.post(f"{api}/v1/translate", json=body | options, timeout=30).json()
    assert result(api, job, form="json").json() == told
    plain = {key: value for key, value in options.items() if key in ("format", "engine")}
    assert told != httpx.post(f"{api}/v1/translate", json=body | plain, timeout=30).json()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"to": None}, "translate needs one language"),
        ({"to": "en"}, "nothing to do"),
        ({"verb": "restyle"}, "keeps the language"),
        ({"verb": "check"}, "translation"),
        ({"verb": "sing"}, "verb"),
        ({"policy": "../../etc/passwd"}, "unknown policy"),
        ({"engine": "babelfish"}, "unknown engine"),
        ({"engine": "llm"}, "off"),
        ({"quality": "splendid"}, "quality"),
        ({"policy": "by-date"}, "date"),
        ({"policy": "by-date", "date": "yesterday"}, "date"),
        ({"memory_threshold": "2"}, "memory_threshold"),
        ({"overrides": "[{}"}, "overrides"),
        ({"overrides": '[{"entity": "khankendi-stepanakert", "usage": "martian"}]'}, "martian"),
        ({"format": "rtf"}, "unknown format"),
        ({"from": "tlh"}, "from"),
    ],
)
def test_what_cannot_be_done_is_refused_at_once(api: str, fields: dict[str, Any], words: str) -> None:
    """One line that says what to change, before anything is stored."""
    before = len(httpx.get(f"{api}/v1/jobs", timeout=30).json()["jobs"])
    answer = submit(api, STORED, **fields)
    assert answer.status_code in (400, 422, 503), answer.text
    assert words in answer.json()["detail"]
    assert len(httpx.get(f"{api}/v1/jobs", timeout=30).json()["jobs"]) == before


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\xff\xfe bad", "not UTF-8"), (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", "binary"), (b" \n\n", "no text")],
)
def test_a_file_that_is_no_text_fails_with_the_reason(api: str, content: bytes, reason: str) -> None:
    """The job says what was met instead of text; there is no result."""
    identity = accepted(api, content, "bad.txt")
    job = ended(api, identity)
    assert job["state"] == "failed"
    assert reason in str(job["reason"])
    assert "bad.txt" in str(job["reason"])
    answer = result(api, identity)
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"


def test_uploads_are_capped(api: str) -> None:
    """A file over the limit is refused, announced or in pieces; an empty one too."""
    assert submit(api, "x" * 300_001).status_code == 413
    assert submit(api, "x" * 2_000_000).status_code == 413
    assert submit(api, "").status_code == 400

    def pieces() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        for _ in range(200):
            yield b"x" * 10_000

    headers = {"content-type": "multipart/form-data; boundary=b"}
    assert httpx.post(f"{api}/v1/documents", content=pieces(), headers=headers).status_code == 413


@pytest.mark.parametrize(
    "identity",
    [
        "00000000-0000-4000-8000-000000000000",
        "%2e%2e", "..%2f..%2fglossaries.sqlite", "a%00b", "/etc/passwd", "jobs.sqlite",
        "{00000000-0000-4000-8000-000000000000}",
    ],
)  # fmt: skip
def test_unknown_ids_are_not_there(api: str, identity: str) -> None:
    """Nothing but an id that the server made finds anything, and no path is made of one."""
    for address in (f"{api}/v1/jobs/{identity}", f"{api}/v1/jobs/{identity}/result", f"{api}/download_file/{identity}"):
        assert httpx.get(address).status_code == 404, address
    assert httpx.delete(f"{api}/v1/jobs/{identity}").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "../../../burglar.txt",
        "/etc/burglar.txt",
        "..\\..\\burglar.txt",
        "C:\\burglar.txt",
        "\u202eburglar.txt",
        "bur\r\nglar.txt",
    ],
)
def test_the_name_of_a_file_is_only_shown(api: str, store: Path, name: str) -> None:
    """Folders and hidden signs in it are dropped; nothing is written outside the folder of the job."""
    identity = accepted(api, STORED, name)
    assert ended(api, identity)["name"] in ("burglar.txt", "bur%0D%0Aglar.txt")
    assert result(api, identity).status_code == 200
    assert not list(store.parent.rglob("*burglar*"))


def test_a_running_job_is_cancelled_between_batches(api: str, engine: SlowEngine) -> None:
    """DELETE ends it for its owner at once, and the work stops after the batch it is at."""
    engine.gate.clear()
    text = "\n\n".join(f"The invented baker number {n}x sold bread." for n in range(400))
    identity = accepted(api, text)
    engine.wait_until_asked()
    job = httpx.get(f"{api}/v1/jobs/{identity}").json()
    assert job["state"] == "running"
    assert httpx.delete(f"{api}/v1/jobs/{identity}").status_code == 204
    assert httpx.get(f"{api}/v1/jobs/{identity}").json()["state"] == "cancelled"
    assert result(api, identity).status_code == 409
    time.sleep(1.5)  # more than the worker takes to hear of it
    engine.gate.set()
    ended(api, accepted(api, NEW))
    assert engine.asked.total() < 200
    assert httpx.delete(f"{api}/v1/jobs/{identity}").status_code == 204
    assert httpx.get(f"{api}/v1/jobs/{identity}").status_code == 404


def test_a_job_has_a_deadline(api: str, engine: SlowEngine) -> None:
    """What takes longer than the limit has failed, and the reason says so; the worker is free when it is."""
    engine.gate.clear()
    job = ended(api, accepted(api, NEW, seconds=1))
    assert job["state"] == "failed"
    assert "1 seconds" in str(job["reason"])
    engine.gate.set()
    assert ended(api, accepted(api, NEW))["state"] == "done"


def test_a_full_queue_is_503_with_a_time_to_try_again(api: str, engine: SlowEngine) -> None:
    """Two are done, four wait, the next is told to come back; it leaves no file behind."""
    engine.gate.clear()
    running = [accepted(api, f"{NEW} {n}") for n in "AB"]
    engine.wait_until_asked(2)
    waiting = [accepted(api, NEW) for _ in range(4)]
    answer = submit(api, NEW)
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert httpx.get(f"{api}/languages").status_code == 200
    for identity in waiting:
        httpx.delete(f"{api}/v1/jobs/{identity}")
    engine.gate.set()
    assert [ended(api, identity)["state"] for identity in running] == ["done", "done"]


def test_removed_and_listed(api: str, store: Path) -> None:
    """The list is newest first; what is removed takes its files along."""
    first, second = accepted(api, STORED), accepted(api, STORED)
    ended(api, first)
    ended(api, second)
    listed = [job["id"] for job in httpx.get(f"{api}/v1/jobs").json()["jobs"]]
    assert listed.index(second) < listed.index(first)
    assert (store / "jobs" / first / "source").read_text() == STORED
    assert httpx.delete(f"{api}/v1/jobs/{first}").status_code == 204
    assert not (store / "jobs" / first).exists()
    assert result(api, first).status_code == 404
    assert result(api, second).status_code == 200
