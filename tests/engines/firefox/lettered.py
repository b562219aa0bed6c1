"""The small trained model for all twelve directions: its two made-up languages written in the letters of real ones.

Each Latin letter of the made-up languages stands for one letter of a real alphabet, capitals for capitals, in the
vocabularies as in the texts. So a model that was trained once translates, with the same weights, what looks like
Armenian into what looks like Russian, and its right translations are known word for word.
"""

from __future__ import annotations

import shutil
import string
from pathlib import Path

import yaml

from tests.engines.firefox.two_vocabularies import pieces_of
from tests.engines.sentencepiece_file import renamed_piece
from toolkit.languages import Language

# Turkic capitals are written out: upper() would make I of i.
_ALPHABETS = {
    Language.AZ: ("abcçdeəfgğhxıijklmnoöprsşu", "ABCÇDEƏFGĞHXIİJKLMNOÖPRSŞU"),
    Language.EN: (string.ascii_lowercase, string.ascii_uppercase),
    Language.HY: ("աբգդեզէըթժիլխծկհձղճմյնշոչպ", "ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊ"),
    Language.RU: ("абвгдежзийклмнопрстуфхцчшщ", "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩ"),
}


def lettered(text: str, language: Language) -> str:
    """A text of the made-up languages in the letters of a real one."""
    return text.translate(_table(language))


def write_lettered(shared: Path, models: Path, source: Language, target: Language) -> Path:
    """The model of `shared` as an installed one for a direction, with a vocabulary for each of the two."""
    folder = models / f"firefox-{source}-{target}-made"
    folder.mkdir(parents=True)
    shutil.copy(shared / "model.bin", folder)
    pieces, rest = pieces_of((shared / "vocab.spm").read_bytes())
    for name, language in (("srcvocab.spm", source), ("trgvocab.spm", target)):
        renamed = [renamed_piece(piece, lambda text, to=language: lettered(text, to)) for piece in pieces]  # type: ignore[misc]
        (folder / name).write_bytes(b"".join([*renamed, rest]))
    files = dict.fromkeys(["model.bin", "srcvocab.spm", "trgvocab.spm"])
    described = {"name": folder.name, "engine": "firefox", "from": source.value, "to": target.value, "files": files}
    (folder / "model.yaml").write_text(yaml.safe_dump(described), "utf-8")
    return folder


def _table(language: Language) -> dict[int, int]:
    small, capital = _ALPHABETS[language]
    return str.maketrans(string.ascii_letters, small + capital)
