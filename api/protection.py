"""What stands between the network and the routes, from the outermost layer to the innermost."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from api.answers import Answers
from api.auth.guard import Guard
from api.auth.ring import KeyRing
from api.lenient import HeadAsGet, OneSlash
from api.lifecycle import Lifecycle
from api.limits.admission import Admission
from api.limits.body import BodyLimit
from api.limits.buckets import Buckets, MemoryBuckets, SqliteBuckets
from api.limits.forms import FormTexts
from api.observe.requests import Observer
from api.routes.uploads import UPLOADS
from api.service import Service
from api.settings import ApiSettings
from toolkit.keys.store import KeyStore

_METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
_HEADERS = ("Authorization", "Content-Type", "X-Request-ID")
_EXPOSED = ("Retry-After", "X-Request-ID")


def install(app: FastAPI, settings: ApiSettings, service: Service, lifecycle: Lifecycle) -> None:
    """Put the layers around the routes. What is added last is outermost, so they are read from below."""
    app.add_middleware(HeadAsGet)
    app.add_middleware(Admission, settings=settings, buckets=_buckets(settings), usage=service.usage, gate=service.gate)
    app.add_middleware(Guard, keys=KeyRing(KeyStore(settings.store)), settings=settings)
    app.add_middleware(FormTexts)
    app.add_middleware(BodyLimit, limit=settings.max_body, uploads=dict.fromkeys(UPLOADS, settings.max_upload_body))
    app.add_middleware(Answers, lifecycle=lifecycle)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_credentials=False,
            allow_methods=_METHODS,
            allow_headers=_HEADERS,
            expose_headers=_EXPOSED,
        )
    app.add_middleware(Observer, metrics=service.metrics)
    app.add_middleware(OneSlash)


def _buckets(settings: ApiSettings) -> Buckets:
    """A minute's worth at once, but never less than the longest text."""
    rate, burst = settings.rate / 60, max(settings.rate, settings.max_characters)
    if settings.rate_store == "sqlite":
        return SqliteBuckets(settings.store, rate, burst)
    return MemoryBuckets(rate, burst)
