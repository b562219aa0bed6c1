"""The same packages, run by us and by Argos Translate itself, give the same words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.engines.conftest import SettingsOf
from tests.engines.packages import PAIRS, install_argos, sentences, written
from tests.engines.test_bpe import write_bpe_package
from toolkit.engines.ct2 import Quality
from toolkit.engines.protocol import Request
from toolkit.engines.registry import named
from toolkit.errors import ModelUnusable
from toolkit.languages import Language

needs_argos = [
    pytest.mark.argostranslate,
    pytest.mark.skipif(find_spec("argostranslate") is None, reason="the extra [argos] is not installed"),
]
ROOT = Path(__file__).parent.parent.parent
ASK = """
import json, sys
from toolkit.engines.argostranslate import ArgosTranslate
from toolkit.engines.protocol import Request
from toolkit.languages import Language
answers = []
for source, target, texts in json.load(sys.stdin):
    drafts = ArgosTranslate().translate([Request(text) for text in texts], Language(source), Language(target))
    answers.append([draft and draft.text for draft in drafts])
json.dump(answers, sys.stdout)
"""


def asked(home: Path, packages: Path, questions: list[tuple[str, str, list[str]]]) -> list[list[str | None]]:
    """What the library says, in a process of its own, with no home of the user's and no network to fetch from."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ARGOS_", "XDG_"))}
    environment |= {"HOME": str(home), "ARGOS_PACKAGES_DIR": str(packages), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK],
        input=json.dumps(questions),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: list[list[str | None]] = json.loads(done.stdout)
    return answers


@pytest.mark.skipif(find_spec("argostranslate") is not None, reason="Argos Translate is installed")
def test_without_the_library_one_line_says_so(tmp_path: Path, settings_of: SettingsOf) -> None:
    """`--engine argostranslate` without the extra names what to install."""
    with pytest.raises(ModelUnusable, match=r"pip install 'dragoman\[argos\]'"):
        named("argostranslate", Language.EN, Language.RU, settings_of(tmp_path), Quality.NORMAL)


class TestWithTheLibrary:
    pytestmark = needs_argos

    def test_same_words(self, argos_models: Path, tmp_path: Path, settings_of: SettingsOf) -> None:
        """All directions; but for _, which the library turns into a space."""
        texts = {language: [written(keys, language) for keys in sentences()] for language in Language}
        theirs = asked(tmp_path, argos_models, [(source, target, texts[source]) for source, target in PAIRS])
        for (source, target), answers in zip(PAIRS, theirs, strict=True):
            engine = named("argos", source, target, settings_of(argos_models), Quality.BEST)
            ours = engine.translate([Request(text) for text in texts[source]], source, target)
            assert [draft and draft.text.replace("_", " ") for draft in ours] == answers

    def test_same_pivot(self, english_models: Path, tmp_path: Path, settings_of: SettingsOf) -> None:
        """Through English too."""
        text = written(sentences()[0], Language.HY)
        theirs = asked(tmp_path, english_models, [("hy", "az", [text])])
        engine = named("argos", Language.HY, Language.AZ, settings_of(english_models), Quality.BEST)
        draft = engine.translate([Request(text)], Language.HY, Language.AZ)[0]
        assert draft is not None
        assert [[draft.text]] == theirs

    def test_same_words_with_byte_pairs(self, tmp_path: Path, settings_of: SettingsOf) -> None:
        """A package cut with byte pairs, quotes and unknown words in the text."""
        models = tmp_path / "models"
        write_bpe_package(models / "package")
        texts = ["Goris is quiet.", 'Akna is "quiet" & Goris is 3-4.', "Xyz isn't Akna's…"]
        theirs = asked(tmp_path, models, [("en", "ru", texts)])
        engine = named("argos", Language.EN, Language.RU, settings_of(models), Quality.BEST)
        ours = engine.translate([Request(text) for text in texts], Language.EN, Language.RU)
        assert [[draft and draft.text for draft in ours]] == theirs


def test_packages_unpack_as_the_library_does(packages: dict[str, Path], tmp_path: Path) -> None:
    """An .argosmodel is a zip of one folder."""
    folder = install_argos(tmp_path, packages["en-hy"])
    assert sorted(path.name for path in folder.iterdir()) == ["metadata.json", "model", "sentencepiece.model"]
