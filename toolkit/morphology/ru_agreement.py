"""What must change around a Russian name of another gender: attributes, predicates, «который», participles.

A word is edited only where it stands in the place of agreement and showed the old name's gender; where another
noun of that gender may own it, or the new gender is unknown, a doubt is given. Nothing is edited inside a mention.
"""

from __future__ import annotations

import re
from itertools import takewhile

from toolkit.morphology import ru_dictionary as dictionary
from toolkit.morphology.base import Adjustment, Case, Gender, Part, Replacement
from toolkit.morphology.ru_agreeing import CLOSING, Work, reading, shows_gender
from toolkit.morphology.ru_predicates import agree_predicates, main_predicates
from toolkit.morphology.ru_prepositions import preposition_edit
from toolkit.morphology.ru_scene import free_of_prepositions
from toolkit.morphology.ru_sentence import Token, is_finite, is_only_subject
from toolkit.morphology.ru_verbs import may_be_subject_of

_PRONOUNS = frozenset({"он", "она", "оно", "ему", "ей", "него", "нее", "нему", "нем", "ним", "нею", "ней"})
_EMPHASIS = frozenset({"же", "ли", "бы"})
_LINKS = frozenset({"и", "или", ","})


def adjust(replacement: Replacement) -> Adjustment:
    """The edits and doubts that the new form brings to its sentence."""
    work = Work(replacement)
    _preposition(work)
    if replacement.form.features.part is Part.NAME and work.old is not work.new and not _in_compound(replacement):
        if work.old is not None:
            _attributes(work)
            _relative_and_participle(work)
            _pronouns(work)
        if work.case is Case.NOM:
            main_predicates(work)
    return Adjustment(tuple(sorted(work.edits, key=lambda edit: edit.span)), tuple(dict.fromkeys(work.doubts)))


def _in_compound(replacement: Replacement) -> bool:
    """Whether the name is one of several joined by dashes (трасса Лачин–Шуша): nothing agrees with one of them."""
    sentence, span = replacement.sentence, replacement.span
    return bool(re.search(r"\w[-–—]$", sentence[: span.start]) or re.match(r"[-–—]\w", sentence[span.end :]))


def _preposition(work: Work) -> None:
    """о or об, в or во, с or со, к or ко before the new form."""
    replacement = work.replacement
    old = replacement.span.of(replacement.sentence)
    edit = preposition_edit(replacement.sentence, replacement.span.start, old, replacement.form.text)
    if edit is not None and not any(name.overlaps(edit.span) for name in replacement.names):
        work.edits.append(edit)


def _attributes(work: Work) -> None:
    """Attributes directly before the name: «в самом Агдаме», «весь Лачин», «в Северной и Центральной Америке»."""
    found = False
    for index in range(len(work.before) - 1, -1, -1):
        token = work.before[index]
        if token.key in _EMPHASIS or (found and token.text.lower() in _LINKS and index):
            continue
        parse = work.attributive(token)
        if parse is None or dictionary.parses(token.text)[0].tag.POS in ("NOUN", "PREP", "ADVB"):
            break
        work.agree(token, parse, "word")
        found = True


def _relative_and_participle(work: Work) -> None:
    """After a comma: «, который был взят», «, в котором», «, разрушенный в 1993 году,».

    Another noun of the same gender before the name may be meant (житель Агдама, который…): a doubt.
    """
    if not work.after or work.after[0].text != ",":
        return
    inner = list(takewhile(lambda token: token.text not in CLOSING and token.text != ",", work.after[1:]))
    clause = list(takewhile(lambda token: token.text not in CLOSING, reversed(work.before)))
    for index, token in enumerate(inner[:2]):
        which = _which(token, work.old, inner[index + 1 :])
        if which is not None:
            sure = not work.rivals(clause)
            work.agree(token, which, "word", sure=sure)
            if which.tag.case == "nomn":
                agree_predicates(work, inner[index + 1 :], sure=sure)
            return
    owned = work.rivals(
        free_of_prepositions(inner[1:]), work.case
    )  # , другой город, but not , разрушенный в 1993 году,
    if inner and _participle(work, inner[0], clause, owned=owned):
        for link, token in zip(inner[1::2], inner[2::2], strict=False):  # , разрушенный и пустой,
            if link.key not in _LINKS or not _participle(work, token, clause):
                break


def _which(token: Token, gender: Gender | None, clause: list[Token]) -> dictionary.Parse | None:
    """The word as «который» of a gender, in the case that its clause shows."""
    case = _case_of_relative(token, clause)

    def fits(parse: dictionary.Parse) -> bool:
        is_which = parse.normal_form == "который" and shows_gender(parse, gender)
        return bool(is_which and (case is None or parse.tag.case == case))

    return reading(token, fits)


def _case_of_relative(token: Token, clause: list[Token]) -> str | None:
    """Of «который», nominative or accusative: the object where the verb of its clause has another subject."""
    if token.key != "который":
        return None
    verb = next((word for word in clause if is_finite(word)), None)
    if verb is None:
        return None
    singular = may_be_subject_of(dictionary.parses(verb.text)[0])
    return "nomn" if singular and not any(map(is_only_subject, clause)) else "accs"


def _participle(work: Work, token: Token, clause: list[Token], *, owned: bool = False) -> bool:
    """Let a participle or adjective after the name agree; whether it did. `owned`: another noun may have it."""
    parse = work.attributive(token)
    if parse is None or (owned and parse.tag.POS != "PRTF"):
        return False
    work.agree(token, parse, "participle", sure=not owned and not work.rivals(clause, work.case))
    return not owned


def _pronouns(work: Work) -> None:
    """A personal pronoun later in the sentence may stand for the name: a doubt, never an edit."""
    for token in work.after:
        best = dictionary.parses(token.text)[0]
        if token.key in _PRONOUNS and best.tag.POS == "NPRO" and shows_gender(best, work.old):
            work.doubts.append(f'the pronoun "{token.text}" may stand for {work.replacement.new.text}')
            return
