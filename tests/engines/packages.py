"""Small real packages for all twelve directions, made from a table of phrases."""

from __future__ import annotations

import csv
import hashlib
import json
import string
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.engines.make_model import Plan, write_model
from tests.engines.sentencepiece_file import write_sentencepiece
from toolkit.engines.models.manifest import Manifest, write_manifest
from toolkit.languages import Language

CASES = Path(__file__).parent.parent / "cases" / "engines"
PAIRS = [(source, target) for source in Language for target in Language if source is not target]
STOPS = {Language.AZ: ".", Language.EN: ".", Language.HY: "։", Language.RU: "."}
FAMILIES: Mapping[str, Mapping[str, Any]] = {
    "madlad400": {"codes": "<2{code}>", "source": ("{target}", "{text}", "</s>"), "target": ()},
    "m2m100": {"codes": "__{code}__", "source": ("{source}", "{text}", "</s>"), "target": ("{target}",)},
    "nllb-200": {
        "codes": {"az": "azj_Latn", "en": "eng_Latn", "hy": "hye_Armn", "ru": "rus_Cyrl"},
        "source": ("{source}", "{text}", "</s>"),
        "target": ("{target}",),
    },
    "small100": {"codes": "__{code}__", "source": ("{target}", "{text}", "</s>"), "target": ()},
}

_MARKS = string.punctuation.replace(".", "") + string.digits + "—«»“”"
_LETTERS = (
    string.ascii_letters
    + "əğıöşçüƏĞİÖŞÇÜ"
    + "".join(chr(c) for c in (*range(0x410, 0x450), 0x401, 0x451, *range(0x531, 0x557), *range(0x561, 0x588)))
)
LONGEST = 600


@cache
def phrases() -> list[dict[str, str]]:
    with (CASES / "phrases.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@cache
def sentences() -> list[list[str]]:
    found: list[list[str]] = yaml.safe_load((CASES / "sentences.yaml").read_text(encoding="utf-8"))
    return found


def written(keys: Sequence[str], language: Language) -> str:
    """A sentence of the cases in a language: phrases with spaces between them, marks where they belong."""
    table = {row["key"]: row[language.value] for row in phrases()}
    text = " ".join(table.get(key, STOPS[language] if key == "." else key) for key in keys)
    return text.replace(" .", ".").replace(" ։", "։").replace(" !", "!").replace("( ", "(").replace(" )", ")")


def piece(phrase: str) -> str:
    return "▁" + phrase.replace(" ", "▁")


def pair_plan(source: Language, target: Language) -> Plan:
    """A dictionary of one direction; letters and marks stand for themselves."""
    own = ["▁", *_LETTERS, *_MARKS]
    words = {piece(row[target]): (row["key"], None) for row in phrases()} | {STOPS[target]: (".", None)}
    return Plan(
        source=[*(piece(row[source]) for row in phrases()), STOPS[source], *own],
        target=[*words, *own],
        meaning={piece(row[source]): row["key"] for row in phrases()} | {STOPS[source]: "."},
        words=words,
        longest=LONGEST,
    )


def family_plan(family: str) -> tuple[Plan, dict[str, str]]:
    """A dictionary of all directions, told the languages as models of the family are; and its codes for them."""
    shape = FAMILIES[family]
    codes = {
        language.value: str(shape["codes"][language.value])
        if isinstance(shape["codes"], dict)
        else str(shape["codes"]).format(code=language.value)
        for language in Language
    }
    words = {piece(row[language]): (row["key"], language.value) for row in phrases() for language in Language}
    pieces = [*words, "։", ".", "▁", *_LETTERS, *_MARKS, *codes.values()]
    prefixed = bool(shape["target"])
    return (
        Plan(
            source=pieces,
            target=pieces,
            meaning={word: key for word, (key, _) in words.items()} | {"։": "."},
            words={**words, "։": (".", "hy")},
            tongues={code: language for language, code in codes.items()},
            language_from="target" if prefixed else "source",
            offset=0 if prefixed else 1,
            longest=LONGEST,
            add_eos=False,
        ),
        codes,
    )


def write_argos_package(path: Path, source: Language, target: Language, version: str = "1.0", **metadata: str) -> Path:
    """An .argosmodel file: a zip of one folder."""
    folder = path.parent / f"{path.stem}-files"
    plan = pair_plan(source, target)
    write_model(folder / "model", plan)
    write_sentencepiece(folder / "sentencepiece.model", list(dict.fromkeys([*plan.source, *plan.target])))
    described = {
        "package_version": version,
        "argos_version": "1.9.6",
        "from_code": source.value,
        "from_name": source.english_name,
        "to_code": target.value,
        "to_name": target.english_name,
        "type": "translate",
        **metadata,
    }
    (folder / "metadata.json").write_text(json.dumps(described), encoding="utf-8")
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, f"translate-{source}_{target}-{version}/{file.relative_to(folder)}")
    return path


def install_argos(root: Path, package: Path) -> Path:
    """Unpack a package of our own making, as Argos Translate does."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(root)
        return root / archive.namelist()[0].split("/")[0]


def install_family(root: Path, family: str) -> Path:
    """A multilingual model with its manifest, as `models install` leaves it."""
    folder = root / f"{family}-made"
    plan, codes = family_plan(family)
    write_model(folder, plan)
    write_sentencepiece(folder / "sentencepiece.bpe.model", [p for p in plan.source if p not in codes.values()])
    files = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}
    shape = FAMILIES[family]
    manifest = {
        "name": folder.name,
        "engine": "multilingual",
        "tokens": {
            "tokenizer": "sentencepiece.bpe.model",
            "codes": codes,
            "source": shape["source"],
            "target": shape["target"],
        },
        "licence": "GPL-3.0-or-later",
        "origin": "made by a test",
        "installed": "2020-01-01",
        "size": sum(file.stat().st_size for file in folder.iterdir()),
        "files": files,
    }
    write_manifest(folder, Manifest.model_validate(manifest))
    return folder
