"""Validation finds everything in one pass and says it so that a person can act on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.files import write_files
from toolkit.errors import GlossaryBroken
from toolkit.glossary.validate import CODES, Severity, validate

ROOT = Path(__file__).parent.parent.parent
DATA: dict[str, Any] = yaml.safe_load((ROOT / "tests/cases/broken-entries.yaml").read_text("utf-8"))
GOOD: dict[str, str] = DATA["good"]
CASES: list[dict[str, Any]] = DATA["cases"]
TOWN = "south-caucasus/city/aghdam-akna.yaml"


def _lay_out(root: Path, files: dict[str, str]) -> Path:
    write_files(root, files)
    return root


def _changed(case: dict[str, Any]) -> dict[str, str]:
    files = {**GOOD, **case.get("files", {})}
    if "change" in case:
        name = case.get("file", TOWN)
        before, after = case["change"]
        assert before in files[name], "the case changes nothing"
        files[name] = files[name].replace(before, after, 1)
    return files


def test_a_glossary_in_good_order_has_no_problems(tmp_path: Path) -> None:
    """What is right is not remarked on."""
    assert validate(_lay_out(tmp_path, GOOD)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['code']} {case['says']}")
def test_each_kind_of_fault_is_reported_with_place_and_remedy(tmp_path: Path, case: dict[str, Any]) -> None:
    """The problem has the code, names the field, and says what is wrong and what to do."""
    problems = validate(_lay_out(tmp_path, _changed(case)))
    found = [problem for problem in problems if problem.code == case["code"]]
    assert found, problems
    assert any(case["says"] in f"{problem.message} {problem.remedy}" for problem in found), found
    if "field" in case:
        assert case["field"] in {problem.field for problem in found}
    for problem in problems:
        assert problem.severity is CODES[problem.code][0]
        assert problem.line >= 1
        assert problem.remedy
        assert "\n" not in str(problem)


def test_every_code_has_a_case() -> None:
    """No code is listed that nothing reports, and none is untested."""
    assert {case["code"] for case in CASES} == set(CODES)


def test_all_is_found_in_one_pass(tmp_path: Path) -> None:
    """Faults of many files and kinds are reported together, by file and line."""
    wanted = ("G003", "G101", "G204", "G401")
    files = dict(GOOD)
    for case in (next(case for case in CASES if case["code"] == code) for code in wanted):
        name = case.get("file", TOWN)
        before, after = case["change"]
        files[name] = files[name].replace(before, after, 1)
    files["south-caucasus/town/broken.yaml"] = "id: [\n"
    problems = validate(_lay_out(tmp_path, files))
    assert {*wanted, "G001"} <= {problem.code for problem in problems}
    assert [(p.file, p.line) for p in problems] == sorted((p.file, p.line) for p in problems)


def test_the_line_is_that_of_the_field(tmp_path: Path) -> None:
    """An editor can jump to the line that a problem names."""
    text = GOOD[TOWN].replace("ru: {text: Акна", "ru: {text: Aкна")
    problem = validate(_lay_out(tmp_path, {**GOOD, TOWN: text}))[0]
    assert "Aкна" in text.splitlines()[problem.line - 1]
    assert str(problem).startswith(f"{TOWN}:{problem.line}: error G101 names[1].ru.text: ")


def test_a_reference_to_a_broken_entry_is_no_second_problem(tmp_path: Path) -> None:
    """One fault gives one problem: what refers to a file that cannot be read is not told off."""
    files = {**GOOD, "south-caucasus/region/karabakh.yaml": "id: 'karabakh\n"}
    assert [problem.code for problem in validate(_lay_out(tmp_path, files))] == ["G001"]


def test_brands_in_latin_letters_are_no_fault(tmp_path: Path) -> None:
    """Armenian and Russian write some brands in Latin letters; only mixing within a word is a fault."""
    entry = (
        "id: abzas-media\nkind: media\nnames:\n  - usage: international\n"
        "    en: Abzas Media\n    hy: Abzas Media\n    az: Abzas Media\n    ru: телеканал Abzas Media\n"
    )
    assert validate(_lay_out(tmp_path, {**GOOD, "south-caucasus/media/abzas-media.yaml": entry})) == []


@pytest.mark.parametrize(
    ("name", "genitive"),
    [("Բաքու", "Բաքվի"), ("Մինսկի խումբ", "Մինսկի խմբի"), ("Ազատություն", "Ազատության"), ("Մարտունի", "Մարտունու")],
)
def test_genitives_with_a_reduced_vowel_are_no_fault(tmp_path: Path, name: str, genitive: str) -> None:
    """Armenian stems that lose or change a vowel are accepted."""
    text = GOOD[TOWN].replace("hy: Աղդամ", f"hy: {{text: {name}, genitive: {genitive}}}")
    problems = validate(_lay_out(tmp_path, {**GOOD, TOWN: text}))
    assert "G106" not in {problem.code for problem in problems}


def test_homonyms_with_cues_or_told_apart_are_no_fault(tmp_path: Path) -> None:
    """Two entities may share their names where cues tell them apart."""
    cues = "cues: {az: [x], en: [x], hy: [խ], ru: [х]}\n"
    other = (
        "id: karabakh-land\nkind: region\ndistinct_from: [karabakh]\nnames: [{usage: international, en: Karabakh, "
        "hy: Ղարաբաղ, az: Qarabağ, ru: Карабах}]\n"
    )
    files = {**GOOD, "south-caucasus/region/karabakh-land.yaml": other + cues}
    assert validate(_lay_out(tmp_path, files)) == []


def test_no_folder_is_one_clear_error(tmp_path: Path) -> None:
    """A folder that is not there is an error and not an empty list."""
    with pytest.raises(GlossaryBroken, match="no such folder"):
        validate(tmp_path / "none")


def test_the_glossaries_that_ship_have_no_errors() -> None:
    """The packs and policies of the project pass their own validation."""
    root = ROOT / "glossaries"
    assert [str(problem) for problem in validate(root) if problem.severity is Severity.ERROR] == []
