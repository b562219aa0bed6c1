"""Who bears the name of a place: a person (Ararat Mirzoyan, General Ivanyan, her son Ararat), a street or a house."""

from __future__ import annotations

import re

from toolkit.languages import Language
from toolkit.mentions.cues import cues_of
from toolkit.mentions.model import Reading
from toolkit.mentions.surroundings import Surroundings, given_names
from toolkit.morphology.base import Case, Part
from toolkit.text.folding import fold_key

_REACH = 60
"""How far after a name (code points) a word for a relative is looked for."""

_SURNAME = {
    Language.AZ: re.compile(
        r"\s[A-ZÇƏĞİÖŞÜ][\w'’-]*(?:ov|ova|yev|yeva|zadə|yan|bəyli|oğlu)(?:[ıiuü]n|[aəıiuü]|d[aə]n?|l[aə]|y[aə]|n[ıiuü]n?)?(?!\w)"
    ),
    Language.EN: re.compile(r"\s[A-Z][\w'’-]*(?:ov|ova|ev|eva|yan|ian|zade|bayli|ants|oghlu)(?!\w)"),
    Language.HY: re.compile(r"\s[Ա-Ֆ][\w-]*(?:(?<!ութ)յան|ով|ովա|ևա|և|ենկո)(?:[ինըից]{1,2}|ին|ից|ով)?(?!\w)"),
    Language.RU: re.compile(r"\s[А-ЯЁ][\w-]*(?:ов|ев|ян|янц|заде|енко|оглы)(?:а|у|ым|е|ой)?(?!\w)"),
}
"""A word right after a first name that can only be a surname."""

_RUSSIAN_SURNAME_ENDS = {
    Case.GEN: ("а", "ой"),
    Case.DAT: ("у", "ой"),
    Case.ACC: ("а", "у"),
    Case.INS: ("ым", "ом", "ой"),
    Case.PREP: ("е", "ой"),
}
"""How such a surname ends in the case of the given name before it: Арарата Мамедова, Севан Мамедовой."""

_INITIALS = re.compile(r"(?:^|[\s(«“\"])(?:[A-ZÇƏĞİÖŞÜА-ЯЁԱ-Ֆ]\.[\s\u00a0]?)+$")
"""Initials right before a surname."""

_SURNAME_END = re.compile(r"(?:yan|ian|ov|ova|yev|ev|յան|ян|ов|ев)$")

_PLACE_ABBREVIATIONS = ("г.", "с.", "ş.", "ք.", "գ.")

PERSONS = frozenset({"person", "people"})
_NEVER = re.compile(r"(?!)")
_NAMED_SO = {
    Language.AZ: (
        _NEVER,
        re.compile(
            r" ad(?:lı|ında) (?:bir )?(?:adam|əsgər|gənc|kişi|oğlan|qadın|qız|sakin|uşaq|zabit)"
            r"| soyad\w+"
            r"| (?:baba|bəy|dayı|əmi|həkim|kişi|müəllim|nənə|usta|xala|xanım)(?:n?[ıiuü]n|y?[aə]|d[aə]n?|l[aə])?(?!\w)"
        ),
    ),
    Language.EN: (
        re.compile(
            r"(?<!\w)(?:(?:boy|child|driver|farmer|girl|man|officer|soldier|teacher|woman|youth) (?:called|named)"
            r"|surname|surnamed|last name) $"
        ),
        _NEVER,
    ),
    Language.HY: (
        _NEVER,
        re.compile(
            r" (?:անունով|անվամբ) (?:մի )?(?:աղջիկ|աղջկ|երեխա|երիտասարդ|զինվոր|կին|կնոջ|մարդ|սպա|տղա|տղամարդ)"
            r"| ազգանուն\w*"
            r"| (?:տատ|տատիկ|պապ|պապիկ|քեռի|քեռու|հորեղբայր|հորեղբոր|հորաքույր|մորաքույր)(?:ը|ն|ի|ին|ից|ով)?(?!\w)"
        ),
    ),
    Language.RU: (re.compile(r"(?<!\w)(?:по имени|звали|зовут|фамили[еийюя]|фамилией) $"), _NEVER),
}
"""What before or after a name says that a person bears it (Araz adlı oğlan, Cəbrayıl müəllim, Արաքս տատիկ)."""

_STREET = {
    Language.AZ: re.compile(r" (?:küçəsi|prospekti|xiyabanı)(?:n\w{1,3})?(?!\w)"),
    Language.EN: re.compile(
        r" (?:Ave|Avenue|Bank|Boulevard|Brandy|Caf[eé]|Cinema|Hotel|Lane|Motel|Restaurant|Street|Telecom)(?!\w)"
    ),
    Language.HY: _NEVER,
    Language.RU: _NEVER,
}
"""What after a name makes it that of a street or a house (Fuzuli Street, Shushi Hotel)."""

_SURNAME_WORD = re.compile(r"\s(?:soyad|фамили|ազգանուն)")
_KIN_MARK = re.compile(r"[\s,՝—–-]+$")


