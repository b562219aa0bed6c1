"""A server with keys: where a key may stand, what it may do, and how each dialect says no."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import deepl
import httpx
import pytest
from fastapi import Request
from libretranslatepy import LibreTranslateAPI

from api.app import create_app
from api.auth.principal import Principal, principal_of
from api.auth.scopes import PROBES, is_open, scope_for
from api.auth.usage import UsageStore
from api.settings import read_api_settings
from tests.api.serving import served
from toolkit.keys.model import SCOPES
from toolkit.keys.store import KeyStore

STORED = "Two rockets landed in a potato field near Goris on Friday without exploding."
QUOTA = 1_000


@dataclass(frozen=True)
class Keyed:
    """A running server, its keys, and a token for each of them."""

    address: str
    store: KeyStore
    tokens: dict[str, str]
    ids: dict[str, str]

    def headers(self, name: str, scheme: str = "Bearer") -> dict[str, str]:
        return {"authorization": f"{scheme} {self.tokens[name]}"}


@pytest.fixture(scope="module")
def keyed(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keyed]:
    folder = tmp_path_factory.mktemp("keyed")
    store = KeyStore(folder)
    day = timedelta(days=1)
    past = datetime.now(UTC) - 2 * day
    made = {
        "all": store.create("all"),
        "expired": store.create("expired", now=past, expires=past + day),
        "quota": store.create("quota", quota=QUOTA),
        "reader": store.create("reader", ["read"]),
        "revoked": store.create("revoked"),
        "translator": store.create("translator", ["translate"]),
    }
    store.revoke(made["revoked"][0].id)
    settings = read_api_settings({"DRAGOMAN_CACHE": str(cache), "DRAGOMAN_STORE": str(folder)})
    app = create_app(settings)

    @app.get("/v1/whoami")
    def whoami(request: Request) -> dict[str, Any]:
        principal: Principal = principal_of(request)
        return {"id": principal.id, "scopes": sorted(principal.scopes)}

    with served(app) as address:
        tokens = {name: token for name, (_, token) in made.items()}
        yield Keyed(address, store, tokens, {name: key.id for name, (key, _) in made.items()})


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "DeepL-Auth-Key"])
def test_a_route_learns_the_principal_and_not_the_key(keyed: Keyed, scheme: str) -> None:
    """Either scheme in the header will do; the principal has the id and the scopes of the key."""
    answer = httpx.get(f"{keyed.address}/v1/whoami", headers=keyed.headers("reader", scheme))
    assert answer.json() == {"id": keyed.ids["reader"], "scopes": ["read"]}


def test_the_clients_of_both_dialects_send_their_keys(keyed: Keyed) -> None:
    """deepl in the header, libretranslatepy in the body; JSON has it there too."""
    client = deepl.DeepLClient(keyed.tokens["all"], server_url=keyed.address)
    result = client.translate_text(STORED, target_lang="RU")
    assert isinstance(result, deepl.TextResult)
    assert "Горисом" in result.text
    client.close()  # type: ignore[no-untyped-call]
    libre = LibreTranslateAPI(f"{keyed.address}/", api_key=keyed.tokens["translator"])
    assert "Горисом" in libre.translate(STORED, "en", "ru")
    body = {"q": STORED, "source": "en", "target": "ru", "api_key": keyed.tokens["translator"]}
    assert httpx.post(f"{keyed.address}/translate", json=body).status_code == 200


NATIVE = ("/v1/lint", {"text": "x", "lang": "en"})
DEEPL = ("/v2/translate", {"text": ["x"], "target_lang": "RU"})
LIBRE = ("/translate", {"q": "x", "source": "en", "target": "ru"})


@pytest.mark.parametrize(
    ("route", "key", "status", "shape"),
    [
        (NATIVE, None, 401, {"title", "status", "code", "detail"}),
        (DEEPL, None, 403, {"message", "detail"}),
        (LIBRE, None, 400, {"error"}),
        *[
            (route, key, status, shape)
            for key in ("unknown", "expired", "revoked")
            for route, status, shape in (
                (NATIVE, 401, {"title", "status", "code", "detail"}),
                (DEEPL, 403, {"message", "detail"}),
                (LIBRE, 403, {"error"}),
            )
        ],
        (NATIVE, "reader", 403, {"title", "status", "code", "detail"}),
        (DEEPL, "reader", 403, {"message", "detail"}),
        (LIBRE, "reader", 403, {"error"}),
    ],
)
def test_no_is_said_as_the_dialect_says_it(
    keyed: Keyed, route: tuple[str, dict[str, Any]], key: str | None, status: int, shape: set[str]
) -> None:
    """Status and shape of the dialect; unknown, expired and revoked are not told apart."""
    path, body = route
    tokens = {**keyed.tokens, "unknown": "dragoman_0123456789_" + "x" * 43}
    headers = {"authorization": f"Bearer {tokens[key]}"} if key else {}
    answer = httpx.post(f"{keyed.address}{path}", json=body, headers=headers)
    assert answer.status_code == status
    assert set(answer.json()) == shape
    assert ("www-authenticate" in answer.headers) == (status == 401)
    if key:
        assert tokens[key] not in answer.text


def test_a_key_in_an_address_is_no_key(keyed: Keyed) -> None:
    """Addresses are logged by every proxy on the way."""
    token = keyed.tokens["all"]
    for name in ("api_key", "auth_key", "key", "access_token"):
        path, body = LIBRE
        assert httpx.post(f"{keyed.address}{path}", params={name: token}, json=body).status_code == 400
        assert httpx.get(f"{keyed.address}/v2/usage", params={name: token}).status_code == 403


@pytest.mark.parametrize("value", ["Basic abc", "Bearer", "Bearer " + "x" * 200, "Digest x", "", "Bearer \x80"])
def test_any_header_is_survived(keyed: Keyed, value: str) -> None:
    """What is no key is no key."""
    headers = {"authorization": value.encode("latin-1")}
    answer = httpx.get(f"{keyed.address}/v1/whoami", headers=headers)  # type: ignore[arg-type]
    assert answer.status_code == 401


def test_a_revoked_key_is_worthless_at_once(keyed: Keyed) -> None:
    """The server looks at the file before every request; so with a new key."""
    key, token = keyed.store.create("short-lived")
    headers = {"authorization": f"Bearer {token}"}
    assert httpx.get(f"{keyed.address}/v1/whoami", headers=headers).status_code == 200
    keyed.store.revoke(key.id)
    assert httpx.get(f"{keyed.address}/v1/whoami", headers=headers).status_code == 401


def test_what_plugins_ask_first_is_open(keyed: Keyed) -> None:
    """Languages and health say nothing of the newsroom's; metrics do."""
    for path in ("/languages", "/health", "/livez", "/readyz", "/openapi.json"):
        assert httpx.get(f"{keyed.address}{path}").status_code == 200
    assert httpx.get(f"{keyed.address}/metrics").status_code == 401
    assert httpx.get(f"{keyed.address}/metrics", headers=keyed.headers("reader")).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("POST", "/v1/translate", "translate"),
        ("POST", "/v1/check", "translate"),
        ("POST", "/translate", "translate"),
        ("POST", "/detect", "translate"),
        ("POST", "/v2/translate", "translate"),
        ("GET", "/v1/names", "read"),
        ("GET", "/v1/policies", "read"),
        ("POST", "/v2/usage", "read"),
        ("GET", "/v2/glossaries", "glossaries"),
        ("DELETE", "/v3/glossaries/x", "glossaries"),
        ("POST", "/v1/documents", "jobs"),
        ("GET", "/v1/jobs/x", "jobs"),
        ("POST", "/v2/document", "jobs"),
        ("GET", "/v2/document/x", "jobs"),
        ("POST", "/v1/documentsx", "translate"),
    ],
)
def test_what_a_key_must_be_for(method: str, path: str, scope: str) -> None:
    """The scope of a route, by its path and method."""
    assert scope_for(method, path) == scope


