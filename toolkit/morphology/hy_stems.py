"""The cases of one Armenian word, without article: from its ending, or from the genitive where that is irregular.

The types are those of any grammar of Eastern Armenian: -ի (the most), -ու (for -ի), -վի (for -ու), -ության,
-ման, -վա, and the few nouns whose genitive is a stem of its own (մոր, քրոջ).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.languages import Language
from toolkit.morphology.hy_sound import count_vowels, ends_in_vowel, is_spelt_apart
from toolkit.text.casing import lower


@dataclass(frozen=True, slots=True)
class Stems:
    """A word in its cases, without article; the dative has the genitive's text."""

    nom: str
    gen: str
    abl: str
    ins: str
    loc: str
    joint: str = ""
    """What stands between the nominative and an article: a hyphen after an acronym."""


# Common nouns that end names (Մինսկի խումբ, Սևանա լիճ) and lose a vowel or take a rarer genitive. Compounds
# follow the noun they end in: զորախումբ, պայմանագիր.
_GENITIVES = {
    "աղջիկ": "աղջկա",
    "ամառ": "ամռան",
    "ամիս": "ամսվա",
    "անիվ": "անվի",
    "անկյուն": "անկյան",
    "անուն": "անվան",
    "աշուն": "աշնան",
    "արծիվ": "արծվի",
    "արյուն": "արյան",
    "բժիշկ": "բժշկի",
    "բլուր": "բլրի",
    "բուշտ": "բշտի",
    "բրինձ": "բրնձի",
    "գավիթ": "գավթի",
    "գարուն": "գարնան",
    "գիծ": "գծի",
    "գինդ": "գնդի",
    "գիր": "գրի",
    "գիրք": "գրքի",
    "գլուխ": "գլխի",
    "գունդ": "գնդի",
    "դահիճ": "դահճի",
    "դարբին": "դարբնի",
    "դուռ": "դռան",
    "դուստր": "դստեր",
    "եղբայր": "եղբոր",
    "երկինք": "երկնքի",
    "երկիր": "երկրի",
    "էջմիածին": "էջմիածնի",
    "թուղթ": "թղթի",
    "թուր": "թրի",
    "թռչուն": "թռչնի",
    "ժողովուրդ": "ժողովրդի",
    "լեռ": "լեռան",
    "լիճ": "լճի",
    "լինդ": "լնդի",
    "խիղճ": "խղճի",
    "խնդիր": "խնդրի",
    "խորհուրդ": "խորհրդի",
    "խումբ": "խմբի",
    "խուց": "խցի",
    "ծաղիկ": "ծաղկի",
    "ծնունդ": "ծննդյան",
    "ծուխ": "ծխի",
    "ծունկ": "ծնկի",
    "կամուրջ": "կամրջի",
    "կապիկ": "կապկի",
    "կավիճ": "կավճի",
    "կին": "կնոջ",
    "կիրք": "կրքի",
    "կից": "կցի",
    "կշիռ": "կշռի",
    "կուժ": "կժի",
    "կռիվ": "կռվի",
    "հայր": "հոր",
    "հաշիվ": "հաշվի",
    "հուր": "հրի",
    "ձիր": "ձրի",
    "ձմեռ": "ձմռան",
    "ձյուն": "ձյան",
    "ձուկ": "ձկան",
    "մահ": "մահվան",
    "մայր": "մոր",
    "մանուկ": "մանկան",
    "մարդ": "մարդու",
    "մարմին": "մարմնի",
    "միտք": "մտքի",
    "մոխիր": "մոխրի",
    "մուկ": "մկան",
    "մուր": "մրի",
    "նուռ": "նռան",
    "շաբաթ": "շաբաթվա",
    "շիշ": "շշի",
    "շուն": "շան",
    "շունչ": "շնչի",
    "պատիժ": "պատժի",
    "պատիվ": "պատվի",
    "պարիսպ": "պարսպի",
    "պինչ": "պնչի",
    "պտուղ": "պտղի",
    "ջուր": "ջրի",
    "սեր": "սիրո",
    "սերունդ": "սերնդի",
    "սիրտ": "սրտի",
    "սյուն": "սյան",
    "սուգ": "սգի",
    "սունկ": "սնկի",
    "սուր": "սրի",
    "սուրբ": "սրբի",
    "տարի": "տարվա",
    "տեր": "տիրոջ",
    "տիկին": "տիկնոջ",
    "տուն": "տան",
    "փունջ": "փնջի",
    "փուշ": "փշի",
    "քիթ": "քթի",
    "քույր": "քրոջ",
    "քուն": "քնի",
    "քուրմ": "քրմի",
    "օր": "օրվա",
}
_PLURALS = {"երկիր": "երկրներ", "լեռ": "լեռներ", "մարդ": "մարդիկ", "ռուս": "ռուսներ", "տուն": "տներ"}
_CLUSTER = re.compile("[^աեէըիոօև][^աեէըիոօևյւ]")
# Nouns of two or three letters that many longer words end in by chance (ամիս is no compound of միս).
_NO_HEADS = frozenset(
    {"գինդ", "կին", "ձիր", "մահ", "մուր", "շիշ", "սեր", "սուր", "տեր", "քիթ", "քուն", "քույր", "հուր"}
)
# Surnames and words in which -ի becomes -ու; other names keep it (Շուշիի).
_U_ENDINGS = ("ունի", "ցի", "սկի", "շվիլի", "ուհի")


