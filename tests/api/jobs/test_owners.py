"""Jobs belong to whom they come from."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.jobs.servers import SlowEngine, api_server, few_names, slow_engine
from toolkit.keys.store import KeyStore

TOKENS: dict[str, str] = {}
"""The keys of the owners, by name."""
NEW = "The invented committee of bakers adjourned its ninth meeting."


@pytest.fixture(scope="module")
def engine() -> Iterator[SlowEngine]:
    with slow_engine() as running:
        yield running


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory, engine: SlowEngine) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("owners")
    environment = {
        **few_names(folder),
        "DRAGOMAN_CACHE": str(folder / "cache"),
        "DRAGOMAN_STORE": str(folder / "store"),
        "DRAGOMAN_JOB_WORKERS": "1",
        "DRAGOMAN_LIBRETRANSLATE_URL": engine.url,
        "DRAGOMAN_MAX_JOBS_PER_KEY": "3",
    }
    keys = KeyStore(folder / "store")
    for name in ("few", "hasty", "many", "mine", "other"):
        TOKENS[name] = keys.create(name)[1]
    with api_server(environment) as address:
        yield address


def _client(api: str, name: str) -> httpx.Client:
    return httpx.Client(base_url=api, headers={"authorization": f"Bearer {TOKENS[name]}"}, timeout=30)


def _submit(client: httpx.Client, text: str) -> httpx.Response:
    form = {"verb": "translate", "from": "en", "to": "ru"}
    return client.post("/v1/documents", data=form, files={"file": ("a.txt", text.encode())})


def test_a_foreign_job_is_not_there(api: str, engine: SlowEngine) -> None:
    """Another owner cannot tell a job of mine from one that never was, nor cancel it."""
    engine.gate.set()
    with _client(api, "mine") as mine, _client(api, "other") as other:
        identity = _submit(mine, NEW).json()["id"]
        while mine.get(f"/v1/jobs/{identity}").json()["state"] != "done":
            time.sleep(0.05)
        unknown = other.get("/v1/jobs/00000000-0000-4000-8000-000000000000")
        for path in (f"/v1/jobs/{identity}", f"/v1/jobs/{identity}/result", f"/v1/jobs/{identity}/result?form=report"):
            answer = other.get(path)
            assert (answer.status_code, answer.json()) == (404, unknown.json())
        assert other.delete(f"/v1/jobs/{identity}").status_code == 404
        assert other.get(f"/download_file/{identity}.txt").status_code == 404
        assert other.get("/v1/jobs").json() == {"jobs": []}
        for before in (identity, "00000000-0000-4000-8000-000000000000"):
            answer = other.get("/v1/jobs", params={"before": before})
            assert (answer.status_code, answer.json()) == (404, unknown.json())
        assert mine.get("/v1/jobs", params={"before": identity}).json() == {"jobs": []}
        assert mine.get(f"/v1/jobs/{identity}/result").text == f"[{NEW}]"


def test_an_owner_with_many_jobs_does_not_keep_another_waiting(api: str, engine: SlowEngine) -> None:
    """One worker, three jobs of one owner, then one of another: it is begun second, not last."""
    engine.gate.clear()
    engine.asked.clear()
    with _client(api, "many") as many, _client(api, "few") as few:
        texts = [f"{NEW} {letter}" for letter in "ABCD"]
        assert _submit(many, texts[0]).status_code == 202
        engine.wait_until_asked()
        assert [_submit(many, text).status_code for text in texts[1:]] == [202] * 3
        refused = _submit(many, NEW)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "30")
        mine = _submit(few, "Only this one.").json()["id"]
        engine.gate.set()
        while few.get(f"/v1/jobs/{mine}").json()["state"] != "done":
            time.sleep(0.05)
        started = few.get(f"/v1/jobs/{mine}").json()["started"]
        while any(job["state"] != "done" for job in many.get("/v1/jobs").json()["jobs"]):
            time.sleep(0.05)
        later = [job for job in many.get("/v1/jobs").json()["jobs"] if job["started"] > started]
        assert len(later) >= 2


def test_whoever_hangs_up_waits_for_nothing(api: str, engine: SlowEngine) -> None:
    """A client of /translate_file that goes away takes its job along."""
    engine.gate.clear()
    with _client(api, "hasty") as client:
        form, files = {"source": "en", "target": "ru"}, {"file": ("a.txt", f"{NEW} E".encode())}
        with pytest.raises(httpx.ReadTimeout):
            client.post("/translate_file", data=form, files=files, timeout=1)
        while (job := client.get("/v1/jobs").json()["jobs"][0])["state"] in ("queued", "running"):
            time.sleep(0.05)
        assert job["state"] == "cancelled"
    engine.gate.set()
