"""Models with a vocabulary for each language translate as those that share one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from tests.engines.firefox.conftest import MODEL
from tests.engines.firefox.two_vocabularies import write_two_vocabularies
from tests.engines.firefox.wasm import marian, worker_folder
from tests.models.invented_language import Pair, forms
from toolkit.engines.firefox.alignment import words
from toolkit.engines.firefox.engine import FirefoxEngine
from toolkit.engines.firefox.shortlist import MAGIC
from toolkit.engines.protocol import Constraint, Request
from toolkit.errors import ModelUnusable
from toolkit.languages import Language

EN, AZ = Language.EN, Language.AZ


@pytest.fixture(scope="module", params=[False, True], ids=["an embedding each", "one embedding"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("models") / "two"
    return write_two_vocabularies(MODEL, place, one_embedding=request.param)


def test_the_same_drafts(folder: Path, engine: FirefoxEngine, pairs: list[Pair]) -> None:
    """Word for word what the model with one vocabulary writes, aligned alike, and as likely."""
    requests = [Request(pair.source) for pair in pairs[:80]]
    other = FirefoxEngine.load(folder)
    for ours, theirs in zip(other.translate(requests, EN, AZ), engine.translate(requests, EN, AZ), strict=True):
        assert ours is not None
        assert theirs is not None
        assert (ours.text, ours.alignment) == (theirs.text, theirs.alignment)
    scored = [(pair.source, pair.target) for pair in pairs[:8]]
    assert other.score(scored, EN, AZ) == pytest.approx(engine.score(scored, EN, AZ), abs=1e-4)


def test_held_to_names(folder: Path, pairs: list[Pair]) -> None:
    """Names are held to in pieces of the target's vocabulary."""
    asked = [pair for pair in pairs if pair.names][:30]
    requests = [
        Request(pair.source, tuple(Constraint(words(pair.source)[place], forms(name)) for name, place in pair.names))
        for pair in asked
    ]
    drafts = FirefoxEngine.load(folder).translate(requests, EN, AZ)
    assert all(
        draft is not None and len(draft.held) == len(pair.names) for draft, pair in zip(drafts, asked, strict=True)
    )
    right = sum(draft is not None and draft.text == pair.target for draft, pair in zip(drafts, asked, strict=True))
    assert right >= 0.9 * len(asked)


def test_a_shortlist_leads_from_one_to_the_other(tmp_path: Path, pairs: list[Pair]) -> None:
    """Its offsets are by pieces of the source, its ids pieces of the target; one for a shared vocabulary is refused."""
    folder = write_two_vocabularies(MODEL, tmp_path / "two")
    plain = FirefoxEngine.load(folder)
    requests = [Request(pair.source) for pair in pairs[:20]]
    drafts = plain.translate(requests, EN, AZ)
    written = {one for draft in drafts if draft for one in plain._target.encode([draft.text])[0].ids}
    described = yaml.safe_load((folder / "model.yaml").read_text("utf-8"))
    described["files"]["lex.bin"] = None
    (folder / "model.yaml").write_text(yaml.safe_dump(described), "utf-8")

    def shortlist(pieces: int) -> None:
        # All that was written belongs to the end of the source, which every source has.
        ids = np.array(sorted(written), "<u4")
        offsets = np.full(pieces + 1, len(ids), "<u8")
        offsets[0] = 0
        head = np.array([MAGIC, 0, 0, len(ids), len(offsets), len(ids)], "<u8")
        (folder / "lex.bin").write_bytes(head.tobytes() + offsets.tobytes() + ids.tobytes())

    shortlist(plain._target.size)
    with pytest.raises(ModelUnusable, match="the shortlist is for 1024 pieces"):
        FirefoxEngine.load(folder)
    shortlist(plain._source.size)
    short = FirefoxEngine.load(folder).translate(requests, EN, AZ)
    assert [draft.text for draft in short if draft] == [draft.text for draft in drafts if draft]


@pytest.mark.node
def test_marian_reads_it_so(folder: Path, pairs: list[Pair], tmp_path: Path) -> None:
    """Marian itself takes such files, and writes the same for nearly all sentences."""
    texts = [pair.source for pair in pairs[:60]]
    vocabularies = folder / "srcvocab.spm", folder / "trgvocab.spm"
    reference = marian(worker_folder(tmp_path), texts, folder / "model.bin", *vocabularies)
    drafts = FirefoxEngine.load(folder).translate([Request(text) for text in texts], EN, AZ)
    same = sum(draft is not None and draft.text == text for draft, text in zip(drafts, reference.texts, strict=True))
    assert same >= 0.95 * len(texts)