def test_every_route_is_open_or_has_a_scope() -> None:
    """No route is open that is not listed so, and nothing that takes a body ever is."""
    paths = create_app().openapi()["paths"]
    seen = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    opened = {path for method, path in seen if is_open(method, path) or path in PROBES}
    assert opened <= {"/", "/frontend/settings", "/health", "/languages", "/livez", "/readyz", "/spec"}
    assert not any(is_open("POST", path) for _, path in seen)
    assert {scope_for(method, path) for method, path in seen} <= set(SCOPES)


def test_usage_is_kept_by_key_and_a_quota_ends_it(keyed: Keyed) -> None:
    """DeepL's client sees the count and the limit, and then its own error for a quota; others see theirs."""
    client = deepl.DeepLClient(keyed.tokens["quota"], server_url=keyed.address)
    client.translate_text("x" * 600, source_lang="EN", target_lang="RU")
    usage = client.get_usage()
    assert (usage.character.count, usage.character.limit) == (600, QUOTA)
    with pytest.raises(deepl.QuotaExceededException):
        client.translate_text("x" * 600, source_lang="EN", target_lang="RU")
    client.close()  # type: ignore[no-untyped-call]
    headers = keyed.headers("quota")
    body = {"text": "x" * 600, "lang": "en"}
    answer = httpx.post(f"{keyed.address}/v1/lint", json=body, headers=headers)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    path, form = LIBRE
    assert httpx.post(f"{keyed.address}{path}", json=form | {"q": "x" * 600}, headers=headers).status_code == 403
    other = httpx.get(f"{keyed.address}/v2/usage", headers=keyed.headers("reader")).json()
    assert other["character_count"] == 0


def test_usage_survives_the_server(tmp_path: Path) -> None:
    """What a server counted, the next one knows; a month begins at nought."""
    first = UsageStore(tmp_path, lambda: datetime(2026, 12, 31, 23, 59, tzinfo=UTC))
    first.add("k", 5)
    first.add("k", 6)
    first.flush()
    assert UsageStore(tmp_path, lambda: datetime(2026, 12, 1, tzinfo=UTC)).used("k") == 11
    assert UsageStore(tmp_path, lambda: datetime(2027, 1, 1, tzinfo=UTC)).used("k") == 0
    assert first.seconds_left() == 60
