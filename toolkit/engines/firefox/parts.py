"""The parts of a model in memory, read from the files of its folder and checked to belong together."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.engines.firefox.architecture import architecture_of
from toolkit.engines.firefox.marian import read_model
from toolkit.engines.firefox.network import Network
from toolkit.engines.firefox.shortlist import Shortlist
from toolkit.engines.firefox.vocabulary import Vocabulary
from toolkit.engines.models.firefox_files import firefox_files
from toolkit.engines.models.installed import InstalledModel
from toolkit.errors import ModelUnusable


@dataclass(frozen=True, slots=True)
class Parts:
    """What translating takes; `source` and `target` are one vocabulary where the languages share it."""

    network: Network
    source: Vocabulary
    target: Vocabulary
    shortlist: Shortlist | None = None


def load_parts(model: InstalledModel) -> Parts:
    """Read the files of a model, their checksums first. Raises ModelUnusable."""
    if model.engine != "firefox":
        raise ModelUnusable(f"is a model for {model.engine}", where=str(model.folder), remedy="use that engine")
    files = firefox_files(model)
    for file in filter(None, (files.model, files.source_vocabulary, files.target_vocabulary, files.shortlist)):
        model.sha256(file)
    read = read_model(model.path(files.model))
    source = target = Vocabulary.load(model.path(files.source_vocabulary))
    if files.target_vocabulary != files.source_vocabulary:
        target = Vocabulary.load(model.path(files.target_vocabulary))
    architecture = architecture_of(read)
    for vocabulary, wanted in ((source, architecture.source_vocabulary), (target, architecture.vocabulary)):
        if vocabulary.size != wanted:
            raise ModelUnusable(
                f"the vocabulary has {vocabulary.size} pieces and the model {wanted}",
                where=str(model.folder),
                remedy="install the model again",
            )
    shortlist = None
    if files.shortlist is not None:
        shortlist = Shortlist.load(model.path(files.shortlist), source.size, target.size)
    return Parts(Network(architecture, dict(read.tensors)), source, target, shortlist)