def decline(word: str, genitive: str = "", *, common: bool = False, person: bool = False) -> tuple[Stems, ...]:
    """The paradigms of a word, the written one first; the others are met in texts.

    `genitive` is the irregular one; `common` says that a capital may hide a common noun (the last word of a
    longer name), `person` that it is a person's name.
    """
    if is_spelt_apart(word):
        return _spelt_apart(word)
    genitive = genitive or _known_genitive(word, common=common)
    found = [_from_genitive(word, genitive)] if genitive else []
    found += [stems for stems in _regular(word, person=person) if stems not in found]
    if not genitive and (hidden := _known_genitive(word, common=True)):
        found.append(_from_genitive(word, hidden))
    return tuple(found)


def plurals(word: str, genitive: str = "") -> tuple[str, ...]:
    """The plural, the written one first: -եր after one syllable, -ներ after more (խմբեր, շուշեցիներ).

    A compound may also follow its last noun, a consonant pair before the vowel counts as a syllable (նը-կար).
    """
    if is_spelt_apart(word):
        return f"{word}-ներ", f"{word}-եր", f"{word}ներ", f"{word}եր"
    small = lower(word, Language.HY)
    if small in _PLURALS:
        return word[:1] + _PLURALS[small][1:], f"{word}եր"
    noun = next((noun for noun in _GENITIVES if word.endswith(noun)), small)
    single = count_vowels(noun) == 1 and not _CLUSTER.match(noun)
    genitive = genitive or _known_genitive(word, common=False)
    stem = genitive[:-1] if single and genitive.endswith("ի") else word
    return (f"{stem}եր", f"{word}ներ") if single else (f"{word}ներ", f"{word}եր")


def plain(stem: str, nom: str | None = None, *, joint: str = "") -> Stems:
    """The type in -ի on a stem."""
    return Stems(stem if nom is None else nom, f"{stem}{joint}ի", *_obliques(stem + joint), joint)


def _obliques(stem: str) -> tuple[str, str, str]:
    return f"{stem}ից", f"{stem}ով", f"{stem}ում"


def _spelt_apart(word: str) -> tuple[Stems, ...]:
    """ՄԱԿ-ի; Armenian letters are also met without hyphen, those that end in a vowel with յ (ՆԱՏՕ-յի)."""
    found = [plain(word, joint="-")]
    if word[-1].isalpha() and not word[-1].isascii():
        found.append(plain(word))
        if ends_in_vowel(word):
            found += [Stems(word, f"{word}-յի", *_obliques(f"{word}-յ"), "-"), plain(f"{word}յ", word)]
    return tuple(found)


