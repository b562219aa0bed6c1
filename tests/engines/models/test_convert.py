"""Weights as their makers publish them become a model that translates, where the libraries for it are installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.engines.conftest import SettingsOf
from tests.engines.models.site import Site
from tests.engines.packages import family_plan
from tests.engines.sentencepiece_file import write_sentencepiece
from toolkit.engines.ct2 import Quality
from toolkit.engines.models.convert import can_convert, unconverted
from toolkit.engines.models.install import Installer
from toolkit.engines.models.verify import verify
from toolkit.engines.protocol import Request
from toolkit.engines.registry import named
from toolkit.errors import ModelUnusable
from toolkit.languages import Language
from toolkit.settings import Settings

EN, HY = Language.EN, Language.HY

needs_libraries = [
    pytest.mark.convert,
    pytest.mark.skipif(not can_convert(), reason="the extra [convert] is not installed"),
    pytest.mark.filterwarnings("ignore"),  # of torch and transformers
]


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        ({"pytorch_model.bin", "config.json"}, set()),
        ({"model.safetensors", "pytorch_model.bin", "run.py", "vocab.json"}, {"model.safetensors", "vocab.json"}),
        ({"model-00001-of-00002.safetensors", "spiece.model"}, {"model-00001-of-00002.safetensors", "spiece.model"}),
        ({"config.json", "spiece.model"}, set()),
        ({"model.bin", "training_args.bin", "optimizer.pt"}, set()),
    ],
)
def test_what_is_taken_of_a_repository(there: set[str], wanted: set[str]) -> None:
    """Weights and what describes them; nothing pickled, and nothing that could be run."""
    assert set(unconverted(there)) == wanted


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A small model of the kind of NLLB-200 as transformers saves it; its weights are random."""
    transformers: Any = __import__("transformers")
    folder = tmp_path / "nllb-tiny"
    plan, codes = family_plan("nllb-200")
    folder.mkdir()
    write_sentencepiece(folder / "sentencepiece.bpe.model", [p for p in plan.source if p not in codes.values()])
    tokenizer = transformers.NllbTokenizer(vocab_file=str(folder / "sentencepiece.bpe.model"))
    tokenizer.save_pretrained(str(folder))
    config = transformers.M2M100Config(
        vocab_size=len(tokenizer),
        d_model=32,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        decoder_start_token_id=2,
    )
    transformers.M2M100ForConditionalGeneration(config).save_pretrained(str(folder))
    return folder


class TestWithTheLibraries:
    pytestmark = needs_libraries

    def test_a_repository_of_weights(
        self,
        site: Site,
        installer: Installer,
        settings: Settings,
        settings_of: SettingsOf,
        weights: Path,
    ) -> None:
        """Downloaded, converted and described: it is loaded, knows the languages, and its files are verified."""
        files = {path.name: path.read_bytes() for path in weights.iterdir()}
        site.huggingface("some/nllb-tiny", files)
        (outcome,) = installer.install("hf:some/nllb-tiny")
        assert outcome.manifest.architecture == "nllb"
        assert sorted(outcome.manifest.files) == [
            "config.json",
            "model.bin",
            "sentencepiece.bpe.model",
            "shared_vocabulary.json",
        ]
        assert [verdict.problems for verdict in verify(settings)] == [()]
        engine = named("multilingual", EN, HY, settings_of(settings.models), Quality.FAST)
        assert len(engine.translate([Request("In Aghdam")], EN, HY)) == 1

    def test_a_folder_of_weights(self, installer: Installer, weights: Path) -> None:
        """What was downloaded by hand is converted too."""
        (outcome,) = installer.install(str(weights))
        assert (outcome.manifest.name, outcome.manifest.licence) == ("nllb-tiny", "CC-BY-NC-4.0")

    def test_weights_that_cannot_be_read(self, installer: Installer, weights: Path) -> None:
        """One line, and nothing half."""
        (weights / "model.safetensors").write_bytes(b"broken")
        with pytest.raises(ModelUnusable, match="cannot be converted: ") as caught:
            installer.install(str(weights))
        assert "\n" not in str(caught.value)
        assert {path.name for path in installer.root.iterdir()} <= {".lock", ".downloads"}


def test_no_pickle_is_read(site: Site, installer: Installer) -> None:
    """A repository whose weights are pickled is refused by its list of files: none is asked for."""
    site.huggingface("some/pickled", {"pytorch_model.bin": b"x", "sentencepiece.bpe.model": b"x"})
    with pytest.raises(ModelUnusable, match="no pickle is read here"):
        installer.install("hf:some/pickled")
    assert not any("resolve" in path for path in site.paths())


@pytest.mark.skipif(find_spec("transformers") is not None, reason="the extra [convert] is installed")
def test_without_the_libraries_one_line_says_how(installer: Installer, tmp_path: Path) -> None:
    """The extra, or the commands for another machine."""
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights" / "model.safetensors").write_bytes(b"x")
    (tmp_path / "weights" / "spiece.model").write_bytes(b"x")
    with pytest.raises(ModelUnusable, match=r"dragoman\[convert\].*--copy_files spiece.model"):
        installer.install(str(tmp_path / "weights"))
