"""Work can be seen and stopped between sentences and batches, whatever the verb."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import pytest

from api.jobs.files import SOURCE, TRANSLATION, JobFiles
from api.jobs.model import Job, Progress, State, Task, Verb
from api.jobs.watching import JobWatch, Stopped, WatchedEngine
from api.jobs.work import Work
from api.service import Service
from api.settings import read_api_settings
from tests.api.jobs.servers import few_names
from toolkit.engines.protocol import Ability, Request, ScriptedEngine
from toolkit.errors import WrongUse
from toolkit.languages import Language

SENTENCES = 40
TEXT = "\n\n".join(f"В Степанакерте тихо {number}." for number in range(SENTENCES))


class Seen(JobWatch):
    """Keeps what it is told; asks to stop after some calls."""

    def __init__(self, languages: int, stop_after: int = 10**9) -> None:
        super().__init__(languages)
        self.seen: list[Progress] = []
        self._stop_after = stop_after

    def __call__(self, done: int, total: int, /) -> None:
        self.stopping = len(self.seen) >= self._stop_after
        super().__call__(done, total)
        self.seen.append(self.progress)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    folder: Path = tmp_path_factory.mktemp("watching")
    settings = {**few_names(folder), "DRAGOMAN_CACHE": str(folder / "cache"), "DRAGOMAN_STORE": str(folder / "store")}
    return Work(Service(read_api_settings(settings)), JobFiles(folder / "jobs"))


def _job(work: Work, **fields: object) -> Job:
    task = Task.model_validate({"name": "a.txt", "format": "text", "source": Language.RU, "engine": "memory", **fields})
    identity = str(uuid4())
    work.files.accept(identity, {SOURCE: io.BytesIO(TEXT.encode()), TRANSLATION: io.BytesIO(TEXT.encode())})
    return Job(identity, "a", task, State.RUNNING, 1, 0, Progress(), 0, "", 0.0, 0.0, 0.0, 0.0)


VERBS = pytest.mark.parametrize(
    "fields",
    [
        {"verb": Verb.LINT},
        {"verb": Verb.RESTYLE},
        {"verb": Verb.TRANSLATE, "targets": (Language.AZ, Language.HY)},
        {"verb": Verb.CHECK, "targets": (Language.EN,), "translation": "b.txt"},
    ],
    ids=lambda fields: str(fields["verb"]),
)


@VERBS
def test_progress_grows_to_all(work: Work, fields: dict[str, object]) -> None:
    """It never falls, and ends with all segments of all languages done."""
    job = _job(work, **fields)
    watch = Seen(len(job.task.languages))
    work.do(job, watch)
    assert watch.progress == Progress(SENTENCES * len(job.task.languages), SENTENCES * len(job.task.languages))
    done = [progress.done for progress in watch.seen]
    assert done == sorted(done)
    assert len(set(done)) > 1


@VERBS
def test_work_stops_where_it_is_told_to(work: Work, fields: dict[str, object]) -> None:
    """Between two sentences; nothing is left of it."""
    job = _job(work, **fields)
    with pytest.raises(Stopped):
        work.do(job, Seen(len(job.task.languages), stop_after=SENTENCES // 2))
    assert not work.files.result(job.id, 1, "results.json").exists()


def test_an_engine_is_stopped_between_batches() -> None:
    """It is given a part at a time, in order, with the same drafts as at once; between parts it can be stopped."""
    texts = [f"Sentence {number}." for number in range(150)]
    requests = [Request(text) for text in texts]
    whole = ScriptedEngine({text: text.upper() for text in texts})
    watch = JobWatch(1)
    watch(0, len(texts))
    watched = WatchedEngine(whole, watch)
    assert watched.translate(requests, Language.EN, Language.RU) == whole.translate(requests, Language.EN, Language.RU)
    assert watch.progress == Progress(150, 150)
    whole.asked.clear()
    watch.stopping = True
    with pytest.raises(Stopped):
        watched.translate(requests, Language.EN, Language.RU)
    assert 0 < len(whole.asked) < 150


def test_a_watched_engine_scores_where_its_engine_does() -> None:
    """What a wrapper says that it can do, it does; one that gives no scores says so."""
    watched = WatchedEngine(_Scoring({}, abilities=Ability.SCORES), JobWatch(1))
    assert watched.score([("a", "b")], Language.EN, Language.RU) == [-1.0]
    with pytest.raises(WrongUse, match="gives no scores"):
        WatchedEngine(ScriptedEngine({}), JobWatch(1)).score([("a", "b")], Language.EN, Language.RU)


class _Scoring(ScriptedEngine):
    def score(self, pairs: Sequence[tuple[str, str]], source: Language, target: Language) -> Sequence[float]:
        return [-1.0] * len(pairs)