def _known_genitive(word: str, *, common: bool) -> str:
    small = lower(word, Language.HY)
    if word != small:
        found = _GENITIVES.get(small, "") if common or small == "էջմիածին" else ""
        if not found and common and small.endswith("փրկիչ"):
            found = small[:-2] + "չի"
        return word[:1] + found[1:] if found else ""
    if word in _GENITIVES:
        return _GENITIVES[word]
    for ending, genitive in _GENITIVES.items():
        if word.endswith(ending) and ending not in _NO_HEADS:
            return word.removesuffix(ending) + genitive
    if count_vowels(word) > 1 and word.endswith("ում") and not word.endswith(("իում", "ինում")):
        return word.removesuffix("ում") + "ման"
    if count_vowels(word) > 1 and word.endswith("իչ"):
        return word.removesuffix("իչ") + "չի"
    return ""


def _regular(word: str, *, person: bool) -> tuple[Stems, ...]:
    small = lower(word, Language.HY)
    if small.endswith("ություն"):
        return (_from_genitive(word, word[:-3] + "ան"),)
    if small.endswith("ու"):
        shortened, kept = plain(word[:-2] + "վ", word), plain(word)
        return (shortened, kept) if count_vowels(word) == 2 and not person else (kept, shortened)
    if small.endswith("ի"):
        return _in_i(word, first_u=small.endswith(_U_ENDINGS) or word == small)
    if small.endswith(("ո", "օ")):
        return plain(f"{word}յ", word), plain(word)
    if small.endswith("ա"):
        return (plain(f"{word}յ", word),)
    return (plain(word),)


def _in_i(word: str, *, first_u: bool) -> tuple[Stems, ...]:
    """Շուշիի or Մարտունու; common nouns lose the ի in further cases (see `_common_in_i`)."""
    base = word[:-1]
    kept, turned = plain(word), Stems(word, f"{base}ու", f"{base}ուց", f"{word}ով", f"{word}ում")
    if word[0].islower():
        return (_common_in_i(word), turned, Stems(word, f"{base}ու", f"{base}ուց", f"{base}ով", f"{base}ում"), kept)
    found = [turned, kept] if first_u else [kept, turned]
    if count_vowels(base) > 1:
        found.append(Stems(word, f"{base}ու", f"{base}ուց", f"{base}ով", f"{base}ում"))
    return tuple(found)


def _common_in_i(word: str) -> Stems:
    """այգի, այգու, այգուց, այգիով, այգում; of three syllables or more եկեղեցով, but այրուձիով as ձիով."""
    base = word[:-1]
    short = count_vowels(base) > 1 and not word.endswith("ձի")
    loc = f"{base}ում" if count_vowels(base) and not word.endswith("ձի") else f"{word}ում"
    return Stems(word, f"{base}ու", f"{base}ուց", f"{base if short else word}ով", loc)


def _from_genitive(word: str, genitive: str) -> Stems:
    """The paradigm that an irregular genitive stands for."""
    small = lower(genitive, Language.HY)
    abl, ins, loc = _obliques(word)
    if small.endswith("ի"):
        return plain(genitive[:-1], word)
    if small.endswith("ու") and word[0].islower() and word.endswith("ի"):
        return _common_in_i(word)
    if small.endswith("ու"):
        rest = word if lower(word, Language.HY).endswith("ի") else genitive[:-2]
        return Stems(word, genitive, f"{genitive}ց", f"{rest}ով", f"{rest}ում")
    if small.endswith(("ության", "ման")):
        return Stems(word, genitive, abl, f"{genitive[:-1]}մբ", loc)
    if small.endswith("վա"):
        return Stems(word, genitive, f"{genitive}նից", ins, loc)
    if small.endswith("տան"):
        return Stems(word, genitive, *_obliques(f"{genitive[:-2]}ն"))
    if small.endswith(("ոջ", "որ", "նց", "եր", "ջկա")):
        return Stems(word, genitive, *_obliques(genitive))
    return Stems(word, genitive, abl, ins, loc)
