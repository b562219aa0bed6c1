"""Several servers on one PostgreSQL and one store share their jobs."""

from __future__ import annotations

import sys
from pathlib import Path

import httpx
import pytest

from api.jobs.opening import queue_of
from api.settings import read_api_settings
from tests.api.jobs.servers import accepted, api_server, ended, few_names, slow_engine
from toolkit.errors import BadOption

NEW = "The invented committee of bakers adjourned its ninth meeting."


def test_two_servers_share_the_jobs(database: str, tmp_path: Path) -> None:
    """What one accepts, either does, once; both tell of it and hand out the result."""
    with slow_engine() as engine:
        environment = {
            **few_names(tmp_path),
            "DRAGOMAN_CACHE": str(tmp_path / "cache"),
            "DRAGOMAN_STORE": str(tmp_path / "store"),
            "DRAGOMAN_JOBS": database,
            "DRAGOMAN_JOB_WORKERS": "1",
            "DRAGOMAN_LIBRETRANSLATE_URL": engine.url,
        }
        with api_server(environment) as one, api_server(environment) as two:
            jobs = [accepted(one, f"{NEW}\n\nNumber {number} slept.") for number in range(3)]
            engine.wait_until_asked(4)
            states = [httpx.get(f"{two}/v1/jobs/{identity}").json()["state"] for identity in jobs]
            assert sorted(states) == ["queued", "running", "running"], "one worker of each is at work"
            engine.gate.set()
            for number, identity in enumerate(jobs):
                assert ended(two, identity)["state"] == "done"
                for server in (one, two):
                    text = httpx.get(f"{server}/v1/jobs/{identity}/result").text
                    assert text == f"[{NEW}]\n\n[Number {number} slept.]"
            assert engine.asked[NEW] == 3


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PostgreSQL address where its libraries are not installed is refused with the remedy."""
    monkeypatch.setitem(sys.modules, "procrastinate", None)
    settings = read_api_settings({"DRAGOMAN_JOBS": "postgresql://nowhere/jobs", "DRAGOMAN_STORE": str(tmp_path)})
    with pytest.raises(BadOption, match=r"dragoman\[postgres\]"):
        queue_of(settings)
