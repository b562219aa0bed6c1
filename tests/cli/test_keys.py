"""`dragoman keys` and what `dragoman serve` asks of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toolkit.cli.main import run
from toolkit.keys.store import KeyStore


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeyStore:
    monkeypatch.setenv("DRAGOMAN_STORE", str(tmp_path))
    return KeyStore(tmp_path)


def _run(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        run(list(words))
    code = ended.value.code
    assert isinstance(code, int)
    return code


def test_a_key_is_made_listed_and_revoked(capsys: pytest.CaptureFixture[str], store: KeyStore) -> None:
    """The token is on stdout alone, so that it can be piped; the list never shows it."""
    assert _run("keys", "create", "Our CMS", "--scope", "read", "--scope", "translate", "--expires", "30") == 0
    token = capsys.readouterr().out.strip()
    identity = store.list()[0].id
    assert token.startswith(f"dragoman_{identity}_")
    assert _run("keys", "list") == 0
    listed = capsys.readouterr().out
    assert f"{identity}  active   Our CMS: read, translate; until " in listed
    assert token not in listed
    assert _run("keys", "revoke", identity) == 0
    assert _run("keys", "list", "--json") == 0
    assert json.loads(capsys.readouterr().out)["keys"][0]["state"] == "revoked"


def test_the_last_day_is_included(capsys: pytest.CaptureFixture[str]) -> None:
    """A day ends at its midnight, UTC."""
    assert _run("keys", "create", "x", "--expires", "2999-01-31", "--quota", "1000", "--json") == 0
    made = json.loads(capsys.readouterr().out)
    assert made["expires"] == "2999-02-01T00:00:00+00:00"
    assert made["quota"] == 1000
    assert made["token"].startswith("dragoman_")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("keys", "create", "x", "--expires", "soon"), "--expires: 'soon' is no day"),
        (("keys", "create", "x", "--expires", "2001-01-01"), "--expires: the key would have expired already"),
        (("keys", "create", "x", "--scope", "all"), "--scope: unknown scope"),
        (("keys", "revoke", "0123456789"), "0123456789: there is no such key"),
        (("serve", "--host", "0.0.0.0"), "--host: 0.0.0.0 may be reached from elsewhere, and there are no keys"),  # noqa: S104
        (("serve", "--host", "::"), "--host: :: may be reached"),
        (("serve", "--host", "example.org"), "--host: example.org may be reached"),
    ],
)
def test_wrong_use_is_one_line_with_a_remedy(
    words: tuple[str, ...], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2; an address that others can reach is refused while there are no keys."""
    assert _run(*words) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"dragoman: {line}")
    assert told.count("\n") == 1
    assert "(" in told
