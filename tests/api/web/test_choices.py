"""What an editor decides otherwise than the policy."""

from __future__ import annotations

import httpx

from tests.api.web.article import HEADLINE, LEAD
from tests.api.web.editor import Editor


def test_a_usage_is_switched_here_and_everywhere_and_back(at_desk: Editor) -> None:
    """Here changes one mention, everywhere all of the entity, by policy takes both back."""
    at_desk.ask(f"{LEAD}\n\n{HEADLINE}", format="text")
    assert "Ханкенди" in at_desk.column("target")[0]
    at_desk.mention("Ханкенди").click()
    at_desk.choose("armenian", "here")
    first, second = at_desk.column("target")
    assert "Степанакерт" in first
    assert "Ханкенди" in second
    assert "You chose the Armenian name." in at_desk.at("#panel").inner_text()
    at_desk.choose("armenian", "everywhere")
    assert all("Степанакерт" in text for text in at_desk.column("target"))
    assert at_desk.at("#choices li").count() == 1
    at_desk.choose("armenian", "policy")
    assert all("Ханкенди" in text for text in at_desk.column("target"))
    assert not at_desk.at("#choices").is_visible()


def test_which_of_several_is_meant_is_chosen(at_desk: Editor) -> None:
    """Two villages have the name: the editor says which one, and it is named by the usage chosen."""
    at_desk.ask("Some people saw Mets Shen today.", verb="restyle", to=())
    at_desk.at(".target .mention.flagged").click()
    at_desk.at('#panel [name="meant"][value="mets-shen-ulu-garabey"]').check()
    at_desk.at("#panel .entry").filter(has_text="mets-shen-ulu-garabey").wait_for()
    at_desk.choose("azerbaijani", "here")
    entry = httpx.get(f"{at_desk.server}/v1/names/mets-shen-ulu-garabey").json()
    wanted = next(name["texts"]["en"]["text"] for name in entry["names"] if name["usage"] == "azerbaijani")
    assert at_desk.column("target") == [f"Some people saw {wanted} today."]
