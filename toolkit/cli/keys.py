"""`dragoman keys`: who may use the server from elsewhere."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from toolkit.cli import options
from toolkit.cli.session import DONE
from toolkit.errors import BadOption, NotFound
from toolkit.keys.model import SCOPES, Key
from toolkit.keys.store import KeyStore
from toolkit.settings import read_settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="Make, list, revoke keys.")


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Whose key it is, for the list.")],
    scope: Annotated[
        list[str] | None, typer.Option("--scope", help=f"What it is for: {', '.join(SCOPES)}. All, if left out.")
    ] = None,
    expires: Annotated[
        str | None, typer.Option("--expires", help="Last day (2027-01-31, UTC), or days from now (90).")
    ] = None,
    quota: Annotated[int | None, typer.Option("--quota", min=1, help="Characters in a calendar month.")] = None,
    as_json: options.JsonOption = False,
) -> int:
    """Make a key. It is shown this once: what is kept of it does not show it."""
    key, token = _store().create(name, scope or SCOPES, expires=_end(expires), quota=quota)
    if as_json:
        sys.stdout.write(json.dumps({**_shown(key), "token": token}, ensure_ascii=False, indent=2) + "\n")
        return DONE
    sys.stdout.write(f"{token}\n")
    sys.stderr.write(f"key {key.id} for {key.name}; it is shown this once, keep it safe\n")
    return DONE


@app.command(name="list")
def listed(as_json: options.JsonOption = False) -> int:
    """All keys that were ever made."""
    keys = _store().list()
    if as_json:
        sys.stdout.write(json.dumps({"keys": [_shown(key) for key in keys]}, ensure_ascii=False, indent=2) + "\n")
        return DONE
    for key in keys:
        until = f"until {key.expires:%Y-%m-%d %H:%M} UTC" if key.expires else "no end"
        quota = f", {key.quota:,} characters a month" if key.quota else ""
        scopes = ", ".join(sorted(key.scopes))
        sys.stdout.write(f"{key.id}  {key.state(datetime.now(UTC)):<7}  {key.name}: {scopes}; {until}{quota}\n")
    return DONE


@app.command()
def revoke(identity: Annotated[str, typer.Argument(metavar="ID", help="As `keys list` shows it.")]) -> int:
    """Make a key worthless, at once and for good."""
    if not _store().revoke(identity):
        raise NotFound("there is no such key", where=identity[:40], remedy="see `dragoman keys list`")
    sys.stderr.write(f"key {identity} is revoked\n")
    return DONE


def _store() -> KeyStore:
    return KeyStore(read_settings().store)


def _end(text: str | None) -> datetime | None:
    """The moment after the last one that a key may be used. Raises BadOption."""
    if text is None:
        return None
    now = datetime.now(UTC).replace(microsecond=0)
    try:
        if text.isascii() and text.isdigit():
            return now + timedelta(days=int(text))
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC) + timedelta(days=1)
    except (OverflowError, ValueError):
        raise BadOption(
            f"{text[:20]!r} is no day", where="--expires", remedy="write 2027-01-31, or a number of days"
        ) from None


def _shown(key: Key) -> dict[str, Any]:
    return {
        "id": key.id,
        "name": key.name,
        "state": key.state(datetime.now(UTC)),
        "scopes": sorted(key.scopes),
        "created": key.created.isoformat(),
        "expires": key.expires.isoformat() if key.expires else None,
        "quota": key.quota,
    }