def is_borne(at: Surroundings, reading: Reading) -> bool:
    """Whether a place's name is borne by a person: Ararat Mirzoyan, General Ivanyan, K. Ivanyan, her son Ararat; or
    by a street or a house.
    """
    surface, language = at.hit.span.of(at.text), at.language
    if " " not in surface and _is_bare(at) and _STREET[language].match(at.text, at.hit.span.end):
        return True
    if " " not in surface and _bears_surname(at) and not _is_followed_by_known(at):
        return True
    if (
        _is_relative(at, reading)
        or _is_of_relative(at, reading)
        or _is_derived_surname(at, reading, surface)
        or _is_persons(at)
    ):
        return True
    before = at.before
    if _INITIALS.search(before) and not before.rstrip().endswith(_PLACE_ABBREVIATIONS):
        return True
    words = before.split()
    if not words or not _SURNAME_END.search(reading.name.lexeme.text):
        return False
    previous = words[-1]
    if cues_of(language).ranks.fullmatch(fold_key(previous, language)):
        return True
    if not (len(previous) > 1 and previous[0].isupper() and previous.isalpha()):
        return False
    return len(words) > 1 or fold_key(previous, language) in given_names(language)


def _bears_surname(at: Surroundings) -> bool:
    """Whether a surname follows that the name may go with.

    A given name has no ending before a surname, but in Russian, where both have that of the case: a genitive before
    a surname in the nominative says whose office it is (президент Азербайджана Мамедов).
    """
    surname = _SURNAME[at.language].match(at.text, at.hit.span.end)
    if surname is None or _is_bare(at):
        return surname is not None
    if at.language is not Language.RU:
        return at.language is Language.EN
    cases = {reading.features.case for reading in at.hit.readings}
    return any(surname.group().endswith(_RUSSIAN_SURNAME_ENDS.get(case, ())) for case in cases)


def _is_followed_by_known(at: Surroundings) -> bool:
    """Whether what follows is no surname, since the glossary knows it (Karabakh Armenian, Shusha Iranian)."""
    return any(
        other.span.start == at.hit.span.end + 1
        and any(
            reading.name.role.is_name and at.glossary.entity(reading.entity).kind not in PERSONS
            for reading in other.readings
        )
        for other in at.others
    )


def _is_relative(at: Surroundings, reading: Reading) -> bool:
    """Whether a word for a relative introduces the name: her son Ararat, որդին՝ Արարատը."""
    features = reading.features
    if features.part is not Part.NAME or not (_nominatives(at) or _is_given_name(at, reading)):
        return False
    before = fold_key(at.before, at.language)
    mark = _KIN_MARK.search(before)
    if mark is None:
        return False
    word = before[: mark.start()].rsplit(None, 1)[-1:]
    if features.definite and "՝" not in mark.group() and word and word[0].endswith(("ը", "ն")):
        return False
    return bool(word) and cues_of(at.language).kin.fullmatch(word[0].strip('(«"“')) is not None


def _is_persons(at: Surroundings) -> bool:
    """Whether the sentence says that a person is named so: a boy called Araz."""
    before, after = _NAMED_SO[at.language]
    return before.search(fold_key(at.before, at.language)) is not None or (
        _is_bare(at) and after.match(fold_key(at.text[at.hit.span.end : at.sentence.end], at.language)) is not None
    )


def _nominatives(at: Surroundings) -> list[Reading]:
    """The readings in which the name itself is in the nominative."""
    return [r for r in at.hit.readings if r.features.case is Case.NOM and r.features.part is Part.NAME]


def _is_bare(at: Surroundings) -> bool:
    """Whether the name may stand in the nominative, as nobody's."""
    return any(not reading.features.possessor for reading in _nominatives(at))


def _is_of_relative(at: Surroundings, reading: Reading) -> bool:
    """Whether a given name says whose relative follows: Araz's brother, Arazın qardaşı, Արարատի եղբայրը."""
    if reading.features.case not in (Case.GEN, Case.POSS) or not _is_given_name(at, reading):
        return False
    after = re.match(r" (\w+)", at.text[at.hit.span.end :][:_REACH])
    return after is not None and cues_of(at.language).kin.fullmatch(fold_key(after[1], at.language)) is not None


def _is_given_name(at: Surroundings, reading: Reading) -> bool:
    if reading.features.case in (Case.ABL, Case.LOC, Case.PREP):
        return False
    return fold_key(reading.name.lexeme.text, at.language) in given_names(at.language)


def _is_derived_surname(at: Surroundings, reading: Reading, surface: str) -> bool:
    """Whether a word for inhabitants, small in these languages, is a surname: a capital after a capital."""
    if reading.features.part is Part.NAME or at.language is Language.EN or not surface[0].isupper():
        return False
    if at.language is Language.HY and reading.features.part is Part.ADJECTIVE and not reading.usual:
        return re.search(r"\w", at.before) is not None and not surface.isupper()
    if _SURNAME_WORD.match(at.text, at.hit.span.end):
        return True
    previous = re.search(r"(?:^|\s)([^\W\d_][\w-]+) $", at.before)
    return (
        previous is not None
        and previous.group(1)[0].isupper()
        and not surface.isupper()
        and not _is_named(at, previous.start(1))
    )


def _is_named(at: Surroundings, start: int) -> bool:
    """Whether the word at an offset of the sentence is a name of the glossary itself."""
    return any(other.span.start == at.sentence.start + start for other in at.others)
