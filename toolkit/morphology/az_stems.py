"""What the endings of an Azerbaijani name are joined to.

Most names have one stem. An izafet name (Minsk qrupu) has two, with and without its own ending; a final k or q
may soften before a vowel; an acronym takes a hyphen; and some names have a second manner that is recognised in
texts but never written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from toolkit.morphology.az_sounds import VOWELS, is_acronym, readings, small, sound_of
from toolkit.morphology.az_suffixes import Ending, Stock, endings, join
from toolkit.morphology.base import Lexeme, Number

PLACES = frozenset({"", "city", "country", "district", "region", "town", "village"})
# Brands are often joined to their endings by a hyphen, against the rule.
_BRANDS = frozenset({"agency", "company", "media", "organisation", "weapon"})
# Kinds whose names often end in ı, i, u, ü of their own (Yeni Bakı, Bayraktar Akıncı): a capital does not tell
# a head from a name there, the list of heads does.
_BY_HEAD = PLACES | {"agency", "company", "lake", "media", "mountain", "river", "road", "sea", "weapon"}
_HEAD_WORDS = """
    adaları adası agentliyi bağı bazarı cümhuriyyəti daşları düyünü
    aşırımı bankı bölgəsi bulağı çayı çölü dağı dağları dairəsi dəhlizi dənizi dərəsi düzü
    düzənliyi əmirlikləri əyaləti federasiyası fondu gölü holdinqi xanlığı xidməti iranı ittifaqı jurnalı kanalı
    keçidi kəndi kəndləri knyazlığı konfederasiyası korporasiyası körfəzi krallığı qalası qəsəbəsi qəzeti qitəsi
    qrupu limanı magistralı mahalı meşəsi muxtariyyəti okeanı ovalığı radiosu rayonu respublikası sahili səhrası
    səsi silsiləsi sultanlığı suyu şəhəri şəlaləsi şirkəti ştatı ştatları televiziyası vadisi vilayəti yarımadası
    yaylası yolları yolu zavodu zirvəsi zonası"""
_HEADS = frozenset(_HEAD_WORDS.split())
_CHILDREN = frozenset({"oğlu", "qızı"})
# Single words that were an izafet once and are still inflected so by some.
_GROWN_TOGETHER = re.compile(r"\w(?:kəndi|çayı|dağı|gölü|düzü|dərəsi)$")
# A land within a land: Latın Amerikası, İran Azərbaycanı, Sovet Qarabağı (but Kvemo Kartli).
_LANDS = frozenset({"country", "media", "region"})
_LAND = re.compile(rf"(?:[{VOWELS}]s[ıi]|canı|bağı|stanı)$")
_PATRONYMIC = re.compile(r"\w(?:oğlu|qızı)$")
_OWN_ENDING = re.compile(rf"[^\W\d_{VOWELS}][ıiuü]$")
_AFTER_VOWEL = re.compile(rf"[{VOWELS}]s[ıiuü]$")
_ANY_HARMONY = ("be", "ba", "eb", "ab")
_STEMS_IN_S = (
    "bus",
    "korpus",
    "konqres",
    "kompas",
    "məclis",
    "ofis",
    "polis",
    "pres",
    "proses",
    "servis",
    "səs",
    "status",
)
_IRREGULAR = {"oğlu": ("oğul", "oğl"), "suyu": ("su", "suy")}
# Proper names keep a final k or q (Sünikə, İraqa), but for those that end in a native word or suffix (Ağbulağa).
_NATIVE = re.compile(
    r"(?:[lcç][ıu]q|[lcç][iü]k|bulaq|budaq|çardaq|çiçək|dirək|ocaq|otlaq|oymaq|qışlaq|qovaq|torpaq|yataq|yaylaq|yumruq)$"
)
# Kinds whose names are made of common nouns (Dəmir Yumruq, Baş Prokurorluq).
_OF_COMMON_NOUNS = frozenset({"event", "mission", "office", "other", "treaty"})
# Nouns that lose the vowel of their last syllable before a vowel (isim, ismi).
_DROPPING_WORDS = """
    ağıl ağız alın bağır beyin boyun burun çiyin ətir əsil eyib fəsil fikir isim könül qarın qayın qəbir qədir meyil
    nəsil oğul ovuc ömür sətir səbir sinif şəkil xeyir"""
_DROPPING = frozenset(_DROPPING_WORDS.split())
_SOFTENS = re.compile(r"(?:[eəiöü]k|[aıou]q)$")
_SOFT = {"k": "y", "q": "ğ"}
_EVERYDAY = frozenset({"", "cop", "ins", "rel"})


@dataclass(frozen=True, slots=True)
class Stem:
    """A stem and the stock of endings it takes."""

    text: str
    """As it stands before a consonant and alone."""
    spoken: str
    """The text or its reading: what the endings harmonise with."""
    stock: Stock = Stock.PLAIN
    soft: str = ""
    """As it stands before a vowel, where that differs."""
    soft_first: bool = True
    """Whether the soft stem is the one that is written."""
    joint: str = ""
    """The hyphen of acronyms."""
    rest: str = ""
    """What follows the word that inflects."""
    rare: bool = False
    """Recognised only, and in the everyday endings only."""

    def endings(self) -> Iterator[Ending]:
        found = endings(self.stock, sound_of(self.spoken))
        return (ending for ending in found if _everyday(ending)) if self.rare else iter(found)


def name_stems(lexeme: Lexeme) -> list[Stem]:
    """The stems of a name, the usual one first."""
    text, rest = _split_at_head(lexeme)
    word = text.split(" ")[-1]
    if is_acronym(word):
        return _acronym(text, word, rest, lexeme.reading)
    if _is_izafet(lexeme, text):
        return [Stem(text, word, Stock.FULL, rest=rest), _bare(text, rest)]
    stem = Stem(text, lexeme.reading or word, rest=rest)
    stem = _softened(stem, word, person=lexeme.kind == "person")
    if stem.soft and " " in text and lexeme.kind in _OF_COMMON_NOUNS:
        stem = replace(stem, soft_first=True)
    variants = []
    if lexeme.kind in _BRANDS or lexeme.reading or "w" in small(word):
        hyphened = replace(stem, joint="-", soft="")
        if sound_of(word).open != sound_of(stem.spoken).open:  # a silent letter: Google-un, as Googleun misleads
            return [hyphened, replace(stem, rare=True)]
        variants.append(replace(hyphened, rare=True))
    if lexeme.kind in PLACES and " " not in text and _GROWN_TOGETHER.search(small(text)):
        variants.append(replace(stem, stock=Stock.FULL, rare=True))
    if lexeme.kind == "person" and _PATRONYMIC.search(small(word)):
        variants.append(replace(stem, stock=Stock.FULL, rare=True))
    return [stem, *variants]


def people_stem(lexeme: Lexeme) -> Stem | None:
    """The stem of the word for inhabitants: as given, or with -lı where the name is of a place; else none."""
    if lexeme.demonym:
        word = lexeme.demonym.split(" ")[-1]
        return _softened(Stem(lexeme.demonym, word, Stock.PEOPLE), word, person=False)
    first = name_stems(lexeme)[0]
    if lexeme.kind not in PLACES or first.rest or first.stock is not Stock.PLAIN or lexeme.head == "none":
        return None
    suffix = join(sound_of(first.spoken), ("lI",))
    text = first.text if first.joint else small(first.text)
    return Stem(text + first.joint + suffix, suffix, Stock.PEOPLE)


def is_plural(lexeme: Lexeme) -> bool:
    """Whether the name is a plural already (Sərhədsiz Həkimlər, Birləşmiş Ərəb Əmirlikləri)."""
    text, _ = _split_at_head(lexeme)
    if lexeme.plural or lexeme.kind == "person" or " " not in text:
        return lexeme.plural
    plural = ("ları", "ləri") if _is_izafet(lexeme, text) else ("lar", "lər")
    return small(text).endswith(plural)


def _everyday(ending: Ending) -> bool:
    features = ending.features
    plain = features.number is Number.SINGULAR and not features.possessor and features.tail in _EVERYDAY
    return plain and bool(ending.text) and ending.preferred


def _split_at_head(lexeme: Lexeme) -> tuple[str, str]:
    """The name up to the word that inflects, and what follows it: `head` names the word, else it is the last."""
    words = lexeme.text.split(" ")
    if lexeme.head in words:
        count = words.index(lexeme.head) + 1
        return " ".join(words[:count]), "".join(f" {word}" for word in words[count:])
    return lexeme.text, ""


def _acronym(text: str, word: str, rest: str, reading: str) -> list[Stem]:
    joint = "-" if word[-1].isalnum() else ""
    known = dict.fromkeys([reading, *readings(word)] if reading else readings(word))
    known |= dict.fromkeys(_ANY_HARMONY)  # writers differ: ABŞ-ın and ABŞ-nin, BQXK-nın and BQXK-nin
    stems = [Stem(text, spoken, joint=joint, rest=rest, rare=rank > 0) for rank, spoken in enumerate(known)]
    return [*stems, replace(stems[0], joint="", rare=True)] if joint else stems


def _softened(stem: Stem, word: str, *, person: bool) -> Stem:
    """The stem before a vowel: a final k or q softens, always in common nouns, rarely in proper names; isim drops i."""
    if small(word) in _DROPPING and (word[0].islower() or stem.text != word) and not person:
        return replace(stem, soft=stem.text[:-2] + stem.text[-1])
    if _syllables(word) < 2 or not _SOFTENS.search(small(word)):
        return stem
    first = word[0].islower() or (not person and bool(_NATIVE.search(small(word))))
    return replace(stem, soft=stem.text[:-1] + _SOFT[small(word)[-1]], soft_first=first)


def _is_izafet(lexeme: Lexeme, text: str) -> bool:
    """Whether the name ends in a possessive of the third person that belongs to it (Minsk qrupu)."""
    words = text.split(" ")
    word = words[-1]
    if lexeme.head in ("izafet", "plain"):
        return lexeme.head == "izafet"
    if len(words) < 2 or not _OWN_ENDING.search(small(word)):
        return False
    if lexeme.kind == "person":
        return word in _CHILDREN
    land = lexeme.kind in _LANDS and bool(_LAND.search(small(word)))
    by_word = word[0].islower() or small(word) in _HEADS or land
    return by_word or lexeme.kind not in _BY_HEAD


def _bare(text: str, rest: str) -> Stem:
    """The stem without the possessive: qrup-, ordu-, xanlıq- (soft xanlığ-)."""
    word = small(text.split(" ")[-1])
    if word in _IRREGULAR:
        hard, soft = (text[: -len(word)] + form for form in _IRREGULAR[word])
        return Stem(hard, hard, Stock.BARE, soft=soft, rest=rest)
    if _AFTER_VOWEL.search(word) and not word[:-1].endswith(_STEMS_IN_S):
        return Stem(text[:-2], text[:-2], Stock.BARE, rest=rest)
    soft = text[:-1]
    hard = soft
    if _syllables(word) > 2:
        hard = re.sub(r"ğ$", "q", re.sub(r"(?<=[eəiöü])y$", "k", soft))
    return Stem(hard, hard, Stock.BARE, soft=soft, rest=rest)


def _syllables(word: str) -> int:
    return sum(char in VOWELS for char in small(word))
