"""Argos packages, run directly: a folder with metadata.json, sentencepiece.model or bpe.model, and model/.

Packages are taken from Dragoman's folder of models and from the one of Argos Translate itself. Of several for a
pair the newest serves; the length penalty is the one Argos Translate uses, so that the drafts are the same.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.engines.bpe import Bpe
from toolkit.engines.ct2 import Quality, runner_of
from toolkit.engines.ct2_engine import Ct2Engine, Frame, Pair
from toolkit.engines.json_text import read_json
from toolkit.engines.tokens import SentencePiece, Tokenizer
from toolkit.errors import ModelUnusable, UnknownLanguage
from toolkit.languages import parse_language

_METADATA = "metadata.json"
_LARGEST_METADATA = 64 * 1024
_LENGTH_PENALTY = 0.2


@dataclass(frozen=True, slots=True)
class ArgosPackage:
    """An installed package for one of our pairs."""

    folder: Path
    pair: Pair
    version: str
    target_prefix: str = ""

    @property
    def name(self) -> str:
        return f"argos:{self.pair[0]}-{self.pair[1]}@{self.version}"

    @property
    def order(self) -> tuple[int, ...]:
        """Versions in the order of their numbers: 1.9 before 1.10."""
        return tuple(int(number) for number in re.findall(r"\d+", self.version))


def argos_packages(
    folders: Iterable[Path], without: Container[Path] = ()
) -> tuple[list[ArgosPackage], list[tuple[Path, ModelUnusable]]]:
    """The newest package of each pair, by pair, but for those in the folders `without`; and what cannot be read.

    Of equal versions the one in the folder named first serves.
    """
    best: dict[Pair, ArgosPackage] = {}
    errors = []
    places = [metadata.parent for folder in folders for metadata in sorted(folder.glob(f"*/{_METADATA}"))]
    for place in places:
        if place in without or place.name.startswith("."):
            continue
        try:
            package = read_package(place)
        except ModelUnusable as error:
            errors.append((place, error))
            continue
        if package is not None:
            known = best.get(package.pair)
            if known is None or package.order > known.order:
                best[package.pair] = package
    return [best[pair] for pair in sorted(best)], errors


def read_package(folder: Path) -> ArgosPackage | None:
    """The package in a folder; None for one of other languages or of another kind. Raises ModelUnusable."""
    path = folder / _METADATA
    found: Any
    try:
        found = read_json(path, _LARGEST_METADATA)
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("from_code", ""), str):
        raise ModelUnusable("is no description of a package", where=str(path), remedy="remove or reinstall the package")
    if found.get("type", "translate") != "translate":
        return None
    try:
        pair = parse_language(str(found.get("from_code"))), parse_language(str(found.get("to_code")))
    except UnknownLanguage:
        return None
    version = str(found.get("package_version") or "0")
    return ArgosPackage(folder, pair, version, str(found.get("target_prefix") or ""))


def argos_engine(package: ArgosPackage, quality: Quality) -> Ct2Engine:
    """An engine for a package; nothing is loaded yet."""
    prefix = (package.target_prefix,) if package.target_prefix else ()
    source, target = _tokenizers(package)
    return Ct2Engine(
        name=package.name,
        runner=runner_of(package.folder / "model"),
        source=source,
        target=target,
        frames={package.pair: Frame(target=prefix)},
        quality=quality,
        length_penalty=_LENGTH_PENALTY,
    )


def _tokenizers(package: ArgosPackage) -> tuple[Tokenizer, Tokenizer]:
    codes = package.folder / "bpe.model"
    pieces = package.folder / "sentencepiece.model"
    if codes.is_file() and not pieces.is_file():
        return Bpe(codes, package.pair[0]), Bpe(codes, package.pair[1])
    tokenizer = SentencePiece(pieces)
    return tokenizer, tokenizer
