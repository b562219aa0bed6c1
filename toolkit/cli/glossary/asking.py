"""The questions of `glossary new` at a terminal; every name is looked at as soon as it is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import typer

from toolkit.glossary.checks.letters import check_text
from toolkit.glossary.checks.problems import CODES, Severity
from toolkit.glossary.draft import similar_names
from toolkit.glossary.model import Entry, Kind
from toolkit.glossary.usages import INTERNATIONAL, SIDES
from toolkit.languages import Language
from toolkit.translit.names import transliterate_name


def ask_fields(known: Sequence[Entry]) -> dict[str, Any]:
    """The fields of a new entry, asked one by one. Raises typer.Abort where the person leaves."""
    fields: dict[str, Any] = {"kind": _ask_kind()}
    usages = sorted({name.usage for entry in known for name in entry.names})
    names: dict[str, dict[str, Any]] = {}
    while usage := _ask_usage(usages, names):
        texts = _ask_texts(known)
        if texts:
            names[usage] = {"usage": usage, **texts}
    fields["names"] = [names[usage] for usage in sorted(names)]
    if names.keys() >= set(SIDES):
        fields["contested"] = typer.confirm("Do the sides' authorities use different names today?", err=True)
    if fields["kind"] == Kind.PERSON:
        fields["role"] = _ask("Public role, in English")
    part_of = _ask_known("Lies in or belongs to (id; empty if you do not know)", {entry.id for entry in known})
    return fields | ({"part_of": part_of} if part_of else {})


def _ask(question: str) -> str:
    answer: str = typer.prompt(question, default="", show_default=False, err=True)
    return answer.strip()


def _say(line: str) -> None:
    typer.echo(f"  {line}", err=True)


def _ask_kind() -> str:
    kinds = [kind.value for kind in Kind]
    while (answer := _ask("What is it? (city, person, village …)").lower()) not in kinds:
        _say(f"one of {', '.join(kinds)}")
    return answer


def _ask_usage(usages: Sequence[str], names: Mapping[str, object]) -> str:
    """A usage that has no names yet; empty when there are no more."""
    while True:
        hint = "empty when done" if names else f"{', '.join((*SIDES, INTERNATIONAL))} …"
        answer = _ask(f"Who calls it so? ({hint})").lower()
        if not answer and names:
            return ""
        if answer in usages and answer not in names:
            return answer
        _say("that one has its names" if answer in names else f"one of {', '.join(usages)}")


def _ask_texts(known: Sequence[Entry]) -> dict[str, str]:
    """The names of one usage by language; what you do not know stays empty."""
    texts: dict[str, str] = {}
    seen: set[str] = set()
    for language in Language:
        text = _ask_text(language, texts, known, seen)
        if text:
            texts[language.value] = text
    missing = [language.english_name for language in Language if language.value not in texts]
    if missing:
        _say(f"missing: {', '.join(missing)}; somebody who speaks the language can add it later")
    return texts


def _ask_text(language: Language, texts: Mapping[str, str], known: Sequence[Entry], seen: set[str]) -> str:
    """One name, asked again while it has an error; entities in `seen` were pointed out before."""
    hint = _by_letters(language, texts)
    while text := _ask(f"  {language.english_name}{f' (by its letters {hint})' if hint else ''}"):
        remarks = list(check_text(text, language, (language.value,)))
        for remark in remarks:
            _say(f"{remark.message} ({remark.remedy})")
        if any(CODES[remark.code][0] is Severity.ERROR for remark in remarks):
            continue
        for similar in similar_names(text, language, known):
            if similar.entity not in seen:
                _say(f"already there: {similar.entity} ({similar.language} {similar.name})")
                seen.add(similar.entity)
        return text
    return ""


def _by_letters(language: Language, texts: Mapping[str, str]) -> str:
    """What the schemes make of a name given before; a hint, since names are not always spelled by their letters."""
    for source in (Language.AZ, Language.HY, Language.RU, Language.EN):
        if source.value in texts and source is not language:
            return transliterate_name(texts[source.value], source, language).text
    return ""


def _ask_known(question: str, ids: set[str]) -> str:
    while (answer := _ask(question)) and answer not in ids:
        _say("there is no such entry; `dragoman names find NAME` shows ids")
    return answer
