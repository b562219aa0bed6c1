"""What every test may use: the project's own glossary, compiled once a run into a cache of its own."""

from __future__ import annotations

import fcntl
import gc
import os
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache as cache_results
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from toolkit.glossary.glossary import Glossary
from toolkit.glossary.search import search_of
from toolkit.languages import Language
from toolkit.memory.store import Memory
from toolkit.settings import share_folder

# A slow machine is no failure: speed is measured by the benchmarks.
settings.register_profile("dragoman", deadline=None)
settings.load_profile("dragoman")

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the run, with all its processes, keeps what it compiles."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def glossary(cache: Path) -> Glossary:
    """The glossary that comes with the project."""
    glossary = Glossary.load(share_folder() / "glossaries", cache=cache)
    if "PYTEST_XDIST_WORKER" in os.environ:
        _compile_together(glossary, cache)
    gc.freeze()  # tests and names stay to the end: no search for garbage need go through them each time
    return glossary


def _compile_together(glossary: Glossary, cache: Path) -> None:
    """Compile what no other process of the run has begun, and wait for the tables of names that others compile."""

    def prepare_memory() -> None:
        memory = Memory.load([share_folder() / "seeds"], glossary, cache=cache)
        for language in Language:
            memory.prepare(language)

    tables = {f"names-{language}": partial(glossary.table, language) for language in Language}
    _do_what_is_free(tables, cache)
    _do_what_is_free(tables, cache, wait=True)
    _do_what_is_free({"memory": prepare_memory, "skeletons": partial(search_of, glossary)}, cache)


def _do_what_is_free(work: Mapping[str, Callable[[], object]], folder: Path, *, wait: bool = False) -> None:
    """Do each piece of work, by its name, unless another process is at it; `wait` for that, and do it after it."""
    for name, do in work.items():
        with (folder / f"{name}.lock").open("w") as lock, suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            do()


@pytest.fixture(scope="session", autouse=True)
def _glossary_opened_once(glossary: Glossary, cache: Path) -> Iterator[None]:
    """Commands and servers in the tests' process share the glossary, which is immutable, as the requests to one server
    do. That it opens anew is seen in processes of their own: test_process, test_readme, test_wheel."""
    known, load = (share_folder() / "glossaries", cache), Glossary.load

    def shared(root: Path, *, cache: Path | None = None) -> Glossary:
        return glossary if (root, cache) == known else load(root, cache=cache)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Glossary, "load", staticmethod(shared))
        yield


@pytest.fixture(scope="session", autouse=True)
def _certificates_read_once() -> Iterator[None]:
    """A request to a server on loopback needs no certificates; to read all of them for each was most of its cost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache_results(ssl.create_default_context))
        yield


@pytest.fixture(scope="session")
def memory(glossary: Glossary) -> Memory:
    """The sample memory."""
    return Memory.load([CASES / "memory"], glossary)


@pytest.fixture(scope="session")
def policies() -> Path:
    return share_folder() / "glossaries" / "policies"


@pytest.fixture(autouse=True)
def _nothing_of_their_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, cache: Path
) -> None:
    """What a developer has stored is nobody's test data; commands compile into the run's cache."""
    monkeypatch.setenv("DRAGOMAN_CACHE", str(cache))
    monkeypatch.setenv("DRAGOMAN_MEMORY", str(tmp_path_factory.getbasetemp() / "none" / "memory.sqlite"))
