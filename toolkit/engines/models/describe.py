"""From the files of a model to its manifest: what it is, whether it is whole, what it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from toolkit.engines.ct2 import vocabulary
from toolkit.engines.json_text import read_json
from toolkit.engines.models.catalogue import catalogue
from toolkit.engines.models.firefox_registry import languages_of
from toolkit.engines.models.hashing import sha256_of
from toolkit.engines.models.kinds import FIREFOX
from toolkit.engines.models.manifest import EngineName, Manifest, Tokens
from toolkit.errors import ModelUnusable, UnknownLanguage
from toolkit.languages import parse_language

_LARGEST_JSON = 64 << 20


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a model besides its files."""

    address: str
    """Where it came from: a web address, or the name of a local file."""
    name: str = ""
    licence: str = ""
    family: str = ""
    architecture: str = ""
    downloads: dict[str, str] = field(default_factory=dict)


def describe(folder: Path, engine: EngineName, origin: Origin) -> Manifest:
    """The manifest of the files in `folder`. Raises ModelUnusable where one is missing or is not what it claims."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    facts = _DESCRIBERS[engine](folder, paths, origin)
    return Manifest.model_validate(
        {
            "engine": engine,
            "origin": origin.address,
            "installed": _today(),
            "size": sum((folder / path).stat().st_size for path in paths),
            "files": {path: sha256_of(folder / path) for path in paths},
            "downloads": origin.downloads,
            **facts,
        }
    )


def completed(folder: Path, manifest: Manifest, origin: Origin) -> Manifest:
    """A manifest with what it leaves out: where its files, which are in `folder`, came from, and their checksums."""
    return manifest.model_copy(
        update={
            "origin": manifest.origin or origin.address,
            "installed": manifest.installed or _today(),
            "size": sum((folder / path).stat().st_size for path in manifest.files),
            "files": {path: known or sha256_of(folder / path) for path, known in manifest.files.items()},
        }
    )


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _argos(folder: Path, paths: list[str], origin: Origin) -> dict[str, Any]:
    metadata = _json(folder / "metadata.json", origin)
    if not isinstance(metadata, dict) or metadata.get("type", "translate") != "translate":
        raise _broken("is no package for translating", origin)
    try:
        source, target = (parse_language(str(metadata.get(key, ""))) for key in ("from_code", "to_code"))
    except UnknownLanguage as error:
        raise ModelUnusable(
            f"is for other languages: {error.what}", where=origin.address, remedy="see `dragoman models list`"
        ) from None
    if not {"sentencepiece.model", "bpe.model"} & set(paths):
        raise _broken("has neither sentencepiece.model nor bpe.model", origin)
    _ctranslate(folder / "model", origin)
    stated = metadata.get("license")
    licence = stated if isinstance(stated, str) else "see its README" if "README.md" in paths else "not stated"
    return {
        "name": origin.name or f"argos-{source.value}-{target.value}",
        "from": source,
        "to": target,
        "architecture": f"argos {str(metadata.get('package_version', ''))[:20]}".strip(),
        "licence": origin.licence or licence[:60],
    }


def _firefox(folder: Path, paths: list[str], origin: Origin) -> dict[str, Any]:
    models = [path for path in paths if FIREFOX[0].fullmatch(path)]
    if len(models) != 1:
        raise _broken("holds several models: give a folder each", origin)
    model = models[0]
    direction = languages_of(model)
    if direction is None:
        raise _broken(f"has a model of other languages, {model}", origin)
    pair = f"{direction[0].value}{direction[1].value}"
    roles = {path.split(".")[0] for path in paths if path.split(".")[1:2] == [pair] and path.endswith(".spm")}
    if "vocab" not in roles and not {"srcvocab", "trgvocab"} <= roles:
        raise _broken(f"has no vocab.{pair}.spm (or srcvocab and trgvocab)", origin)
    with (folder / model).open("rb") as file:
        head = file.read(16)
    version, items = int.from_bytes(head[:8], "little"), int.from_bytes(head[8:], "little")
    if len(head) < 16 or version != 1 or not 0 < items < 10_000:
        raise _broken(f"is no Marian model: {model} starts otherwise", origin)
    known = catalogue().by_hash(sha256_of(folder / model))
    sizes = {size: name for name, size in catalogue().architectures.items()}
    by_size = sizes.get((folder / model).stat().st_size, "other")
    architecture = origin.architecture or (known.architecture if known else by_size)
    return {
        "name": origin.name or f"firefox-{direction[0].value}-{direction[1].value}-{architecture}",
        "from": direction[0],
        "to": direction[1],
        "architecture": architecture,
        "licence": origin.licence or (known.licence if known else "not stated"),
    }


def _multilingual(folder: Path, paths: list[str], origin: Origin) -> dict[str, Any]:
    tokenizers = [path for path in paths if path.endswith(".model")]
    if len(tokenizers) != 1:
        what = "no sentencepiece model" if not tokenizers else f"several of them: {', '.join(tokenizers)[:120]}"
        raise _broken(f"needs one sentencepiece model beside model.bin, and has {what}", origin)
    _ctranslate(folder, origin)
    name = origin.family or _family(folder, origin)
    family = catalogue().family(name)
    slug = re.sub(r"[^a-z0-9.]+", "-", Path(origin.address).name.lower().removesuffix(".zip")).strip("-.")
    return {
        "name": origin.name or (slug or name)[:80],
        "architecture": name,
        "tokens": _known_to(folder, name, family.tokens(tokenizers[0]), origin),
        "licence": origin.licence or family.licence,
    }


def _known_to(folder: Path, family: str, tokens: Tokens, origin: Origin) -> Tokens:
    """The tokens with the languages that the model has; it must know two, or it is of another family."""
    try:
        pieces = set(vocabulary(folder, "source"))
        if tokens.target:
            pieces &= set(vocabulary(folder, "target"))
    except ModelUnusable as error:
        raise _broken(f"has a broken vocabulary, which {error.what}", origin) from None
    known = {language: code for language, code in tokens.codes.items() if code in pieces}
    if len(known) < 2:
        codes = ", ".join(tokens.codes.values())
        raise ModelUnusable(
            f"is no model of the family {family}: of its languages ({codes}) it knows {len(known)}",
            where=origin.address,
            remedy="give its own family with --family",
        )
    return tokens.model_copy(update={"codes": known})


def _family(folder: Path, origin: Origin) -> str:
    """The family by the language codes in the vocabulary, where they tell."""
    vocabulary = b"".join(path.read_bytes() for path in sorted(folder.glob("*_vocabulary.*")))
    if b"hye_Armn" in vocabulary:
        return "nllb"
    if b"<2hy>" in vocabulary:
        return "madlad400"
    if b"__hy__" in vocabulary and "100" in origin.address:
        return "small100" if "small" in origin.address.lower() else "m2m100"
    families = ", ".join(sorted(catalogue().families))
    raise ModelUnusable(
        "does not tell how it is told the languages",
        where=origin.address,
        remedy=f"add --family with one of {families}",
    )


_DESCRIBERS = {"argos": _argos, "firefox": _firefox, "multilingual": _multilingual}


def _ctranslate(folder: Path, origin: Origin) -> None:
    """Whether a folder looks like a CTranslate2 model; its engine will read it whole."""
    with (folder / "model.bin").open("rb") as file:
        head = file.read(64)
    version = int.from_bytes(head[:4], "little")
    if head.startswith(b"version https://git-lfs"):
        raise _broken("holds a pointer to the model instead of the model (git lfs)", origin)
    if len(head) < 16 or not 1 <= version <= 40:
        raise _broken("is no CTranslate2 model: model.bin starts otherwise", origin)
    if not any(folder.glob("*_vocabulary.*")):
        raise _broken("has no vocabulary beside model.bin", origin)


def _json(path: Path, origin: Origin) -> Any:
    try:
        return read_json(path, _LARGEST_JSON)
    except (OSError, ValueError):
        raise _broken(f"has a broken {path.name}", origin) from None


def _broken(what: str, origin: Origin) -> ModelUnusable:
    return ModelUnusable(what, where=origin.address, remedy="download it again")
